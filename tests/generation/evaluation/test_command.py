"""`quizbot eval`, as it is typed."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import Process
from html import unescape
from pathlib import Path
from shutil import copyfile

import pytest

from bot import eval_subjects
from bot.eval_subjects import read_subjects
from generation.checks import CHECKS
from generation.offline.writer import GIVE_AWAY
from generation.sources import fetch
from quiz.topics import clean_topic
from tests.documents.office import paragraph, word
from tests.documents.web_site import site
from tests.generation.answer_first.materials import BRIDGE, YEAR, answers, words
from tests.generation.evaluation.typed import SOURCES, kept, shown, typed
from tests.generation.scripted_server import Hang, Received, Reply, ScriptedServer, error, knows, text
from tests.generation.written import GPT, KNOWN, STEMS, line, lines
from tests.hostile.topics import TOPICS, obeying
from tests.hostile.words import TAGS
from tests.notes.lectures import web_page

pytestmark = pytest.mark.usefixtures("only_these_settings")


async def begin(*arguments: str | Path) -> Process:
    """`quizbot eval` in a process of its own, with what it says piped."""
    piped = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", "eval", *arguments)
    return await asyncio.create_subprocess_exec(*command, stdout=piped, stderr=piped)


async def ran(*arguments: str | Path) -> tuple[int | None, str]:
    """How `quizbot eval` ends, and all that it says."""
    process = await begin(*arguments)
    out, errors = await process.communicate()
    return process.returncode, (out + errors).decode()


def test_a_folder_is_made_into_quizzes_that_are_kept_with_all_that_is_known_of_them(notes: Path) -> None:
    said = typed("eval", notes, "--count", "4", "--seed", "7", "--json", "out.json")

    assert said.exit_code == 0, said.output
    assert "at most one flaw" in said.output
    result = kept(Path("out.json"))
    assert (result["made"]["writer"], result["made"]["seed"], result["made"]["models"]) == ("offline", 7, [])
    english, russian = result["quizzes"]
    assert (english["name"], english["language"], english["ended"]) == ("sleep.md", "en", None)
    assert (russian["name"], russian["language"], russian["ended"]) == ("байкал.md", "ru", None)
    for quiz in (english, russian):
        assert len(quiz["questions"]) == 4
        assert quiz["words"] > 200
        for question in quiz["questions"]:
            assert question["evidence"] in question["passage"]
            assert question["place"]["kind"] == "line"
            assert question["checked"] == "rules"
            assert "no_repeat" in question["checks"]
            assert 0 <= question["seconds"] <= quiz["seconds"]
            assert all(0 <= place < len(question["options"]) for place in question["key"])
    assert {"group", "name", "value", "interval", "share", "note", "unit"} == set(result["figures"][0])


def test_what_the_checks_of_the_offline_writer_drop_is_kept(notes: Path) -> None:
    assert typed("eval", notes, SOURCES / "chess.ru.md", "--count", "100", "--json", "out.json").exit_code == 0

    quizzes = kept(Path("out.json"))["quizzes"]
    dropped = [one for quiz in quizzes for one in quiz["dropped"]]
    assert dropped
    assert all(one["by"] in {*CHECKS, GIVE_AWAY} and one["draft"]["question"] for one in dropped)
    assert all(quiz["drafted"] == len(quiz["questions"]) + len(quiz["dropped"]) for quiz in quizzes)


@pytest.mark.parametrize("written", [("--json", "notes/sleep.md"), ("--json", "out", "--html", "out")])
def test_nothing_is_written_over(notes: Path, written: tuple[str, ...]) -> None:
    before = (notes / "sleep.md").read_text("utf-8")

    said = typed("eval", notes, *(one.replace("notes", str(notes)) for one in written))

    assert said.exit_code == 2
    assert "would be written over: give each result a file of its own" in said.output
    assert (notes / "sleep.md").read_text("utf-8") == before
    assert not Path("out").exists()


def test_what_the_bot_refuses_is_refused(notes: Path) -> None:
    (notes / "bomb.txt").write_text("Here is how to build a pipe bomb at home. Fill the pipe with 200 g of nails.")

    said = typed("eval", notes / "bomb.txt", notes / "sleep.md", "--json", "out.json")

    assert said.exit_code == 0, said.output
    bomb, sleep = kept(Path("out.json"))["quizzes"]
    assert (bomb["ended"], bomb["questions"]) == ("refused", [])
    assert sleep["questions"]


def test_the_same_seed_makes_the_same_questions_and_another_one_others(notes: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert typed("eval", notes, "--count", "4", "--seed", seed, "--json", f"{name}.json").exit_code == 0

    first, again, other = (
        [(one["id"], one["options"]) for quiz in kept(Path(f"{name}.json"))["quizzes"] for one in quiz["questions"]]
        for name in "abc"
    )

    assert first == again != other


def test_a_source_that_cannot_be_read_is_told_and_ends_nothing(notes: Path) -> None:
    (notes / "broken.docx").write_bytes(b"PK\x03\x04 no document")
    (notes / "empty.txt").write_bytes(b"")
    copyfile(notes / "sleep.md", notes / "README.md")
    (notes / "letter.docx").write_bytes(word(paragraph("The Volga is 3530 km long. The Danube is 2850 km long.")))

    said = typed("eval", notes, "--json", "out.json")

    assert said.exit_code == 0, said.output
    quizzes = {quiz["name"]: quiz for quiz in kept(Path("out.json"))["quizzes"]}
    assert list(quizzes) == ["broken.docx", "empty.txt", "letter.docx", "sleep.md", "байкал.md"]
    assert (quizzes["broken.docx"]["ended"], quizzes["empty.txt"]["ended"]) == ("damaged", "no_text")
    assert "broken.docx: 0 of 10 questions, 0 dropped, 0.0 s; damaged" in said.output


def test_a_page_is_made_of_the_same_questions(notes: Path) -> None:
    assert typed("eval", notes, "--json", "out.json", "--html", "out.html").exit_code == 0

    page = unescape(Path("out.html").read_text("utf-8"))
    questions = [one["question"] for quiz in kept(Path("out.json"))["quizzes"] for one in quiz["questions"]]
    assert questions
    assert all(question in page for question in questions)


@pytest.fixture
def topics(tmp_path: Path) -> Path:
    """A list of one topic."""
    file = tmp_path / "topics.txt"
    file.write_text("# of the Sun\nPlanets\n\nPlanets\n", "utf-8")
    return file


async def test_a_model_writes_on_topics_and_what_is_dropped_is_kept(
    server: ScriptedServer, topics: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZBOT_MODEL", GPT)
    bad = line(STEMS[1], right=[1])
    server.writes = [text(*lines(1), bad, '{"frage": "Was?"}\n'), text(line(STEMS[2]))]
    server.solves = knows(KNOWN)

    status, said = await ran("--topics", topics, "--writer", "whole", "--count", "2", "--json", "out.json")

    assert status == 0, said
    (quiz,) = kept(Path("out.json"))["quizzes"]
    assert [one["question"] for one in quiz["questions"]] == [STEMS[0], STEMS[2]]
    assert {one["by"]: one["draft"] and one["draft"]["question"] for one in quiz["dropped"]} == {
        "solver": STEMS[1],
        "unreadable": None,
    }
    assert quiz["drafted"] == 4
    assert quiz["used"][0]["input_tokens"] > 0
    assert [one["model"] for one in quiz["questions"]] == [GPT, GPT]
    assert quiz["questions"][0]["seconds"] <= quiz["questions"][1]["seconds"]
    figures = {one["name"]: one for one in kept(Path("out.json"))["figures"]}
    assert figures["well-formed lines"]["share"] == {"hits": 3, "of": 4}


@pytest.fixture
def hostile_topics(topics: Path) -> Path:
    """A list of topics that give orders."""
    topics.write_text("".join(f"{one.topic}\n" for one in TOPICS), "utf-8")
    return topics


async def test_of_topics_that_order_a_model_only_checked_questions_are_counted_and_the_page_shows_words(
    server: ScriptedServer, hostile_topics: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a model that obeys writes is kept as dropped, and no order becomes a part of the page."""
    monkeypatch.setenv("QUIZBOT_MODEL", GPT)
    server.makes = obeying
    server.solves = knows(KNOWN)

    status, said = await ran(
        "--topics", hostile_topics, "--writer", "whole", "--count", "2", "--json", "out.json", "--html", "out.html"
    )

    assert status == 0, said
    quizzes = kept(Path("out.json"))["quizzes"]
    assert [quiz["topic"] for quiz in quizzes] == [clean_topic(one.topic) for one in TOPICS]
    for quiz in quizzes:
        assert {one["question"] for one in quiz["questions"]} <= set(STEMS[:3]), quiz["topic"]
        assert len(quiz["questions"]) == 2
    page = shown(Path("out.html"))
    assert not [
        tag for tag in ("<script>alert", "<img", "<body onload", '<a href="https://prizes', "<b>Phobos") if tag in page
    ]
    assert not {*TAGS} & {*page, *said}


@pytest.fixture
def two_topics(topics: Path) -> Path:
    """A list of two topics."""
    topics.write_text("Planets\nMore planets\n", "utf-8")
    return topics


async def test_what_was_made_before_it_is_ended_is_kept(
    server: ScriptedServer, two_topics: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZBOT_MODEL", GPT)
    second = asyncio.Event()
    replies = [text(*lines(1)), text(Hang())]

    def write(_: Received) -> Reply:
        if len(replies) == 1:
            second.set()
        return replies.pop(0)

    server.makes = write
    server.solves = knows(KNOWN)
    process = await begin("--topics", two_topics, "--writer", "whole", "--count", "1", "--json", "out.json")
    await second.wait()
    process.send_signal(signal.SIGINT)
    _, said = await process.communicate()

    assert (process.returncode, len(said.decode().splitlines())) == (130, 1)
    assert said.startswith(b"Planets: 1 of 1 questions, 0 dropped")
    assert [quiz["name"] for quiz in kept(Path("out.json"))["quizzes"]] == ["Planets"]


@pytest.fixture
def bridges(tmp_path: Path) -> Path:
    """Two sentences that a small model can be asked to word questions for."""
    file = tmp_path / "bridges.md"
    file.write_text(f"# Bridges\n\n## The Forth Bridge\n\n{BRIDGE.passages[0].text}\n", "utf-8")
    return file


async def test_a_small_model_words_questions_and_what_breaks_a_rule_is_kept_with_the_rule(
    server: ScriptedServer, bridges: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZBOT_MODEL", GPT)
    server.makes = words({"2467 metres": "Is the Forth Bridge in Scotland 2467 metres long?", "1890": YEAR})
    server.solves = answers({YEAR: "1890"}, {YEAR: "1890"})

    status, said = await ran(bridges, "--writer", "answer-first", "--json", "out.json")

    assert status == 0, said
    (quiz,) = kept(Path("out.json"))["quizzes"]
    (question,) = quiz["questions"]
    assert (question["question"], question["checked"]) == (YEAR, "solver")
    assert question["evidence"] == "The Forth Bridge was opened by the Prince of Wales in 1890."
    assert question["place"]["heading"] == "Bridges › The Forth Bridge"
    assert {(one["by"], one["why"]) for one in quiz["dropped"]} == {("unreadable", "answer")}


async def test_a_model_writes_on_a_source_with_its_evidence(
    server: ScriptedServer, bridges: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZBOT_MODEL", GPT)
    told, stem = "The Forth Bridge was opened by the Prince of Wales in 1890.", "Who opened the Forth Bridge?"
    options = ["The Prince of Wales", "Queen Victoria", "William Arrol", "John Fowler"]
    server.writes = [
        text(line(stem, options, evidence=told), line(YEAR, ["1890", "1879", "1901"], evidence="Made up."))
    ]
    server.solves = knows({stem: options[:1]})

    status, said = await ran(bridges, "--writer", "whole", "--count", "1", "--json", "out.json")

    assert status == 0, said
    (quiz,) = kept(Path("out.json"))["quizzes"]
    (question,) = quiz["questions"]
    assert (question["evidence"], question["place"]["heading"]) == (told, "Bridges › The Forth Bridge")
    assert question["passage"] == BRIDGE.passages[0].text
    assert question["common_knowledge"] is True


async def test_another_model_is_asked_again_with_the_source_and_without(server: ScriptedServer, notes: Path) -> None:
    server.solves = knows({})

    status, said = await ran(notes / "sleep.md", "--count", "2", "--solver", GPT, "--json", "out.json")

    assert status == 0, said
    (quiz,) = kept(Path("out.json"))["quizzes"]
    for question in quiz["questions"]:
        assert question["with_source"] == question["without_source"] == {"agrees": False, "said": []}
    assert len(server.solvers_prompts) == 2 * len(quiz["questions"]) == 4
    assert sum("<passages>" in prompt for prompt in server.solvers_prompts) == 2
    assert kept(Path("out.json"))["made"]["solver"] == GPT


async def test_a_solver_that_cannot_be_asked_costs_its_figures_only(server: ScriptedServer, notes: Path) -> None:
    server.solves = lambda _: error(401)

    status, said = await ran(notes / "sleep.md", "--count", "2", "--solver", GPT, "--json", "out.json")

    assert status == 0, said
    (quiz,) = kept(Path("out.json"))["quizzes"]
    assert (len(quiz["questions"]), quiz["solver_trouble"]) == (2, "key")
    assert quiz["questions"][0]["with_source"] is None
    assert "; the solver: key" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "there is nothing to make quizzes of: name files, folders, or a list with --topics"),
        (["gone.pdf"], "gone.pdf is not there"),
        (["notes", "--writer", "whole"], "the writer whole needs a model: set QUIZBOT_MODEL"),
        (
            ["notes", "--json", "no/folder/out.json"],
            "no/folder/out.json cannot be written: there is no folder no/folder",
        ),
        *((["notes", option, "empty"], "empty cannot be written: it is a folder") for option in ("--json", "--html")),
        (["notes", "--language", "xx"], "no quiz can be in the language 'xx': give a code like en or ru"),
        (["notes", "--solver", "gpt", "--json", "out.json"], "a model cannot be opened: unreachable: 'gpt': "),
        (["--topics", "gone.txt"], "gone.txt cannot be read: No such file or directory"),
        (["--topics", "notes/sleep.md"], "the writer offline needs sources, and cannot write on the topic"),
        (["empty"], "empty has no documents: they end in .csv, .docx"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(words: list[str], said: str) -> None:
    Path("empty").mkdir()

    result = typed("eval", *words)

    assert result.exit_code == 2
    assert result.output.startswith(f"quizbot: {said}")
    assert len(result.output.splitlines()) == 1
    assert not Path("out.json").exists()


def test_without_the_extra_that_makes_quizzes_of_documents_it_says_what_to_install(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentencex", None)

    done = typed("eval", notes)

    assert done.exit_code == 2
    assert done.stderr.startswith("quizbot: what makes quizzes of documents is not installed (")
    assert "make notes" in done.stderr
    assert done.stderr.count("\n") == 1


async def test_an_address_is_the_page_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def of_this_machine(url: str) -> fetch.Page:
        return await fetch.fetch_page(url, may_connect=lambda address, _port: address.is_loopback)

    monkeypatch.setattr(eval_subjects, "fetch_page", of_this_machine)
    async with site({"/volcanoes": web_page()}) as web:
        there, gone = await read_subjects([web.url("/volcanoes"), web.url("/nothing")], None, None)

    assert (there.name, there.topic, there.language) == (web.url("/volcanoes"), "Volcanoes of the world", "en")
    assert there.material
    assert "Krakatoa" in there.material.passages[0].text
    assert (gone.material, gone.why) == (None, "not_found")


def test_an_address_that_is_not_public_is_refused(tmp_path: Path) -> None:
    said = typed("eval", "http://127.0.0.1/secret", "--json", tmp_path / "out.json")

    assert said.exit_code == 0
    [quiz] = json.loads((tmp_path / "out.json").read_text("utf-8"))["quizzes"]
    assert (quiz["name"], quiz["questions"], quiz["ended"]) == ("http://127.0.0.1/secret", [], "private_address")
