"""Every deck there is, those that ship with the bot and those of whoever runs it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources.abc import Traversable

from decks import describe, load_deck
from quiz.deck import Deck
from quiz.description import Description
from quiz.nearest import NearestDecks
from quiz.subjects import Subject
from quiz.topic_key import TopicKeys
from quiz.topic_search import DeckMatch, TopicIndex


class Library:
    """Decks to be offered and found; what a deck asks is read when it is first wanted, in some milliseconds.

    Those of one's own come first: one that is called like a deck that ships is found in its place. Raises
    `quiz.deck.InvalidDeck` when a description cannot be used.
    """

    def __init__(self, shipped: Mapping[str, Traversable], own: Sequence[Deck] = ()) -> None:
        self._folders = dict(shipped)
        self._read = {deck.name: deck for deck in own}
        self.decks: tuple[Description, ...] = (*own, *map(describe, self._folders.values()))
        self._index = TopicIndex(self.decks)
        self._nearest = NearestDecks(self.decks, self._index)

    def deck(self, name: str) -> Deck | None:
        """The deck of this name with its questions; None when there is none. Raises `InvalidDeck` when it is faulty."""
        if name not in self._read and name in self._folders:
            self._read[name] = load_deck(self._folders[name])
        return self._read.get(name)

    def find(self, topic: str, language: str) -> DeckMatch | None:
        """The deck whose name is nearest to a topic, as `quiz.topic_search.TopicIndex.find` says."""
        return self._index.find(topic, language)

    @cached_property
    def topic_keys(self) -> TopicKeys:
        """Which topics are the same, names of these decks being names of one topic; made when first asked for."""
        return TopicKeys(self.decks)

    def nearest(self, topic: str, most: int) -> Sequence[Description]:
        """Decks to suggest for a topic that none was found for, as `quiz.nearest.NearestDecks.nearest` says."""
        return self._nearest.nearest(topic, most)

    @property
    def subjects(self) -> Sequence[Subject]:
        """The subjects that there are decks on."""
        present = {deck.subject for deck in self.decks}
        return [subject for subject in Subject if subject in present]

    def on(self, subject: Subject) -> Sequence[Description]:
        """The decks on a subject."""
        return [deck for deck in self.decks if deck.subject is subject]
