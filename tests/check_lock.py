"""The lock files fit `pyproject.toml`: what it asks for is pinned at a version that satisfies it, with hashes.

`python -m tests.check_lock [FOLDER]` prints what is wrong, and exits with 1 if anything is. Nothing is asked of the
network. `requirements/core.txt` locks the dependencies with the group `build`, `requirements/models.txt` those with
the extra `models`, `requirements/local.txt` those with the extra `local` as well, `requirements/notes.txt` those
with the extra `notes`, `requirements/teachers.txt` those with the extra `teachers`, `requirements/dev.txt` all but
`local` with the group `dev`; what stands in two of them has one version, and none names an index: whoever installs
decides on that.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, cast

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = {
    "requirements/core.txt": ("build", ()),
    "requirements/models.txt": (None, ("models",)),
    "requirements/local.txt": (None, ("models", "local")),
    "requirements/teachers.txt": (None, ("teachers",)),
    "requirements/notes.txt": (None, ("notes",)),
    "requirements/dev.txt": ("dev", ("models", "notes", "teachers")),
}
"""Lock file → the group and the extras that it locks beside the dependencies."""
ADDRESS = re.compile(r"[a-z+]+://|--(?:extra-)?index-url|--find-links|^\s*-[if]\b", re.IGNORECASE | re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Pin:
    """One line of a lock file: a package, its version, and in which environments it is wanted."""

    name: str
    version: str
    marker: str
    hashes: int


def problems(root: Path) -> list[str]:
    """Everything that is wrong with the lock files of a folder; empty when they fit."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    found: list[str] = []
    pins: dict[str, list[Pin]] = {}
    for name, (group, extras) in LOCKS.items():
        text = (root / name).read_text("utf-8")
        if ADDRESS.search(text):
            found.append(f"{name}: the address of an index or a file stands in it")
        pins[name] = []
        for line in _logical_lines(text):
            pin = _read_pin(line)
            if pin is None:
                found.append(f"{name}: not a pin: {line[:60]}")
            else:
                pins[name].append(pin)
        found += [f"{name}: {pin.name} has no hash" for pin in pins[name] if not pin.hashes]
        found += _unsatisfied(name, wanted(project, group, extras), pins[name])
    for one, other in combinations(LOCKS, 2):
        found += _disagreeing(one, pins[one], other, pins[other])
    return found


def wanted(project: Mapping[str, Any], group: str | None, extras: Iterable[str]) -> list[Requirement]:
    """What a project depends on, with the requirements of some of its extras and of one of its groups."""
    optional = cast("dict[str, list[str]]", project["project"].get("optional-dependencies", {}))
    asked = [*project["project"]["dependencies"], *(each for extra in extras for each in optional.get(extra, []))]
    return [Requirement(each) for each in [*asked, *(_in_group(project, group) if group else ())]]


def _in_group(project: Mapping[str, Any], group: str) -> Iterator[str]:
    for each in cast("list[str | dict[str, str]]", project["dependency-groups"][group]):
        if isinstance(each, str):
            yield each
        else:
            yield from _in_group(project, each["include-group"])


def _logical_lines(text: str) -> Iterator[str]:
    """The lines as pip reads them: comments off, those that end in a backslash joined with the next."""
    uncommented = re.sub(r"(?m)(^|\s)#.*$", "", text)
    for line in re.sub(r"\\\s*\n", " ", uncommented).splitlines():
        if line.strip():
            yield line.strip()


def _read_pin(line: str) -> Pin | None:
    try:
        requirement = Requirement(HASH.sub("", line).strip())
    except InvalidRequirement:
        return None
    versions = [each.version for each in requirement.specifier if each.operator == "=="]
    if requirement.url or len(versions) != 1 or len(requirement.specifier) != 1 or "*" in versions[0]:
        return None
    name = canonicalize_name(requirement.name)
    return Pin(name, versions[0], str(requirement.marker or ""), len(HASH.findall(line)))


def _unsatisfied(file: str, requirements: list[Requirement], pins: list[Pin]) -> Iterator[str]:
    for requirement in requirements:
        name = canonicalize_name(requirement.name)
        pinned = [pin for pin in pins if pin.name == name]
        if not pinned:
            yield f"{file}: {requirement} is not locked"
        for pin in pinned:
            if not requirement.specifier.contains(pin.version, prereleases=True):
                yield f"{file}: {pin.name}=={pin.version} does not satisfy {requirement}"


def _disagreeing(file: str, pins: list[Pin], other_file: str, other_pins: list[Pin]) -> Iterator[str]:
    for name in sorted({pin.name for pin in pins} & {pin.name for pin in other_pins}):
        one, other = ({(pin.version, pin.marker) for pin in each if pin.name == name} for each in (pins, other_pins))
        # What one file wants on some systems only, a later one, which locks more, may want on all.
        everywhere = {(version, "") for version, _ in one}
        if other not in (one, everywhere):
            versions = " and ".join(", ".join(sorted(version for version, _ in each)) for each in (one, other))
            yield f"{name} is locked differently in {file} and {other_file}: {versions}"


def main() -> int:
    """Print what is wrong; the exit status."""
    found = problems(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    if found:
        sys.stdout.write("Write the lock files again: make lock\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
