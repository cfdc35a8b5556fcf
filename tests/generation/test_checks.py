"""Each check drops what it is named for, and nothing that a person wrote for the shipped decks."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from decks import load_decks
from generation.checks import CHECKS, failed_check
from generation.request import Asked, Draft, WriteRequest
from quiz.question import Kind, Level

REQUEST = WriteRequest(quiz="quiz", topic="planets", language="en", level=None, count=5)
EXPLANATION = "Mercury goes round the Sun at 58 million km, nearer than Venus."


def several(texts: str) -> list[str]:
    """Texts that stand on lines, with | between them."""
    return texts.replace("\n", "|").split("|")


def a_draft(
    stem: str = "Which planet is nearest to the Sun?",
    options: Sequence[str] = ("Mercury", "Venus", "Mars"),
    right: Sequence[int] = (0,),
    explanation: str = EXPLANATION,
    kind: Kind | None = None,
) -> Draft:
    """A draft that passes every check, but for what a test changes."""
    return Draft(
        kind=kind or (Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE),
        stem=stem,
        options=tuple(options),
        right=frozenset(right),
        explanation=explanation,
        level=Level.RECALL,
    )


def passes(check: str, draft: Draft, language: str = "en", avoid: Sequence[Asked] = ()) -> bool:
    """Whether a draft passes one check."""
    return CHECKS[check](draft, WriteRequest("quiz", "planets", language, None, 5, tuple(avoid)))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_good_questions_pass_every_check_but_for_one_in_fifty(language: str) -> None:
    avoid: list[Asked] = []
    dropped: list[tuple[str, str | None]] = []
    for deck in load_decks():
        for question in deck.questions[language]:
            ids = [option.id for option in question.options]
            draft = a_draft(
                question.stem,
                [option.text for option in question.options],
                [ids.index(key) for key in question.key],
                question.explanation,
                question.kind,
            )
            failed = failed_check(draft, WriteRequest("quiz", deck.name, language, None, 5, tuple(avoid)))
            dropped += [(question.id, failed)] if failed else []
            avoid.append(Asked(draft.stem, " ".join(draft.options[place] for place in sorted(draft.right))))

    assert len(dropped) <= 0.02 * len(avoid), dropped
    assert {check for _question, check in dropped} <= {"explanation_fits", "no_word_given_away", "few_flaws"}


def test_the_first_check_that_fails_is_named() -> None:
    assert failed_check(a_draft(), REQUEST) is None
    assert failed_check(a_draft(options=["Mercury"], explanation=""), REQUEST) == "form"
    assert failed_check(a_draft(explanation=""), REQUEST) == "explained"


@pytest.mark.parametrize(
    "draft",
    [
        a_draft(options=["Mercury", "Venus"]),
        a_draft(options=["Mercury", *map(str, range(6))]),
        a_draft(options=["Mercury", "Venus", "Mars"], right=[0, 1, 2]),
        a_draft(options=["Mercury", "Venus", " "]),
        a_draft(options=["True", "False", "Perhaps"], kind=Kind.TRUE_FALSE),
        a_draft(right=[0, 1], kind=Kind.SINGLE),
        a_draft(right=[], kind=Kind.SINGLE),
        a_draft(stem="x" * 1001),
        a_draft(options=["x" * 201, "Venus", "Mars"]),
        a_draft(explanation="x" * 801),
    ],
)
def test_a_form_that_cannot_be_asked_is_dropped(draft: Draft) -> None:
    assert not passes("form", draft)


def test_two_options_are_enough_for_a_statement_only() -> None:
    assert passes("form", a_draft(options=["True", "False"], kind=Kind.TRUE_FALSE))
    assert passes("form", a_draft(right=[0, 1]))


@pytest.mark.parametrize(
    ("options", "distinct"),
    [
        (["`Tt` and `Tt`", "`Tt` and `tt`", "`TT` and `Tt`"], True),
        (["The Sun", "the sun", "Mars"], False),
        (["Mars", "Mars.", "Venus"], False),
        (["“Mars”", "Mars", "Venus"], False),
        (["a  b", "a b", "c"], False),
        (["x + 1", "x - 1", "x * 1"], True),
        (["Aa", "AA", "aa"], True),
        (["print", "Print", "PRINT"], True),
        (["x²", "x2", "2x"], True),
        (["...", "..", "."], True),
    ],
)
def test_options_that_say_the_same_are_noticed_and_small_differences_of_signs_kept(
    options: list[str], *, distinct: bool
) -> None:
    assert passes("distinct_options", a_draft(options=options)) is distinct


@pytest.mark.parametrize(
    ("lengths", "passed"),
    [((60, 20, 20), False), ((41, 20, 20), False), ((40, 20, 20), True), ((70, 49, 5), True), ((75, 49, 5), False)],
)
def test_a_key_that_is_longer_by_half_and_by_over_20_characters_is_dropped(
    lengths: tuple[int, ...], *, passed: bool
) -> None:
    assert passes("key_not_longest", a_draft(options=["x" * length for length in lengths])) is passed


def test_of_several_keys_the_shortest_is_measured() -> None:
    assert passes("key_not_longest", a_draft(options=["x" * 90, "Venus", "Mars"], right=[0, 1]))
    assert not passes("key_not_longest", a_draft(options=["x" * 90, "y" * 80, "Mars"], right=[0, 1]))


@pytest.mark.parametrize(
    "option",
    several("""All of the above|None of the above.|all of these|None of these|Both A and B|A and C
All the above answers are correct
Neither A nor B|Все вышеперечисленное|Всё из перечисленного|Ничего из перечисленного|Ни один из вариантов
Все варианты верны
Нет правильного ответа|Оба варианта|Alle oben genannten|Alles davon|Keine der genannten Antworten|Keine davon
Toutes les réponses ci-dessus|Aucune de ces réponses|Tout ce qui précède|Todas las anteriores
Ninguna de las anteriores
Todo lo anterior|Nenhuma das anteriores|Tutte le precedenti"""),
)
def test_options_about_the_other_options_are_dropped(option: str) -> None:
    assert not passes("no_all_of_the_above", a_draft(options=["Mercury", "Venus", option]))
    assert not passes("no_all_of_the_above", a_draft(options=[option, "Venus", "Mars"]))


@pytest.mark.parametrize(
    "option",
    several("""All of them live in the sea|None|Both parents|Все люди смертны|Всё течёт|Ничего|Alle Planeten|Keine Luft
Tous les hommes
Todas las aves|Vitamins A and D|All animals|Both sides|any|all()|Оба родителя|Нет|Нет кислорода"""),
)
def test_options_that_only_begin_like_that_are_kept(option: str) -> None:
    assert passes("no_all_of_the_above", a_draft(options=["Mercury", "Venus", option]))


@pytest.mark.parametrize(
    ("stem", "options", "passed"),
    [
        ("Which Roman general won the Battle of Actium?", ["Octavian", "Antony", "Pompey"], True),
        ("What do plants use chlorophyll for?", ["Chlorophyll absorbs light", "Storing water", "Growing roots"], True),
        ("In which garden did the Boston Tea Party take place?", ["Boston", "London", "Paris"], False),
        ("What is the boiling point of water called?", ["Boiling point", "Melting heat", "Dew"], False),
        ("What is a boiling point?", ["The boiling point", "The melting point", "The freezing point"], False),
        ("Which planet is the red planet?", ["Planet Mars", "Planet Venus", "Planet Earth"], True),
        ("Are whales or sharks mammals?", ["Whales", "Sharks", "Salmon"], True),
        ("Что такое фотосинтез?", ["Фотосинтез", "Дыхание", "Испарение"], False),
    ],
)
def test_a_key_whose_own_words_stand_in_the_question_is_dropped(stem: str, options: list[str], *, passed: bool) -> None:
    assert passes("no_word_given_away", a_draft(stem, options)) is passed


@pytest.mark.parametrize(
    ("stem", "options", "passed"),
    [
        ("A person who studies stars is an ___.", ["astronomer", "biologist", "chemist"], False),
        ("A person who studies stars is an ___.", ["astronomer", "economist", "chemist"], True),
        ("A person who studies stars is a ___.", ["physicist", "economist", "artist"], False),
        ("It lasts an ____ and more.", ["hour", "minute", "second"], True),
        ("He went to a …", ["university", "island", "ocean"], True),
        ("It is an …", ["MRI scan", "test", "film"], True),
        ("It is a/an ___.", ["apple", "pear", "plum"], True),
        ("Which vitamin is vitamin A?", ["retinol", "insulin", "iron"], True),
        ("An apple is what?", ["fruit", "animal", "element"], True),
    ],
)
def test_an_article_that_only_the_key_fits_gives_it_away(stem: str, options: list[str], *, passed: bool) -> None:
    assert passes("no_article_given_away", a_draft(stem, options)) is passed


@pytest.mark.parametrize(
    "text",
    several("""According to the text above, who won?|Based on the passage, who won?
As an AI language model, I cannot say.|[insert name] won.
As mentioned above, Mars is red.|Согласно тексту, кто победил?|Как языковая модель, я не знаю.
Laut Text ist es Mars.|Im obigen Text steht es.
Selon le texte, qui a gagné ?|Según el texto, ¿quién ganó?|{{question}}|[вставьте имя]"""),
)
def test_texts_nobody_sees_and_places_left_to_fill_in_are_noticed(text: str) -> None:
    assert not passes("no_meta", a_draft(stem=text))
    assert not passes("no_meta", a_draft(explanation=text))


@pytest.mark.parametrize("text", ["Option A", "Distractor 2", "Wrong answer", "[insert]"])
def test_options_that_were_left_to_fill_in_are_noticed(text: str) -> None:
    assert not passes("no_meta", a_draft(options=["Mercury", text, "Mars"]))


@pytest.mark.parametrize(
    "text",
    several("""Option B is correct.|The correct answer is C, so answer C it is.|B is correct because it is red.
Вариант Б верен.|Ответ «В» неверный, так как
Правильный ответ (А).|Antwort B ist richtig.|La réponse B est correcte.|La opción C es correcta.
Choice (D) is wrong.|Option 2 is right.
The first option is a star.|Второй вариант описывает Марс."""),
)
def test_options_named_by_letter_or_number_are_noticed(text: str) -> None:
    assert not passes("no_letters", a_draft(explanation=text))


@pytest.mark.parametrize(
    "text",
    several("""Vitamin C is an acid.|A is the first letter.|The answer to a question|Hepatitis B is a virus.
The options differ.|Ответ в тексте.
Ответ: В 1789 году пала Бастилия.|Die Antwort ist Mars.|There are options.|Plan B failed.
La respuesta a la pregunta"""),
)
def test_letters_that_name_no_option_are_kept(text: str) -> None:
    assert passes("no_letters", a_draft(explanation=text))


@pytest.mark.parametrize(
    ("explanation", "passed"),
    [("", False), ("Mercury.", False), ("Yes.", False), (EXPLANATION, True), ("水星は太陽に近い惑星", True)],
)
def test_an_explanation_says_more_than_the_key(explanation: str, *, passed: bool) -> None:
    assert passes("explained", a_draft(explanation=explanation)) is passed


def test_another_language_than_the_one_asked_for_is_noticed() -> None:
    assert not passes("language", a_draft(), "de")
    assert not passes("language", a_draft("Какая планета ближе всех к Солнцу?", ["Меркурий", "Венера", "Марс"]))
    russian = a_draft("Какая планета ближе всех к Солнцу?", ["Меркурий", "Венера", "Марс"])
    assert not passes("language", russian, "ru"), "its explanation is in English"
    explained = replace(russian, explanation="Меркурий обращается вокруг Солнца ближе, чем Венера: в 58 млн км.")
    assert passes("language", explained, "ru")


def test_options_tell_the_language_of_a_stem_that_has_none() -> None:
    german = a_draft("12 : 4 = ?", ["Drei ganze Äpfel für jeden", "Vier ganze Äpfel für jeden", "Keine Äpfel für euch"])
    assert not passes("language", german, "en")


@pytest.mark.parametrize(
    ("explanation", "passed"),
    [
        ("Mars is the planet nearest to the Sun.", False),
        ("Mercury is nearer to the Sun than Venus and Mars are.", True),
        ("It goes round the Sun at 58 million km.", True),
    ],
)
def test_an_explanation_does_not_argue_for_a_wrong_option(explanation: str, *, passed: bool) -> None:
    assert passes("explanation_fits", a_draft(explanation=explanation)) is passed


@pytest.mark.parametrize(
    "text",
    [
        "Win a prize: http://evil.test/now.",
        "See www.evil.test for more.",
        "Join t.me/evil and learn.",
        "Join Telegram.me/evil and learn.",
        "Open tg://resolve?domain=evil at once.",
        "See evil-prizes.com/win for more.",
        "Write to @free_prizes_bot today.",
    ],
)
def test_nobody_is_sent_to_a_page(text: str) -> None:
    assert not passes("no_addresses", a_draft(explanation=text))
    assert not passes("no_addresses", a_draft(options=["Mercury", text, "Mars"]))
    assert passes(
        "no_addresses", a_draft(options=["https://", "https://www.example.org/a", "https://shop.example.com:80/b"])
    )


@pytest.mark.parametrize(
    "text",
    [
        "Amazon.com was founded in 1994.",
        "A decorator such as @property.",
        "Node.js/Express and and/or",
        "example.com/a",
    ],
)
def test_names_that_lead_nowhere_are_words(text: str) -> None:
    assert passes("no_addresses", a_draft(explanation=text))


def test_where_several_are_asked_for_more_than_one_is_right() -> None:
    assert not passes("form", a_draft(kind=Kind.MULTIPLE, right=[0]))
    assert passes("form", a_draft(kind=Kind.MULTIPLE, right=[0, 1]))


def test_the_alphabet_of_a_letter_does_not_make_another_option() -> None:
    cyrillic = "V\N{CYRILLIC SMALL LETTER IE}nus"
    assert not passes("distinct_options", a_draft(options=["Venus", cyrillic, "Mars"]))


@pytest.mark.parametrize("code", [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0xE0041], ids=hex)
def test_options_that_look_the_same_are_not_distinct(code: int) -> None:
    assert not passes("distinct_options", a_draft(options=["Venus", f"Ve{chr(code)}nus", "Mars"]))
    assert not passes("distinct_options", a_draft(options=[".", f".{chr(code)}", "Mars"]))
