"""Every relative link and image in the Markdown files leads to a file, and to a heading where it names one.

`python -m tests.check_links [FOLDER]` prints each that does not, and exits with 1 if there is any. Nothing is
asked of the network: addresses with a scheme are not looked at.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[1]
NOT_OURS = {"dist", "build", "node_modules", "__pycache__"}
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$")
LINKS = (
    re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'(][^)]*)?\s*\)"),  # [text](target "title"), ![text](target)
    re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)"),  # [name]: target
    re.compile(r"<(?:a|img)\b[^>]*?\b(?:href|src)\s*=\s*[\"']([^\"']+)"),
)
OWN_ANCHOR = re.compile(r"<[a-z0-9]+\b[^>]*?\b(?:id|name)\s*=\s*[\"']([^\"']+)")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere."""

    file: Path
    line: int
    target: str
    reason: str


def broken_links(root: Path) -> list[Broken]:
    """Every broken relative link of the Markdown files below a folder."""
    return [broken for file in markdown_files(root) for broken in _broken_in(file, root.resolve())]


def markdown_files(root: Path) -> list[Path]:
    """The Markdown files below a folder, but for hidden folders and those that tools fill."""
    return sorted(
        path
        for path in root.resolve().rglob("*.md")
        if not any(part.startswith(".") or part in NOT_OURS for part in path.relative_to(root.resolve()).parts)
    )


def anchors(text: str) -> set[str]:
    """What a link to a part of a document may name, as GitHub makes it from the headings."""
    found: set[str] = set()
    times: dict[str, int] = {}
    for _number, line in prose(text):
        found.update(OWN_ANCHOR.findall(line))
        heading = HEADING.match(line)
        if heading:
            words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading[1])
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            found.add(f"{slug}-{times[slug]}" if slug in times else slug)
            times[slug] = times.get(slug, 0) + 1
    return found


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are no blocks of code, with their numbers from 1."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield number, line


def _broken_in(file: Path, root: Path) -> Iterator[Broken]:
    for number, line in prose(file.read_text("utf-8")):
        shown = INLINE_CODE.sub("", line)
        for target in (target for link in LINKS for target in link.findall(shown)):
            reason = None if SCHEME.match(target) else _reason(file, root, target)
            if reason:
                yield Broken(file, number, target, reason)


def _reason(file: Path, root: Path, target: str) -> str | None:
    """Why a target leads nowhere; None when it leads somewhere."""
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    base = root if path.startswith("/") else file.parent
    place = (base / path.lstrip("/")).resolve() if path else file
    if not place.is_relative_to(root):
        return "it leads out of the repository"
    if not place.exists():
        return "there is no such file"
    if anchor and place.suffix == ".md" and unquote(anchor) not in anchors(place.read_text("utf-8")):
        return f"there is no heading #{anchor}"
    return None


def main() -> int:
    """Print what is broken; the exit status."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    found = broken_links(root)
    for broken in found:
        where = broken.file.relative_to(root.resolve())
        sys.stdout.write(f"{where}:{broken.line}: {broken.target}: {broken.reason}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
