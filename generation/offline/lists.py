"""Questions about lists: what an item's head means, what belongs to which list, what comes next."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from generation.offline.candidates import Candidate, shown_context
from generation.offline.figures import FigureKind, figures
from generation.offline.near import wrong_figures
from generation.offline.phrasing import GAP, phrase
from generation.offline.reading import Item, ListBlock
from generation.offline.source import Source
from generation.request import Draft
from quiz.question import Kind, Level

FEWEST = 2
MOST = 3
FEWEST_ITEMS = 3
LONGEST_ITEM = 120
LONGEST_MEMBER = 8
"""Words of an item that can be asked for by its list."""
STEPS = re.compile(
    r"\b(?:steps?|stages?|phases?|order|procedure|sequence|method|instructions?|preparation|how to|process"
    r"|шаги?|этап\w*|стади\w*|фаз\w*|порядок|последовательность|приготовлени\w+|ход|инструкци\w+|алгоритм|схема|как)\b",
    re.IGNORECASE,
)
VALUE = re.compile(r"^(?:about |около |ca\. |примерно )?\d")


def about_lists(source: Source, chance: Random) -> Iterator[Candidate]:
    """Questions for the items of lists."""
    for block in source.reading.lists:
        yield from _meanings(source, block, chance)
        yield from _next_steps(source, block, chance)
        yield from _members(source, block, chance)


def _meanings(source: Source, block: ListBlock, chance: Random) -> Iterator[Candidate]:
    """What is described, and which description fits, where items are a head and what is said of it."""
    items = [item for item in block.items if item.head]
    heads = {item.head.casefold() for item in items}
    if len(items) < FEWEST_ITEMS or len(heads) < len(items) or len(items) * 3 < len(block.items) * 2:
        return
    for item in items:
        others = [other for other in items if not _are_alike(item, other, source)]
        wrong = chance.sample(others, min(MOST, len(others)))
        if len(wrong) < FEWEST or len(item.body) > LONGEST_ITEM:
            continue
        body = item.body.rstrip(".;,")
        if VALUE.match(body):
            stem, right, texts = f"{item.head}: {GAP}", body, _other_values(source, body, chance)
            form, worth = "value", 0.6
        elif len(item.body.split()) < FEWEST_ITEMS:
            continue
        elif all(VALUE.match(one.head) for one in items):
            stem, right, texts, form, worth = f"{GAP} — {body}", item.head, [one.head for one in wrong], "dated", 0.8
        else:
            stem, right, texts = (
                phrase(source.grammar.language, "described", body),
                item.head,
                [one.head for one in wrong],
            )
            form, worth = "described", 0.95
            yield from _described_by(source, block, item, wrong)
        if len(texts) >= FEWEST:
            yield _candidate(source, block, item, (stem, (right,), texts), form=form, worth=worth)


def _described_by(source: Source, block: ListBlock, item: Item, others: list[Item]) -> Iterator[Candidate]:
    stem = phrase(source.grammar.language, "description", item.head)
    texts = [other.body.rstrip(".;,") for other in others]
    yield _candidate(source, block, item, (stem, (item.body.rstrip(".;,"),), texts), form="description", worth=0.85)


def _next_steps(source: Source, block: ListBlock, chance: Random) -> Iterator[Candidate]:
    """What comes after a step, in a numbered list of steps."""
    items = block.items
    if not block.numbered or not STEPS.search(f"{block.title} {block.context}") or len(items) <= FEWEST_ITEMS:
        return
    texts = [(item.head or item.text).rstrip(".;") for item in items]
    if any(len(text) > LONGEST_ITEM for text in texts):
        return
    for place in range(len(items) - 1):
        others = [text for at, text in enumerate(texts) if at not in {place, place + 1}]
        wrong = chance.sample(others, min(MOST, len(others)))
        stem = phrase(source.grammar.language, "next", texts[place])
        passage = source.reading.material.passages[block.passage].text
        start = passage.index(items[place].quote)
        quote = passage[start : passage.index(items[place + 1].quote, start) + len(items[place + 1].quote)]
        said = f"{texts[place]} → {texts[place + 1]}"
        yield _candidate(
            source,
            block,
            items[place],
            (stem, (texts[place + 1],), wrong),
            form="next",
            worth=0.75,
            quote=(quote, said),
        )


def _members(source: Source, block: ListBlock, chance: Random) -> Iterator[Candidate]:
    """What belongs to a list, beside items of other lists that cannot belong to it."""
    mine = [item for item in block.items if not item.head and len(item.text.split()) <= LONGEST_MEMBER]
    language = source.grammar.language
    title = block.title.rstrip(":.")
    others = [
        item
        for other in source.reading.lists
        if other is not block and other.title.rstrip(":.") != title and not other.numbered
        for item in other.items
        if not item.head and len(item.text.split()) <= LONGEST_MEMBER and not _may_belong(item, block, source)
    ]
    if len(mine) < FEWEST_ITEMS or len(mine) < len(block.items) or len(others) < FEWEST or not title or block.numbered:
        return
    wrong = [item.text.rstrip(".;,") for item in chance.sample(others, min(MOST, len(others)))]
    right = chance.sample(mine, len(mine))
    passage = source.reading.material.passages[block.passage].text
    said = ", ".join(item.text.rstrip(".;,") for item in mine)
    start = passage.index(mine[0].quote)
    quote = passage[start : passage.index(mine[-1].quote, start) + len(mine[-1].quote)]
    several = tuple(item.text.rstrip(".;,") for item in right[:2])
    yield _candidate(
        source,
        block,
        right[0],
        (phrase(language, "belong", title), several, wrong[:MOST]),
        form="several",
        worth=0.7,
        quote=(quote, said),
        context=False,
    )


def _candidate(
    source: Source,
    block: ListBlock,
    item: Item,
    parts: tuple[str, tuple[str, ...], list[str]],
    *,
    form: str,
    worth: float,
    quote: tuple[str, str] | None = None,
    context: bool = True,
) -> Candidate:
    stem, right, wrong = parts
    evidence, said = quote or (item.quote, item.text)
    above = shown_context(block.title, " ".join(right), stem, source) if context else ""
    draft = Draft(
        Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE,
        f"{above}\n{stem}" if above else stem,
        (*right, *wrong),
        frozenset(range(len(right))),
        phrase(source.grammar.language, "quote", said),
        Level.UNDERSTANDING if form in {"several", "description", "next"} else Level.RECALL,
        evidence=source.reading.evidence(block.passage, evidence),
    )
    at = source.reading.material.passages[block.passage].text.index(item.quote)
    return Candidate(draft, block.passage, at, form, worth)


def _other_values(source: Source, body: str, chance: Random) -> list[str]:
    """The same of another amount: 500 ml, 300 ml."""
    found = figures(body, source.grammar)
    if len(found) != 1 or found[0].kind is not FigureKind.AMOUNT:
        return []
    figure = found[0]
    words = re.findall(r"[^\W\d_]{4,}", body)
    counted = replace(figure, unit=words[0]) if words else figure
    wrong = wrong_figures(counted, body, (), (), source.grammar, chance)
    return [body[: figure.start] + text + body[figure.end :] for text in wrong]


def _are_alike(item: Item, other: Item, source: Source) -> bool:
    """Whether one item names the other, or says the same of it."""
    if item is other:
        return True
    head, body = source.content(item.head), source.content(item.body)
    other_head, other_body = source.content(other.head), source.content(other.body)
    return bool(head) and (body == other_body or head <= other_body or other_head <= body or head == other_head)


def _may_belong(item: Item, block: ListBlock, source: Source) -> bool:
    words = source.content(item.text)
    return (
        not words
        or any(words & source.content(own.text) for own in block.items)
        or bool(words & source.content(block.title))
    )
