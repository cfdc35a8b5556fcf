"""Which sentences are asked about, and which are not."""

import pytest

from generation.offline.grammar import grammar_of
from generation.offline.standing import is_whole

ENGLISH = [
    "Johannes Gutenberg set up his press in Mainz in about 1450.",
    "Young bees see more than 300 flowers at a distance of 2 metres.",
    "Two processes control sleep in the human body.",
    "Caffeine blocks the receptors for adenosine, which is why it keeps us awake.",
    "The human heart has four chambers and beats about 70 times a minute.",
    "William Harvey was the first man to describe the circulation of blood.",
    "The invention of the press made books cheaper than before.",
    "Oceanic crust is thinner than the crust of the continents.",
]
LEANING_ENGLISH = [
    "It also takes waste to the kidneys and the lungs.",
    "This process lasts for about two weeks in summer.",
    "However, many doctors followed Galen in those days.",
    "For example, a cat sleeps for 14 hours a day.",
    "Four years later Carsten Borchgrevink spent a winter in a hut.",
    "Ragusa was the first city to introduce it, in 1377.",
    "Thomas Stevens rode one around the world in two years.",
    "Today there are some 2,500 pairs in that country.",
    "Many people settled there in the course of the century.",
    "She stays inside the hive during the first three weeks.",
    "The latter was the larger of the two by 20 km.",
    "Recently the number of visitors has risen to 3 million.",
    "Perhaps the oldest of all the towers was 30 metres high.",
    "The smallest is the elf owl of Mexico, which weighs 40 grams.",
    "Ragusa, the modern Dubrovnik, was the first city to introduce it, in 1377.",
    "Three small bones carry its vibrations across the middle ear.",
    "Only 21 of the 60 riders who had started reached Paris.",
    "With age the upper limit rises by some hertz a year.",
    "A cold summer may have played a part in the invention, since oats were dear.",
    "Selective availability made the signal less exact for civilians until 2000.",
    "Oceanic crust is thinner: about 7 kilometres in the middle.",
]
RUSSIAN = [
    "Северная война началась в 1700 году и длилась 21 год.",
    "Мантия — это слой между корой и ядром.",
    "Силу землетрясения измеряют сейсмографом, который записывает колебания.",
    "Диаметр спинного мозга составляет около 1 см.",
    "Русская армия потерпела поражение в битве под Нарвой.",
    "Океаническая кора бывает тоньше, чем кора материков.",
    "Самка императорского пингвина откладывает одно яйцо весом 450 г.",
]
LEANING_RUSSIAN = [
    "Он был провозглашён царём в 1682 году вместе с братом.",
    "В 1906 году он разделил премию с Камилло Гольджи.",
    "Это свойство открыл немецкий физик в 1826 году.",
    "Поэтому витамин нужно получать каждый день с пищей.",
    "Через два года Австрия попросила назначить нового командующего.",
    "Дорога получила имя императора в 1855 году по указу.",
    "Длина пути составляла 854 м, а ширина — 2 м.",
    "На него пошло около двух миллионов каменных блоков.",
    "Таким образом, масса тела остаётся прежней во всех случаях.",
    "В СССР препарат получила Зинаида Ермольева в 1942 году.",
    "Очистили пенициллин Флори и Чейн; в 1945 году все трое получили премию.",
    "Самка откладывает одно яйцо весом 450 г и уходит к морю.",
    "Океаническая кора тоньше: её толщина составляет 5–10 км.",
]


def stands(text: str, language: str, context: str = "", *earlier: str) -> bool:
    return is_whole(text) and grammar_of(language).stands_alone(text, earlier, context)


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_sentence_that_says_all_itself_is_asked_about(text: str) -> None:
    assert stands(text, "en")


@pytest.mark.parametrize("text", LEANING_ENGLISH)
def test_an_english_sentence_that_leans_on_another_is_not(text: str) -> None:
    assert not stands(text, "en")


@pytest.mark.parametrize("text", RUSSIAN)
def test_a_russian_sentence_that_says_all_itself_is_asked_about(text: str) -> None:
    assert stands(text, "ru")


@pytest.mark.parametrize("text", LEANING_RUSSIAN)
def test_a_russian_sentence_that_leans_on_another_is_not(text: str) -> None:
    assert not stands(text, "ru")


def test_one_of_several_that_were_told_of_before_is_not_asked_about() -> None:
    said = "Letters on wooden tablets were found at the fort."

    assert not stands("Robin Birley discovered the first tablets in 1973.", "en", "", said)
    assert stands("Robin Birley discovered the first tablets in 1973.", "en", "Tablets from Vindolanda", said)


def test_what_is_known_from_before_needs_a_heading_that_names_it() -> None:
    assert not stands("The war lasted for four years.", "en", "", "The Crimean War began in 1853.")
    assert stands("The war lasted for four years.", "en", "The Crimean War", "The Crimean War began in 1853.")
    assert stands("Дорога получила имя императора в 1855 году.", "ru", "Николаевская железная дорога")


@pytest.mark.parametrize(
    "text",
    [
        "Is blood always red in all animals?",
        "What a wonderful heart this animal has!",
        "The heart has four chambers",
        "Four chambers.",
        "“The heart has four chambers, said the doctor.",
        "The heart (it has four chambers beats fast.",
        "— Поезд на Тверь отходит через двадцать минут.",
        "АННА: Автобус стоял в пробке сорок минут.",
        "The call print(len(numbers)) shows that there are 4 of them.",
        "The law says that $I = U/R$ for every part of it.",
        "See Fig. 2 for the number of cells in a litre.",
        "The town hal1 was bui1t in the year 1742 on the market.",
        "The market was moved to- gether with the archive in 1806.",
        "The present one , 38 m high , was finished in 1834.",
        "Чтобы узнать больше, откройте https://example.org и найдите 5 ответов.",
    ],
)
def test_questions_speech_code_fragments_and_bad_scans_are_not_asked_about(text: str) -> None:
    assert not is_whole(text)
