"""What a person was asked before, in whatever quiz."""

import asyncio
from collections.abc import Sequence

from generation.request import Asked
from quiz.attempt import Attempt
from quiz.question import Question
from tasks.stage import Stage

ATTEMPTS_REMEMBERED = 100
MOST_REMEMBERED = 500
"""Questions that must not come again: to compare a draft with so many takes 13 ms. The prompt names the newest."""


async def asked_before(stage: Stage, user: int, attempts: int = ATTEMPTS_REMEMBERED) -> list[Asked]:
    """What a person was asked in so many attempts, those they began last, newest first."""
    newest = await stage.attempts.newest(user, attempts)
    # All at once: they go to Redis in one round trip or two.
    loaded = await asyncio.gather(*(stage.attempts.load(user, one) for one in newest))
    with_questions = [one for one in loaded if one is not None and (one.asked or one.answers)]
    found = await asyncio.gather(*(_asked_in(stage, one) for one in with_questions))
    return [one for of_attempt in found for one in of_attempt][:MOST_REMEMBERED]


def asked(question: Question) -> Asked:
    """A question as one that must not come again."""
    return Asked(question.stem, "; ".join(one.text for one in question.options if one.id in question.key))


async def _asked_in(stage: Stage, attempt: Attempt) -> Sequence[Asked]:
    try:
        questions = await stage.quizzes.questions_of(attempt)
    except KeyError:
        return ()  # kept no more
    seen = {*attempt.asked, *attempt.answers}
    return [asked(questions[attempt.plan[position].question_id]) for position in sorted(seen)]
