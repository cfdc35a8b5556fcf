"""Which handler does what: a line for each command, message and button."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from delivery import buttons, toasts
from handlers import answer, begin, choice, forget, notes, report, settings, stop, topic
from handlers.context import Context, Press, QuizApplication, Services, press_of, presser_of, toast

COMMANDS = {
    "start": topic.start,
    "help": topic.help_,
    "quiz": topic.quiz,
    "notes": notes.notes_command,
    "stop": stop.stop_command,
    "report": report.report_command,
    "settings": settings.settings_command,
    "forget": forget.forget_command,
}

BUTTONS: dict[type[buttons.Button], Callable[[Press, Any, Services], Awaitable[None]]] = {
    buttons.Choose: answer.choose,
    buttons.Switch: answer.switch,
    buttons.Submit: answer.submit,
    buttons.Skip: answer.skip,
    buttons.Report: report.report,
    buttons.Stop: stop.stop_button,
    buttons.Resume: stop.resume,
    buttons.Again: begin.again,
    buttons.PlayDeck: begin.play_deck,
    buttons.Replace: begin.replace,
    buttons.AnotherTopic: topic.another_topic,
    buttons.AllTopics: choice.all_topics,
    buttons.TopicsOf: choice.topics_of,
    buttons.BeginNotes: notes.begin,
    buttons.OnlyNotes: notes.only,
    buttons.DropNotes: notes.drop,
    buttons.MoreFromNotes: begin.more_from_notes,
    buttons.Forget: forget.forget,
    buttons.KeepAll: forget.keep,
    buttons.OpenSettings: settings.open_settings,
    buttons.SetCount: settings.set_count,
    buttons.SetLevel: settings.set_level,
    buttons.SetLanguage: settings.set_language,
}


def register(application: QuizApplication) -> None:
    """Give the application its handlers; the first that fits an update does all of it."""
    application.add_handler(CallbackQueryHandler(pressed))  # before those who would look for a message's text first
    for command, handler in COMMANDS.items():
        application.add_handler(CommandHandler(command, handler, filters=filters.UpdateType.MESSAGE))
    mended = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE
    application.add_handler(MessageHandler(mended, notes.edited))
    spoken = filters.UpdateType.MESSAGE & (filters.ChatType.PRIVATE | filters.REPLY)
    application.add_handler(MessageHandler(spoken & filters.COMMAND, topic.unknown_command))
    application.add_handler(MessageHandler(spoken & filters.TEXT, notes.text))
    application.add_handler(MessageHandler(spoken & filters.Document.ALL, notes.document))
    application.add_handler(MessageHandler(spoken & filters.PHOTO, notes.photo))
    application.add_handler(MessageHandler(spoken & ~filters.StatusUpdate.ALL, topic.not_text))


async def pressed(update: Update, context: Context) -> None:
    """Hand a press to the handler of its button; what no button of ours carries gets a polite word."""
    query = update.callback_query
    press = press_of(query) if query else None
    if query is None or press is None:
        return
    if not press.private:
        person = await presser_of(context.services, press)
        await toast(context.services, press, toasts.in_private(person.language))
        return
    try:
        button = buttons.button_of(query.data or "")
    except buttons.ForgedButton:
        person = await presser_of(context.services, press)
        await toast(context.services, press, toasts.out_of_date(person.language))
        return
    await BUTTONS[type(button)](press, button, context.services)
