"""Keys and arguments of tasks are ids, and nobody's own: who is forgotten is left in no docket, nor are their words."""

import json
from typing import Any

from docket import Execution

from quiz.identity import is_id
from simulator.client import Simulator
from tests.classroom import Classroom
from tests.tasks.lesson_with_trouble import bot_with_a_model, play

CARRIED = "carried"
"""The file in which a bot writes down what its tasks carry."""


def writes_down_what_tasks_carry() -> None:
    """What is changed in the bot before it runs: whatever is written to Redis for a task is written down too."""
    as_message = Execution.as_message

    def written_down(self: Execution) -> Any:  # noqa: ANN401 - as docket's
        with open(CARRIED, "a", encoding="utf-8") as file:  # noqa: PTH123 - in the folder of the bot
            file.write(json.dumps([self.function_name, self.key, *self.args, self.kwargs]) + "\n")
        return as_message(self)

    Execution.as_message = written_down


async def test_keys_and_arguments_of_tasks_are_ids_and_never_a_persons(
    simulator: Simulator, classroom: Classroom
) -> None:
    async with bot_with_a_model(simulator, writes_down_what_tasks_carry) as bot, bot.storage() as storage:
        ann = await play(simulator, classroom, storage)
        tasks = [json.loads(line) for line in (bot.folder / CARRIED).read_text("utf-8").splitlines()]

    assert {name for name, *_ in tasks} == {"catch_up", "redraw", "say", "write", "count"}
    for name, key, *arguments, named in tasks:
        assert named == {}
        assert key.split(":")[0] == name
        for part in (*key.split(":")[1:], *(piece for one in arguments for piece in str(one).split(":"))):
            assert is_an_id(part), f"{name} carries {part!r}"
            assert str(ann.id) not in {part, upper_half(part)}, f"{name} carries a person's id: {key} {arguments}"


def upper_half(part: str) -> str:
    """What Telegram hides in the id of a press: who pressed."""
    return str(int(part) >> 32) if part.isdecimal() else ""


def is_an_id(part: str) -> bool:
    """An id of ours, a number of Telegram's, or a position; or the kind of what has such an id."""
    return is_id(part) or part.isdecimal() or part in {"catch_up", "write"}
