// What a message said before it was edited.

import { el } from "./dom.js";
import { openDialog } from "./menus.js";
import { textNodes } from "./entities.js";
import { fullTime, t } from "./words.js";

const NOTHING = { command: () => {}, mention: () => {}, link: () => false };

/** Show all its versions, the newest first. */
export function showHistory(message) {
  const versions = [...message.history].reverse();
  openDialog(t("history"), el("ol", { class: "versions" },
    version(t("now"), message),
    versions.map((past) => version(t("until", { time: fullTime(past.until) }), past))));
}

function version(when, { text, entities, reply_markup: markup }) {
  const keys = (markup?.inline_keyboard ?? []).flat();
  return el("li", { class: "version" },
    el("p", { class: "hint" }, when),
    el("div", { class: "text", dir: "auto" }, textNodes(text, entities, NOTHING)),
    keys.length > 0 && el("ul", { class: "version-keys", "aria-label": t("buttons") }, keys.map((key) => el("li", { dir: "auto" }, key.text))));
}
