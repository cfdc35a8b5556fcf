"""What quizzes take of models: set aside before, entered after, by person, group and bot a day, and by quiz.

The day is that of Redis' clock in UTC. A reservation holds the most that a quiz may take, so that many quizzes at
once cannot take more than the day allows; what a quiz did not take is given back when it is settled, or some time
after whoever wrote it was killed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage import keys
from storage.connection import Script, Storage

HELD = timedelta(minutes=20)
"""How long a reservation counts that nobody settles: longer than a quiz may be written. Whoever made it was killed."""
UNPRICED = -1


@dataclass(frozen=True, slots=True)
class Limits:
    """Tokens a day."""

    user: int
    chat: int
    everyone: int


@dataclass(frozen=True, slots=True)
class Account:
    """Whose budgets a quiz is written on, on which day; in a private chat the person's alone, not the chat's too.

    What is written for no person in particular (`user` None) is on everyone's budget alone.
    """

    user: int | None
    chat: int
    day: str
    quiz: str

    def pockets(self, limits: Limits) -> Sequence[tuple[str, int]]:
        """The keys of the day's budgets, each with its limit."""
        everyone = (keys.all_use(self.day), limits.everyone)
        if self.user is None:
            return [everyone]
        chat = [(keys.chat_use(self.chat, self.day), limits.chat)] if self.chat != self.user else []
        return [
            (keys.user_use(self.user, self.day), limits.user),
            *chat,
            everyone,
        ]


@dataclass(frozen=True, slots=True)
class Use:
    """What was taken: tokens, money in millionths of a dollar, and the tokens whose price is not known."""

    input_tokens: int
    output_tokens: int
    microdollars: int
    unpriced_tokens: int


class Budgets:
    """The accounts of everyone."""

    def __init__(self, storage: Storage, limits: Limits) -> None:
        self._storage = storage
        self._limits = limits
        self._reserve = Script(storage, "reserve")
        self._take = Script(storage, "take")

    async def account(self, user: int | None, chat: int, quiz: str) -> Account:
        """The account of a quiz that is written today."""
        day = datetime.fromtimestamp(await self._storage.now() / 1000, UTC).strftime("%Y-%m-%d")
        return Account(user, chat, day, quiz)

    async def reserve(self, account: Account, tokens: int) -> bool:
        """Set the tokens aside in each budget, instead of what was set aside for this quiz before.

        False, and none set aside, where one is used up.
        """
        for key, limit in account.pockets(self._limits):
            if await self._reserve([key], [account.quiz, tokens, limit, _ms(keys.BUDGET_DAY), _ms(HELD)]) != [1]:
                await self.settle(account)
                return False
        return True

    async def take(self, account: Account, input_tokens: int, output_tokens: int, microdollars: int | None) -> None:
        """Enter what a call took; `microdollars` None: its price is not known."""
        money = UNPRICED if microdollars is None else microdollars
        for key, _limit in account.pockets(self._limits):
            await self._take([key], [account.quiz, input_tokens, output_tokens, money, _ms(keys.BUDGET_DAY)])
        quiz = keys.quiz_use(account.quiz)
        await self._take([quiz], ["", input_tokens, output_tokens, money, _ms(keys.QUIZ_VERSION)])

    async def settle(self, account: Account) -> None:
        """Give back what was set aside for a quiz and not taken."""
        for key, _limit in account.pockets(self._limits):
            await self._storage.write(key, "HDEL", key, f"r:{account.quiz}", f"u:{account.quiz}")

    async def use_of_quiz(self, quiz: str) -> Use:
        """What a quiz took so far."""
        return _use(await self._storage.hash(keys.quiz_use(quiz)))

    async def use_of_user(self, user: int, day: str) -> Use:
        """What a person's quizzes took on a day (YYYY-MM-DD, UTC)."""
        return _use(await self._storage.hash(keys.user_use(user, day)))

    async def use_of_all(self, day: str) -> Use:
        """What all quizzes took on a day."""
        return _use(await self._storage.hash(keys.all_use(day)))


def _use(record: Mapping[str, str]) -> Use:
    return Use(*(int(record.get(field, 0)) for field in ("input", "output", "microdollars", "unpriced")))


def _ms(life: timedelta) -> int:
    return life // timedelta(milliseconds=1)
