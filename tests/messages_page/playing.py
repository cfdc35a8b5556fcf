"""What students see of a quiz: its questions, what was right, the score, and how it is left and gone on with."""

from delivery.buttons import (
    Again,
    AnotherTopic,
    Choose,
    Replace,
    Resume,
    Skip,
    Stop,
    Submit,
    Switch,
)
from quiz.identity import derived_id
from tests.messages_page.beginning import LISTS, MOON
from tests.messages_page.bots import Room
from tests.messages_page.phone import EDITED, MESSAGE, TOAST
from tests.messages_page.scenes import Scene
from tests.messages_page.students import ANSWERS, Both, Student, Wanted, a, option

RIGHT, WRONG, SKIP = option(0), option(1), a(Skip)


async def questions(room: Room) -> list[Scene]:
    """Questions of every kind, and what was right, in the newer form."""
    both = await room.pair(count=8)
    scenes = [
        await both.say("A question", MOON),
        await both.press("A right answer; the next is true or false", RIGHT),
        await both.press("A wrong answer; the next has several right options", RIGHT),
        await both.press("Submit, with nothing chosen", a(Submit)),
        await both.press("One is switched on", a(Switch, place=0)),
        await both.press("And off again", a(Switch, place=0), only=ANSWERS),
    ]
    await both.does(a(Switch, place=0))
    await both.keep("older", a(Submit))
    await both.does(a(Switch, place=2))
    scenes += [
        await both.press("Submit, on a phone that still shows an older choice", a(Submit), "older", only=ANSWERS),
        await both.press("Submit; the next has options too long for buttons", a(Submit)),
        await both.press("Skipped; the next question follows", SKIP, only=(TOAST, EDITED)),
    ]
    await both.does(a(Stop))
    return [*scenes, await both.say("Code", LISTS), await both.press("Its answer", WRONG, only=(EDITED,))]


async def scores(room: Room) -> list[Scene]:
    """The end of a quiz, and what can be done then."""
    both = await room.pair(count=1)
    scenes = [
        await _played(both, "All right", RIGHT),
        await _played(both, "Skipped", SKIP),
    ]
    both = await room.pair(count=2)
    scenes += [
        await _played(both, "A mistake", WRONG, WRONG),
        await both.press("The mistakes; they are asked again", a(Again, mistakes=True), only=ANSWERS),
    ]
    both = await room.pair(count=3)
    return [
        *scenes,
        await _played(both, "Mistakes and skipped", WRONG, WRONG, SKIP),
        await both.press("Another topic", a(AnotherTopic)),
    ]


async def leaving(room: Room) -> list[Scene]:
    """Stopping, going on, and another topic in the middle of a quiz."""
    both = await room.pair(count=3)
    scenes = [await both.say("/stop, and no quiz is open", "/stop")]
    await both.does(MOON)
    scenes += [await both.press("Stop, before the first answer", a(Stop))]
    await both.does(a(Resume), RIGHT)
    scenes += [
        await both.say("/stop", "/stop"),
        await both.press("Go on from here", a(Resume)),
        await both.say("An answer is typed", "B"),
        await both.say("Another topic", LISTS),
        await both.press("Go on with this one", a(Resume)),
    ]
    await both.does(LISTS)
    return [
        *scenes,
        await both.press("Stop it and start the new one", a(Replace)),
        await both.press("Go back to it, while the other is open", a(Resume)),
    ]


async def late_presses(room: Room) -> list[Scene]:
    """Presses that change nothing."""
    both = await room.pair(count=1)
    await both.does(MOON)
    await both.keep("question", a(Choose))
    scenes = [
        await both.see("A button of somebody else's quiz, or of one that is kept no more", _presses_a_strangers),
        await both.see("A button that the bot never made", _forges),
    ]
    await both.does(a(Stop))
    scenes += [await both.press("The quiz is stopped", SKIP, "question")]
    await both.does(a(Resume), RIGHT)
    scenes += [await both.press("The quiz is finished", a(Stop), "question")]
    both = await room.pair(count=2)
    await both.does(MOON)
    await both.keep("question", a(Choose))
    await both.does(RIGHT)
    return [*scenes, await both.press("The question is answered", SKIP, "question")]


async def _played(both: Both, title: str, *answers: Wanted) -> Scene:
    """The end of a quiz on the Moon that is answered so."""
    await both.does(MOON, *answers[:-1])
    return await both.press(title, answers[-1], only=(MESSAGE,))


async def _presses_a_strangers(student: Student) -> None:
    await student.person.push(student.kept["question"], Skip(derived_id("a quiz of somebody else"), 0))


async def _forges(student: Student) -> None:
    await student.person.send(student.kept["question"], "forged")
