// Reactions: small signs under a message, and which of them the reader may give.

import { el } from "./dom.js";
import { t } from "./words.js";

/** What a person may choose from. */
export const CHOICE = ["👍", "❤", "🔥", "🎉", "😁", "😢"];

/** How many reacted with what; a press gives or takes back one's own. Null where nobody has. */
export function reactionsView(message, me, on) {
  const counted = new Map();
  for (const { user_id: user, reactions } of message.reactions ?? []) {
    for (const { emoji } of reactions) counted.set(emoji, [...(counted.get(emoji) ?? []), user]);
  }
  if (counted.size === 0) return null;
  return el("div", { class: "reactions" }, [...counted].map(([emoji, users]) => {
    const isMine = users.includes(me);
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(isMine), "aria-label": t("reaction", { emoji, n: users.length }),
      onclick: () => on.react(message, isMine ? null : emoji),
    }, emoji, el("span", { "aria-hidden": "true" }, String(users.length)));
  }));
}

/** The one that the person has given, or null. */
export function reactionOf(message, user) {
  return (message.reactions ?? []).find((one) => one.user_id === user)?.reactions[0]?.emoji ?? null;
}
