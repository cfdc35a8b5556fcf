"""Which handler does what: a line for each command, message and button."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, PollAnswerHandler, filters

from delivery import buttons, round_buttons, toasts
from handlers import answer, begin, choice, forget, lobby, migration, notes, play_round, report, settings, stop, topic
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
IN_GROUPS = {"start": lobby.start, "quiz": lobby.quiz, "stop": play_round.stop, "score": play_round.score}
"""Commands that are others in a group."""

Pressed = Callable[[Press, Any, Services], Awaitable[None]]
OF_ROUNDS: dict[type[buttons.Button], Pressed] = {
    round_buttons.RoundAnswer: play_round.answer,
    round_buttons.Ready: lobby.ready,
    round_buttons.Lead: play_round.lead,
    round_buttons.OpenLobby: lobby.open_lobby,
    round_buttons.SetRound: lobby.set_round,
}
"""Buttons that stand in groups, and nowhere else."""
BUTTONS: dict[type[buttons.Button], Pressed] = {
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
    **OF_ROUNDS,
}


def register(application: QuizApplication) -> None:
    """Give the application its handlers; the first that fits an update does all of it."""
    application.add_handler(CallbackQueryHandler(pressed))  # before those who would look for a message's text first
    application.add_handler(PollAnswerHandler(play_round.vote))
    in_a_group = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
    application.add_handler(MessageHandler(in_a_group & filters.StatusUpdate.MIGRATE, migration.migrated))
    for command, handler in IN_GROUPS.items():
        application.add_handler(CommandHandler(command, handler, filters=in_a_group))
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
    try:
        button = buttons.button_of(query.data or "")
    except buttons.ForgedButton:
        button = None
    if button is None or press.private == (type(button) in OF_ROUNDS):
        person = await presser_of(context.services, press)
        words = toasts.out_of_date if press.private else toasts.in_private
        await toast(context.services, press, words(person.language))
        return
    await BUTTONS[type(button)](press, button, context.services)
