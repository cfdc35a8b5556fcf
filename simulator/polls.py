"""Polls: what they ask, who voted for what, and how Telegram shows them."""

from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]


class VoteRefused(Exception):
    """A vote that Telegram does not take; the text says why, in a sentence."""


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from."""

    persistent_id: str
    text: str
    entities: list[JsonObject] = field(default_factory=list[JsonObject])


@dataclass
class Poll:
    """A poll or a quiz in one message. Votes are kept by who voted, in the order in which they came."""

    id: str
    question: str
    options: list[Option]
    question_entities: list[JsonObject] = field(default_factory=list[JsonObject])
    correct_option_ids: list[int] | None = None
    explanation: str = ""
    explanation_entities: list[JsonObject] = field(default_factory=list[JsonObject])
    description: str = ""
    description_entities: list[JsonObject] = field(default_factory=list[JsonObject])
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    allows_revoting: bool = True
    hides_results: bool = False
    open_period: int | None = None
    close_date: int | None = None
    is_closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict[int, list[int]])

    @property
    def is_quiz(self) -> bool:
        """Whether some of the options are right."""
        return self.correct_option_ids is not None

    def vote(self, voter: int, option_ids: list[int]) -> list[int]:
        """Take a vote, none of the options to retract it; returns the options in order. VoteRefused by the rules."""
        chosen = sorted(set(option_ids))
        if self.is_closed:
            raise VoteRefused("The poll is closed.")
        if any(not 0 <= each < len(self.options) for each in chosen):
            raise VoteRefused(f"The poll has the options 0 to {len(self.options) - 1}.")
        if len(chosen) > 1 and not self.allows_multiple_answers:
            raise VoteRefused("The poll takes one answer only.")
        if voter in self.votes and not self.allows_revoting:
            raise VoteRefused(f"{voter} has voted, and the poll takes no second vote.")
        if voter not in self.votes and not chosen:
            raise VoteRefused(f"{voter} has not voted.")
        if chosen:
            self.votes[voter] = chosen
        else:
            del self.votes[voter]
        return chosen

    def as_json(self, *, with_key: bool) -> JsonObject:
        """Telegram's Poll; the key is shown to who sent it, and to all once it is closed."""
        counts = [sum(place in chosen for chosen in self.votes.values()) for place in range(len(self.options))]
        hidden = self.hides_results and not self.is_closed
        poll: JsonObject = {
            "id": self.id,
            "question": self.question,
            "options": [
                {
                    "persistent_id": option.persistent_id,
                    "text": option.text,
                    **_unless_empty(text_entities=option.entities),
                    "voter_count": 0 if hidden else count,
                }
                for option, count in zip(self.options, counts, strict=True)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "allows_multiple_answers": self.allows_multiple_answers,
            "allows_revoting": self.allows_revoting,
            "members_only": False,  # that is for channels only
            "type": "quiz" if self.is_quiz else "regular",
        }
        poll |= _unless_empty(question_entities=self.question_entities)
        if self.open_period and self.close_date:
            poll |= {"open_period": self.open_period, "close_date": self.close_date}
        if self.correct_option_ids is not None and (with_key or self.is_closed):
            poll |= self._key(self.correct_option_ids)
        return poll

    def _key(self, correct: list[int]) -> JsonObject:
        key: JsonObject = {"correct_option_ids": correct}
        if self.explanation:
            key |= {"explanation": self.explanation, "explanation_entities": self.explanation_entities}
        return key

    def in_message(self, *, with_key: bool) -> JsonObject:
        """Telegram's Poll in a Message, which alone tells the description."""
        described = _unless_empty(description=self.description, description_entities=self.description_entities)
        return self.as_json(with_key=with_key) | described

    def as_transcript(self) -> JsonObject:
        """How the control API shows it: with the key, and with who voted for what, of an anonymous poll too."""
        voters = [{"user_id": user_id, "option_ids": chosen} for user_id, chosen in self.votes.items()]
        correct = self.correct_option_ids or []
        return {**self.in_message(with_key=True), "correct_option_ids": correct, "voters": voters}


def _unless_empty(**fields: object) -> JsonObject:
    return {name: value for name, value in fields.items() if value}
