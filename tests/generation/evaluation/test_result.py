"""What is kept of an evaluation is read back, and nothing else is."""

import pytest

from generation.evaluation.result import NoResult, read_result
from tests.generation.evaluation.made import a_quiz, a_result, delivered

RESULT = a_result(a_quiz(delivered(with_source=True), drops=["solver", "unreadable"]))


def test_a_result_is_read_back_as_it_was() -> None:
    assert read_result(RESULT.model_dump_json()) == RESULT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is no result of quizbot eval"),
        ("[]", "this is no result of quizbot eval"),
        ('{"made": {}, "quizzes": []}', "this is no result of quizbot eval: made.version"),
        (RESULT.model_dump_json().replace('"form":1', '"form":2'), "it was written by another version of quizbot"),
        (RESULT.model_dump_json().replace('"key":[0]', '"key":[99]'), "a question in it cannot be"),
        (RESULT.model_dump_json().replace('"key":[0]', '"key":[]'), "a question in it cannot be"),
        (RESULT.model_dump_json().replace('"Mercury"', '"Venus"'), "a question in it cannot be"),
    ],
)
def test_what_is_no_result_is_said_in_a_line(text: str, said: str) -> None:
    with pytest.raises(NoResult, match=said) as error:
        read_result(text)

    assert len(str(error.value).splitlines()) == 1
