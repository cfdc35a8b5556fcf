"""A round that the tests of storage begin."""

from dataclasses import replace

from quiz.identity import derived_id
from quiz.round import RoundQuestion, RoundSettings
from storage.round_record import NewRound
from storage.rounds import Presser
from tests.samples import a_question, planned
from tests.storage.examples import ANN, BOB, GROUP

ROUND = derived_id("round")
SINGLE = RoundQuestion(planned(a_question(key="a", id="single"), "bac"))
MULTIPLE = RoundQuestion(planned(a_question(key="ac", id="multiple"), "cab"), points=2, seconds=30)
ANN_HERE, BOB_HERE = Presser(ANN, "Ann", GROUP), Presser(BOB, "Bob | b:", GROUP)


def new_round(settings: RoundSettings | None = None, *, together: bool = False) -> NewRound:
    """A round of three questions, of which the second has several right answers and a time of its own."""
    return NewRound(
        id=ROUND,
        group=derived_id("group"),
        chat_id=GROUP,
        thread=7,
        owner=ANN,
        quiz="deck.planets.en",
        version="v1",
        title="Planets | and: more",
        language="en",
        plan=(SINGLE, MULTIPLE, replace(SINGLE, points=3)),
        settings=settings or RoundSettings(seconds=20),
        together=together,
    )
