"""The control API: for those with the token on this machine only, and clear about what it does not understand."""

import asyncio

import httpx
import pytest

from simulator.client import NotSeen, Refusal, Simulator
from tests.simulator.conftest import TOKEN, Caller


@pytest.mark.parametrize("token", [None, "", "wrong", "тоже"])
async def test_without_the_token_nothing_is_to_be_had(call: Caller, token: str | None) -> None:
    headers: dict[bytes, bytes] = {} if token is None else {b"X-Simulator-Token": token.encode()}
    answer = await call.http.get("/control/events", headers=headers)
    assert answer.status_code == 403
    assert "X-Simulator-Token" in answer.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example:80"},
        {"Host": "[::1"},
        {"Host": "[::1]x"},
        {"Host": "localhost:1@evil.example"},
        {"Host": "localhost:x"},
        {"Host": "localhost:"},
        {"Host": "0.0.0.0:1"},
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_requests_from_elsewhere_are_refused(simulator: Simulator, call: Caller, headers: dict[str, str]) -> None:
    for path in ("/control/clock", f"/bot{TOKEN}/getMe"):
        answer = await call.http.get(path, headers={"X-Simulator-Token": simulator.token, **headers})
        assert answer.status_code == 403


async def test_every_name_of_this_machine_is_good(simulator: Simulator, call: Caller) -> None:
    for host in ("localhost", "LOCALHOST", "localhost:1", "127.0.0.1:8081", "[::1]:5"):
        headers = {"X-Simulator-Token": simulator.token, "Host": host, "Origin": f"http://{host}"}
        assert (await call.http.get("/control/clock", headers=headers)).status_code == 200


async def test_its_own_page_and_what_a_person_types_are_good(call: Caller) -> None:
    for site in ("same-origin", "none"):
        assert (await call.http.get(f"/bot{TOKEN}/getMe", headers={"Sec-Fetch-Site": site})).status_code == 200


async def test_a_picture_in_a_page_elsewhere_sends_nothing(simulator: Simulator, call: Caller, ann: int) -> None:
    """A browser names no origin when it asks for a picture, only where the page stands to it."""
    sent = f"/bot{TOKEN}/sendMessage?chat_id={ann}&text=forged"
    headers = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    answer = await call.http.get(sent, headers=headers)
    assert (answer.status_code, "from pages elsewhere" in answer.json()["error"]) == (403, True)
    assert not [message for message in await simulator.messages(ann) if message.text == "forged"]


async def test_a_link_elsewhere_leads_to_the_page(call: Caller) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert (await call.http.get("/", headers=headers)).status_code == 200


async def test_whoever_is_refused_reads_to_which_names_it_answers(call: Caller) -> None:
    answer = await call.http.get("/", headers={"Host": "simulator:8081"})
    assert answer.json()["error"] == (
        "The simulator answers to localhost, 127.0.0.1, [::1] only, not to 'simulator:8081'; --allow-host adds a name."
    )


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("users", {}, "first_name: Field required."),
        ("users", {"first_name": "A", "age": 7}, "age: Extra inputs are not permitted."),
        ("users", {"first_name": "A", "id": 123456}, "The id 123456 is taken."),
        ("say", {"user": 5, "text": "a"}, "There is no user 5: make one with POST /control/users."),
        ("chats", {"type": "channel", "title": "a", "members": []}, "type: Input should be 'group' or 'supergroup'."),
        ("press", {"user": 5, "message_id": 1}, "Value error, give either data or button."),
        ("delivery", {"copies": [3, 2]}, "Value error, copies must be [min, max]."),
        ("faults", {"rules": [{"method": "*", "kind": "flood"}]}, "rules.0.kind: Input should be "),
        ("clock", {"advance": -1}, "advance: Input should be greater than or equal to 0."),
        ("clock", {"advance": 1e308}, "advance: Input should be less than or equal to 315360000."),
        ("updates", {"kind": "zzz", "body": {}}, "There are no updates of the kind 'zzz', only business_connection, "),
        ("updates", {"kind": "update_id", "body": {}}, "There are no updates of the kind 'update_id'"),
        ("bots", {"token": "nonsense"}, "The token must be digits:secret"),
    ],
)
async def test_bad_input_is_answered_with_a_sentence(
    simulator: Simulator, call: Caller, path: str, body: dict[str, object], says: str
) -> None:
    headers = {"X-Simulator-Token": simulator.token}
    answer = await call.http.post(f"/control/{path}", json=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(says)


async def test_a_slip_in_the_address_is_an_error_too(simulator: Simulator, call: Caller) -> None:
    headers = {"X-Simulator-Token": simulator.token}
    for query in ("afer=1", "after=x", "after=inf", "after=nan", "after=0.5", "timeout=nan", "timeout=x"):
        answer = await call.http.get(f"/control/events?{query}", headers=headers)
        assert (answer.status_code, answer.json()["error"][-1]) == (400, "."), query
    assert (await call.http.get("/control/callbacks/77", headers=headers)).status_code == 400
    assert (await call.http.get("/control/nothing", headers=headers)).status_code == 404


@pytest.mark.parametrize("no_number", ["NaN", "Infinity"])
async def test_no_order_takes_what_is_no_number(simulator: Simulator, call: Caller, no_number: str) -> None:
    headers = {"X-Simulator-Token": simulator.token, "Content-Type": "application/json"}
    before = await simulator.now()
    body = f'{{"advance": {no_number}}}'
    answer = await call.http.post("/control/clock", content=body, headers=headers)
    assert answer.status_code == 400
    assert 0 <= await simulator.now() - before < 60


async def test_an_update_is_given_whatever_its_body(simulator: Simulator, call: Caller) -> None:
    given = await simulator.give_update("chat_boost", {"odd": [None]})
    assert given is not None
    (update,) = await call.result("getUpdates")
    assert update == {"update_id": given, "chat_boost": {"odd": [None]}}
    assert await simulator.give_update("chat_member", {}) is None, "the bot has not asked for these"


async def test_calls_can_be_picked_by_method_and_chat(simulator: Simulator, call: Caller, ann: int) -> None:
    await call.result("sendMessage", chat_id=ann, text="a")
    await call.result("sendChatAction", chat_id=ann, action="typing")
    (sent,) = await simulator.calls("sendMessage")
    assert sent["parameters"] == {"chat_id": ann, "text": "a"}
    assert (sent["status"], sent["response"]["result"]["text"]) == (200, "a")
    assert sent["received_at"] <= sent["answered_at"]
    assert [each["method"] for each in await simulator.calls(chat=ann)] == ["sendMessage", "sendChatAction"]


async def test_waiting_for_a_message_sees_new_ones_and_edits_after_the_event_named(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="one")
    assert (await simulator.wait_for_message(ann)).text == "one"
    after = await simulator.last_event()
    waiting = asyncio.create_task(simulator.wait_for_message(ann, after=after))
    await call.result("editMessageText", chat_id=ann, message_id=sent["message_id"], text="two")
    assert (await waiting).text == "two"
    # What was seen stays as it was then, whatever comes after.
    assert (await simulator.wait_for_message(ann)).edits == 0
    with pytest.raises(NotSeen, match=r"(?s)not seen within 0.05 s.*Simulated bot \(edited\): two.*editMessageText"):
        await simulator.wait_for_message(ann, lambda message: message.text == "three", within=0.05)


async def test_a_person_does_what_people_can_do_only(simulator: Simulator, ann: int) -> None:
    bob = await simulator.add_user("Bob")
    group = await simulator.add_group("Class", [bob])
    for chat, says in ((group, "not a member"), (bob, "belongs to another person"), (-5, "There is no chat -5")):
        with pytest.raises(Refusal, match=says):
            await simulator.say(ann, "hello", chat=chat)
    with pytest.raises(Refusal, match="empty"):
        await simulator.say(ann, " ")
    await simulator.block(ann)
    with pytest.raises(Refusal, match="unblock it first"):
        await simulator.say(ann, "hello")


async def test_a_reset_forgets_everything_but_the_bot(simulator: Simulator, call: Caller, ann: int) -> None:
    first = await simulator.say(ann, "hello")
    await simulator.advance_clock(1000)
    before = await simulator.last_event()
    await simulator.reset()
    assert await simulator.last_event() == before
    assert await simulator.events() == await simulator.calls() == await simulator.violations() == []
    assert await call.result("getUpdates") == []
    assert await call.error("sendMessage", chat_id=ann, text="a") == "Bad Request: chat not found"
    again = await simulator.add_user("Ann")
    assert again == ann
    said = await simulator.say(again, "hello")
    assert said.update_id is not None
    assert first.update_id is not None
    assert said.update_id > first.update_id


async def test_a_poll_that_waits_survives_a_reset(simulator: Simulator, call: Caller) -> None:
    poll = asyncio.create_task(call.result("getUpdates", timeout=20))
    await simulator.wait_for_event(lambda event: event.kind == "call_received")
    await simulator.reset()
    said = await simulator.say(await simulator.add_user("Ann"), "hello")
    assert [update["update_id"] for update in await poll] == [said.update_id]


async def test_the_clock_moves_on_and_dates_with_it(simulator: Simulator, call: Caller, ann: int) -> None:
    before = (await call.result("sendMessage", chat_id=ann, text="a"))["date"]
    assert await simulator.advance_clock(3600) == pytest.approx(await simulator.now(), abs=5)
    assert (await call.result("sendMessage", chat_id=ann, text="b"))["date"] >= before + 3600


async def test_a_page_of_another_site_cannot_guess_its_way_in(simulator: Simulator) -> None:
    async with httpx.AsyncClient(trust_env=False) as stranger:
        answer = await stranger.options(f"{simulator.url}/control/say", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not any(name.startswith("access-control") for name in answer.headers)


async def test_a_page_begins_with_all_there_is(simulator: Simulator, call: Caller, ann: int) -> None:
    await call.result("setMyCommands", commands=[{"command": "quiz", "description": "Begin"}])
    bob = await simulator.add_user("Bob")
    group = await simulator.add_group("Class", [ann, bob], admins=[bob])
    state = await simulator.state()
    (bot,) = state["bots"]
    assert (bot["id"], bot["name"], bot["commands"]) == (
        123456,
        "Simulated bot",
        [{"command": "quiz", "description": "Begin"}],
    )
    assert [user["id"] for user in state["users"]] == [ann, bob]
    shown = {chat["id"]: chat for chat in state["chats"]}
    assert (shown[ann]["title"], shown[ann]["members"], shown[ann]["bot"]) == ("Ann", [ann], 123456)
    assert (shown[group]["members"], shown[group]["admins"], shown[group]["topics"]) == ([ann, bob], [bob], [])
    assert state["event"] == await simulator.last_event()
    assert state["clock"]["advanced"] == 0


async def test_that_the_bot_is_busy_is_an_event(simulator: Simulator, call: Caller, ann: int) -> None:
    await call.result("sendChatAction", chat_id=ann, action="typing")
    shown = await simulator.wait_for_event(lambda event: event.kind == "chat_action")
    assert (shown.chat, shown.user, shown.action, shown.thread) == (ann, 123456, "typing", None)
