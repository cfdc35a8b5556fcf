"""Every call is held against the Bot API as data, in whichever form it comes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.client import Simulator
from simulator.schema import check_call, specification
from tests.simulator.conftest import TOKEN, Caller

METHODS = sorted(specification()["methods"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


async def test_a_field_that_telegram_would_ignore_is_answered_and_noted(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    await call.result("sendMessage", chat_id=ann, text="a", colour="red", link_preview_options={"is_disbled": True})
    noted = [(violation["rule"], violation["where"]) for violation in await simulator.violations()]
    assert noted == [("unknown_field", "colour"), ("unknown_field", "link_preview_options.is_disbled")]


@pytest.mark.parametrize(
    ("parameters", "rule", "where"),
    [
        ({"text": "a"}, "missing", "chat_id"),
        ({"chat_id": 1}, "missing", "text"),
        ({"chat_id": 1, "text": ["a"]}, "type", "text"),
        ({"chat_id": 1, "text": "a", "protect_content": "perhaps"}, "type", "protect_content"),
        ({"chat_id": 1, "text": "a", "entities": [{"type": "bold", "offset": 0}]}, "missing", "entities[0].length"),
        (
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
            "type",
            "reply_markup.inline_keyboard[0]",
        ),
    ],
)
async def test_a_broken_rule_is_refused_and_noted(
    simulator: Simulator, call: Caller, parameters: dict[str, object], rule: str, where: str
) -> None:
    assert (await call.error("sendMessage", **parameters)).startswith("Bad Request: ")
    (violation,) = await simulator.violations()
    assert (violation["rule"], violation["where"]) == (rule, where)
    (event,) = [event for event in await simulator.events() if event.kind == "violation"]
    assert (event.method, event.rule, event.where) == ("sendMessage", rule, where)


async def test_unknown_methods_and_those_not_built_yet_say_so(simulator: Simulator, call: Caller, ann: int) -> None:
    assert await call("sendTelepathy") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }
    assert [violation["rule"] for violation in await simulator.violations()] == ["unknown_method"]
    assert await call.error("sendDice", chat_id=ann) == "Not Found: the simulator does not do sendDice yet"
    assert await call.error("sendDice") == "Bad Request: chat_id is empty"


async def test_json_form_multipart_and_query_mean_the_same(simulator: Simulator, call: Caller, ann: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    fields = {"chat_id": str(ann), "text": "Так?", "reply_markup": json.dumps(keyboard)}
    path = f"/bot{TOKEN}/SENDMESSAGE"
    answers = [
        await call.http.post(path, json={"chat_id": ann, "text": "Так?", "reply_markup": keyboard}),
        await call.http.post(path, data=fields),
        await call.http.post(path, data=fields, files={"unused": b""}),
        await call.http.get(path, params=fields),
    ]
    for answer in answers:
        assert answer.json()["result"]["text"] == "Так?"
        assert answer.json()["result"]["reply_markup"] == keyboard
    assert {violation["where"] for violation in await simulator.violations()} == {"unused"}


async def test_bodies_that_cannot_be_read_are_refused(call: Caller) -> None:
    path = f"/bot{TOKEN}/getMe"
    for kind, body in (
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("multipart/form-data; boundary=x", b"nothing of the kind"),
        ("text/plain", b"hello"),
    ):
        answer = await call.http.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code == 400, kind


@given(st.sampled_from(METHODS), st.data())
def test_the_check_survives_any_input_and_lets_only_known_fields_through(method: str, data: st.DataObject) -> None:
    fields = specification()["methods"][method]["fields"]
    names = st.sampled_from([*fields, "unknown"]) if fields else st.just("unknown")
    checked = check_call(method, data.draw(st.dictionaries(names, JSON, max_size=4)))
    assert checked.values.keys() <= fields.keys()


@given(st.text(alphabet="aж\N{GRINNING FACE} ", max_size=80))
def test_callback_data_is_measured_in_bytes(data: str) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": data}]]}
    checked = check_call("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": markup})
    assert bool(checked.breaks) == (not 1 <= len(data.encode()) <= 64)


@given(st.integers(min_value=0, max_value=5000))
def test_text_is_measured_in_characters(length: int) -> None:
    checked = check_call("sendMessage", {"chat_id": 1, "text": "\N{GRINNING FACE}" * length})
    assert bool(checked.breaks) == (not 1 <= length <= 4096)
