"""/forget: everything that is kept of a person is deleted, once they have said so twice."""

from telegram import Update

from delivery import toasts
from delivery.buttons import Forget, KeepAll
from delivery.forget import deleted_screen, forget_screen, forgetting_screen, kept_screen
from handlers.context import Context, Press, Services, presser_of, say, show, toast
from handlers.topic import cause_of, heard, invite
from storage.forgetting import Request


async def forget_command(update: Update, context: Context) -> None:
    """/forget: what would go, and whether it shall."""
    message, person = await heard(update, context.services)
    if message is None or person is None:
        return
    if not person.private:
        await invite(context, person)
        return
    await say(context.services, person.chat_id, forget_screen(cause_of(message).id, person.language))


async def forget(press: Press, button: Forget, services: Services) -> None:
    """Yes: it is deleted by a task, which says so; whoever presses once more is told where it stands."""
    person = await presser_of(services, press)
    if await services.forgetting.is_granted(button.request):
        await toast(services, press, toasts.deleted(person.language))
        await show(services, press, deleted_screen(person.language))
        return
    await toast(services, press, toasts.deleting(person.language))
    await services.forgetting.ask(button.request, Request(press.user_id, press.chat_id, person.language))
    await services.soon.forget(button.request)
    await show(services, press, forgetting_screen(person.language))


async def keep(press: Press, button: KeepAll, services: Services) -> None:
    """No: nothing is deleted."""
    del button
    person = await presser_of(services, press)
    await toast(services, press, toasts.kept(person.language))
    await show(services, press, kept_screen(person.language))
