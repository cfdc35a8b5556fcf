"""Taking questions for a quiz from the pool of its topic."""

import asyncio
from collections.abc import Sequence
from random import Random

from prometheus_client import Counter

from generation.checks import is_repeat
from generation.drafts import true_false_words
from generation.request import Asked
from quiz.attempt import Attempt, PlannedQuestion
from quiz.planning import plan_question
from quiz.question import Checked, Question
from storage.attempts import Reply
from tasks.asked import ATTEMPTS_REMEMBERED, asked, asked_before
from tasks.stage import Stage

AT_A_TIME = 20
"""Questions that are read, and compared with what the student was asked."""
ATTEMPTS_AT_ONCE = 20
"""To read and compare what was asked in all that are remembered takes a quarter of a second; in these, some ms."""
QUESTIONS = Counter(
    "quizbot_pool_questions",
    "Questions of quizzes on topics that have pools, by where they came from: pool, or model where the pool had none.",
    ["source"],
)
FROM_POOL, FROM_MODEL = "pool", "model"


def may_be_pooled(question: Question) -> bool:
    """Whether everybody may be asked it: a solver answered it, and it is made from nobody's material."""
    return question.checked is Checked.SOLVER and question.origin is not None and question.evidence is None


async def take_from_pool(
    stage: Stage, user: int, attempt: Attempt, owner: str, *, at_once: bool = False
) -> Reply | None:
    """Add to a quiz what its pool has for this person, and say so if that is all; None when nothing was added.

    `at_once` adds no more than one, for whoever waits for it. What they were never asked comes first. Only where the
    pool has no room for more does it come again, what they were asked longest ago first. Done twice at the same time,
    it is done once.
    """
    if not attempt.pool or attempt.writing is None or not attempt.writing.is_open:
        return None
    wanted = attempt.writing.wanted
    kept = await stage.quizzes.written(attempt.quiz)
    missing = min(1, wanted - len(kept)) if at_once else wanted - len(kept)
    remembered = ATTEMPTS_AT_ONCE if at_once else ATTEMPTS_REMEMBERED
    chosen, left = await _choose(stage, user, attempt, kept, missing, remembered) if missing > 0 else ([], None)
    if chosen and await stage.quizzes.add_next(attempt.quiz, len(kept), chosen):
        QUESTIONS.labels(FROM_POOL).inc(len(chosen))
        await stage.pools.used(attempt.pool)
        kept = [*kept, *chosen]
    elif chosen:
        kept = await stage.quizzes.written(attempt.quiz)  # somebody else is at it
    new = kept[len(attempt.plan) :]
    if not new:
        return None
    planned = [planned_for(attempt, question) for question in new]
    reply = await stage.attempts.extend(user, attempt.id, len(attempt.plan), *planned, owner=owner)
    if len(kept) < wanted:
        return reply
    if chosen and left is not None and left < wanted:
        await stage.long.top_up(attempt.pool)
    return await stage.attempts.complete(user, attempt.chat_id, attempt.id, shortfall="", owner=owner)


def planned_for(attempt: Attempt, question: Question) -> PlannedQuestion:
    """A question of an attempt, its options in an order that is the same when it is done again."""
    return plan_question(question, Random(f"{attempt.id} {question.id}"))  # noqa: S311 - an order, not a secret


async def _choose(
    stage: Stage, user: int, attempt: Attempt, kept: Sequence[Question], missing: int, remembered: int
) -> tuple[list[Question], int | None]:
    """Up to so many questions, easiest first; how many unseen ones are left, None where no more can be written."""
    ids = await stage.pools.ids(attempt.pool)
    if not ids:
        return [], 0
    seen, before = await asyncio.gather(stage.attempts.seen(user), asked_before(stage, user, remembered))
    in_quiz = {question.id for question in kept}
    unseen = [one for one in ids if one not in seen and one not in in_quiz]
    dice = Random(attempt.id)  # noqa: S311 - the same choice when it is done again
    candidates = dice.sample(unseen, len(unseen))
    words = {*true_false_words(attempt.writing.language if attempt.writing else ""), *true_false_words("en")}
    chosen: list[Question] = []
    while candidates and len(chosen) < missing:
        some, candidates = candidates[:AT_A_TIME], candidates[AT_A_TIME:]
        read = list((await stage.pools.questions(attempt.pool, some)).values())
        if missing == 1:
            read.sort(key=lambda question: question.level)  # a quiz begins with an easy one
        chosen += await asyncio.to_thread(_not_asked, read, before, words, missing - len(chosen))
    left: int | None = len(unseen) - len(chosen)
    if len(ids) >= stage.pools.most:
        left = None
        again = sorted((one for one in ids if one in seen and one not in in_quiz), key=seen.__getitem__)
        oldest = again[: missing - len(chosen)]
        chosen += (await stage.pools.questions(attempt.pool, oldest)).values()
    return sorted(chosen, key=lambda question: question.level), left


def _not_asked(questions: Sequence[Question], before: Sequence[Asked], words: set[str], most: int) -> list[Question]:
    """The first of these that ask for nothing the student was asked."""
    found: list[Question] = []
    for question in questions:
        if len(found) >= most:
            break
        if not any(is_repeat(asked(question), other, words) for other in before):
            found.append(question)
    return found
