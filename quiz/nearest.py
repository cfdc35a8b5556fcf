"""What to suggest for a topic without a deck: those whose names share its telling words, and their subject."""

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from quiz.description import Description
from quiz.topic_search import TopicIndex
from quiz.topics import normal_form

SHORTEST_WORD = 3
MOST_WORDS = 12
"""Of a topic; the first of a long one are enough, and keep it short to look for them."""
WORDS_ALIKE = 80
"""Two words that are this much alike, in percent, are taken for forms of one."""
LEAST = 0.3
"""A word that more decks than three have does not tell which is meant."""


class NearestDecks:
    """The words in the names of decks, prepared to be looked up."""

    def __init__(self, decks: Sequence[Description], index: TopicIndex) -> None:
        """`index` is that of the same decks in the same order."""
        self._decks = decks
        places: dict[str, set[int]] = defaultdict(set)
        for form, known in index.places():
            for word in form.split():
                places[word] |= known
        self._places = {word: found for word, found in places.items() if len(word) >= SHORTEST_WORD}
        self._words = list(self._places)

    def nearest(self, topic: str, most: int) -> list[Description]:
        """Up to so many decks, the nearest first: by the words that they share, and then others of the same subject."""
        scores: dict[int, float] = defaultdict(float)
        words = [word for word in normal_form(topic).split() if len(word) >= SHORTEST_WORD]
        for word in list(dict.fromkeys(words))[:MOST_WORDS]:
            for place, score in self._shared(word).items():
                scores[place] += score
        ranked = [self._decks[place] for place in sorted(scores, key=lambda one: (-scores[one], one))]
        if not ranked:
            return []
        others = [self._decks[place] for place in range(len(self._decks)) if place not in scores]
        return [*ranked, *(deck for deck in others if deck.subject is ranked[0].subject)][:most]

    def _shared(self, word: str) -> dict[int, float]:
        """The decks that have a word, and how much that tells: less, the more decks have it."""
        shared: dict[int, float] = {}
        cutoff = 100 if any(letter.isdigit() for letter in word) else WORDS_ALIKE
        for known, likeness, _ in process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=cutoff, limit=5):
            score = likeness / 100 / len(self._places[known])
            if score >= LEAST:
                for place in self._places[known]:
                    shared[place] = max(score, shared.get(place, 0.0))
        return shared
