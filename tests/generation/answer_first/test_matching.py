"""Whether an answer in free words is the key."""

import pytest

from generation.answer_first.matching import says
from generation.offline.grammar import grammar_of


@pytest.mark.parametrize(
    ("language", "said", "key", "wrong", "stem", "same"),
    [
        ("en", "1890", "1890", ["1880", "1901"], "In which year was the bridge opened?", True),
        ("en", "It was opened in 1890.", "1890", ["1880", "1901"], "In which year was the bridge opened?", True),
        ("en", "March 4th, 1890", "1890", ["1880", "1901"], "In which year was the bridge opened?", True),
        ("en", "4 March 1880", "1890", ["1880", "1901"], "In which year was the bridge opened?", False),
        ("ru", "27 мая 1703 г.", "1703", ["1709", "1725"], "В каком году основан Петербург?", True),
        ("ru", "в 1703 году или в 1709 году", "1703", ["1712", "1725"], "В каком году основан Петербург?", False),
        ("ru", "1697–1698 гг.", "1697–1698", ["1703–1704", "1709–1710"], "В какие годы Пётр был в Европе?", True),
        ("en", "1890 or 1891", "1890", ["1880", "1901"], "In which year was the bridge opened?", False),
        ("en", "unclear", "1890", ["1880", "1901"], "In which year was the bridge opened?", False),
        ("en", "55", "55 %", ["20 %", "80 %"], "What share of blood is plasma?", True),
        ("en", "about 2467 metres", "2467 metres", ["2000 metres", "3000 metres"], "How long is the bridge?", True),
        ("en", "2467", "2,467", ["2,000", "3,000"], "How long is the bridge?", True),
        ("en", "4", "four", ["two", "three"], "How many chambers does the heart have?", True),
        ("en", "The Platelets", "Platelet", ["Plasma", "Red cell"], "What stops bleeding?", True),
        ("en", "platelets and plasma", "Platelet", ["Plasma", "Red cell"], "What stops bleeding?", False),
        ("en", "cell", "Red cell", ["White cell", "Plasma"], "What carries oxygen?", False),
        ("en", "a white cell", "Red cell", ["White cell", "Plasma"], "What carries oxygen?", False),
        ("en", "William Harvey", "Harvey", ["Galen", "Landsteiner"], "Who described the circulation?", True),
        ("ru", "6371 км", "6371 км", ["5000 км", "2800 км"], "Чему равен радиус Земли?", True),
        ("ru", "6 371", "6371 км", ["5000 км", "2800 км"], "Чему равен радиус Земли?", True),
        ("ru", "сейсмографом", "Сейсмограф", ["Барометр", "Термометр"], "Чем измеряют силу землетрясения?", True),
        ("ru", "Альфред Вегенер", "Вегенер", ["Рихтер", "Ом"], "Кто выдвинул гипотезу дрейфа?", True),
        ("ru", "Рихтер", "Вегенер", ["Рихтер", "Ом"], "Кто выдвинул гипотезу дрейфа?", False),
        ("ru", "ядро и мантия", "Мантия", ["Ядро", "Литосфера"], "Что лежит под корой?", False),
        ("ru", "4", "четыре", ["две", "три"], "Сколько камер в сердце?", True),
        ("ru", "неясно", "Мантия", ["Ядро", "Литосфера"], "Что лежит под корой?", False),
    ],
)
def test_answers_are_compared_by_what_they_say(
    language: str, said: str, key: str, wrong: list[str], stem: str, *, same: bool
) -> None:
    assert says(said, key, wrong, [stem], grammar_of(language)) is same
