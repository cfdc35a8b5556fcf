"""The page of figures is what the code says."""

import re

import pytest

from tests import metrics_page
from tests.metrics_page import Figure, figures

BOUNDED = {"kind", "result", "method", "outcome", "queue", "state", "status", "prompt", "version", "model", "direction"}
"""Labels whose values are those of our code, its releases and the settings."""


def test_the_page_is_up_to_date() -> None:
    assert metrics_page.PAGE.read_text("utf-8") == metrics_page.page(), "run: make figures"


@pytest.mark.parametrize("figure", sorted(figures()), ids=lambda figure: figure.name)
def test_a_figure_has_a_name_a_meaning_and_labels_of_few_values(figure: Figure) -> None:
    assert re.fullmatch(r"quizbot_[a-z_]+", figure.name)
    assert figure.meaning.endswith(".")
    assert set(figure.labels) <= BOUNDED
