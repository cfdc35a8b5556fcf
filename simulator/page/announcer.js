// New messages, said to who does not see them.

import { nameOf } from "./avatar.js";
import { el } from "./dom.js";
import { excerpt } from "./message.js";
import { t } from "./words.js";

const REMEMBERED = 5;

export class Announcer {
  /** `place` is a live region: what is added to it is read aloud. */
  constructor(store, place) {
    store.listen("message", ({ chat, message, kind }) => {
      const isSaid = kind === "message" || kind === "message_edited";
      if (!isSaid || chat !== store.open || message.from.id === store.me) return;
      const who = nameOf(store.user(message.from.id) ?? message.from);
      const before = kind === "message_edited" ? `${who}, ${t("edited")}` : who;
      place.append(el("p", {}, `${before}: ${message.text || excerpt(message)}`));
      while (place.childElementCount > REMEMBERED) place.firstElementChild.remove();
    });
  }
}
