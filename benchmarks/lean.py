"""The leanest program that makes the same calls: an aiohttp webhook, one Lua call, the same sends, no framework.

It keeps what the first promise needs (an answer is taken once, by the bot's own script) and nothing else: no claim
of a step is given back, nothing is done later, no error is handled, no language but English.
"""

import asyncio
import json
import os
from html import escape
from pathlib import Path
from typing import Any

import orjson
import uvloop
from aiohttp import ClientSession, ClientTimeout, TCPConnector, web
from redis.asyncio import BlockingConnectionPool, Redis

LUA = Path(__file__).parents[1] / "storage" / "lua"
LIVES_MS = 30 * 24 * 3600 * 1000
AGAIN = """
for position = 0, 11 do redis.call('HDEL', KEYS[1], 'a:' .. position, 'o:' .. position) end
redis.call('HSET', KEYS[1], 'at', 0, 'state', 'open')
return redis.call('HGETALL', KEYS[1])
"""
Record = dict[str, str]


class Lean:
    """Everything there is."""

    def __init__(self, http: ClientSession, redis: Redis) -> None:
        self.http = http
        self.base = f"{os.environ['API_BASE_URL']}/bot{os.environ['TOKEN']}/"
        source = "\n".join((LUA / f"{name}.lua").read_text("utf-8") for name in ("one_hash", "attempt", "answer"))
        self.answer = redis.register_script(source)
        self.again = redis.register_script(AGAIN)
        quiz = json.loads(Path(os.environ["QUIZ"]).read_text("utf-8"))
        self.questions: dict[str, dict[str, Any]] = {one["id"]: one for one in quiz}

    async def call(self, method: str, **parameters: Any) -> Any:  # noqa: ANN401 - as Telegram answers
        """Make a call; its result."""
        body = orjson.dumps(parameters)
        async with self.http.post(
            self.base + method, data=body, headers={"Content-Type": "application/json"}
        ) as response:
            return orjson.loads(await response.read())["result"]

    async def update(self, request: web.Request) -> web.Response:
        """Take one press."""
        press = orjson.loads(await request.read())["callback_query"]
        user, message = press["from"]["id"], press["message"]["message_id"]
        kind, attempt, *where = press["data"].split(":")
        keys = [f"{{u:{user}}}:attempt:{attempt}", f"{{u:{user}}}:active:{user}"]
        if kind == "g":
            flat = await self.again(keys=keys[:1])
            await self.call("answerCallbackQuery", callback_query_id=press["id"], text="Here we go")
            await self.ask(user, attempt, dict(zip(flat[::2], flat[1::2], strict=True)))
            return web.Response()
        position, place = where
        arguments = [attempt, press["id"], position, place, "", message, LIVES_MS, LIVES_MS, press["id"]]
        _outcome, _now, flat = await self.answer(keys=keys, args=arguments)
        record = dict(zip(flat[::2], flat[1::2], strict=True))
        verdict, text = self.verdict(record, int(position))
        await self.call("answerCallbackQuery", callback_query_id=press["id"], text=verdict)
        await self.call("editMessageText", chat_id=user, message_id=message, text=text, parse_mode="HTML")
        await self.ask(user, attempt, record)
        return web.Response()

    async def ask(self, user: int, attempt: str, record: Record) -> None:
        """Send the question that is open, or the end."""
        position = int(record["at"])
        if record["state"] != "open":
            rows = [[{"text": "🔁 Again", "callback_data": f"g:{attempt}:0"}]]
            text = f"🏁 <b>{escape(record['title'])}</b>\nThat was the last question."
        else:
            name, _revision, _kind, order, _key = record[f"q:{position}"].split("|")
            question = self.questions[name]
            rows = [
                [{"text": question["options"][option], "callback_data": f"c:{attempt}:{position}:{place}"}]
                for place, option in enumerate(order)
            ]
            rows.append([{"text": "⏭ Skip", "callback_data": f"k:{attempt}:{position}"}])
            text = f"<b>{position + 1}/{record['n']}</b> · {escape(record['title'])}\n\n{escape(question['stem'])}"
        await self.call(
            "sendMessage", chat_id=user, text=text, parse_mode="HTML", reply_markup={"inline_keyboard": rows}
        )

    def verdict(self, record: Record, position: int) -> tuple[str, str]:
        """What is said at once, and what the message shows then."""
        name, _revision, _kind, order, key = record[f"q:{position}"].split("|")
        chosen, question = record[f"a:{position}"].split("|")[1], self.questions[name]
        lines = [
            f"{'✅' if option in key else '❌' if option in chosen else '▫️'} {escape(question['options'][option])}"
            for option in order
        ]
        word = "✅ Right!" if chosen == key else "❌ Wrong"
        heading = f"<b>{position + 1}/{record['n']}</b> · {escape(record['title'])}\n\n{escape(question['stem'])}"
        return word, "\n".join([heading, "", *lines, "", f"<b>{word}</b>", escape(question["explanation"])])


async def main() -> None:
    """Listen until killed."""
    pool: Any = BlockingConnectionPool.from_url(os.environ["REDIS_URL"], max_connections=32, decode_responses=True)  # pyright: ignore[reportUnknownMemberType]
    async with (
        Redis(connection_pool=pool) as redis,
        ClientSession(connector=TCPConnector(limit=64), timeout=ClientTimeout(10)) as http,
    ):
        lean = Lean(http, redis)
        port = int(os.environ["PORT"])
        server = web.Application()
        server.router.add_post("/", lean.update)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await lean.call("setWebhook", url=f"http://127.0.0.1:{port}/")
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
