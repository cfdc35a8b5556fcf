"""A question as one of Telegram's own quiz polls, where it fits."""

from dataclasses import dataclass
from typing import Any

from delivery.markup import MARKED, plain_text
from quiz.attempt import PlannedQuestion
from quiz.question import Kind, Question, utf16_length

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
MOST_LINE_FEEDS = 2


@dataclass(frozen=True, slots=True)
class QuizPoll:
    """A quiz poll in which everybody sees who voted, open for so many seconds; `key` are the places of the options."""

    question: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    explanation: str
    seconds: int
    several: bool

    def parameters(self) -> dict[str, Any]:
        """The poll as Telegram takes it."""
        explanation = {"explanation": self.explanation} if self.explanation else {}
        return {
            "type": "quiz",
            "question": self.question,
            "options": [{"text": option} for option in self.options],
            "correct_option_ids": list(self.key),
            "is_anonymous": False,
            "allows_multiple_answers": self.several,
            "open_period": self.seconds,
            **explanation,
        }


def poll_of(heading: str, question: Question, planned: PlannedQuestion, seconds: int) -> QuizPoll | None:
    """The question as a poll; None where it is too long for one, or has what a poll cannot show: code or a formula."""
    texts = [question.stem, *(question.option(option).text for option in planned.order)]
    if any(MARKED.search(text) for text in texts):
        return None
    stem, *options = map(plain_text, texts)
    asked = f"{heading}{stem}"
    if utf16_length(asked) > LONGEST_QUESTION or max(map(utf16_length, options)) > LONGEST_OPTION:
        return None
    key = tuple(place for place, option in enumerate(planned.order) if option in planned.key)
    # Whoever chose one of two right answers is told that this was right: only a poll of several says how it is meant.
    return QuizPoll(asked, tuple(options), key, _explanation(question), seconds, several=question.kind is Kind.MULTIPLE)


def _explanation(question: Question) -> str:
    """The explanation if a poll has room for all of it: half a sentence explains nothing."""
    text = plain_text(question.explanation)
    fits = utf16_length(text) <= LONGEST_EXPLANATION and text.count("\n") <= MOST_LINE_FEEDS
    return text if fits else ""
