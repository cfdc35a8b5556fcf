"""Polls and quizzes: asked and closed by the bot."""

from itertools import pairwise
from typing import Any

from simulator.chats import Bot
from simulator.polls import Option, Poll
from simulator.sending import Effect, Refused, Words, find_message, send, shape_keyboard, shape_words
from simulator.world import World

JsonObject = dict[str, Any]

MOST_OPTIONS = 12
LONGEST_OPEN = 2_628_000
SHORTEST_OPEN = 5
MOST_LINE_FEEDS = 2


def send_poll(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new poll; a quiz if its type says so."""
    kind = values.get("type") or "regular"
    if kind not in {"regular", "quiz"}:
        raise Refused("Unsupported poll type specified")
    if values.get("members_only") or values.get("country_codes"):
        raise Refused("Poll voters can be restricted only in channel chats")
    if "media" in values or "explanation_media" in values:
        raise Refused("the simulator does no media in polls yet")
    question, question_entities = _words(values, "question")
    description, description_entities = shape_words(
        values, "description", "description_parse_mode", "description_entities"
    )
    poll = Poll(
        id=world.new_poll_id(),
        question=question,
        question_entities=question_entities,
        options=_options(values["options"], least=2 if kind == "quiz" else 1),
        description=description,
        description_entities=description_entities,
        is_anonymous=values.get("is_anonymous", True),
        allows_multiple_answers=values.get("allows_multiple_answers", False),
        allows_revoting=values.get("allows_revoting", kind != "quiz"),
        hides_results=values.get("hide_results_until_closes", False),
        is_closed=values.get("is_closed", False),
    )
    if kind == "quiz":
        _add_key(poll, values)
    _set_end(world, bot, poll, values)
    return send(world, bot, values, ("", []), poll)


def _words(values: JsonObject, name: str) -> Words:
    text, entities = shape_words(values, name, f"{name}_parse_mode", f"{name}_entities")
    if not text:
        raise Refused("Text must be non-empty")
    return text, entities


def _options(given: list[JsonObject], least: int) -> list[Option]:
    if not given:
        raise Refused("Poll must have at least one answer option")
    if len(given) < least:
        raise Refused(f"a quiz must have at least {least} options")
    if len(given) > MOST_OPTIONS:
        raise Refused(f"Poll can't have more than {MOST_OPTIONS} options")
    if any("media" in each for each in given):
        raise Refused("the simulator does no media in polls yet")
    return [Option(str(place), *_words(each, "text")) for place, each in enumerate(given)]


def _add_key(poll: Poll, values: JsonObject) -> None:
    correct: list[int] = values.get("correct_option_ids", [])
    if not correct:
        raise Refused("Correct quiz option list must be non-empty")
    if any(later <= earlier for earlier, later in pairwise(correct)):
        raise Refused("Correct quiz option list must be increasing")
    if correct[0] < 0 or correct[-1] >= len(poll.options):
        raise Refused("Wrong quiz correct_option_id")
    poll.correct_option_ids = correct
    poll.explanation, poll.explanation_entities = shape_words(
        values, "explanation", "explanation_parse_mode", "explanation_entities"
    )
    if poll.explanation.count("\n") > MOST_LINE_FEEDS:
        raise Refused(f"an explanation has at most {MOST_LINE_FEEDS} line feeds")


def _set_end(world: World, bot: Bot, poll: Poll, values: JsonObject) -> None:
    now = int(world.clock.now())
    if "open_period" in values and "close_date" in values:
        # Telegram takes the first and says nothing.
        world.violate(bot, "sendPoll", "together", "close_date", "must not be given together with open_period")
    if "open_period" in values:
        lasts: int = values["open_period"]
    elif "close_date" in values:
        lasts = values["close_date"] - now
    else:
        return
    if not SHORTEST_OPEN <= lasts <= LONGEST_OPEN:
        raise Refused(f"a poll is open for {SHORTEST_OPEN} to {LONGEST_OPEN} seconds, not for {lasts}")
    poll.open_period, poll.close_date = lasts, now + lasts


def stop_poll(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """Close a poll of one's own; returns it with its key and its counts."""
    keyboard = shape_keyboard(values.get("reply_markup"))
    message = find_message(world, bot, values, "message with poll to stop not found")
    poll = message.content
    if not isinstance(poll, Poll):
        raise Refused("Message is not a poll")
    if message.sender.id != bot.id:
        raise Refused("Poll can't be stopped")
    if poll.is_closed:
        raise Refused("Poll has already been closed")
    message.reply_markup = keyboard
    world.close_poll(message)
    return poll.in_message(with_key=True)


EFFECTS: dict[str, Effect] = {"sendPoll": send_poll, "stopPoll": stop_poll}
