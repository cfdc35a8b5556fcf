// What stands in a chat before its first message: who one meets there.

import { avatar, nameOf } from "./avatar.js";
import { el } from "./dom.js";
import { titled, titleOf } from "./chats.js";
import { t } from "./words.js";

/** A card about the bot or the group of the chat. */
export function introduction(chat, store) {
  const one = titled(chat, store);
  const says = chat.isGroup
    ? t("group_begins", { names: [...chat.members, ...chat.bots].map((id) => store.user(id)).filter(Boolean).map(nameOf).join(", ") })
    : store.profiles.description(one, store.user(store.me)) || t("press_start");
  return el("div", { class: "intro" }, avatar(one, "large"), el("strong", { dir: "auto" }, titleOf(chat, store)), el("p", { dir: "auto" }, says));
}
