// The bar above the messages: where one is, who is there, and what the bot is doing.

import { avatar, nameOf } from "./avatar.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { isTyping, titled, titleOf } from "./chats.js";
import { t } from "./words.js";

export class Head {
  #store;

  /** `on`: `back()`, `panel()`. */
  constructor(store, on) {
    this.#store = store;
    this.sign = el("span", { class: "head-sign" });
    this.title = el("h2", { class: "head-title", dir: "auto", tabindex: "-1" });
    this.status = el("p", { class: "head-status" });
    this.alarm = el("span", { class: "badge is-alarm" });
    this.panel = el("button", {
      type: "button", class: "round panel-toggle", "aria-label": t("panel"), title: t("panel"), "aria-expanded": "false", onclick: () => on.panel(),
    }, icon("lab"), this.alarm);
    this.element = el("header", { class: "head" },
      el("button", { type: "button", class: "round back", "aria-label": t("back"), onclick: () => on.back() }, icon("back")),
      this.sign, el("div", { class: "head-words" }, this.title, this.status), this.panel);
    for (const what of ["open", "people", "typing", "chat", "me"]) store.listen(what, () => this.draw());
    store.listen("violation", () => this.#drawAlarm());
  }

  draw() {
    const { open } = this.#store;
    this.sign.replaceChildren(...(open ? [avatar(titled(open, this.#store))] : []));
    this.title.textContent = open ? titleOf(open, this.#store) : t("title");
    this.#drawStatus();
    this.#drawAlarm();
  }

  #drawStatus() {
    const { open } = this.#store;
    const typing = open !== null && isTyping(open, this.#store);
    this.status.classList.toggle("is-typing", typing);
    const words = open === null ? "" : typing ? this.#typing(open) : this.#who(open);
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  #typing(chat) {
    const { action } = chat.typing;
    if (action === "typing") return t("typing");
    return t(action.startsWith("upload") ? "sending_file" : "busy");
  }

  #who(chat) {
    if (!chat.isGroup) return t("bot");
    const everyone = [...chat.members, ...chat.bots].map((id) => this.#store.user(id)).filter(Boolean);
    return `${t("members", { n: everyone.length })}: ${everyone.map(nameOf).join(", ")}`;
  }

  #drawAlarm() {
    const { length } = this.#store.violations;
    this.alarm.textContent = length || "";
    this.panel.setAttribute("aria-label", length ? `${t("panel")}, ${t("rules_broken", { n: length })}` : t("panel"));
  }
}
