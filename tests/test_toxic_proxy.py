"""A proxy for tests: byte for byte what was sent, or just the fault that was ordered."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from tests.toxic_proxy import HOST, Toxic, ToxicProxy

SENT = b"a message of some length"


@pytest.fixture
async def echo() -> AsyncGenerator[int]:
    """The port of somebody who says what they are told."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(1000):
            writer.write(piece)
        writer.close()

    server = await asyncio.start_server(answer, HOST, 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def sent_through(proxy: ToxicProxy) -> bytes:
    """What comes back of a message, as far as it comes."""
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(SENT)
    try:
        return await reader.readexactly(len(SENT))
    except asyncio.IncompleteReadError as error:
        return error.partial
    finally:
        writer.close()


async def test_what_is_sent_comes_whole_late_or_a_byte_at_a_time(echo: int) -> None:
    async with ToxicProxy.open(echo) as proxy:
        for toxic in (None, Toxic.LATENCY, Toxic.TRICKLE):
            proxy.toxic = toxic
            assert await sent_through(proxy) == SENT
        assert proxy.harmed[Toxic.LATENCY] == 2
        assert proxy.harmed[Toxic.TRICKLE] > 2


async def test_a_message_is_cut_in_its_middle(echo: int) -> None:
    async with ToxicProxy.open(echo) as proxy:
        proxy.toxic = Toxic.CUT
        assert len(await sent_through(proxy)) < len(SENT) // 2


async def test_a_connection_is_reset(echo: int) -> None:
    async with ToxicProxy.open(echo) as proxy:
        proxy.toxic = Toxic.RESET
        with pytest.raises(ConnectionResetError):
            await sent_through(proxy)


async def test_where_nobody_listens_the_next_is_asked(echo: int) -> None:
    async with ToxicProxy.open(1, echo) as proxy:
        assert [await sent_through(proxy) for _ in range(3)] == 3 * [SENT]
        assert proxy.connections == {echo: 3}
