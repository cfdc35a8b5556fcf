"""What could be better about a deck that can be used: what gives keys away, what is missing, what is there already."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from generation.checks import CHECKS, STEMS_ALIKE, is_repeat
from generation.request import Asked, Draft, WriteRequest
from quiz.balance import MOST_LONGER, RARE, evenness, key_length, key_places, truths
from quiz.deck import DESCRIPTION, Deck, Examined
from quiz.description import name_line, not_meant_line, source_line
from quiz.flaws import Flaw, Note
from quiz.languages import TRUE_FALSE_WORDS, has_cyrillic, language_name
from quiz.question import Level, Question
from quiz.topic_search import TopicIndex
from quiz.topics import normal_form

WORDS = {
    "form": "a choice has 3 to 6 options, and two right ones at least where several are asked for",
    "distinct_options": "two options say the same but for spaces, quotes or case: make them different",
    "no_all_of_the_above": "an option speaks of the others (“all of the above”), and options are shuffled: replace it",
    "no_word_given_away": "the question has a word of the key that no other option has: reword one of them",
    "no_article_given_away": "only the key fits the article before the blank: write a(n), or another question",
    "no_meta": "it speaks of a text that nobody sees, or has something left to fill in: make it stand alone",
    "no_letters": "an option is named by its letter or number, and options are shuffled: use its words",
    "explained": "the explanation is missing or says no more than the key: say in a sentence or three why",
    "few_flaws": "it has two flaws of item writing or more that a rule sees: clues to the key, or a form hard to "
    "read (docs/how-to/measure-quality.md names them)",
    "no_addresses": "there is a web address in the text: put it into the sources of deck.yaml",
}
"""What fails where one of `generation.checks.CHECKS` does; the rest of them is said here in another way."""
FEWEST_STATEMENTS = 2
SHORT = 12
"""Characters: of a key of a word nobody sees that it is longer."""


def advice(examined: Examined, others: Sequence[Deck]) -> list[Flaw]:
    """What could be better about a deck, in itself and beside others."""
    deck = examined.deck
    if deck is None:
        return []
    found: list[Flaw] = []

    def note_of(file: str) -> Note:
        return lambda line, words: found.append(Flaw(file, line, words, is_error=False))

    if not examined.errors:
        _look_at_sources(deck, examined, note_of(DESCRIPTION))
    _look_at_names(deck, examined, others, note_of(DESCRIPTION))
    for language, questions in deck.questions.items():
        file = f"{language}.gift"
        note = note_of(file)
        stems = Stems([*((one, language) for one in others), (deck, language)])
        for question in questions:
            for words in (*_about(question, language), *_repeats(question, deck, stems)):
                note(examined.line(file, question.id), words)
        if language == next(iter(deck.questions)) and not examined.errors:
            for words in _balance(questions):
                note(1, words)
    return sorted(found)


def clashes(examined: Examined, others: Sequence[Deck]) -> list[Flaw]:
    """The error of a deck that has the name of another one: buttons and links name a deck by that alone."""
    if all(one.name != examined.folder for one in others):
        return []
    return [Flaw(DESCRIPTION, 1, f"there is another deck in a folder called “{examined.folder}”: rename this one")]


def _about(question: Question, language: str) -> Iterator[str]:
    draft = _draft(question)
    request = WriteRequest("", "", language, None, 1)
    yield from (words for name, words in WORDS.items() if not CHECKS[name](draft, request))
    length = key_length(question)
    if length > MOST_LONGER and len(question.option(min(question.key)).text) > SHORT:
        yield f"the key is {length:.1f} times as long as the other options: shorten it, or lengthen them"
    told = f"{question.stem} {question.explanation}"
    if has_cyrillic(told) != (language == "ru"):
        yield f"this does not look like {language_name(language, 'en')}: is it in the right file?"


def _draft(question: Question) -> Draft:
    ids = [option.id for option in question.options]
    return Draft(
        kind=question.kind,
        stem=question.stem,
        options=tuple(option.text for option in question.options),
        right=frozenset(ids.index(one) for one in question.key),
        explanation=question.explanation,
        level=question.level,
    )


class Stems:
    """The questions of decks in a language, to find those that ask for the same."""

    def __init__(self, decks: Iterable[tuple[Deck, str]]) -> None:
        self._asked = [(deck, one) for deck, language in decks for one in deck.questions.get(language, ())]
        self._forms = [normal_form(one.stem) for _deck, one in self._asked]

    def repeats(self, question: Question) -> Iterator[tuple[Deck, Question]]:
        """Whoever asks for the same as a question, but for that question itself."""
        truth = {word for words in TRUE_FALSE_WORDS.values() for word in words}
        near = process.extract(
            normal_form(question.stem), self._forms, scorer=fuzz.token_set_ratio, score_cutoff=STEMS_ALIKE, limit=None
        )
        for *_, place in near:
            deck, other = self._asked[place]
            if other is not question and is_repeat(_asked(question), _asked(other), truth):
                yield deck, other


def _asked(question: Question) -> Asked:
    return Asked(question.stem, " ".join(question.option(one).text for one in sorted(question.key)))


def _repeats(question: Question, deck: Deck, stems: Stems) -> Iterator[str]:
    for other_deck, other in stems.repeats(question):
        if other_deck is not deck:
            yield f"“{other.id}” of the deck {other_deck.name} asks for the same: ask for something else"
        elif question.id < other.id:
            yield f"“{other.id}” asks for the same: ask for something else, or take one out"


def _balance(questions: Sequence[Question]) -> Iterator[str]:
    for number, places in key_places(questions).items():
        found = evenness({number: places})
        if found and found.p < RARE:
            spread = ", ".join(f"{places[place]} at place {place}" for place in range(1, number + 1))
            yield f"the keys of {number} options stand too often at one place ({spread}): move some"
    statements = truths(questions)
    if statements.total() >= FEWEST_STATEMENTS and len(statements) == 1:
        yield f"all {statements.total()} statements are {str(next(iter(statements))).upper()}: turn some round"
    levels = Counter(one.level for one in questions)
    counts = [levels[level] for level in Level]
    if max(counts) - min(counts) > 1:
        yield f"of levels 1, 2 and 3 there are {counts[0]}, {counts[1]} and {counts[2]} questions: make them even"


def _look_at_sources(deck: Deck, examined: Examined, note: Note) -> None:
    used = {one.source for questions in deck.questions.values() for one in questions}
    for name, shown in examined.sources.items():
        line = examined.line(DESCRIPTION, source_line(name))
        if not used & set(shown.values()):
            note(line, f"no question has the source “{name}”: tag some with [tag:source-{name}], or take it out")
        elif any(one.url is None for one in shown.values()):
            note(line, f"the source “{name}” has no address: add its url, if there is one")


def _look_at_names(deck: Deck, examined: Examined, others: Sequence[Deck], note: Note) -> None:
    index = TopicIndex(others)
    for language in deck.titles:
        for name in dict.fromkeys((deck.titles[language], *deck.names[language])):
            line = examined.line(DESCRIPTION, name_line(language, name))
            for other in dict.fromkeys(match.deck.name for match in index.near(name, language)):
                note(line, f"“{name}” finds the deck {other} too: leave it to one of them")
    alone = TopicIndex([replace(deck, not_meant=())])
    for topic in deck.not_meant:
        if not alone.near(topic, next(iter(deck.titles))):
            line = examined.line(DESCRIPTION, not_meant_line(topic))
            note(line, f"“{topic}” under not_meant is near to no name of this deck: take it out")
