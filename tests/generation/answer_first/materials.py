"""Materials with few answers, requests for them, and a model that words and answers by a script."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generation.request import Asked, WriteRequest
from quiz.material import Material, Passage, Place, PlaceKind
from quiz.question import Level
from tests.generation.scripted_server import Received, Reply, error

BRIDGE = Material(
    "Bridges",
    (
        Passage(
            "The Forth Bridge in Scotland is 2467 metres long. "
            "The Forth Bridge was opened by the Prince of Wales in 1890.",
            Place(PlaceKind.PAGE, 4, "Bridges › The Forth Bridge"),
        ),
    ),
)
EARTH = Material(
    "Земля",
    (
        Passage(
            "Радиус Земли равен 6371 км. Гипотезу дрейфа материков выдвинул Альфред Вегенер в 1912 году.",
            Place(PlaceKind.PAGE, 7, "Строение Земли"),
        ),
    ),
)
SHAKING = Material(
    "Землетрясения",
    (
        Passage(
            "Эпицентром называется точка на поверхности над очагом землетрясения. "
            "Мантия — это слой между земной корой и ядром планеты. "
            "Кратер — это углубление на вершине каждого вулкана. "
            "Литосфера — это твёрдая оболочка Земли из коры и части мантии.",
            Place(PlaceKind.PAGE, 2, "Землетрясения и вулканы"),
        ),
    ),
)
LENGTH = "How long is the Forth Bridge in Scotland?"
YEAR = "In which year was the Forth Bridge opened by the Prince?"
RADIUS = "Чему равен радиус Земли?"
DRIFT = "В каком году Вегенер выдвинул гипотезу дрейфа материков?"


def about(
    material: Material,
    language: str = "en",
    *,
    count: int = 2,
    level: Level | None = None,
    avoid: Sequence[Asked] = (),
    quiz: str = "quiz-1",
) -> WriteRequest:
    """A quiz on a material."""
    request = WriteRequest(quiz, material.title, language, level, count, tuple(avoid))
    return replace(request, material=material)


def words(questions: Mapping[str, str]) -> Callable[[Received], Reply]:
    """A model that words the question for each answer: answer → question."""

    def make(received: Received) -> Reply:
        return Reply([questions[shown(received, "answer")]])

    return make


def shown(received: Received, tag: str) -> str:
    """What is shown between tags after all examples."""
    return json.loads(re.findall(rf"<{tag}>(.*)</{tag}>", received.prompt)[-1])


def answers(said: Mapping[str, str], picked: Mapping[str, str], *, chances: bool = True) -> Callable[[Received], Reply]:
    """A model that answers questions openly, and picks an option: question → answer, question → option.

    The option's letter is told with the chances of the letters, or, as by a server that knows none, in words.
    """

    def solve(received: Received) -> Reply:
        question = received.between("question")
        if "<options>" not in received.prompt:
            return Reply([json.dumps({"answer": said[question]}, ensure_ascii=False)])
        options: dict[str, str] = received.between("options")
        letter = next(letter for letter, option in options.items() if option == picked[question])
        if not received.body.get("logprobs"):
            return Reply([json.dumps({"answer": letter})])
        return letters({letter: 0.9}) if chances else error(400)

    return solve


def letters(likely: Mapping[str, float]) -> Reply:
    """A reply of one token with how likely it and others were, in OpenAI's form."""
    told = [{"token": token, "logprob": math.log(chance), "bytes": None} for token, chance in likely.items()]
    token = max(likely, key=likely.__getitem__)
    content = [{"token": token, "logprob": math.log(likely[token]), "bytes": None, "top_logprobs": told}]
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": token},
        "logprobs": {"content": content},
        "finish_reason": "length",
    }
    usage = {"prompt_tokens": 300, "completion_tokens": 1, "total_tokens": 301}
    body = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
    return Reply(body=json.dumps({**body, "usage": usage}))
