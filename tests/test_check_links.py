"""The program that `make check` runs over the links of the docs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.check_links import ROOT, anchors, broken_links

GUIDE = """# Guide

## What it *does*, in `short`!
## Twice
## Twice
<a id="by-hand"></a>

```md
## In a block of code
[broken](nowhere.md)
```
"""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guide.md").write_text(GUIDE, "utf-8")
    (tmp_path / "docs" / "a picture.png").touch()
    return tmp_path


def broken(docs: Path, text: str) -> list[tuple[int, str]]:
    """The lines and targets that are broken in a README of this text."""
    (docs / "README.md").write_text(text, "utf-8")
    return [(one.line, one.target) for one in broken_links(docs)]


@pytest.mark.parametrize(
    "link",
    [
        "[a](docs/guide.md)",
        "[a](docs/)",
        "[a](/docs/guide.md)",
        "[a](docs/guide.md#what-it-does-in-short)",
        "[a](docs/guide.md#twice) and [b](docs/guide.md#twice-1)",
        "[a](docs/guide.md#by-hand)",
        "![a](docs/a%20picture.png)",
        '<img src="docs/a%20picture.png" alt="">',
        "[a](#here)\n\n# Here",
        "[a][b]\n\n[b]: docs/guide.md",
        "[a](https://example.org/nothing#there) [m](mailto:a@example.org)",
        "`[a](nowhere.md)`",
        "```\n[a](nowhere.md)\n```",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(docs: Path, link: str) -> None:
    assert broken(docs, link) == []


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("[a](nowhere.md)", "nowhere.md"),
        ("[a](docs/guide.md#in-a-block-of-code)", "docs/guide.md#in-a-block-of-code"),
        ("[a](docs/guide.md#twice-2)", "docs/guide.md#twice-2"),
        ("[a](#nothing)", "#nothing"),
        ("![a](docs/no.png 'title')", "docs/no.png"),
        ('<img alt="" src="no.png">', "no.png"),
        ("[![picture](no.png)](docs/guide.md)", "no.png"),
        ("[a]: no.md", "no.md"),
        ("[a](../outside.md)", "../outside.md"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(docs: Path, link: str, target: str) -> None:
    assert broken(docs, f"# Title\n\n{link}") == [(3, target)]


def test_headings_become_anchors_as_on_github() -> None:
    assert anchors("# One, two & three\n## A [link](x.md) `code_x`\n### Тест — да") == {
        "one-two--three",
        "a-link-code_x",
        "тест--да",
    }


def test_what_is_broken_is_printed_and_the_status_is_1(docs: Path) -> None:
    def ran(folder: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tests.check_links", str(folder)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603

    assert (ran(docs).returncode, ran(docs).stdout) == (0, "")
    (docs / "README.md").write_text("[a](nowhere.md)", "utf-8")

    assert (ran(docs).returncode, ran(docs).stdout) == (1, "README.md:1: nowhere.md: there is no such file\n")
