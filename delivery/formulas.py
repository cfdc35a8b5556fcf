"""Formulas in LaTeX: where they stand in a text, and how they read where only plain text can be shown."""

import re
from functools import cache
from typing import Any, Protocol

from quiz.small_letters import SUBSCRIPTS, SUPERSCRIPTS

FORMULA = r"""
    \\\[ (?P<shown> .{1,500}? ) \\\]  |  \$\$ (?P<displayed> [^$]{1,500} ) \$\$
    | \\\( (?P<inline> .{1,500}? ) \\\)
    | (?<![\w$\\]) \$ (?P<dollars> (?=\S) (?=[^$\n]{0,500}[\\^_{]) [^$\n]{1,500} (?<=\S) ) \$ (?![\w$])
"""
"""Between dollars only what has a sign of LaTeX in it: “from $5 to $10” are prices."""
RAISED = {"°", "′", "″", "∘", "*", "†"}
"""Signs that stand high by themselves."""
SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\S))")
ONE_THING = re.compile(r"[0-9]+(?:[.,][0-9]+)?|d?[^\W\d_][⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]*|\([^()]*\)|\[[^\[\]]*\]")
"""What needs no brackets below a stroke or a root: 1/2a may be read in two ways."""
ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
OVER = {
    **dict.fromkeys(("bar", "overline"), "\u0305"),
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("vec", "overrightarrow"), "\u20d7"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    "dot": "\u0307",
    "ddot": "\u0308",
}
"""Commands that put a sign over what follows, and the sign that Unicode combines with the letter before it."""
SIGNS = {"circ": "°", "cdot": "·", "lvert": "|", "rvert": "|", **dict.fromkeys((",", ";", ":", "quad", "qquad"), " ")}
SIZES = ("left", "right", "big", "Big", "bigl", "bigr", "displaystyle", "limits", "!")
FUNCTIONS = ("sin", "cos", "tan", "cot", "log", "ln", "lg", "exp", "lim", "max", "min", "det", "gcd")
HELD = {"\0": "^", "\1": "_", "\2": "{", "\3": "}"}
"""What stands for itself, until all else is read."""
SPACED_SCRIPT = re.compile(r" +(?=[\^_])")
BARE = re.compile(r"(?<!\\)%|(?<!\\)&(?!.*\\end)", re.DOTALL)
"""Signs that stand for themselves in a quiz: in TeX one begins a comment, the other parts the cells of a matrix."""
LETTERS = (
    "text",
    "mathrm",
    "mathbf",
    "mathit",
    "mathsf",
    "mathbb",
    "mathcal",
    "mathfrak",
    "operatorname",
    "boldsymbol",
)
"""Commands for letters of another kind, which may be left out where there are no such letters."""
LONGEST_SIGN = 3
"""Longer ones are words in place of what the library leaves out, as ``<cit.>``."""
WHOLE = re.compile("\4([^\4\5]*)\5")
"""A fraction or a root, before it is known what stands beside it."""
SIMPLE_FRACTION = re.compile(r"[0-9]+/[0-9]+")
GLUED_BEFORE = re.compile(r"[\w)\]]$")
GLUED_AFTER = re.compile("[\\w(\\[√∛∜^\2\4]")


class _Node(Protocol):
    """What the reader's nodes have that is looked at here; it has no types of its own."""

    macroname: str
    nodeargd: Any


class _Command(Protocol):
    """What the library knows of a command."""

    macroname: str
    simplify_repl: object


class _Converter(Protocol):
    def latex_to_text(self, latex: str) -> str: ...

    def nodelist_to_text(self, nodelist: list[Any]) -> str: ...


def to_unicode(latex: str) -> str:
    """The formula in plain letters, so that its meaning stays: x², (a + b)/(2c), √(b² − 4ac); never raises.

    What cannot be read is shown as it was written.
    """
    from pylatexenc.latexwalker import LatexWalkerError  # pyright: ignore[reportMissingTypeStubs]

    try:
        text = _converter().latex_to_text(BARE.sub(r"\\\g<0>", latex))
    except (LatexWalkerError, RecursionError, _Unreadable, LookupError, TypeError, ValueError, AttributeError):
        return latex.strip()  # the reader has no error of its own for some of what is wrong
    text = _settled(_scripts(SPACED_SCRIPT.sub("", text))).replace("{", "").replace("}", "")
    for held, sign in HELD.items():
        text = text.replace(held, sign)
    return " ".join(text.split()) or latex.strip()


class _Unreadable(Exception):
    """A command that is not known, or lacks what it is about: to leave it out would make another formula."""


@cache
def _converter() -> _Converter:
    from pylatexenc.latex2text import (  # pyright: ignore[reportMissingTypeStubs]
        EnvironmentTextSpec,
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )
    from pylatexenc.macrospec import LatexContextDb  # pyright: ignore[reportMissingTypeStubs]

    library: Any = get_default_latex_context_db()
    # Of all that the library knows only signs and letters are taken: it drops what \cite, \input or \href are about.
    spec = {one.macroname: one for one in library.iter_macro_specs() if _is_sign(one) or one.macroname in LETTERS}
    spec |= {name: MacroTextSpec(name, simplify_repl=_fraction) for name in ("frac", "dfrac", "tfrac")}
    spec["sqrt"] = MacroTextSpec("sqrt", simplify_repl=_root)
    spec |= {name: MacroTextSpec(name, simplify_repl=_over) for name in OVER}
    spec |= {name: MacroTextSpec(name, simplify_repl=sign) for name, sign in SIGNS.items()}
    spec |= {name: MacroTextSpec(name, simplify_repl=f"{name} ") for name in FUNCTIONS}
    spec |= {name: MacroTextSpec(name, simplify_repl="") for name in SIZES}
    spec |= {
        name: MacroTextSpec(name, simplify_repl=held)
        for name, held in (("{", "\2"), ("}", "\3"), ("%", "%"), ("&", "&"))
    }
    known: Any = LatexContextDb()
    matrices = [one for one in library.iter_environment_specs() if one.environmentname.endswith("matrix")]
    known.add_context_category(
        "quiz",
        macros=list(spec.values()),
        environments=matrices,
        specials=list(library.iter_specials_specs()),
    )
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    known.set_unknown_environment_spec(EnvironmentTextSpec("", simplify_repl=_unknown))
    # Braces tell what belongs to a power; whoever drops them makes another formula of it.
    made: Any = LatexNodes2Text(
        latex_context=known, math_mode="text", keep_braced_groups=True, keep_braced_groups_minlen=1
    )
    return made


def _is_sign(command: _Command) -> bool:
    """Whether a command stands for a sign, whatever follows it."""
    sign = command.simplify_repl
    return isinstance(sign, str) and "%" not in sign and 0 < len(sign.strip()) <= LONGEST_SIGN


def _arguments(node: _Node, written: _Converter) -> list[str]:
    """What stands in the braces and brackets after a command."""
    found: list[Any] = node.nodeargd.argnlist if node.nodeargd else []
    texts = [written.nodelist_to_text([one]).strip() if one is not None else "" for one in found]
    return [_scripts(text.removeprefix("{").removesuffix("}")) for text in texts]


def _unknown(node: _Node, l2tobj: _Converter) -> str:
    del l2tobj
    raise _Unreadable(getattr(node, "macroname", ""))


def _over(node: _Node, l2tobj: _Converter) -> str:
    below = "".join(_arguments(node, l2tobj))
    if not below:
        raise _Unreadable("a sign over nothing")
    return "".join(f"{one}{OVER[node.macroname]}" for one in below)


def _fraction(node: _Node, l2tobj: _Converter) -> str:
    match _arguments(node, l2tobj):
        case [above, below] if above and below:
            return f"\4{_bracketed(above)}/{_bracketed(below)}\5"
        case _:
            raise _Unreadable("a fraction of nothing")


def _root(node: _Node, l2tobj: _Converter) -> str:
    match _arguments(node, l2tobj):
        case [index, of] if of:
            index = index.removeprefix("[").removesuffix("]")
            return "\4" + (ROOTS.get(index) or f"{_script('^', index)}√") + _bracketed(of) + "\5"
        case _:
            raise _Unreadable("a root of nothing")


def _bracketed(text: str) -> str:
    return text if ONE_THING.fullmatch(text) else f"({text})"


def _settled(text: str) -> str:
    """Fractions and roots in brackets where something is multiplied with them or raised; 2 1/2 is a mixed number."""
    while (found := WHOLE.search(text)) is not None:
        before, inside, after = text[: found.start()].rstrip(), found[1], text[found.end() :].lstrip()
        mixed = before[-1:].isdecimal() and SIMPLE_FRACTION.fullmatch(inside)
        joined = not mixed and (GLUED_BEFORE.search(before) or GLUED_AFTER.match(after))
        shown = f" {inside}" if mixed else f"({inside})" if joined else inside
        text = text[: len(before) if joined or mixed else found.start()] + shown
        text += after if joined else found.string[found.end() :]
    return text


def _scripts(text: str) -> str:
    """Powers and indices in small letters where there are such; else with their sign, in brackets if long."""
    while True:
        written = SCRIPT.sub(lambda found: _script(found[1], found[2] if found[2] is not None else found[3]), text)
        if written == text:
            return written
        text = written


def _script(sign: str, content: str) -> str:
    letters = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    content = content.strip()
    if content in RAISED:
        return content.replace("∘", "°")
    if all(one in letters for one in content.replace(" ", "")):
        return "".join(letters[one] for one in content.replace(" ", ""))
    # Its sign stays, but is not to be found again.
    sign = "\0" if sign == "^" else "\1"
    return f"{sign}{content}" if len(content) == 1 else f"{sign}({content})"
