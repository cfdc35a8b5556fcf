// The side with people and chats: who the reader is, and where they may write.

import { avatar, nameOf } from "./avatar.js";
import { arrange, el } from "./dom.js";
import { icon } from "./icons.js";
import { excerpt } from "./message.js";
import { rove } from "./roving.js";
import { shortTime, t } from "./words.js";

export class Chats {
  #store;
  #on;
  #rows = new Map();

  /** `on`: `open(chat)`, `become(user)`, `addPerson()`, `addGroup()`, `settings(at)`. */
  constructor(store, on) {
    this.#store = store;
    this.#on = on;
    this.people = el("div", { class: "people", role: "radiogroup", "aria-label": t("you_are") });
    this.list = el("ul", { class: "chat-list", "aria-label": t("chats") });
    this.element = el("nav", { class: "side", "aria-label": t("chats") },
      el("header", { class: "side-head" },
        el("h1", {}, t("title")),
        this.#round("sliders", "settings", (event) => on.settings(event.currentTarget))),
      el("div", { class: "people-head" }, el("h2", {}, t("you_are")), this.#round("plus", "add_person", () => on.addPerson())),
      this.people,
      el("div", { class: "people-head" }, el("h2", {}, t("chats")), this.#round("group", "add_group", () => on.addGroup())),
      this.list,
      el("p", { class: "side-foot" }, t("nothing_leaves")));
    this.peopleRoving = rove(this.people, "[role=radio]", { current: () => this.people.querySelector("[aria-checked=true]") });
    this.listRoving = rove(this.list, ".chat-row", { keys: "vertical", current: () => this.list.querySelector("[aria-current]") });
    for (const what of ["people", "me", "open", "chat", "typing"]) store.listen(what, () => this.draw());
  }

  #round(drawing, words, onclick) {
    return el("button", { type: "button", class: "round", "aria-label": t(words), title: t(words), onclick }, icon(drawing));
  }

  draw() {
    this.#drawPeople();
    this.#drawChats();
  }

  #drawPeople() {
    const { users, me } = this.#store;
    const wanted = [...users.values()].map((user) => this.#row(`user ${user.id}`, () => this.#person(user)));
    for (const [place, user] of [...users.values()].entries()) {
      const unread = user.id === me ? 0 : this.#unreadOf(user);
      wanted[place].setAttribute("aria-checked", String(user.id === me));
      wanted[place].querySelector(".badge").textContent = unread || "";
      wanted[place].setAttribute("aria-label", unread ? `${nameOf(user)}, ${t("unread", { n: unread })}` : nameOf(user));
    }
    arrange(this.people, wanted);
    this.people.hidden = wanted.length === 0;
    this.peopleRoving.refresh();
  }

  #unreadOf(user) {
    const theirs = [...this.#store.chats.values()].filter((chat) => chat.hasMember(user.id));
    return theirs.reduce((sum, chat) => sum + this.#store.unread(chat, user.id), 0);
  }

  #person(user) {
    return el("button", { type: "button", class: "person", role: "radio", onclick: () => this.#on.become(user.id) },
      avatar(user), el("span", { class: "person-name", dir: "auto" }, nameOf(user)), el("span", { class: "badge", "aria-hidden": "true" }));
  }

  #drawChats() {
    const chats = this.#store.me === null ? [] : this.#store.mine();
    arrange(this.list, chats.map((chat) => this.#row(`chat ${chat.key}`, () => el("li", {}, this.#chatRow(chat)))));
    for (const chat of chats) this.#fillChat(this.#rows.get(`chat ${chat.key}`).firstChild, chat);
    this.listRoving.refresh();
  }

  #row(name, make) {
    if (!this.#rows.has(name)) this.#rows.set(name, make());
    return this.#rows.get(name);
  }

  #chatRow(chat) {
    return el("button", { type: "button", class: "chat-row", onclick: () => this.#on.open(chat) },
      avatar(titled(chat, this.#store)),
      el("span", { class: "chat-title", dir: "auto" }, titleOf(chat, this.#store)),
      el("span", { class: "chat-time" }),
      el("span", { class: "chat-last", dir: "auto" }),
      el("span", { class: "badge" }));
  }

  #fillChat(row, chat) {
    const last = chat.shown().at(-1);
    const unread = this.#store.unread(chat);
    const isOpen = chat === this.#store.open;
    if (isOpen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    row.querySelector(".chat-time").textContent = last ? shortTime(last.date, this.#store.now()) : "";
    row.querySelector(".chat-last").replaceChildren(...this.#preview(chat, last));
    const badge = row.querySelector(".badge");
    badge.textContent = unread || "";
    badge.setAttribute("aria-label", unread ? t("unread", { n: unread }) : "");
  }

  #preview(chat, last) {
    if (isTyping(chat, this.#store)) return [el("span", { class: "typing-words" }, t("typing"))];
    if (!last) return [t("no_messages")];
    const own = last.from.id === this.#store.me;
    const who = own ? t("you") : chat.isGroup ? nameOf(this.#store.user(last.from.id) ?? last.from) : "";
    return [who && el("span", { class: "chat-who" }, `${who}: `), excerpt(last)].filter(Boolean);
  }
}

/** Whose sign and name a chat bears: the group's own, or the bot's. */
export function titled(chat, store) {
  return chat.isGroup ? { id: chat.id, title: chat.title } : (store.bots.get(chat.bot) ?? { id: chat.bot, first_name: "Bot" });
}

/** What a chat is called. */
export function titleOf(chat, store) {
  const one = titled(chat, store);
  return one.title ?? nameOf(one);
}

/** Whether somebody is busy in the chat at this moment. */
export function isTyping(chat, store) {
  return chat.typing !== null && chat.typing.until > store.now();
}
