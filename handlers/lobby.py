"""Beginning a round in a group: /quiz, the deep link, "I am ready", and how it is set."""

from dataclasses import replace

from telegram import Message, Update

from delivery import lobby, round_toasts
from delivery.round_buttons import OpenLobby, Ready, SetRound
from handlers import topic
from handlers.context import Context, Press, Services, presser_of, say, show, toast
from handlers.leaders import Caller, TelegramIsSilent, caller_of, leads, round_of, runs_the_group
from quiz.deck import Deck
from quiz.identity import derived_id
from quiz.links import deck_of
from quiz.round import Round, RoundState
from quiz.topics import InvalidTopic, clean_topic
from storage.rounds import Presser, RoundOutcome, leader
from tasks.begin_round import TooFast, ToPlay, begin, goes_together_in, plan_round
from tasks.live import go_on_or_later, look_later

SUGGESTED = 4
MINUTE_MS = 60_000


async def quiz(update: Update, context: Context) -> None:
    """/quiz TOPIC in a group: an administrator begins a round; everybody else plays in private."""
    _command, *topic_given = (update.message.text or "").split(None, 1) if update.message else ("",)
    caller = await _administrator(update, context, topic.quiz)
    if caller is None or update.message is None:
        return
    services = context.services
    if not topic_given:
        await say(services, caller.chat_id, lobby.which_topic(caller.language), caller.thread)
        return
    try:
        wanted = clean_topic(topic_given[0])
    except InvalidTopic:
        await say(services, caller.chat_id, lobby.which_topic(caller.language), caller.thread)
        return
    found = services.library.find(wanted, caller.language)
    deck = services.library.deck(found.deck.name) if found else None
    if found is None or deck is None:
        near = services.library.nearest(wanted, SUGGESTED)
        titles = [one.titles[one.language_for(caller.language)] for one in near]
        await say(services, caller.chat_id, lobby.no_such_quiz(wanted, titles, caller.language), caller.thread)
        return
    await _begin(services, caller, deck, found.language, update.message)


async def start(update: Update, context: Context) -> None:
    """/start with the parameter of a deep link that brought the bot into the group: as /quiz."""
    name = deck_of(context.args[0]) if context.args else None
    deck = context.services.library.deck(name) if name else None
    if deck is None:
        await topic.start(update, context)
        return
    caller = await _administrator(update, context, topic.start)
    if caller is not None and update.message is not None:
        await _begin(context.services, caller, deck, deck.language_for(caller.language), update.message)


async def _administrator(update: Update, context: Context, otherwise: topic.Handler) -> Caller | None:
    """Who asks for a round, if they may; everybody else is helped otherwise."""
    message, services = update.message, context.services
    caller = await caller_of(services, message) if message else None
    if caller is None:
        return None
    try:
        may = await runs_the_group(services, caller.user_id, caller.chat_id)
    except TelegramIsSilent:
        await say(services, caller.chat_id, lobby.telegram_is_silent(caller.language), caller.thread)
        return None
    if not may:
        await otherwise(update, context)
        return None
    return caller


async def _begin(services: Services, caller: Caller, deck: Deck, language: str, message: Message) -> None:
    cause = derived_id("message", message.chat_id, message.message_id)
    questions, quiz_id, version = deck.questions[language], deck.quiz_id(language), deck.versions[language]
    await services.quizzes.save(quiz_id, version, questions)
    group = await services.groups.enter(caller.chat_id, caller.title)
    to_play = ToPlay(quiz_id, version, deck.titles[language], language, plan_round(questions, cause))
    settings = group.settings
    try:
        goes_together_in(services.group_pace, settings, to_play.plan)
    except TooFast as error:
        settings = replace(settings, seconds=max(settings.seconds, error.seconds))
    begun = await begin(
        services.live, group, to_play, settings, cause=cause, owner=caller.user_id, thread=caller.thread
    )
    other = await services.rounds.load(begun.other) if begun.other else None
    if other is not None:
        await say(services, caller.chat_id, lobby.already_open(other.title, caller.language), caller.thread)


async def ready(press: Press, button: Ready, services: Services) -> None:
    """ "I am ready": whoever presses plays; with the last of the number that is waited for, the round begins."""
    presser = Presser(press.user_id, press.name, press.chat_id)
    reply = await services.rounds.ready(button.round, presser)
    if reply.outcome is RoundOutcome.ELSEWHERE and await round_of(services, button.round, press):
        reply = await services.rounds.ready(button.round, presser)
    language = reply.language or (await presser_of(services, press)).language
    words = {
        RoundOutcome.READY: round_toasts.ready(language, reply.players),
        RoundOutcome.STARTED: round_toasts.ready(language, reply.players),
        RoundOutcome.RUNNING: round_toasts.joined(language),
        RoundOutcome.CLOSED: round_toasts.over(language),
    }
    await toast(services, press, words.get(reply.outcome, round_toasts.gone(language)))
    if reply.outcome is RoundOutcome.STARTED:
        await go_on_or_later(services.live, button.round, leader(press.id))


async def open_lobby(press: Press, button: OpenLobby, services: Services) -> None:
    """The settings of the round, or the lobby again."""
    one = await led(press, button.round, services)
    if one is None:
        return
    if one.state is not RoundState.LOBBY:
        await toast(services, press, round_toasts.outdated(one.language))
        return
    await toast(services, press, round_toasts.done(one.language))
    screen = lobby.lobby_settings_screen if button.settings else lobby.lobby_screen
    await show(services, press, screen(one, await services.rounds.now()))


async def set_round(press: Press, button: SetRound, services: Services) -> None:
    """Something about the round is to be otherwise."""
    one = await led(press, button.round, services)
    if one is None:
        return
    settings = one.settings.having(button.name, button.value)
    try:
        together = goes_together_in(services.group_pace, settings, one.plan)
    except TooFast as error:
        await toast(services, press, round_toasts.too_fast(one.language, error.seconds), alert=True)
        return
    starts = int(button.value) * MINUTE_MS if button.name == "starts" else None
    await look_later(services.live, one.id, press.id)
    reply = await services.rounds.configure(one.id, settings, together=together, starts=starts)
    if reply.round is None or reply.outcome is not RoundOutcome.CHANGED:
        await toast(services, press, round_toasts.outdated(one.language))
        return
    await toast(services, press, round_toasts.done(one.language))
    await services.groups.remember(one.group, settings)
    if reply.round.state is RoundState.LOBBY:
        await show(services, press, lobby.lobby_settings_screen(reply.round, reply.now))
    await go_on_or_later(services.live, one.id, leader(press.id))


async def led(press: Press, round_id: str, services: Services) -> Round | None:
    """The round that somebody wants to lead, if they may; else they are told."""
    one = await round_of(services, round_id, press)
    if one is None:
        person = await presser_of(services, press)
        await toast(services, press, round_toasts.gone(person.language))
        return None
    try:
        may = await leads(services, one, press.user_id)
    except TelegramIsSilent:
        await toast(services, press, round_toasts.cannot_ask_telegram(one.language))
        return None
    if not may:
        await toast(services, press, round_toasts.for_leaders(one.language))
        return None
    return one
