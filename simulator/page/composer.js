// Where a person writes: the text, what it replies to, commands, files, and the bot's own keyboard.

import { avatar, nameOf } from "./avatar.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { replyKeyboard } from "./markup.js";
import { excerpt } from "./message.js";
import { Suggestions } from "./suggestions.js";
import { t } from "./words.js";

const TALLEST = 180;

export class Composer {
  #store;
  #on;
  #texts = new Map();
  /** The message that the next text is about, and whether that replies to it or takes its place. */
  #about = null;
  #keysHidden = new Set();

  /** `on`: `send(text, replyTo)`, `edit(message, text)`, `attach(files)`, `commands()` (a list), `newest()`, `writeAs(at)`. */
  constructor(store, on) {
    this.#store = store;
    this.#on = on;
    this.text = el("textarea", {
      class: "composer-text", rows: "1", dir: "auto", autocomplete: "off", enterkeyhint: "send", "aria-label": t("message"),
      oninput: () => this.#changed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event),
    });
    this.suggestions = new Suggestions(this.text, () => on.commands(), (command) => this.send(command));
    this.sendButton = this.#round("send", "send", () => this.send(this.text.value), "send");
    this.picker = el("input", { type: "file", multiple: true, hidden: true, onchange: () => this.#picked() });
    this.menu = el("button", {
      type: "button", class: "commands-button", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": t("commands"),
      onclick: () => this.suggestions.toggle(),
    }, icon("menu"), el("span", {}, t("menu")));
    this.who = el("button", { type: "button", class: "round who", onclick: (event) => on.writeAs(event.currentTarget) });
    this.keysToggle = this.#round("keys", "reply_keyboard", () => this.#toggleKeys(), "keys-toggle");
    this.reply = el("div", { class: "reply-bar", hidden: true });
    this.keys = el("div", { class: "keys" });
    this.start = el("button", { type: "button", class: "start-button", onclick: () => this.send("/start") }, t("start"));
    this.row = el("form", { class: "composer-row", onsubmit: (event) => event.preventDefault() },
      this.menu, this.who,
      this.#round("clip", "attach", () => this.picker.click()), this.picker,
      this.text, this.keysToggle, this.sendButton);
    this.element = el("footer", { class: "composer" }, this.suggestions.element, this.reply, this.row, this.start, this.keys);
    for (const what of ["open", "me", "people"]) store.listen(what, () => this.open());
    store.listen("message", ({ chat }) => chat === store.open && this.#draw());
    store.listen("profile", () => this.#draw());
  }

  #round(drawing, words, onclick, look) {
    return el("button", { type: "button", class: `round ${look ?? ""}`, "aria-label": t(words), title: t(words), onclick }, icon(drawing));
  }

  /** Another chat or another person: what they had begun to write is there again. */
  open() {
    this.#about = null;
    this.text.value = this.#texts.get(this.#place()) ?? "";
    this.#draw();
    this.#grow();
  }

  focus() {
    if (this.row.hidden) this.start.focus();
    else this.text.focus();
  }

  #place() {
    return `${this.#store.me} ${this.#store.open?.key}`;
  }

  #draw() {
    const chat = this.#store.open;
    this.element.hidden = chat === null;
    if (chat === null) return;
    const me = this.#store.user(this.#store.me);
    const isNew = !chat.isGroup && chat.shown().length === 0;
    this.row.hidden = isNew;
    this.start.hidden = !isNew;
    this.menu.hidden = this.#on.commands().length === 0;
    this.who.hidden = !chat.isGroup;
    if (chat.isGroup && me) {
      this.who.replaceChildren(avatar(me, "small"));
      this.who.setAttribute("aria-label", t("write_as", { name: nameOf(me) }));
      this.who.title = t("write_as", { name: nameOf(me) });
    }
    this.#drawReply();
    this.#drawKeys();
    this.sendButton.classList.toggle("is-ready", this.text.value.trim() !== "");
  }

  // The keyboard that the bot's last word on it asks for.

  #keyboard() {
    const chat = this.#store.open;
    const me = this.#store.me;
    for (const message of chat.shown().reverse()) {
      const markup = message.reply_markup;
      if (!markup || "inline_keyboard" in markup) continue;
      const replied = chat.messages.get(message.reply_to);
      const forMe = !markup.selective || !chat.isGroup || replied?.from.id === me;
      if (!forMe) continue;
      return { message, markup };
    }
    return null;
  }

  #drawKeys() {
    const found = this.#keyboard();
    const markup = found?.markup.keyboard ? found.markup : null;
    const isHidden = markup === null || this.#keysHidden.has(this.#hides(found));
    this.keysToggle.hidden = markup === null;
    this.keysToggle.setAttribute("aria-expanded", String(!isHidden));
    this.keys.replaceChildren(...(isHidden ? [] : [replyKeyboard(markup, (text) => this.#pressed(found, text))]));
    this.text.placeholder = found?.markup.input_field_placeholder ?? t("write");
    if (found?.markup.force_reply && this.#about === null && !this.#keysHidden.has(this.#hides(found))) {
      this.#keysHidden.add(this.#hides(found));
      this.replyTo(found.message);
    }
  }

  #hides({ message }) {
    return `${this.#place()} ${message.message_id}`;
  }

  #pressed(found, text) {
    if (found.markup.one_time_keyboard) this.#keysHidden.add(this.#hides(found));
    this.#on.send(text, this.#store.open.isGroup ? found.message.message_id : null);
    this.#draw();
    this.text.focus();
  }

  #toggleKeys() {
    const name = this.#hides(this.#keyboard());
    if (!this.#keysHidden.delete(name)) this.#keysHidden.add(name);
    this.#draw();
  }

  // What it is about.

  replyTo(message) {
    this.#about = { message, isEdit: false };
    this.#drawReply();
    this.text.focus();
  }

  /** Let the person change what they have said. */
  edit(message) {
    this.#about = { message, isEdit: true };
    this.text.value = message.text;
    this.#changed();
    this.#drawReply();
    this.text.focus();
  }

  #drawReply() {
    this.reply.hidden = this.#about === null;
    if (this.#about === null) return;
    const { message, isEdit } = this.#about;
    this.reply.replaceChildren(
      icon(isEdit ? "pencil" : "reply"),
      el("div", { class: "reply-words" },
        el("span", { class: "reply-name" }, isEdit ? t("edit") : nameOf(this.#store.user(message.from.id) ?? message.from)),
        el("span", { class: "reply-text", dir: "auto" }, excerpt(message))),
      this.#round("close", isEdit ? "no_edit" : "no_reply", () => this.#endReply()));
  }

  #endReply() {
    if (this.#about.isEdit) this.text.value = "";
    this.#about = null;
    this.#changed();
    this.#drawReply();
    this.text.focus();
  }

  // Writing.

  #changed() {
    this.#texts.set(this.#place(), this.text.value);
    this.sendButton.classList.toggle("is-ready", this.text.value.trim() !== "");
    this.suggestions.follow();
    this.#grow();
  }

  #grow() {
    this.text.style.blockSize = "auto";
    this.text.style.blockSize = `${Math.min(this.text.scrollHeight, TALLEST)}px`;
  }

  #key(event) {
    if (event.isComposing || this.suggestions.key(event)) return;
    const onPhone = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !onPhone) {
      event.preventDefault();
      this.send(this.text.value);
    }
    if (event.key === "ArrowUp" && this.text.value === "") {
      event.preventDefault();
      this.#on.newest();
    }
    if (event.key === "Escape" && this.#about !== null) this.#endReply();
  }

  /** Send a text; the field is empty then, and the focus in it. */
  async send(text) {
    if (text.trim() === "") {
      this.text.focus();
      return;
    }
    const about = this.#about;
    const written = this.text.value;
    this.text.value = "";
    this.#about = null;
    this.suggestions.close();
    this.#changed();
    this.#drawReply();
    if (!this.row.hidden) this.text.focus();
    // What was not taken stands there again, unless something new does.
    const order = about?.isEdit ? this.#on.edit(about.message, text) : this.#on.send(text, about?.message.message_id ?? null);
    if (!(await order) && this.text.value === "") {
      this.text.value = written;
      this.#changed();
    }
  }

  // Files.

  #picked() {
    const files = [...this.picker.files];
    this.picker.value = "";
    if (files.length) this.#on.attach(files);
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.#on.attach(files);
  }
}
