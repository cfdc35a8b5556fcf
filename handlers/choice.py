"""Choosing a topic from what there is: a subject, then one of its topics, all in one message."""

from random import Random

from delivery import choice, toasts
from delivery.buttons import AllTopics, TopicsOf
from delivery.choice import Offer
from delivery.screen import Screen
from handlers.context import Press, Services, presser_of, show, toast
from quiz.subjects import Subject


def offer(services: Services, language: str, cause: str) -> Offer:
    """What is offered because of an update: the same again when that is delivered again."""
    library = services.library
    spoken = [deck for deck in library.decks if language in deck.titles]
    dice = Random(cause)  # noqa: S311 - which quiz a button begins is no secret
    return Offer(library.subjects, dice.choice(spoken or library.decks))


def topics_screen(services: Services, subject: Subject, page: int, language: str) -> Screen:
    """The topics of a subject."""
    return choice.topics(subject, services.library.on(subject), page, language)


async def all_topics(press: Press, button: AllTopics, services: Services) -> None:
    """The message is to show the subjects."""
    del button
    person = await presser_of(services, press)
    await toast(services, press, toasts.which_topic(person.language))
    await show(services, press, choice.ask_topic(offer(services, person.language, press.id), person.language))


async def topics_of(press: Press, button: TopicsOf, services: Services) -> None:
    """The message is to show the topics of a subject; one that there are none of any more shows the subjects."""
    if not services.library.on(button.subject):
        await all_topics(press, AllTopics(), services)
        return
    person = await presser_of(services, press)
    await toast(services, press, toasts.which_topic(person.language))
    await show(services, press, topics_screen(services, button.subject, button.page, person.language))
