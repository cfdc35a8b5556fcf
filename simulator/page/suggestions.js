// The commands of the bot: all of them at the menu button, those that fit while one is being typed.

import { el } from "./dom.js";
import { t } from "./words.js";

export class Suggestions {
  #field;
  #commands;
  #send;
  #shown = [];
  #at = 0;

  /** `commands()` gives the list; `send(text)` sends one. */
  constructor(field, commands, send) {
    this.#field = field;
    this.#commands = commands;
    this.#send = send;
    this.element = el("div", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": t("commands"), hidden: true });
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "suggestions"], ["aria-expanded", "false"]]) {
      field.setAttribute(name, value);
    }
    field.addEventListener("blur", () => this.close());
    this.element.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Show all, or none. */
  toggle() {
    if (this.isOpen) {
      this.close();
      return;
    }
    this.#field.focus();
    this.#show(this.#commands());
  }

  /** Show those that fit what stands in the field. */
  follow() {
    const typed = /^\/([a-z0-9_]*)$/i.exec(this.#field.value);
    if (!typed) {
      this.close();
      return;
    }
    this.#show(this.#commands().filter((each) => each.command.startsWith(typed[1].toLowerCase())));
  }

  #show(commands) {
    this.#shown = commands;
    this.#at = 0;
    this.element.replaceChildren(...commands.map((each, place) =>
      el("div", { class: "suggestion", role: "option", id: `suggestion-${place}`, onclick: () => this.#take(place) },
        el("span", { class: "suggestion-name" }, `/${each.command}`),
        el("span", { class: "suggestion-words", dir: "auto" }, each.description))));
    this.element.hidden = commands.length === 0;
    this.#mark();
  }

  close() {
    this.element.hidden = true;
    this.#mark();
  }

  #mark() {
    this.#field.setAttribute("aria-expanded", String(this.isOpen));
    for (const [place, one] of [...this.element.children].entries()) one.setAttribute("aria-selected", String(place === this.#at));
    if (!this.isOpen) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `suggestion-${this.#at}`);
    this.element.children[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  #take(place) {
    const { command, sent = command } = this.#shown[place];
    this.close();
    this.#send(`/${sent}`);
  }

  /** Deal with a key pressed in the field; whether it was ours. */
  key(event) {
    if (!this.isOpen) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      this.#at = (this.#at + steps[event.key] + this.#shown.length) % this.#shown.length;
      this.#mark();
    } else if (event.key === "Enter") this.#take(this.#at);
    else if (event.key === "Tab") {
      this.#field.value = `/${this.#shown[this.#at].command} `;
      this.#field.dispatchEvent(new Event("input"));
    } else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
