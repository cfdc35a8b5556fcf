"""HTML of other programs as the bot shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.formats.html_text import TooLong, from_html, from_text, looks_like_html
from quiz.formats.markdown_text import from_markdown
from quiz.formats.shown_html import to_html

MATHML = (
    '<math><semantics><msup><mi>x</mi><mn>2</mn></msup><annotation encoding="application/x-tex">x^2</annotation>'
    "</semantics></math>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<div>One</div><div>two</div>", "One\ntwo"),
        ("  One\n   two&nbsp; three ", "One two three"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
        ("<ol><li>a<ul><li>inner</li></ul></li><li>b</li></ol>", "1. a\n• inner\n2. b"),
        ("H<sub>2</sub>O, x<sup>2n</sup>, e<sup>iπ/2</sup>, a<sub>Ж</sub>", "H₂O, x²ⁿ, e^(iπ/2), a_Ж"),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("x < 5 and y > 3", "x < 5 and y > 3"),
        ("Is \\(a &lt; b\\) or $$c$$?", "Is \\(a < b\\) or $$c$$?"),
        ("<code>x &lt; 1</code>", "`x < 1`"),
        (
            "<pre><code class='language-python'>for n in x:\n    print(n)\n</code></pre>",
            "```python\nfor n in x:\n    print(n)\n```",
        ),
        ("<pre>a\n  b</pre>then", "```\na\n  b\n```\nthen"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"),
        ("a<script>alert(1)</script>b<style>p {}</style><!-- c -->", "ab"),
        ("<!--[if gte mso 9]><xml><p>x</p></xml><![endif]-->Word", "Word"),
        ('<a href="https://example.org">this</a>', "this"),
        (MATHML, "\\(x^2\\)"),
        ("<b>not closed", "not closed"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    shown = from_html(html)

    assert shown.text == text
    assert shown.losses == ()


@pytest.mark.parametrize(
    ("html", "loss"),
    [
        ('<img src="a/map.png?x=1" alt="">Where?', "a picture (map.png) is not taken"),
        (f'<img src="data:image/png;base64,{"A" * 100_000}">Where?', "a picture is not taken"),
        ("<audio src='a.mp3'></audio>Where?", "a sound (a.mp3) is not taken"),
        ("<iframe></iframe>Where?", "a video or another object is not taken"),
        ("<u>Where?</u>", "words are underlined, which is not shown"),
        ("<del>Where?</del>", "words are struck through, which is not shown"),
        ("<math>Where?</math>", "a formula in MathML is shown as plain letters"),
    ],
)
def test_what_is_lost_is_said(html: str, loss: str) -> None:
    shown = from_html(html)

    assert shown.text == "Where?"
    assert shown.losses == (loss,)


def test_the_same_loss_is_said_once() -> None:
    assert from_html("<u>a</u> and <u>b</u>").losses == ("words are underlined, which is not shown",)


@pytest.mark.parametrize(
    "text", ["a < b > c", "What does <b> do?", "if (a<b)", "AT&T", "&unknown;", "<section>", "<p>Text"]
)
def test_text_with_signs_of_html_is_no_html(text: str) -> None:
    assert not looks_like_html(text)
    assert from_text(text).text == text


@pytest.mark.parametrize("text", ["<p>a</p>", "a<br>b", "a<br/>b", "x<sup>2</sup>", "a &amp; b", "a&nbsp;b", "&#1055;"])
def test_what_programs_write_is_html(text: str) -> None:
    assert looks_like_html(text)


def test_what_is_nothing_but_tags_asks_about_them() -> None:
    assert from_text("<p></p>").text == "<p></p>"


def test_more_html_than_a_question_has_is_refused() -> None:
    with pytest.raises(TooLong):
        from_html("x" * 60_001)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<li>", "<sup>", "</sup>", "<pre>", "<code>", "&lt;", "<!", "\ue0000\ue001", "x", " "]
        )
    )
)
def test_any_html_becomes_some_text(parts: list[str]) -> None:
    shown = from_html("".join(parts))

    assert "\ue000" not in shown.text
    assert from_html("".join(parts)) == shown


def test_text_becomes_html_for_other_programs() -> None:
    text = "Is `a<b` in\n```python\nx = 1 & 2\n```\nor $x^2$, $5?"

    assert to_html(text) == (
        'Is <code>a&lt;b</code> in<pre><code class="language-python">x = 1 &amp; 2</code></pre>or \\(x^2\\), $5?'
    )


def test_markdown_loses_emphasis_and_keeps_code() -> None:
    shown = from_markdown("**Which** __one__ is `**x**`? [here](a) 2 * 3 * 4 ![](b)")

    assert shown.text == "Which one is `**x**`? here 2 * 3 * 4"
    assert shown.losses == ("a picture is not taken",)
