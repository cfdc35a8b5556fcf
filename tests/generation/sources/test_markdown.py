"""Markdown loses its marks and keeps its structure."""

from generation.sources import markdown
from tests.generation.sources.reading import material, passages, texts

NOTES = r"""---
title: hidden
---
# Cell *biology*

The **cell** has a [nucleus](https://example.org "title"); its area is $a_1*b_2*c$, or \(x^2_1\), or `x = 1`.
It goes on here. <b onclick="steal()">Bold</b>

<script>alert(1)</script>

## Parts

Its parts are:

1. nucleus
   and what is in it
   * nucleolus
2. ribosome

```py
x = 1

y = 2
```

| Part | Size |
|------|-----:|
| nucleus | `6` µm |
| ribosome |

\[ E = mc^2 \]
"""


def test_everything_is_found_under_its_headings_with_its_line() -> None:
    assert passages(markdown, NOTES) == [
        (
            "prose",
            r"The cell has a nucleus; its area is $a_1*b_2*c$, or \(x^2_1\), or x = 1. It goes on here. Bold",
            6,
            "Cell biology",
        ),
        ("list", "Its parts are:\n1. nucleus and what is in it\n  nucleolus\n2. ribosome", 15, "Cell biology › Parts"),
        ("code", "x = 1\n\ny = 2", 20, "Cell biology › Parts"),
        ("table", "Part\tSize\nnucleus\t6 µm\nribosome", 26, "Cell biology › Parts"),
        ("prose", r"\[E = mc^2\]", 31, "Cell biology › Parts"),
    ]


def test_html_within_is_text() -> None:
    assert texts(markdown, "<div>One <b>of</b> them.<style>p {}</style></div>\n\n<!-- not this -->") == ["One of them."]


def test_each_paragraph_item_and_row_knows_its_line() -> None:
    text = "One.\n\n\nTwo\nlines.\n\n- first\n\n- second\n  - within\n\n|a|b|\n|-|-|\n|1|2|\n"

    lines = [
        (line.strip(), passage.place_of(passage.text.index(line)).number)
        for passage in material(markdown, text).passages
        for line in passage.text.split("\n")
    ]
    assert lines == [
        *(("One.", 1), ("Two lines.", 4)),
        *(("first", 7), ("second", 9), ("within", 10)),
        *(("a\tb", 12), ("1\t2", 14)),
    ]
