"""The language of a quiz is the one asked for, else the one whose letters were typed, else the student's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.languages import SCRIPTS, TRUE_FALSE_WORDS, asked_language, language_name, scripts_of


@pytest.mark.parametrize(
    ("typed", "topic", "language"),
    [
        ("Photosynthesis in German", "Photosynthesis", "de"),
        ("quiz on the moon, in Spanish", "quiz on the moon", "es"),
        ("history in german", "history", "de"),
        ("the water cycle (in French)", "the water cycle", "fr"),
        ("the water cycle – in Chinese.", "the water cycle", "zh"),
        ("gravity in Mandarin", "gravity", "zh"),
        ("gravity in the Ukrainian language", "gravity", "uk"),
        ("samba in Brazilian Portuguese", "samba", "pt"),
        ("Made in China in Russian", "Made in China", "ru"),
        ("Photosynthese auf Deutsch", "Photosynthese", "de"),
        ("Photosynthese auf Englisch", "Photosynthese", "en"),
        ("фотосинтез на немецком", "фотосинтез", "de"),
        ("фотосинтез на английском языке", "фотосинтез", "en"),
        ("фотосинтез по-немецки", "фотосинтез", "de"),
        ("Пасха на иврите", "Пасха", "he"),
        ("Тадж-Махал на хинди", "Тадж-Махал", "hi"),
        ("фотосинтез німецькою", "фотосинтез", "de"),
        ("фотосинтез українською мовою", "фотосинтез", "uk"),
        ("la Révolution en français", "la Révolution", "fr"),
        ("la Revolution en francais", "la Revolution", "fr"),
        ("la guerre froide en coréen", "la guerre froide", "ko"),
        ("la fotosíntesis en inglés", "la fotosíntesis", "en"),
        ("a fotossíntese em português", "a fotossíntese", "pt"),
        ("la fotosintesi in tedesco", "la fotosintesi", "de"),
        ("fotosynthese in het Duits", "fotosynthese", "de"),
        ("fotosynteza po niemiecku", "fotosynteza", "de"),
        ("fotosynteza w języku ukraińskim", "fotosynteza", "uk"),
        ("Photosynthesis in Türkisch", "Photosynthesis", "tr"),
        ("prime numbers in German", "prime numbers", "de"),
        ("gender equality in Spanish", "gender equality", "es"),
        ("famous court cases in French", "famous court cases", "fr"),
        ("Microsoft Word in Spanish", "Microsoft Word", "es"),
        ("the Reverend Bayes in German", "the Reverend Bayes", "de"),
        ("времена года на немецком", "времена года", "de"),
        ("простые числа на английском", "простые числа", "en"),
        ("родина слонов на французском", "родина слонов", "fr"),
    ],
)
def test_a_language_named_at_the_end_is_a_request_and_no_part_of_the_topic(
    typed: str, topic: str, language: str
) -> None:
    assert asked_language(typed, "en") == (topic, language)
    assert asked_language(typed, "ru") == (topic, language)


@pytest.mark.parametrize(
    "topic",
    [
        "Made in China",
        "life in English villages",
        "English in India",
        "in German",
        "German",
        "the Romans in Britain",
        "the English language",
        "languages in Switzerland",
        "a stranger in Paris",
        "(in French)",
        "C++",
        "5",
        "",
    ],
)
def test_a_topic_that_names_a_language_or_a_country_is_a_topic(topic: str) -> None:
    assert asked_language(topic, "en") == (topic, "en")
    assert asked_language(topic, "ru") == (topic, "ru")


@pytest.mark.parametrize(
    "topic",
    [
        "irregular verbs in German",
        "verbs in the German language",
        "numbers in Japanese",
        "numbers from 1 to 100 in Japanese",
        "genders of nouns in French",
        "the four cases in German",
        "articles in German",
        "common words in Italian",
        "a quiz on past tense in Spanish",
        "Grammar in Dutch",
        "vocabulary: food, in French",
        "greetings in Korean",
        "unregelmäßige Verben auf Deutsch",
        "Zahlen auf Spanisch",
        "die Fälle auf Russisch",
        "Begrüßungen auf Italienisch",
        "les verbes irréguliers en anglais",
        "les nombres en espagnol",
        "los números en inglés",
        "la conjugación en francés",
    ],
)
def test_what_is_asked_about_a_language_itself_stays_a_topic_in_the_students_own(topic: str) -> None:
    assert asked_language(topic, "en") == (topic, "en")
    assert asked_language(topic, "ru") == (topic, "ru")


@pytest.mark.parametrize(
    "topic",
    [
        "немецкие глаголы на немецком",
        "числа на японском",
        "роды существительных во французском, по-французски",
        "времена на английском",
        "слова на испанском",
        "произношение на английском языке",
        "спряжение глаголов по-испански",
    ],
)
def test_so_it_is_in_russian(topic: str) -> None:
    assert asked_language(topic, "ru") == (topic, "ru")
    assert asked_language(topic, "en") == (topic, "ru")


@pytest.mark.parametrize(
    ("topic", "language"),
    [
        ("фотосинтез", "ru"),
        ("Python списки", "ru"),
        ("φωτοσύνθεση", "el"),
        ("פוטוסינתזה", "he"),
        ("التمثيل الضوئي", "ar"),
        ("ひかり", "ja"),
        ("光合成について", "ja"),
        ("フォトン", "ja"),
        ("광합성", "ko"),
        ("光合作用", "zh"),
        ("प्रकाश संश्लेषण", "hi"),
        ("การสังเคราะห์แสง", "th"),
        ("ფოტოსინთეზი", "ka"),
        ("ֆոտոսինթեզ", "hy"),
        ("photosynthesis", "en"),
        ("π in geometry", "en"),
        ("the letter Ω in physics", "en"),
        ("the letter Ы", "en"),
    ],
)
def test_the_letters_of_a_topic_name_its_language(topic: str, language: str) -> None:
    assert asked_language(topic, "en") == (topic, language)


@pytest.mark.parametrize(
    ("topic", "default"),
    [
        ("photosynthesis", "ru"),
        ("Photosynthese", "uk"),
        ("фотосинтез", "uk"),
        ("фотосинтез", "sr"),
        ("فتوسنتز", "fa"),
        ("光合作用", "ja"),
        ("42", "ru"),
    ],
)
def test_letters_that_the_students_language_has_too_do_not_change_it(topic: str, default: str) -> None:
    assert asked_language(topic, default) == (topic, default)


@given(st.text(), st.sampled_from(sorted(TRUE_FALSE_WORDS)))
def test_whatever_is_typed_the_language_is_one_that_quizzes_are_in(text: str, default: str) -> None:
    topic, language = asked_language(text, default)

    assert language in TRUE_FALSE_WORDS
    assert topic == text or any(one.isalnum() for one in topic)


def test_languages_are_named_in_the_language_of_the_reader() -> None:
    assert language_name("de", "en") == "German"
    assert language_name("de", "ru") == "немецкий"
    assert language_name("de", "de") == "Deutsch"


@pytest.mark.parametrize("in_language", ["xx", "", "not a locale", "../en"])
def test_a_reader_whose_language_is_unknown_is_given_english_names(in_language: str) -> None:
    assert language_name("de", in_language) == "German"


def test_a_language_without_a_name_is_its_code() -> None:
    assert language_name("qq", "en") == "qq"


def test_every_language_has_a_name_and_two_different_words_for_true_and_false() -> None:
    for code, (true, false) in TRUE_FALSE_WORDS.items():
        assert language_name(code, "en") != code
        assert true.casefold() != false.casefold()
    assert (TRUE_FALSE_WORDS["en"], TRUE_FALSE_WORDS["ru"]) == (("True", "False"), ("Верно", "Неверно"))


def test_the_words_of_each_language_are_in_its_script() -> None:
    for code, words in TRUE_FALSE_WORDS.items():
        for script in scripts_of(" ".join(words)):
            languages = SCRIPTS.get(script)
            assert code in languages if languages else script in {"LATIN", "MODIFIER"}
