"""A model writes on passages of a material; a question without words of it is none."""

from collections.abc import AsyncGenerator

import pytest

from generation.models import Model
from generation.passage_choice import CHARACTERS_A_CALL
from generation.request import Asked, Tally, Trouble, WriteRequest
from generation.source_writer import MOST_OF_QUOTE, SourceWriter
from quiz.material import Evidence, Material, Passage, Place, PlaceKind
from tests.generation.scripted_server import Received, Reply, ScriptedServer, text
from tests.generation.sourced import FACTS, PLANETS, on_planets, told
from tests.generation.written import CLAUDE, GPT, Gathered, gather


@pytest.fixture(params=[GPT, CLAUDE], ids=["openai", "anthropic"])
async def writer(server: ScriptedServer, request: pytest.FixtureRequest) -> AsyncGenerator[SourceWriter]:
    del server
    model = Model(request.param)
    yield SourceWriter(model)
    await model.aclose()


async def written(writer: SourceWriter, request: WriteRequest) -> Gathered:
    return await gather(writer.write(request, Tally()))


async def test_the_prompt_has_the_passages_with_their_places_and_what_is_wanted(
    server: ScriptedServer, writer: SourceWriter
) -> None:
    server.writes = [text(told(0))]
    await written(writer, on_planets(focus="for beginners", avoid=(Asked("How old is the Sun?", "4.6 billion years"),)))
    (received,) = server.received
    shown = received.between("passages")
    assert [one["text"] for one in shown] == list(FACTS)
    assert shown[3] == {"passage": "4", "place": "page 4", "headings": "The sky", "text": FACTS[3]}
    assert received.between("title") == "Planets"
    assert received.between("focus") == "for beginners"
    assert received.between("asked") == ["How old is the Sun? → 4.6 billion years"]
    assert "Write 2 questions" in received.prompt


async def test_a_draft_has_the_words_of_the_source_and_their_place(
    server: ScriptedServer, writer: SourceWriter
) -> None:
    server.writes = [text(told(0, source="Wikipedia"), told(3, evidence=f"«{FACTS[3]}»"))]
    first, second = (await written(writer, on_planets(2))).drafts
    assert first.evidence == Evidence(FACTS[0], PLANETS.passages[0].place)
    assert second.evidence == Evidence(FACTS[3].rstrip("."), PLANETS.passages[3].place)
    assert first.source is None


async def test_words_of_another_passage_than_the_one_named_are_found_where_they_stand(
    server: ScriptedServer, writer: SourceWriter
) -> None:
    server.writes = [text(*(told(2, passage=named) for named in (1, 99, 0, -1, "3", "9" * 5000, None, [3])))]
    drafts = (await written(writer, on_planets(8))).drafts
    assert [draft.evidence for draft in drafts] == [Evidence(FACTS[2], PLANETS.passages[2].place)] * 8


async def test_of_the_same_words_in_two_places_those_of_the_passage_named_are_meant(
    server: ScriptedServer, writer: SourceWriter
) -> None:
    twice = Material("", tuple(Passage(FACTS[0], Place(PlaceKind.SLIDE, slide)) for slide in (2, 7)))
    server.writes = [text(told(0, passage=2))]
    (draft,) = (await written(writer, on_planets(material=twice))).drafts
    assert draft.evidence == Evidence(FACTS[0], Place(PlaceKind.SLIDE, 7))


@pytest.mark.parametrize(
    "quote",
    [
        "Venus is a hot planet with thick air.",
        FACTS[0].replace("Venus", "Mars"),
        "",
        None,
        7,
        ["Venus is the hottest"],
        "Venus",
        "x" * (MOST_OF_QUOTE + 1),
    ],
)
async def test_words_that_do_not_stand_in_the_source_are_no_evidence(
    server: ScriptedServer, writer: SourceWriter, quote: object
) -> None:
    server.writes = [text(told(0, evidence=quote))]
    (draft,) = (await written(writer, on_planets())).drafts
    assert draft.evidence is None


def a_book(pages: int = 200) -> Material:
    """A material that is far longer than a prompt; each page says something of its own."""
    texts = (
        f"On day {page} the crew of the ship counted {page} whales. ".ljust(900, "~") for page in range(1, pages + 1)
    )
    return Material("Log", tuple(Passage(one, Place(PlaceKind.PAGE, page)) for page, one in enumerate(texts, 1)))


def writes_of_its_first_passage(received: Received) -> Reply:
    """A question on the first passage that it is shown."""
    page = received.between("passages")[0]["place"].removeprefix("page ")
    return text(
        told(
            0,
            question=f"What was counted on day {page}?",
            options=["Whales", "Gulls", "Icebergs", "Seals"],
            evidence=f"On day {page} the crew of the ship counted {page} whales.",
        )
    )


async def test_a_long_material_takes_several_calls_each_on_a_stretch(
    server: ScriptedServer, writer: SourceWriter
) -> None:
    server.makes = writes_of_its_first_passage
    gathered = await written(writer, on_planets(10, material=a_book()))
    shown = [received.between("passages") for received in server.received]
    assert len(shown) == 2
    assert all(sum(len(one["text"]) for one in each) <= CHARACTERS_A_CALL for each in shown)
    pages = [[int(one["place"].removeprefix("page ")) for one in each] for each in shown]
    assert max(pages[0]) <= 100 < min(pages[1])
    assert ["Write 5 questions" in prompt for prompt in server.writers_prompts] == [True, True]
    assert [draft.evidence and draft.evidence.place.number for draft in gathered.drafts] == [one[0] for one in pages]
    assert len(gathered.usages) == 2


async def test_only_what_is_wanted_is_shown(server: ScriptedServer, writer: SourceWriter) -> None:
    server.makes = writes_of_its_first_passage
    await written(writer, on_planets(3, material=a_book(), focus="pages 20-23"))
    (received,) = server.received
    assert [one["place"] for one in received.between("passages")] == ["page 20", "page 21", "page 22", "page 23"]


async def test_a_focus_that_meets_nothing_is_left_to_the_model(server: ScriptedServer, writer: SourceWriter) -> None:
    server.writes = [text(told(0))]
    await written(writer, on_planets(focus="chapter 12"))
    (received,) = server.received
    assert len(received.between("passages")) == len(FACTS)
    assert received.between("focus") == "chapter 12"


async def test_a_stretch_that_gives_nothing_ends_nothing(server: ScriptedServer, writer: SourceWriter) -> None:
    server.writes = [text("These passages say nothing to ask about."), text(told(0, evidence="counted many whales"))]
    gathered = await written(writer, on_planets(10, material=a_book()))
    assert len(gathered.drafts) == 1
    assert gathered.trouble is None


async def test_a_material_of_which_nothing_is_written_is_a_failure(
    server: ScriptedServer, writer: SourceWriter
) -> None:
    server.writes = [text("I will not write on this."), text("I will not write on this.")]
    gathered = await written(writer, on_planets(10, material=a_book()))
    assert gathered.trouble
    assert gathered.trouble.trouble is Trouble.REFUSED


async def test_a_russian_quiz_is_asked_for_in_russian(server: ScriptedServer, writer: SourceWriter) -> None:
    server.writes = [text(told(0))]
    await written(writer, on_planets(language="ru"))
    assert "Напиши вопросы, числом 2" in server.writers_prompts[0]
