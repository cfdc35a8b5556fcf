"""Writes that count only once replicas have them: what a failover of Redis may lose is then nothing of theirs."""

from collections.abc import Sequence
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, PipelineCommand, RedisCluster
from redis.exceptions import AskError, MovedError
from redis.exceptions import ConnectionError as RedisConnectionError

Command = Sequence[str | int | float | bytes]
REDIRECTIONS = 5
SETTLE = """
local left = redis.call('PTTL', KEYS[1])
if left > 0 then redis.call('PEXPIRE', KEYS[1], left) end
"""
"""A write that changes nothing. WAIT waits for the last write of its own connection only: without this one, an update
that comes again and finds its record written would be acknowledged while no replica has it yet."""


class TooFewReplicas(RedisConnectionError):
    """It was written, but the replicas did not say in time that they have it."""


async def write_to_replicas(client: Redis, key: str, command: Command, replicas: int, milliseconds: int) -> object:
    """Run a command on keys of one slot; its result, once so many replicas have this write and all before it.

    Raises `TooFewReplicas` when they do not within the time; the command was carried out then, and may be repeated.
    """
    # On one connection and in one go: WAIT is about the connection it is sent on.
    commands = [command, ("EVAL", SETTLE, 1, key), ("WAIT", replicas, milliseconds)]
    if isinstance(client, RedisCluster):
        results = await _on_its_node(client, key, commands)
    else:
        pipeline = client.pipeline(transaction=False)
        for each in commands:
            pipeline.execute_command(*each)  # pyright: ignore[reportUnknownMemberType]
        results = cast("list[object]", await pipeline.execute(raise_on_error=False))
    for result in results:
        if isinstance(result, Exception):
            raise result
    if cast("int", results[-1]) < replicas:
        raise TooFewReplicas(f"{results[-1]} of {replicas} replicas have what was written, after {milliseconds} ms")
    return results[0]


async def _on_its_node(client: RedisCluster, key: str, commands: Sequence[Command]) -> list[object]:
    """Run commands on the node that has the key, followed to where it moved."""
    await client.initialize()
    node, before = client.get_node_from_key(key), list[Command]()
    results: list[object] = []
    for _ in range(REDIRECTIONS):
        if node is None:
            break
        results = (await _in_one_go(node, [*before, *commands]))[len(before) :]
        match results[0]:
            case MovedError() as moved:
                await client.nodes_manager.move_slot(moved)
                node, before = client.get_node_from_key(key), []
            case AskError() as asked:
                node = client.get_node(cast("str", asked.host), asked.port)  # pyright: ignore[reportUnknownMemberType]
                before = [("ASKING",)]
            case _:
                break
    return results


async def _in_one_go(node: ClusterNode, commands: Sequence[Command]) -> list[object]:
    queue = [PipelineCommand(position, *command) for position, command in enumerate(commands)]
    await node.execute_pipeline(queue)
    return [cast("object", command.result) for command in queue]
