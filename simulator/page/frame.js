// The window: chats, the open chat and the panel beside each other, or one at a time where there is room for one only.

import { el } from "./dom.js";
import { t } from "./words.js";

const KEPT = "simulator-place";

export class Frame {
  #store;

  constructor(store, parts) {
    this.#store = store;
    this.parts = parts;
    const { chats, head, topics, conversation, composer, panel, toasts } = parts;
    this.banner = el("p", { class: "banner", role: "alert", hidden: true });
    this.empty = el("div", { class: "empty" });
    this.main = el("main", { class: "chat" }, head.element, topics.element, this.banner, toasts.element, conversation.element, this.empty, composer.element);
    this.shade = el("div", { class: "shade", onclick: () => this.closePanel() });
    this.element = document.getElementById("frame");
    this.element.replaceChildren(chats.element, this.main, this.shade, panel.element);
    addEventListener("popstate", (event) => this.#look(event.state?.look ?? "chats"));
    addEventListener("focus", () => this.#title());
    store.listen("people", () => this.#settle());
    for (const what of ["chat", "open", "me"]) store.listen(what, () => this.#title());
  }

  /** Go on where this tab was. */
  begin() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    if (this.#store.users.has(kept.me)) this.#store.me = kept.me;
    this.#settle(kept.open);
    this.#look(history.state?.look ?? (kept.open && isNarrow() ? "chat" : "chats"));
    if (kept.panel && !isNarrow()) this.openPanel();
  }

  /** There is always somebody and some chat to begin with, as soon as there are any. */
  #settle(wanted) {
    const store = this.#store;
    if (!store.users.has(store.me)) store.me = store.users.keys().next().value ?? null;
    const mine = store.me === null ? [] : store.mine();
    const open = mine.includes(store.open) ? store.open : (store.chats.get(wanted) ?? mine[0] ?? null);
    if (open !== store.open) store.show(open);
    store.tell("me");
    this.#drawEmpty();
    this.parts.conversation.open();
  }

  #drawEmpty() {
    const { users, bots, open } = this.#store;
    this.empty.hidden = open !== null;
    this.parts.conversation.element.hidden = open === null;
    const words = bots.size === 0 ? "no_bot" : users.size === 0 ? "no_people" : "no_chat";
    this.empty.replaceChildren(el("p", { class: "pill" }, t(words)));
  }

  /** Show this chat, as who can see it. */
  open(chat) {
    if (chat !== this.#store.open) {
      this.#store.show(chat);
      this.#drawEmpty();
      this.parts.conversation.open();
    }
    if (isNarrow() && this.element.dataset.look !== "chat") history.pushState({ look: "chat" }, "");
    this.#look("chat");
    this.#keep();
    if (matchMedia("(pointer: fine)").matches) this.parts.composer.focus();
    else this.parts.head.title.focus();
  }

  /** Be this person; the chat stays open where they are in it. */
  become(user) {
    const { open } = this.#store;
    this.#store.become(user);
    const stays = open?.hasMember(user);
    const same = open && !open.isGroup ? this.#store.chatOf(user, open.bot) : null;
    this.#store.show(stays ? open : (same ?? this.#store.mine()[0] ?? null));
    this.#drawEmpty();
    this.parts.conversation.open();
    this.#keep();
  }

  toChats() {
    if (history.state?.look === "chat") history.back();
    else this.#look("chats");
  }

  #look(look) {
    this.element.dataset.look = look;
    this.#title();
  }

  togglePanel() {
    if (this.parts.panel.element.hidden) this.openPanel();
    else this.closePanel();
  }

  openPanel() {
    this.parts.panel.element.hidden = false;
    this.element.classList.add("has-panel");
    this.parts.head.panel.setAttribute("aria-expanded", "true");
    this.parts.panel.refresh();
    this.parts.panel.element.querySelector("h2").focus();
    this.#keep();
  }

  closePanel() {
    const held = this.parts.panel.element.contains(document.activeElement);
    this.parts.panel.element.hidden = true;
    this.element.classList.remove("has-panel");
    this.parts.head.panel.setAttribute("aria-expanded", "false");
    if (held) this.parts.head.panel.focus();
    this.#keep();
  }

  /** Say whether the simulator can be reached. */
  connection(state) {
    this.banner.hidden = state === "here";
    const words = state === "here" ? "" : t("away");
    if (this.banner.textContent !== words) this.banner.textContent = words;
  }

  #title() {
    const { open, me } = this.#store;
    const unread = me === null ? 0 : this.#store.mine().reduce((sum, chat) => sum + this.#store.unread(chat), 0);
    const name = open === null ? t("title") : `${this.parts.head.title.textContent} · ${t("title")}`;
    document.title = unread ? `(${unread}) ${name}` : name;
  }

  #keep() {
    const { me, open } = this.#store;
    const panel = !this.parts.panel.element.hidden;
    sessionStorage.setItem(KEPT, JSON.stringify({ me, open: open?.key, panel }));
  }
}

function isNarrow() {
  return matchMedia("(max-width: 760px)").matches;
}
