"""What the offline writer makes of every source: `python -m benchmarks.offline` writes it beside the sources."""

import json
import sys
from pathlib import Path
from typing import Any

from generation.offline.writer import NothingToAsk, write_offline
from generation.request import Draft
from generation.sources import markdown
from generation.sources.passages import material_of
from quiz.material import Material

SOURCES = Path(__file__).parent / "sources"
IN_WORDS = 300
ALL = 100
"""More questions than any of the sources gives."""


def main() -> None:
    """Write `NAME.LANGUAGE.json` for each `NAME.LANGUAGE.md`, and print how many questions there are in 300 words."""
    for path in sorted(SOURCES.glob("*.??.md")):
        language = path.suffixes[-2].strip(".")
        material = read_source(path)
        try:
            drafts, why = write_offline(material, language, ALL, seed=path.name), None
        except NothingToAsk as nothing:
            drafts, why = [], str(nothing.why)
        record = {"words": material.words, "nothing": why, "questions": [_shown(draft) for draft in drafts]}
        path.with_suffix(".json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        rate = IN_WORDS * len(drafts) / material.words
        sys.stdout.write(
            f"{path.stem:24} {material.words:5} words {len(drafts):4} questions {rate:6.1f} in 300 words\n"
        )


def read_source(path: Path) -> Material:
    """The passages of a source; no process of its own is needed for what we wrote ourselves."""
    return material_of(markdown.read(path.read_bytes()), path.stem)


def _shown(draft: Draft) -> dict[str, Any]:
    evidence = draft.evidence
    return {
        "kind": draft.kind,
        "question": draft.stem,
        "options": draft.options,
        "right": sorted(draft.right),
        "level": draft.level,
        "explanation": draft.explanation,
        "evidence": evidence.quote if evidence else None,
        "place": f"{evidence.place.kind} {evidence.place.number}" if evidence else None,
        "heading": evidence.place.heading if evidence else None,
    }


if __name__ == "__main__":
    main()
