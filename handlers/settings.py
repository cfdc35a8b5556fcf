"""How many questions, how hard, in which language: one screen whose buttons name the values."""

from dataclasses import replace

from telegram import Update

from delivery import messages, toasts
from delivery.buttons import OpenSettings, SetCount, SetLanguage, SetLevel
from delivery.screen import Screen
from delivery.words import LANGUAGES, choose_language
from handlers.context import Context, Person, Press, Services, person_of, presser_of, say, show, toast
from handlers.topic import invite
from storage.people import Settings


async def settings_command(update: Update, context: Context) -> None:
    """/settings: the screen."""
    person = await person_of(context.services, update.message) if update.message else None
    if person is not None and not person.private:
        await invite(context, person)
    elif person is not None:
        await say(context.services, person.chat_id, _screen(person.settings, person.language))


async def open_settings(press: Press, button: OpenSettings, services: Services) -> None:
    """The button that shows the screen, below what was there."""
    del button
    person = await presser_of(services, press)
    await toast(services, press, toasts.settings(person.language))
    await say(services, press.chat_id, _screen(person.settings, person.language))


async def set_count(press: Press, button: SetCount, services: Services) -> None:
    """So many questions from now on."""
    person = await presser_of(services, press)
    await _save(press, services, person, replace(person.settings, count=button.count))


async def set_level(press: Press, button: SetLevel, services: Services) -> None:
    """This level from now on."""
    person = await presser_of(services, press)
    await _save(press, services, person, replace(person.settings, level=button.level))


async def set_language(press: Press, button: SetLanguage, services: Services) -> None:
    """This language from now on; a quiz that is open keeps its own."""
    person = await presser_of(services, press)
    if button.language is not None and button.language not in LANGUAGES:
        await toast(services, press, toasts.out_of_date(person.language))
        return
    await _save(press, services, person, replace(person.settings, language=button.language))


async def _save(press: Press, services: Services, person: Person, settings: Settings) -> None:
    language = choose_language(settings.language, press.telegram_language)
    if settings != person.settings:
        await services.people.save_settings(press.user_id, settings)
    await toast(services, press, toasts.saved(language))
    await show(services, press, _screen(settings, language))


def _screen(settings: Settings, language: str) -> Screen:
    return messages.settings_screen(settings.count, settings.level, settings.language, language)
