"""Formulas in plain letters: nothing of their meaning may go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.formulas import to_unicode

READ = [
    (r"x^2+2x-3=0", "x²+2x-3=0"),
    (r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}", "(-b ±√(b²-4ac))/(2a)"),
    (r"\frac{1}{2}", "1/2"),
    (r"2^{\frac12}", "2^(1/2)"),
    (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
    (r"e^{-\lambda t}", "e^(-λt)"),
    (r"x_1, x_{10}", "x₁, x₁₀"),
    (r"x^{y^2}", "x^(y²)"),
    (r"\int_0^1 x^2\,dx", "∫₀¹ x² dx"),
    (r"\lim_{x\to 0}\frac{\sin x}{x}", "lim_(x→0)((sin x)/x)"),
    (r"\sqrt[3]{x+1}", "∛(x+1)"),
    (r"\vec{F}=m\vec{a}", "F⃗=ma⃗"),
    (r"\text{CO}_2", "CO₂"),
    (r"2H^+ + SO_4^{2-}", "2H⁺ + SO₄²⁻"),
    (r"90^\circ", "90°"),
    (r"\{1, 2\}", "{1, 2}"),
    (r"10^{-3}\,\text{m/s}", "10⁻³ m/s"),
    (r"\overline{AB}", "A̅B̅"),
    (r"\frac{[H^+]}{[OH^-]}", "[H⁺]/[OH⁻]"),
    (r"\frac{2}{3}^2", "(2/3)²"),
    (r"\frac{1}{2}x", "(1/2)x"),
    (r"x\frac{1}{2}", "x(1/2)"),
    (r"2\frac{1}{2}", "2 1/2"),
    (r"1-\frac12", "1-1/2"),
    (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
    (r"\sqrt{2}x", "(√2)x"),
    (r"50% of x^2", "50% of x²"),
]


@pytest.mark.parametrize(("latex", "read"), READ)
def test_a_formula_reads_as_it_would_be_written_by_hand(latex: str, read: str) -> None:
    assert to_unicode(latex) == read


UNREADABLE = [r"\weird{x}", r"\frac{a}", r"\sqrt", r"\begin{weird}x\end{weird}", "{" * 3000]
LEFT_OUT_BY_THE_LIBRARY = [r"\input", r"\input_1", r"\href{a}", r"\verb", r"\footnote", r"\cite", r"\label{a}"]


@pytest.mark.parametrize("latex", UNREADABLE + LEFT_OUT_BY_THE_LIBRARY)
def test_what_cannot_be_read_is_shown_as_written(latex: str) -> None:
    assert to_unicode(latex) == latex


NAMES = ("frac", "sqrt", "input", "verb", "left(", "right)", "footnote", "vec", "text", "begin")
COMMANDS = [f"\\{name}" for name in NAMES]
pieces = st.sampled_from([*COMMANDS, *r"{}^_[]()$&%+=,", "x", "12", " ", "matrix}", "\\"])


@given(st.lists(pieces, min_size=1, max_size=25).map("".join))
def test_no_formula_is_an_error_or_comes_to_nothing(latex: str) -> None:
    assert to_unicode(latex).strip() or not latex.strip()
