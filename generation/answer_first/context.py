"""What of a material is shown with a question: the passage that its evidence stands in."""

from quiz.material import Evidence, Material

MOST = 1_000
"""Characters."""


def text_around(evidence: Evidence, material: Material | None) -> str:
    """The passage under its heading, of a long one the lines or sentences around the evidence.

    The evidence alone where no passage has it.
    """
    passages = material.passages if material else ()
    of_its_place = (one.text for one in passages if one.has(evidence))
    text = next(of_its_place, evidence.quote)
    heading = evidence.place.heading
    return f"{heading}\n{_around(text, evidence.quote)}" if heading else _around(text, evidence.quote)


def _around(text: str, quote: str) -> str:
    if len(text) <= MOST:
        return text
    at = text.index(quote)
    rest = max(0, MOST - len(quote)) // 2
    begin, end = max(0, at - rest), min(len(text), at + len(quote) + rest)
    # Not from the middle of a sentence, nor to the middle of one.
    if begin:
        ends = [text.find(mark, begin, at) + len(mark) for mark in (". ", "\n") if text.find(mark, begin, at) >= 0]
        begin = min(ends, default=at)
    if end < len(text):
        after = at + len(quote)
        end = max(text.rfind(". ", after, end) + 1, text.rfind("\n", after, end), after)
    return text[begin:end].strip()
