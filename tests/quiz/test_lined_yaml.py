"""YAML with lines: what is read, and that no text at all does harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.formats.lined_yaml import Entry, read_yaml


def read(text: str) -> tuple[Entry | None, list[tuple[int, str]]]:
    """What a text says, and what was noted."""
    noted: list[tuple[int, str]] = []
    return read_yaml(text, lambda line, words: noted.append((line, words))), noted


def test_every_value_has_its_line_and_is_a_text() -> None:
    root, noted = read("a: no\nb:\n  - 1\n  - {c: ~}\n")

    assert noted == []
    assert root == Entry(
        1,
        {
            "a": Entry(1, "no"),
            "b": Entry(2, [Entry(3, "1"), Entry(4, {"c": Entry(4, "~")})]),
        },
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\n b: 2", 2, "this is no YAML (mapping values are not allowed"),
        ("a: [", 1, "this is no YAML (while parsing a flow node"),
        ('a: 1\nb: "x', 2, "this is no YAML (while scanning a quoted scalar"),
        ("a: 1\n\tb: 2", 2, "this is no YAML"),
        ("a: 1\nя: \x07", 2, "a character stands here that no text has"),
        ("a: 1\na: 2", 2, "“a” is given twice: keep one"),
        ("? [a]\n: b", 1, "a key must be a word"),
        ("a: 1\n---\nb: 2", 2, "this is no YAML (expected a single document"),
        ("a: &x [1]\nb: *x", 2, "a value that stands elsewhere (*name)"),
        ("- &a [*a]", 1, "a value that stands elsewhere (*name)"),
        ("[" * 50 + "]" * 50, 1, "a value that stands elsewhere (*name), or deep within others"),
        ("", 1, "the file says nothing"),
        ("# nothing yet", 1, "the file says nothing"),
    ],
)
def test_what_cannot_be_read_is_noted_with_its_line(text: str, line: int, words: str) -> None:
    _root, noted = read(text)

    assert noted
    assert noted[0][0] == line
    assert noted[0][1].startswith(words)


def test_names_of_names_are_not_written_out() -> None:
    """Ten lines of this kind would be more than any memory holds."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 10))]

    assert len(read("\n".join(lines))[1]) == 18


pieces = st.sampled_from(
    ["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "&x ", "*x", '"', "'", "#", "|", "? ", "---"]
)


@given(st.lists(pieces | st.text(max_size=4), max_size=30).map("".join))
def test_any_text_is_read_or_noted_with_a_line_of_it(text: str) -> None:
    root, noted = read(text)

    assert root is not None or noted
    assert all(1 <= line <= max(1, len(text.splitlines())) for line, _ in noted)
