"""Questions for tests of formats."""

from hypothesis import strategies as st

from quiz.languages import TRUE_FALSE_WORDS
from quiz.question import Checked, Kind, Level, Option, Question, Source


def question(
    stem: str,
    options: tuple[str, ...],
    key: str,
    kind: Kind = Kind.SINGLE,
    *,
    explanation: str = "",
    source: Source | None = None,
    level: Level = Level.RECALL,
    question_id: str = "q1",
) -> Question:
    """A question whose options have the ids a, b, c … in their order."""
    return Question(
        id=question_id,
        revision=1,
        kind=kind,
        stem=stem,
        options=tuple(Option("abcdefghijkl"[place], text) for place, text in enumerate(options)),
        key=frozenset(key),
        explanation=explanation,
        level=level,
        checked=Checked.PERSON,
        source=source,
    )


def single(**more: str) -> Question:
    """Which is a star?"""
    return question("Which is a star?", ("The Sun", "Mars"), "a", **more)  # type: ignore[arg-type]


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
SIGNS = st.sampled_from(
    ["~", "=", "#", "{", "}", ":", "\\", "/", "%50%", "$", "->", "<", "</b>", "<b>", "&amp;", '"', "'"]
)
MORE_SIGNS = st.sampled_from(
    [",", ";", "\t", "[html]", "*", "+", "@", "`x`", "\\(a < b\\)", "A. ", "ANSWER: B", "https://"]
)


def texts(*, lines: bool = True, longest: int = 12) -> st.SearchStrategy[str]:
    """Texts with every sign that some format gives a meaning to, and line breaks where they can be kept."""
    parts = LETTERS | SIGNS | MORE_SIGNS | st.just(" ")
    with_lines = parts | st.just("\n") if lines else parts
    return st.lists(with_lines, min_size=1, max_size=longest).map("".join).map(str.strip).filter(bool)


@st.composite
def questions(
    draw: st.DrawFn, text: st.SearchStrategy[str], kinds: tuple[Kind, ...] = tuple(Kind), *, explained: bool = True
) -> Question:
    """A sound question with texts of this kind."""
    kind = draw(st.sampled_from(kinds))
    stem = draw(text)
    if kind is Kind.TRUE_FALSE:
        cyrillic = any("а" <= one.lower() <= "я" or one in "ёЁ" for one in stem)
        options = TRUE_FALSE_WORDS["ru" if cyrillic else "en"]
    else:
        options = tuple(draw(st.lists(text, min_size=2, max_size=5, unique_by=lambda one: " ".join(one.split()))))
    ids = "abcde"[: len(options)]
    key = draw(st.sets(st.sampled_from(ids), min_size=1)) if kind is Kind.MULTIPLE else {draw(st.sampled_from(ids))}
    return question(
        stem,
        options,
        "".join(sorted(key)),
        kind,
        explanation=draw(st.just("") | text) if explained else "",
        level=draw(st.sampled_from(list(Level))),
    )
