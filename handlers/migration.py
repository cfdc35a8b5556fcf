"""A group that becomes a supergroup: the same group under another id, in the middle of a round too."""

from telegram import Update

from handlers.context import Context


async def migrated(update: Update, context: Context) -> None:
    """Telegram says which chat the group is now, or which it was."""
    message = update.message
    if message is None:
        return
    old, new = message.chat_id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat_id
    if new is None:
        return
    services = context.services
    group = await services.groups.migrate(old, new)
    if group is not None and group.round is not None:
        await services.rounds.move(group.round, new)
