"""Questions about tables: a cell by the heads of its row and column, and which row has the most."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from generation.offline.candidates import Candidate, shown_context
from generation.offline.english_forms import looks_plural
from generation.offline.figures import NUMBERS, YEAR, value_of
from generation.offline.phrasing import GAP, phrase
from generation.offline.reading import TableBlock, plain
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
UNIT_IN_A_HEAD = re.compile(r"(?:\s*\(.*\)|,.*|\s(?:in|per|an?)\s\w+)$")
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
    before = text.partition(whole)[0].splitlines()
    # Without the head nobody sees what the numbers say; rows of a table that goes on stand without it.
    head = before[-1] if before[-1:] and {*map(plain, before[-1].split("\t"))} == {*table.heads} else ""
    are_years = all(re.fullmatch(YEAR, cells[column]) for cells, _ in table.rows)
    if None in numbers.values() or len(units) > 1 or len(whole) > LONGEST_TABLE or whole not in text or are_years:
        return
    for highest in (True, False):
        ordered = sorted(numbers, key=lambda name: numbers[name] or Decimal(0), reverse=highest)
        chosen = [ordered[0], *chance.sample(ordered[1:], min(MOST, len(ordered) - 1))]
        if numbers[ordered[0]] == numbers[ordered[1]] or len(chosen) <= FEWEST:
            continue
        whole_numbers = all(number == int(number or 0) for number in numbers.values())
        stem = _most(table.heads[column], source, highest=highest, counted=whole_numbers and units == {""})
        said = "; ".join(f"{cells[0]}: {cells[column]}" for cells, _ in table.rows if cells[0] in chosen)
        parts = (stem, chosen[0], chosen[1:])
        row = [cells[0] for cells, _ in table.rows].index(chosen[0])
        quote = f"{head}\n{whole}" if head else whole
        yield _candidate(source, table, row, parts, (quote, said), form="extreme", worth=0.8, level=Level.UNDERSTANDING)


def _most(head: str, source: Source, *, highest: bool, counted: bool) -> str:
    """The question which row has the most of what a column tells; English names it within the sentence."""
    words = source.grammar.words
    if source.grammar.language != "en":
        return phrase(source.grammar.language, "greatest" if highest else "smallest", head)
    bare = UNIT_IN_A_HEAD.sub("", head) or head
    shown = bare if bare[1:2].isupper() else bare[0].lower() + bare[1:]
    last = shown.split()[-1].casefold()
    if counted and (looks_plural(last) or last in words.set("irregular_plurals")):
        return phrase("en", "most" if highest else "fewest", shown)
    if words.set("high") & set(shown.casefold().split()):
        return phrase("en", "highest" if highest else "lowest", shown)
    return phrase("en", "greatest" if highest else "smallest", shown)


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
    context = shown_context(source.heading_above(table.context, table.passage), right, stem, source)
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
