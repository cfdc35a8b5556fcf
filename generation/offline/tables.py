"""Questions about tables: a cell by the heads of its row and column, and which row has the most."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from generation.offline.candidates import Candidate, shown_context
from generation.offline.figures import NUMBERS, value_of
from generation.offline.phrasing import GAP, phrase
from generation.offline.reading import TableBlock
from generation.offline.source import Source
from generation.request import Draft
from quiz.question import Kind, Level

FEWEST = 2
MOST = 3
LONGEST_CELL = 60
LONGEST_TABLE = 600
"""Characters of a table that can be quoted whole."""
EMPTY = {"", "-", "–", "—", "?", "n/a", "none", "нет", "нет данных"}
NUMERIC = re.compile(r"[\d.,\s–—-]+")
YES_NO = {"yes", "no", "да", "нет", "+", "-"}


def about_tables(source: Source, chance: Random) -> Iterator[Candidate]:
    """Questions for cells of tables whose first column names its rows."""
    for table in map(_named_first, source.reading.tables):
        names = [cells[0] for cells, _ in table.rows]
        if len(set(names)) < len(names) or any(name in EMPTY or len(name) > LONGEST_CELL for name in names):
            continue
        if all(map(NUMERIC.fullmatch, names)):
            continue
        for column in range(1, len(table.heads)):
            yield from _cells(source, table, column, chance)
            yield from _extremes(source, table, column, chance)


def _named_first(table: TableBlock) -> TableBlock:
    """The table, with its second column before a first one that has but numbers."""
    if len(table.heads) == 1 or not all(NUMERIC.fullmatch(cells[0]) for cells, _ in table.rows):
        return table
    first, second, *others = range(len(table.heads))
    order = (second, first, *others)
    rows = tuple((tuple(cells[place] for place in order), quote) for cells, quote in table.rows)
    return replace(table, heads=tuple(table.heads[place] for place in order), rows=rows)


def _cells(source: Source, table: TableBlock, column: int, chance: Random) -> Iterator[Candidate]:
    values = [cells[column] for cells, _ in table.rows]
    if any(len(value) > LONGEST_CELL for value in values) or {value.casefold() for value in values} <= YES_NO | EMPTY:
        return
    for row, (cells, quote) in enumerate(table.rows):
        right = cells[column]
        others = {value for value in values if value not in EMPTY and not _overlap(value, right)}
        wrong = _apart(sorted(others), chance)
        if right in EMPTY or len(wrong) < FEWEST:
            continue
        stem = f"{table.heads[0]}: {cells[0]}\n{table.heads[column]}: {GAP}"
        said = "; ".join(f"{head}: {cell}" for head, cell in zip(table.heads, cells, strict=True))
        yield _candidate(source, table, row, (stem, right, wrong), (quote, said), form="cell", worth=0.8)


def _extremes(source: Source, table: TableBlock, column: int, chance: Random) -> Iterator[Candidate]:
    """Which row has the highest, and which the lowest, of a column of numbers."""
    language = source.grammar.language
    numbers = {cells[0]: _number(cells[column], language) for cells, _ in table.rows}
    units = {re.sub(NUMBERS[language], "", cells[column]).strip() for cells, _ in table.rows}
    whole = "\n".join(quote for _, quote in table.rows)
    text = source.reading.material.passages[table.passage].text
    if None in numbers.values() or len(units) > 1 or len(whole) > LONGEST_TABLE or whole not in text:
        return
    for highest in (True, False):
        chosen = chance.sample(sorted(numbers), min(len(numbers), MOST + 1))
        chosen.sort(key=lambda name: numbers[name] or Decimal(0), reverse=highest)
        if numbers[chosen[0]] == numbers[chosen[1]] or len(chosen) <= FEWEST:
            continue
        stem = phrase(language, "highest" if highest else "lowest", table.heads[column])
        said = "; ".join(f"{cells[0]}: {cells[column]}" for cells, _ in table.rows if cells[0] in chosen)
        parts = (stem, chosen[0], chosen[1:])
        row = [cells[0] for cells, _ in table.rows].index(chosen[0])
        yield _candidate(source, table, row, parts, (whole, said), form="extreme", worth=0.8, level=Level.UNDERSTANDING)


def _candidate(
    source: Source,
    table: TableBlock,
    row: int,
    parts: tuple[str, str, list[str]],
    evidence: tuple[str, str],
    *,
    form: str,
    worth: float,
    level: Level = Level.RECALL,
) -> Candidate:
    stem, right, wrong = parts
    quote, said = evidence
    context = shown_context(table.context, right, stem, source)
    draft = Draft(
        Kind.SINGLE,
        f"{context}\n{stem}" if context else stem,
        (right, *wrong),
        frozenset({0}),
        phrase(source.grammar.language, "quote", said),
        level,
        evidence=source.reading.evidence(table.passage, quote),
    )
    at = source.reading.material.passages[table.passage].text.index(table.rows[row][1])
    return Candidate(draft, table.passage, at, form, worth)


def _overlap(one: str, other: str) -> bool:
    """Whether one cell says what the other says, and perhaps more: "1", "1 (the Moon)"."""
    first, second = (set(re.findall(r"\w+", cell.casefold())) for cell in (one, other))
    return one.casefold() == other.casefold() or first <= second or second <= first


def _apart(values: list[str], chance: Random) -> list[str]:
    chance.shuffle(values)
    kept: list[str] = []
    for value in values:
        if not any(_overlap(value, other) for other in kept):
            kept.append(value)
    return kept[:MOST]


def _number(cell: str, language: str) -> Decimal | None:
    found = re.findall(NUMBERS[language], cell)
    return value_of(found[0], language) if len(found) == 1 and not re.search(r"[\^×*<>~±/]", cell) else None
