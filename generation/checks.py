"""What a draft must hold to before the solver sees it: small checks, each with the name that metrics know it by."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from rapidfuzz import fuzz

from generation.drafts import to_question, true_false_words
from generation.invisible import without_invisible
from generation.language import is_in_language
from generation.phrases import ADDRESS, ALL_OR_NONE, LETTERS, META
from generation.request import Asked, Draft, WriteRequest
from quiz.item_flaws import flaws
from quiz.question import InvalidQuestion, Kind, Origin
from quiz.topics import normal_form

Check = Callable[[Draft, WriteRequest], bool]
"""Whether a draft passes."""

FEWEST_OF_SEVERAL = 2
FEWEST_OPTIONS = 3
MOST_OPTIONS = 6
LONGER_BY_HALF = 1.5
LONGER_BY_CHARACTERS = 20
SHORTEST_TELLING_WORD = 5
SHORTEST_EXPLANATION = 12
STEMS_ALIKE = 80
STEMS_SAME = 95
KEYS_ALIKE = 90
WORDS_ALIKE = 75
"""Two words that are this much alike are forms of one."""

MOST_FLAWS = 1
NO_ORIGIN = Origin("", 0, "", "", (), 0)
BLANK_AFTER_AN_ARTICLE = re.compile(
    r"(?<!/)\b(an?)\s+(?:_{2,}|…|\.{3,}|\[?blank\]?)|(?<!/)\b(an?)\s*[:.…_]*$", re.IGNORECASE
)
LATIN_WORD = re.compile(r"[A-Za-z]+")
EITHER_ARTICLE = re.compile(r"(?:h|u|eu|one|once)|[A-Z]{2}|[A-Z]$", re.ASCII)
"""How words begin whose article their first letter does not tell: hour, unit, European, FBI, X-ray."""
LOOKALIKES = str.maketrans("АВЕКМНОРСТУХаеорсухіј", "ABEKMHOPCTYXaeopcyxij")
"""Cyrillic letters that nobody tells from the Latin ones."""
CODE_MARK = "`"
SHORT_OPTION = 3
"""Words: an option that an explanation would name just so."""


def form(draft: Draft, _: WriteRequest) -> bool:
    """The domain takes it, and it has 3 to 6 options, one of them wrong; several right ones where it says so; a
    statement has two."""
    try:
        to_question(draft, question_id="draft", origin=NO_ORIGIN)
    except InvalidQuestion:
        return False
    if draft.kind is Kind.TRUE_FALSE:
        return True
    if draft.kind is Kind.MULTIPLE and len(draft.right) < FEWEST_OF_SEVERAL:
        return False
    return FEWEST_OPTIONS <= len(draft.options) <= MOST_OPTIONS and bool(_distractors(draft))


def distinct_options(draft: Draft, _: WriteRequest) -> bool:
    """No two options say the same: what nobody sees, spaces, quotes, a full stop and the alphabet of a letter do not
    count, and case only within one word or code."""
    return len({_option_form(option) for option in draft.options}) == len(draft.options)


def no_all_of_the_above(draft: Draft, _: WriteRequest) -> bool:
    """No option is about the other options: all of the above, none of these, both A and B."""
    return not any(ALL_OR_NONE.fullmatch(option.strip(" .!")) for option in draft.options)


def key_not_longest(draft: Draft, _: WriteRequest) -> bool:
    """The shortest right option is not both longer by half, and by over 20 characters, than every wrong one."""
    key, longest = min(map(len, _keys(draft)), default=0), max(map(len, _distractors(draft)), default=0)
    return key <= longest * LONGER_BY_HALF or key <= longest + LONGER_BY_CHARACTERS


def no_word_given_away(draft: Draft, _: WriteRequest) -> bool:
    """The stem does not hold half of the words (of 5 letters and more) that only the right option has, and none of the
    wrong options' own."""
    if draft.kind is not Kind.SINGLE:
        return True
    stem, key, wrong = (set(_words(text)) for text in (draft.stem, *_keys(draft), " ".join(_distractors(draft))))
    telling = key - wrong
    given = telling & stem
    return not given or 2 * len(given) < len(telling) or bool((wrong - key) & stem)


def no_article_given_away(draft: Draft, _: WriteRequest) -> bool:
    """Where a blank follows "a" or "an", the right option is not the only one that fits."""
    match = BLANK_AFTER_AN_ARTICLE.search(draft.stem.rstrip())
    if not match or draft.kind is not Kind.SINGLE:
        return True
    article = (match[1] or match[2]).casefold()
    articles = {_article(key) for key in _keys(draft)}, {_article(option) for option in _distractors(draft)}
    return articles[0] != {article} or bool(articles[1] & {article, None})


def no_meta(draft: Draft, _: WriteRequest) -> bool:
    """It does not speak of a text that the student cannot see, nor of the model, and leaves nothing to fill in."""
    return not any(META.search(text) for text in (draft.stem, draft.explanation, *draft.options))


def no_letters(draft: Draft, _: WriteRequest) -> bool:
    """Stem and explanation name no option by its letter or number, as the options are shuffled."""
    return not any(LETTERS.search(text) for text in (draft.stem, draft.explanation))


def explained(draft: Draft, _: WriteRequest) -> bool:
    """There is an explanation, of more than the key, or the words of the material that it was made from."""
    text = normal_form(draft.explanation)
    if draft.evidence is not None and normal_form(draft.evidence.quote) in text:
        return True
    wide = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return wide >= SHORTEST_EXPLANATION and text not in {normal_form(key) for key in _keys(draft)}


def explanation_fits(draft: Draft, _: WriteRequest) -> bool:
    """An explanation that names a wrong option names the right one too, where all options are a word or three."""
    if draft.kind is not Kind.SINGLE or not all(map(_is_named_as_it_stands, draft.options)):
        return True
    said = normal_form(draft.explanation)
    names_wrong = any(f" {normal_form(option)} " in f" {said} " for option in _distractors(draft))
    return not names_wrong or any(fuzz.partial_ratio(normal_form(key), said) >= WORDS_ALIKE for key in _keys(draft))


def no_addresses(draft: Draft, _: WriteRequest) -> bool:
    """It sends nobody to a web page or to another bot: an address that a model wrote may lead anywhere."""
    return not any(ADDRESS.search(text) for text in (draft.stem, draft.explanation, *draft.options))


def language(draft: Draft, request: WriteRequest) -> bool:
    """Stem and options together are in the language asked for, and so is the explanation."""
    options = () if draft.kind is Kind.TRUE_FALSE else draft.options
    texts = ("\n".join([" ".join(draft.stem.split()), *options]), " ".join(draft.explanation.split()))
    return all(is_in_language(text, request.language) for text in texts)


def no_repeat(draft: Draft, request: WriteRequest) -> bool:
    """It asks for nothing that the student was asked already, in this quiz or before."""
    asked = Asked(draft.stem, " ".join(_keys(draft)))
    words = {*true_false_words(request.language), *true_false_words("en")}
    return not any(is_repeat(asked, other, words) for other in request.avoid)


def few_flaws(draft: Draft, _: WriteRequest) -> bool:
    """At most one of the flaws of item writing that rules can see (`quiz/item_flaws.py`): one may be a matter of style,
    two together give the answer away or make the question hard to read."""
    return len(flaws(to_question(draft, question_id="draft", origin=NO_ORIGIN))) <= MOST_FLAWS


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            form,
            distinct_options,
            no_all_of_the_above,
            key_not_longest,
            no_word_given_away,
            no_article_given_away,
            no_meta,
            no_letters,
            explained,
            explanation_fits,
            no_addresses,
            language,
            few_flaws,
            no_repeat,
        )
    }
)
"""All checks by name, in the order in which they are made: the cheap ones first."""


def failed_check(draft: Draft, request: WriteRequest) -> str | None:
    """The name of the first check that a draft does not pass; None when it passes all."""
    return next((name for name, check in CHECKS.items() if not check(draft, request)), None)


def is_repeat(one: Asked, other: Asked, words_for_truth: set[str]) -> bool:
    """Whether two questions ask for the same.

    They do when their right answers are alike and their stems are, whatever the order of the words; or when their
    stems are the same and one answer has all words of the other. They do not when their numbers or signs differ, or
    when each stem has a word that the other has not and the answers differ too (the capitals of two countries).
    Statements are compared by their stems alone, and one other word makes another statement.
    """
    if _figures(one.stem) != _figures(other.stem):
        return False
    stems = normal_form(one.stem), normal_form(other.stem)
    if one.key in words_for_truth or other.key in words_for_truth:
        return fuzz.token_sort_ratio(*stems) >= STEMS_SAME and not _each_has_its_own_word(*stems)
    keys = _key_form(one.key), _key_form(other.key)
    same_figures = _figures(one.key) == _figures(other.key)
    if same_figures and fuzz.token_sort_ratio(*keys) >= KEYS_ALIKE:
        return fuzz.token_set_ratio(*stems) >= STEMS_ALIKE and not _one_word_swapped(*stems)
    first, second = (set(key.split()) for key in keys)
    inside = same_figures and (first <= second or second <= first)
    return inside and fuzz.token_sort_ratio(*stems) >= STEMS_SAME and not _each_has_its_own_word(*stems)


def _keys(draft: Draft) -> list[str]:
    return [draft.options[place] for place in sorted(draft.right) if place < len(draft.options)]


def _distractors(draft: Draft) -> list[str]:
    return [option for place, option in enumerate(draft.options) if place not in draft.right]


def _is_named_as_it_stands(option: str) -> bool:
    return len(option.split()) <= SHORT_OPTION and not any(char.isdigit() for char in option)


def _option_form(option: str) -> str:
    seen = without_invisible(unicodedata.normalize("NFC", option)).translate(LOOKALIKES)
    text = " ".join(seen.split()).strip(" .;,\"'«»“”„")
    return (text.casefold() if " " in text and CODE_MARK not in text else text) or seen


def _words(text: str) -> list[str]:
    return [word for word in normal_form(text).split() if len(word) >= SHORTEST_TELLING_WORD]


def _article(option: str) -> str | None:
    """The article an option takes, as far as its first letter tells."""
    word = LATIN_WORD.match(option.strip())
    if not word or EITHER_ARTICLE.match(word[0]) or EITHER_ARTICLE.match(word[0].casefold()):
        return None
    return "an" if word[0][0].casefold() in "aeio" else "a"


def _key_form(key: str) -> str:
    return normal_form(key) or key


def _figures(text: str) -> list[str]:
    """The numbers of a text and the signs of its formulas, in order."""
    numbers = re.findall(r"\d+", text)
    signs = [one for one in text if unicodedata.category(one) in {"Sm", "No"} or one in "*/^%#&@\\"]
    return [*numbers, *signs]


def _own_words(one: str, other: str) -> list[str]:
    """The words of a stem that the other has in no form."""
    others = other.split()
    return [word for word in one.split() if not any(fuzz.ratio(word, known) >= WORDS_ALIKE for known in others)]


def _each_has_its_own_word(one: str, other: str) -> bool:
    return bool(_own_words(one, other)) and bool(_own_words(other, one))


def _one_word_swapped(one: str, other: str) -> bool:
    """Whether long stems differ in a word each, at the same place: another thing is asked about."""
    first, second = one.split(), other.split()
    if len(first) != len(second):
        return False
    differing = [pair for pair in zip(first, second, strict=True) if fuzz.ratio(*pair) < WORDS_ALIKE]
    return len(differing) == 1 and len(min(differing[0], key=len)) >= SHORTEST_TELLING_WORD
