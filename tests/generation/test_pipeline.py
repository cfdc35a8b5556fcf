"""From a request to checked questions, with the real clients against a scripted provider."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

import pytest

from generation.request import Accepted, Asked, Drafted, Dropped, Ended, Usage
from generation.writer import WholeQuestionWriter
from quiz.identity import derived_id
from quiz.question import Checked, Level
from tests.generation.played import NOON, Quiz
from tests.generation.scripted_server import Hang, Reply, knows, text
from tests.generation.written import EXPLANATION, PLANETS, STEMS, a_draft, a_request, line, lines

GERMAN = line(
    "Welcher Planet unseres Sonnensystems hat eigentlich die meisten Monde?",
    ["Der Saturn mit seinen Ringen", "Die Venus am Abend", "Der kleine Merkur", "Der rote Mars"],
)


async def test_a_quiz_of_checked_questions(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(3))]
    await quiz.play(a_request(3))
    assert sorted(quiz.stems) == sorted(STEMS[:3])
    assert quiz.ended == Ended(3, None)
    assert not quiz.dropped
    assert sum(isinstance(event, Drafted) for event in quiz.events) == 3


async def test_a_russian_quiz_is_asked_for_and_solved_in_russian(quiz: Quiz) -> None:
    stem = "Какая планета Солнечной системы самая горячая?"
    quiz.server.writes = [
        text(
            line(stem, ["Венера", "Меркурий", "Марс", "Юпитер"], explanation="Её греет плотная атмосфера, а не Солнце.")
        )
    ]
    quiz.server.solves = knows({stem: ["Венера"]})
    await quiz.play(a_request(1, topic="Планеты", language="ru"))
    assert quiz.stems == [stem]
    assert "Напиши вопросы" in quiz.server.writers_prompts[0]
    assert "Ты проверяешь квиз" in quiz.server.solvers_prompts[0]


async def test_a_question_says_where_it_comes_from(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(1))]
    await quiz.play(a_request(1))
    (question,) = quiz.accepted
    prompt = WholeQuestionWriter(quiz.models[0]).prompt("en")
    assert question.id == derived_id("question", "quiz-1", STEMS[0], *a_draft().options)
    assert question.checked is Checked.SOLVER
    assert {question.option(key).text for key in question.key} == {"Venus"}
    assert question.origin
    assert (question.origin.prompt, question.origin.prompt_digest) == ("writer", prompt.digest)
    assert question.origin.model == quiz.models[0].name
    assert question.origin.written_at == NOON
    assert {"no_repeat", "language", "solver"} <= set(question.origin.checks)


async def test_two_questions_of_the_same_words_are_two_questions(quiz: Quiz) -> None:
    """With other options: an id of the stem alone would have one shown with the key of the other."""
    stem = "Which of these is a mammal?"
    quiz.server.writes = [text(line(stem, ["Bat", "Owl", "Bee"]), line(stem, ["Whale", "Shark", "Tuna"]))]
    quiz.server.solves = knows({stem: ["Bat", "Whale"]})
    await quiz.play(a_request(2))
    first, second = quiz.accepted
    assert first.id != second.id
    assert [first.option(key).text for key in first.key] == ["Bat"]
    assert [second.option(key).text for key in second.key] == ["Whale"]


async def test_the_first_question_comes_while_the_writer_still_writes(quiz: Quiz) -> None:
    go_on = asyncio.Event()
    quiz.server.writes = [text(line(STEMS[0]), go_on, line(STEMS[1]))]
    seen_before_the_writer_went_on: list[str] = []
    async for event in quiz.begin(a_request(2)):
        if isinstance(event, Accepted):
            if not go_on.is_set():
                seen_before_the_writer_went_on.append(event.question.stem)
            go_on.set()
    assert seen_before_the_writer_went_on == STEMS[:1]


@pytest.mark.parametrize(
    ("bad", "check"),
    [
        (line(STEMS[1], right=[1]), "solver"),
        (line(STEMS[1], right=[]), "unreadable"),
        ('{"frage": "Was?"}\n', "unreadable"),
        (
            line(STEMS[1], ["Jupiter, the giant among all planets of the Sun, by far", "Mars", "Io", "Ceres"]),
            "key_not_longest",
        ),
        (line("Which planet is the heaviest one, Jupiter perhaps?", PLANETS[STEMS[1]]), "no_word_given_away"),
        (line(STEMS[1], ["Jupiter", "Mars", "Io", "All of the above"]), "no_all_of_the_above"),
        (GERMAN, "language"),
        (line(STEMS[0]), "no_repeat"),
    ],
)
async def test_a_bad_draft_is_dropped_and_another_one_written(quiz: Quiz, bad: str, check: str) -> None:
    quiz.server.writes = [text(line(STEMS[0]), bad), text(line(STEMS[2]))]
    await quiz.play(a_request(2))
    assert quiz.dropped == [check]
    assert sorted(quiz.stems) == sorted([STEMS[0], STEMS[2]])
    assert quiz.ended.trouble is None


async def test_what_is_dropped_is_told_with_its_draft_where_it_could_be_read(quiz: Quiz) -> None:
    bad = [line(STEMS[1], right=[1]), '{"frage": "Was?"}\n', line(STEMS[2], explanation="")]
    quiz.server.writes = [text(*bad)]
    await quiz.play(a_request(1))
    told = {event.check: event.draft or event.why for event in quiz.events if isinstance(event, Dropped)}
    assert told["unreadable"] == "question"
    assert told["solver"] == a_draft(STEMS[1], right=[1], explanation=EXPLANATION, level=Level.RECALL)
    assert told["explained"] == a_draft(STEMS[2], explanation="", level=Level.RECALL)


async def test_what_was_accepted_or_dropped_is_not_asked_for_again(quiz: Quiz) -> None:
    quiz.server.writes = [text(line(STEMS[0]), line(STEMS[1], right=[1])), text(line(STEMS[2]))]
    await quiz.play(a_request(2, avoid=[Asked("How old is the Sun?", "4.6 billion years")]))
    first, second = quiz.server.writers_prompts
    assert "How old is the Sun?" in first
    assert STEMS[0] not in first
    assert all(stem in second for stem in ("How old is the Sun?", STEMS[0], STEMS[1]))


async def test_what_the_student_was_asked_before_is_dropped(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(2))]
    await quiz.play(a_request(1, avoid=[Asked(STEMS[0], "Venus")]))
    assert quiz.dropped == ["no_repeat"]
    assert quiz.stems == [STEMS[1]]


@pytest.mark.parametrize(
    ("said", "accepted", "dropped"), [("1", Level.RECALL, []), ("2", Level.RECALL, []), ("3", None, ["level"])]
)
async def test_a_level_beside_the_one_asked_for_is_taken_for_it(
    quiz: Quiz, said: str, accepted: Level | None, dropped: Sequence[str]
) -> None:
    quiz.server.writes = [text(line(level=said))]
    await quiz.play(a_request(1, level=Level.RECALL))
    assert [question.level for question in quiz.accepted] == ([accepted] if accepted else [])
    assert quiz.dropped == dropped


async def test_every_call_is_counted(quiz: Quiz) -> None:
    quiz.server.writes = [Reply(lines(2), usage=(1000, 200))]
    await quiz.play(a_request(2))
    name = quiz.models[0].name
    usages = sorted(quiz.usages, key=lambda usage: usage.input_tokens)
    assert usages == [*[Usage(name, 300, 20)] * 2, Usage(name, 1000, 200)]


async def test_no_more_is_solved_than_is_needed(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(6))]
    await quiz.play(a_request(2))
    assert len(quiz.server.solvers_prompts) == 2


async def test_four_are_solved_at_once(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(6))]
    quiz.server.solves = lambda _: text(Hang())
    async with aclosing(quiz.begin(a_request(6))) as events:
        reading = asyncio.create_task(anext(events))
        for _ in range(5):
            await quiz.server.was_asked()
        await reading
    assert len(quiz.server.solvers_prompts) == 4


async def test_a_quiz_written_again_is_the_same(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(2)), text(*lines(2))]
    await quiz.play(a_request(2))
    await quiz.play(a_request(2))
    once, again = quiz.accepted[:2], quiz.accepted[2:]
    assert {question.id: question for question in once} == {question.id: question for question in again}
