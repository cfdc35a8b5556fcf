"""`quizbot eval` and `quizbot eval-read`, as they are typed."""

import asyncio
import csv
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from html import unescape
from io import StringIO
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot import eval_subjects, logs
from bot.cli import app
from bot.eval_subjects import read_subjects
from generation import language
from generation.checks import CHECKS
from generation.offline.writer import GIVE_AWAY
from generation.sources import fetch
from quiz.topics import clean_topic
from tests.documents.office import paragraph, word
from tests.documents.web_site import site
from tests.generation.answer_first.materials import BRIDGE, YEAR, answers, words
from tests.generation.scripted_server import Hang, Received, Reply, ScriptedServer, error, knows, text
from tests.generation.written import GPT, KNOWN, STEMS, line, lines
from tests.hostile.topics import TOPICS, obeying
from tests.hostile.words import TAGS
from tests.notes.lectures import web_page

SOURCES = Path(__file__).parents[3] / "benchmarks" / "sources"


def typed(*arguments: str | Path) -> Result:
    """What the command line does with these words."""
    return CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"}, prog_name="quizbot")


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


def unconfigured(_level: str, _secrets: object) -> None:
    """Leaves the logs as they are."""


@pytest.fixture(autouse=True)
def only_these_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own without a file of settings; its folder of sources."""
    monkeypatch.chdir(tmp_path)
    # It sets up the logs of a whole process, and this one has other tests.
    monkeypatch.setattr(logs, "configure", unconfigured)
    for name in [name for name in os.environ if name.startswith("QUIZBOT_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "notes"
    folder.mkdir()
    copyfile(SOURCES / "sleep.en.md", folder / "sleep.md")
    copyfile(SOURCES / "baikal.ru.md", folder / "байкал.md")
    return folder


@pytest.fixture
def notes(only_these_settings: Path) -> Path:
    """A folder with a source in English and one in Russian."""
    return only_these_settings


def shown(file: Path) -> str:
    return file.read_text("utf-8")


def kept(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text("utf-8"))


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
    for package in ("py3langid", "sentencex"):
        monkeypatch.setitem(sys.modules, package, None)
    language._detector.cache_clear()

    done = typed("eval", notes)

    assert done.exit_code == 2
    assert done.stderr.startswith("quizbot: what makes quizzes of documents is not installed (")
    assert "make notes" in done.stderr
    assert done.stderr.count("\n") == 1


def fill(sheet: Path, filled: Path, answers: Mapping[str, str]) -> None:
    """A sheet as a reader hands it back who knows these answers, by question, and holds all clear and worth asking."""
    rows = list(csv.DictReader(StringIO(sheet.read_text("utf-8-sig"), newline="")))
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
    writer.writeheader()
    for row in rows:
        letters = {row[letter]: letter for letter in "ABCDEF" if letter in row}
        answer = letters[answers[row["mark"]]]
        writer.writerow({**row, "answer": answer, "clear?": "yes", "worth asking?": "yes"})
    filled.write_text(file.getvalue(), "utf-8-sig")


@pytest.fixture
def asked(notes: Path) -> list[dict[str, Any]]:
    """The questions of `out.json`, which were written on the sheets `open.csv` and `closed.csv`."""
    sheets = ("--sheet", "open.csv", "--sheet-without-source", "closed.csv")
    assert typed("eval", notes, "--count", "4", "--json", "out.json", *sheets).exit_code == 0
    return [one for quiz in kept(Path("out.json"))["quizzes"] for one in quiz["questions"]]


def test_sheets_show_the_source_or_not(asked: list[dict[str, Any]]) -> None:
    opened, closed = (Path(name).read_text("utf-8-sig") for name in ("open.csv", "closed.csv"))

    assert all(one["id"] in opened and one["id"] in closed for one in asked)
    passages = [one["passage"].splitlines()[0] for one in asked if "\t" not in one["passage"]]
    assert passages
    assert all(passage in opened and passage not in closed for passage in passages)


def test_two_readers_are_told_how_far_they_agree_with_the_keys_and_each_other(asked: list[dict[str, Any]]) -> None:
    keys = {one["id"]: one["options"][one["key"][0]] for one in asked}
    first = asked[0]
    wrong = next(text for place, text in enumerate(first["options"]) if place not in first["key"])
    fill(Path("open.csv"), Path("anna.csv"), keys)
    fill(Path("closed.csv"), Path("boris.csv"), {**keys, first["id"]: wrong})

    said = typed("eval-read", "out.json", "anna.csv", "boris.csv")

    assert said.exit_code == 0, said.output
    assert f"boris: {first['question']}" in said.output
    assert f"the key is “{keys[first['id']]}”, the reader says “{wrong}”" in said.output
    lines_said = [" ".join(one.split()) for one in said.output.splitlines()]
    assert "the key is right, and the only right one 100.0% 67.6% to 100.0% 8 of 8" in lines_said
    assert "the key is right, and the only right one 87.5% 52.9% to 97.8% 7 of 8" in lines_said
    assert any(one.startswith("same on the answer 87.5%") for one in lines_said)
    assert "anna: " not in said.output


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (b"mark,answer\n", "wrong.csv: row 1: there is no column “clear?”"),
        (
            b"mark,answer,clear?,worth asking?\nx,A,yes,yes\n",
            "wrong.csv: row 2: no question of this result has the mark",
        ),
        ("mark,да".encode("cp1251"), "wrong.csv is not in UTF-8: save the sheet as CSV in UTF-8"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_a_wrong_sheet_is_one_line_and_status_2(sheet: bytes, said: str) -> None:
    Path("wrong.csv").write_bytes(sheet)

    result = typed("eval-read", "out.json", "wrong.csv")

    assert result.exit_code == 2
    assert result.output.startswith(f"quizbot: {said}")
    assert len(result.output.splitlines()) == 1


@pytest.mark.usefixtures("asked")
def test_a_file_that_is_no_result_is_one_line_and_status_2() -> None:
    result = typed("eval-read", "open.csv", "closed.csv")

    assert result.exit_code == 2
    assert result.output.startswith("quizbot: open.csv: this is no result of quizbot eval")
    assert len(result.output.splitlines()) == 1


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
