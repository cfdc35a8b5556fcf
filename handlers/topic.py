"""From a topic to a quiz: /start, /help, /quiz, and the topic alone."""

import re
from collections.abc import Awaitable, Callable

from telegram import Message, Update

from delivery import choice, messages, toasts
from delivery.buttons import AnotherTopic
from delivery.choice import Offer
from delivery.screen import Screen
from generation.moderation import refused_topic
from handlers.begin import Cause, begin_deck, begin_writing
from handlers.choice import offer, topics_screen
from handlers.context import Context, Person, Press, Services, person_of, presser_of, say, toast
from quiz.attempt import Attempt
from quiz.identity import derived_id
from quiz.languages import asked_language
from quiz.links import deck_of, deck_parameter, names_a_deck, start_link
from quiz.topics import InvalidTopic, clean_topic

SUGGESTED = 4
"""Decks at most, for a topic that there is none on."""
TYPED_ANSWER = re.compile(r"(?:[a-zа-яё]|[0-9]{1,2})(?:[).]?|\).*)", re.IGNORECASE | re.DOTALL)
"""A letter or a number as options have, and behind a parenthesis the option's text; a dot may stand before a topic
(A. Pushkin), and in other scripts a letter or two may be one."""
Handler = Callable[[Update, Context], Awaitable[None]]
STOP_WORDS = {"stop", "cancel", "quit", "exit", "end", "стоп", "хватит", "отмена", "выход", "конец"}


async def start(update: Update, context: Context) -> None:
    """/start: at once the deck that a deep link names, else the quiz that is open, else a welcome."""
    message, person = await heard(update, context.services)
    if message is None or person is None:
        return
    parameter = context.args[0] if context.args else ""
    name = deck_of(parameter)
    deck = context.services.library.deck(name) if name else None
    if deck is None and names_a_deck(parameter):
        await _say_or_invite(context, person, lambda offered: choice.dead_link(offered, person.language), message)
    elif deck is None:
        attempt = await _open_attempt(context.services, person) if person.private else None
        if attempt is not None:
            await say(context.services, person.chat_id, messages.still_open(attempt, person.language))
            return
        await _say_or_invite(context, person, lambda offered: choice.welcome(offered, person.language), message)
    elif person.private:
        await begin_deck(context.services, person, deck, deck.language_for(person.language), cause_of(message))
    else:
        await invite(context, person, deck_parameter(deck.name))


async def help_(update: Update, context: Context) -> None:
    """/help: what the bot can do."""
    _message, person = await heard(update, context.services)
    if person is not None:
        await say(context.services, person.chat_id, messages.help_text(person.language), person.thread)


async def quiz(update: Update, context: Context) -> None:
    """/quiz TOPIC begins a quiz; /quiz alone asks on what."""
    message, person = await heard(update, context.services)
    if message is None or person is None:
        return
    _command, *topic = (message.text or "").split(None, 1)
    if topic:
        await _begin_topic(context, person, topic[0], message)
    else:
        await _say_or_invite(context, person, lambda offered: choice.ask_topic(offered, person.language), message)


async def topic_text(update: Update, context: Context) -> None:
    """A text that is no command is a topic: in private, or in a group as a reply to the bot."""
    message, person = await heard(update, context.services)
    if message is None or person is None or message.text is None:
        return
    replied_to = message.reply_to_message.from_user if message.reply_to_message else None
    if not person.private and (replied_to is None or replied_to.id != context.bot.id):
        return  # people talking to each other in a group
    if person.private and await meant_for_a_button(context.services, person, message.text):
        return
    await _begin_topic(context, person, message.text, message)


async def meant_for_a_button(services: Services, person: Person, text: str) -> bool:
    """Whether somebody typed what the buttons of the open question are for; they are told so."""
    typed = text.strip()
    if not TYPED_ANSWER.fullmatch(typed) and typed.casefold() not in STOP_WORDS:
        return False
    attempt = await _open_attempt(services, person)
    if attempt is None:
        return False
    await say(services, person.chat_id, messages.press_a_button(attempt, person.language))
    return True


async def _open_attempt(services: Services, person: Person) -> Attempt | None:
    active = await services.attempts.active(person.user_id, person.chat_id)
    return await services.attempts.load(person.user_id, active) if active else None


async def unknown_command(update: Update, context: Context) -> None:
    """A command that there is none of: what there is."""
    _message, person = await heard(update, context.services)
    if person is not None and person.private:
        await say(context.services, person.chat_id, messages.help_text(person.language))


async def not_text(update: Update, context: Context) -> None:
    """A photo, a file, a sticker: not read yet, and said so."""
    _message, person = await heard(update, context.services)
    if person is not None and person.private:
        await say(context.services, person.chat_id, messages.only_text(person.language))


async def another_topic(press: Press, button: AnotherTopic, services: Services) -> None:
    """The button that asks for a topic."""
    del button
    person = await presser_of(services, press)
    await toast(services, press, toasts.which_topic(person.language))
    await say(services, press.chat_id, choice.ask_topic(offer(services, person.language, press.id), person.language))


def cause_of(message: Message) -> Cause:
    """The update of a message, named for the message: the same when it is delivered again."""
    return Cause(derived_id("message", message.chat_id, message.message_id), message.message_id)


async def _begin_topic(context: Context, person: Person, text: str, message: Message) -> None:
    services = context.services
    try:
        topic = clean_topic(text)
    except InvalidTopic:
        await say(services, person.chat_id, messages.invalid_topic(person.language))
        return
    found = services.library.find(topic, person.language)
    if not person.private:
        await invite(context, person, deck_parameter(found.deck.name) if found else "")
    elif found is not None and (deck := services.library.deck(found.deck.name)):
        await begin_deck(services, person, deck, found.language, cause_of(message))
    elif not services.can_write:
        await say(services, person.chat_id, _without_a_deck(services, person, topic, message))
    elif refused_topic(topic):
        await say(services, person.chat_id, messages.refused_topic(person.language))
    else:
        subject, language = asked_language(topic, person.reads)
        await begin_writing(services, person, subject, language, cause_of(message))


def _without_a_deck(services: Services, person: Person, topic: str, message: Message) -> Screen:
    """What is said where nobody can write: the topics of a subject that was named, else what comes nearest."""
    subject = choice.subject_called(topic)
    if subject is not None and services.library.on(subject):
        return topics_screen(services, subject, 0, person.language)
    offered = offer(services, person.language, cause_of(message).id)
    return choice.no_deck(topic, services.library.nearest(topic, SUGGESTED), offered, person.language)


async def heard(update: Update, services: Services) -> tuple[Message | None, Person | None]:
    message = update.message
    return message, await person_of(services, message) if message is not None else None


async def _say_or_invite(context: Context, person: Person, screen: Callable[[Offer], Screen], message: Message) -> None:
    if person.private:
        offered = offer(context.services, person.language, cause_of(message).id)
        await say(context.services, person.chat_id, screen(offered))
    else:
        await invite(context, person, "")


async def invite(context: Context, person: Person, parameter: str = "") -> None:
    """Ask someone in a group over to the private chat, where the deck of the parameter begins."""
    link = start_link(context.bot.username, parameter)
    await say(context.services, person.chat_id, messages.play_in_private(link, person.language), person.thread)
