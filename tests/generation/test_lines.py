"""JSON objects are taken out of whatever a model writes, wherever the chunks of its stream end."""

import json
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.lines import MOST_CHARACTERS, MOST_LEVELS, LineReader, Result
from generation.request import Unreadable

ONE = '{"question": "Who?", "options": ["a", "b"], "right": [0]}'
READ: dict[str, object] = {"question": "Who?", "options": ["a", "b"], "right": [0]}
PIECES = st.sampled_from(
    [
        *'{}[]",:\\ \n\r\t1a',
        *("```json", "\x00", "\ufeff", '{"a":', '"b"', "null", "NaN", "\\ud800", ONE, f"\n{ONE}\n"),
        *("\\(", "\\frac", "\\times ", "\\u12"),
    ]
)
MESSES = st.lists(PIECES | st.text(), max_size=40).map("".join)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\b\f"))
"""Without the two characters that a model writes only by mistake."""
FLAT = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
OBJECTS = st.dictionaries(TEXT, FLAT | st.lists(FLAT) | st.dictionaries(TEXT, FLAT), min_size=1)


def read(chunks: Iterable[str]) -> list[Result]:
    """Everything that a reader makes of a stream."""
    reader = LineReader()
    return [result for chunk in chunks for result in reader.feed(chunk)] + reader.finish()


def read_text(text: str) -> list[Result]:
    """What a reader makes of a text that comes at once."""
    return read([text])


@given(MESSES, st.lists(st.integers(0, 400)))
def test_it_does_not_matter_where_the_chunks_end(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    chunks = [text[begin:end] for begin, end in pairwise(places)]

    assert read(chunks) == read_text(text) == read(text)


@given(MESSES)
def test_nothing_that_is_written_makes_it_raise_and_what_is_read_can_be_stored(text: str) -> None:
    for result in read_text(text):
        if not isinstance(result, Unreadable):
            json.dumps(result, ensure_ascii=False, allow_nan=False).encode()


@given(st.lists(OBJECTS), st.booleans(), st.sampled_from(["\n", "\r\n", "\r", "", ", ", "\n,\n", "\n```\n```json\n"]))
def test_every_object_that_is_json_is_read_as_json_reads_it(
    objects: list[dict[str, object]], spread: bool, between: str
) -> None:
    text = between.join(json.dumps(one, indent=2 if spread else None) for one in objects)

    # Numbers with a fraction stay as they stand.
    assert read_text(text) == [json.loads(json.dumps(one), parse_float=str) for one in objects]


def test_an_object_is_there_as_soon_as_its_brace_closes() -> None:
    reader = LineReader()

    assert reader.feed(ONE[:-1]) == []
    assert reader.feed("}") == [READ]
    assert reader.feed("\n") == []
    assert reader.finish() == []


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{ONE}\n```",
        f"Sure! Here is your quiz:\n\n{ONE}\n\nI hope this helps.",
        f"[{ONE}]",
        f"[\n  {ONE},\n]",
        f"1. {ONE},",
        f"\ufeff{ONE}",
        f"\x00{ONE[:9]}\x00{ONE[9:]}",
        f"Use {{ and }} like this: {{name}}.\n{ONE}",
        f'The sign "{{" opens: {ONE}',
        f"set {{1, 2}} and \\frac{{1}}{{2}} and {{}} {ONE}",
        f"{{{{{ONE}}}}}",
        f"{{ {ONE}",
        f"a {{ b\n{ONE}",
        '{"question": "Who?", "options": ["a", "b",], "right": [0,],}',
        '{"question": "Who?",\r\n "options": ["a", "b" , ] ,\r\n "right": [0]\r\n,}',
    ],
)
def test_what_stands_around_an_object_and_commas_too_many_do_not_count(text: str) -> None:
    assert read_text(text) == [READ]


def test_several_objects_on_a_line_are_all_taken() -> None:
    assert read_text(f"{ONE} {ONE},{ONE}{ONE}") == [READ] * 4


def test_braces_and_quotes_in_strings_do_not_end_an_object() -> None:
    assert read_text(r'{"question": "What is {\"a\": {} in \\"}') == [{"question": 'What is {"a": {} in \\'}]


def test_objects_in_a_list_in_an_object_are_taken_one_by_one() -> None:
    reader = LineReader()

    assert reader.feed('{"title": "A quiz", "questions": [' + ONE) == [READ]
    assert reader.feed(f", {ONE}, {ONE[:20]}") == [READ]
    assert reader.finish() == [Unreadable("cut off")]


def test_a_line_break_in_a_string_is_forgiven() -> None:
    assert read_text('{"question": "What prints\n  print(1)\r\nhere?"}') == [
        {"question": "What prints\n  print(1)\r\nhere?"}
    ]


@pytest.mark.parametrize(
    "half", ['{"question": "Who', '{"question": "Who\\', '{"question"', '{"question": ["a", ', '{"question": {"a": 1']
)
def test_a_half_object_does_not_cost_the_next_line(half: str) -> None:
    results = read_text(f"{half}\n  {ONE}\n{ONE}")

    assert [result for result in results if not isinstance(result, Unreadable)] == [READ, READ]


@pytest.mark.parametrize("half", ['{"', '{"question": "Who', '{"question": tru', '{"question": ["a", ', ONE[:-1]])
def test_an_object_that_the_stream_ends_in_is_cut_off(half: str) -> None:
    assert read_text(f"{ONE}\n{half}") == [READ, Unreadable("cut off")]


@pytest.mark.parametrize("text", ["", "{", "[", "Use {", "}", "no object", "{}", "{ }", "``` {x} ```"])
def test_chatter_is_no_object_not_even_half_of_one(text: str) -> None:
    assert read_text(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": NaN}', "not JSON"),
        ('{"a": [Infinity]}', "not JSON"),
        ('{"a": -Infinity}', "not JSON"),
        ('{"a": 1e999}', "not JSON"),
        ('{"a": ' + "9" * 5000 + "}", "not JSON"),
        ('{"a": nonsense}', "not JSON"),
        ('{"a": 1 2}', "not JSON"),
        ('{"a": }', "not JSON"),
        ('{"a": ]}', "not JSON"),
        ('{"a": [1}', "not JSON"),
        ('{"a": "b" "c"}', "not JSON"),
        ('{"a": "What is "this"?"}', "not JSON"),
        ('{"a": 1,, "b": 2}', "not JSON"),
        ('{"a": 1, "a": 2}', "duplicate key"),
        ('{"a": {"b": 1, "b": 1}}', "duplicate key"),
        (r'{"a": "\ud800"}', "lone surrogate"),
        (r'{"\udfff": 1}', "lone surrogate"),
        ('{"a": "\ud800"}', "lone surrogate"),
        (r'{"a": ["\ude00\ud83d"]}', "lone surrogate"),
    ],
)
def test_an_object_that_breaks_a_rule_is_named_by_it_and_the_next_one_is_taken(text: str, why: str) -> None:
    assert read_text(f"{text}\n{ONE}") == [Unreadable(why), READ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\(x^2\)", r"\(x^2\)"),
        (r"\\(x^2\\)", r"\(x^2\)"),
        (r"\sqrt{2} \cdot \alpha \underline{x} \Delta", r"\sqrt{2} \cdot \alpha \underline{x} \Delta"),
        (r"\frac{1}{2} \beta \forall \begin{matrix}", r"\frac{1}{2} \beta \forall \begin{matrix}"),
        (r"\\frac{1}{2} \\times \\n", r"\frac{1}{2} \times \n"),
        (r"2 \times 3 \neq \rho \text{ cm}", r"2 \times 3 \neq \rho \text{ cm}"),
        (r"\{1, 2\} \, \; \%", r"\{1, 2\} \, \; \%"),
        (r"\x \u12 \u12xy \ud", r"\x \u12 \u12xy \ud"),
        (r"C:\Users \d+", r"C:\Users \d+"),
        (r"a \\ b", "a \\ b"),
        (r"a\\\(b\\\\\)", r"a\\(b\\\)"),
        ("a \\\n b", "a \\\n b"),
        (r"\b \f, \f1", "\b \f, \f1"),
        (r"for x:\n\tprint\r\n\textra \timestamp \nu \to", "for x:\n\tprint\r\n\textra \timestamp \nu \to"),
        (r"\"\/\u0041", '"/A'),
    ],
)
def test_a_backslash_that_can_only_be_latex_stands_for_itself(written: str, meant: str) -> None:
    assert read_text(f'{{"question": "{written}", "options": ["{written}"]}}\n{ONE}') == [
        {"question": meant, "options": [meant]},
        READ,
    ]


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Z"], exclude_characters='"\\')))
def test_a_formula_with_single_backslashes_is_read_as_one_with_double_ones(text: str) -> None:
    formula = "".join(f"\\{one}" if one in "acdeghijklmopqsvwxyz()[]{}" else one for one in text)
    doubled = formula.replace("\\", "\\\\")

    assert read_text(f'{{"a": "{formula}"}}') == read_text(f'{{"a": "{doubled}"}}')


def test_a_whole_surrogate_pair_is_a_letter() -> None:
    assert read_text(r'{"a": "\ud83d\ude00"}') == [{"a": "😀"}]


def test_objects_may_stand_in_one_another_only_so_deep() -> None:
    deepest = '{"a":' * MOST_LEVELS + "1" + "}" * MOST_LEVELS

    assert not isinstance(read_text(deepest)[0], Unreadable)
    assert Unreadable("too deep") in read_text('{"a":' * 100_000)
    assert Unreadable("too deep") in read_text('{"a":' + "[" * 100_000)
    assert read_text('{"a":' * (MOST_LEVELS + 1) + f"1\n{ONE}")[-1] == READ


def test_an_object_longer_than_a_question_can_be_is_dropped() -> None:
    frame = len('{"a": ""}')
    longest = '{"a": "' + "x" * (MOST_CHARACTERS - frame) + '"}'
    longer = '{"a": "' + "x" * (MOST_CHARACTERS - frame + 1) + '"}'

    assert read_text(longest) == [{"a": "x" * (MOST_CHARACTERS - frame)}]
    assert read_text(f"{longer}\n{ONE}") == [Unreadable("too long"), READ]


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "{ ",
        '{"',
        '{"a',
        '{"a":',
        '{"a":[',
        '{"a":"',
        '{"a":"{',
        '{"a":1,',
        '"{',
        "x",
        " ",
        "[",
        "}",
        "\\",
        '{"":[{},',
    ],
)
def test_however_much_comes_little_is_held_and_each_character_is_read_only_a_few_times(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generation import lines

    steps = 0
    real = lines._Object.step  # pyright: ignore[reportPrivateUsage] - counted, as a clock would lie

    def counted(self: "lines._Object", char: str) -> "lines._Verdict":  # pyright: ignore[reportPrivateUsage]
        nonlocal steps
        steps += 1
        return real(self, char)

    monkeypatch.setattr(lines._Object, "step", counted)  # pyright: ignore[reportPrivateUsage]
    size = 1_000_000 if unit in {"{", "x"} or unit.endswith(':"') else 100_000
    beginning = '{"a": "' if unit == "x" else ""
    text = (beginning + unit * (size // len(unit)))[:size]
    reader = LineReader()
    for place in range(0, size, 1000):
        reader.feed(text[place : place + 1000])
        assert reader.held <= MOST_CHARACTERS
    reader.finish()

    assert steps <= 3 * size
