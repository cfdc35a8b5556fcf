// What passes: the answers of the bot to a press, and small words of the page itself.

import { el } from "./dom.js";
import { t } from "./words.js";
import { openDialog } from "./menus.js";

const SHOWN_FOR = 3500;
const LONGER_BY_LETTER = 40;

/** A place for toasts; `show(text)` puts one there for a while. */
export class Toasts {
  element = el("div", { class: "toasts", role: "status" });

  show(text, look = "") {
    const toast = el("div", { class: `toast ${look}`, dir: "auto" }, text);
    this.element.replaceChildren(toast);
    setTimeout(() => toast.remove(), SHOWN_FOR + LONGER_BY_LETTER * text.length);
  }

  /** An answer with show_alert: it stays until it is read. */
  alert(title, text) {
    openDialog(title, el("p", { class: "alert-text", dir: "auto" }, text), {
      role: "alertdialog",
      look: "is-small",
      buttons: (close) => el("button", { type: "button", class: "button is-primary", autofocus: true, onclick: close }, t("ok")),
    });
  }
}
