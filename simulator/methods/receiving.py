"""How a bot receives its updates: webhooks. getUpdates, which waits, is in `bot_api`."""

import re
from typing import Any

from simulator.chats import Bot, Webhook
from simulator.sending import Effect, Refused
from simulator.world import World

JsonObject = dict[str, Any]

WEBHOOK_CONNECTIONS, MOST_WEBHOOK_CONNECTIONS = 40, 100


def set_webhook(_world: World, bot: Bot, values: JsonObject) -> bool:
    """Have updates posted to an address from now on; an empty one is none. Plain HTTP is taken, unlike there."""
    url: str = values["url"]
    if url and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise Refused("bad webhook: invalid webhook URL specified")
    secret = values.get("secret_token", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise Refused("bad webhook: secret token contains unallowed characters")
    if values.get("drop_pending_updates"):
        bot.queue.drop_pending()
    if "allowed_updates" in values:
        bot.queue.allow(values["allowed_updates"])
    most = min(max(values.get("max_connections", WEBHOOK_CONNECTIONS), 1), MOST_WEBHOOK_CONNECTIONS)
    bot.webhook = Webhook(url, secret, most, has_certificate="certificate" in values) if url else None
    if bot.webhook is not None:
        bot.queue.end_polling()
    return True


def delete_webhook(_world: World, bot: Bot, values: JsonObject) -> bool:
    """No webhook any more; what is pending may be dropped."""
    bot.webhook = None
    if values.get("drop_pending_updates"):
        bot.queue.drop_pending()
    return True


def get_webhook_info(_world: World, bot: Bot, _values: JsonObject) -> JsonObject:
    """Where updates are posted, how many are pending, and what went wrong last."""
    pending = len(bot.queue.all_pending())
    info: JsonObject = {"url": "", "has_custom_certificate": False, "pending_update_count": pending}
    if bot.webhook is not None:
        info |= {
            "url": bot.webhook.url,
            "has_custom_certificate": bot.webhook.has_certificate,
            "max_connections": bot.webhook.max_connections,
        }
        if bot.webhook.last_error is not None:
            at, why = bot.webhook.last_error
            info |= {"last_error_date": int(at), "last_error_message": why}
    return info | ({"allowed_updates": bot.queue.allowed} if bot.queue.allowed else {})


EFFECTS: dict[str, Effect] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
