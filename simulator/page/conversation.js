// The messages of the open chat in their order, with days between them, kept at the end while the reader is there.

import { arrange, el, isStill } from "./dom.js";
import { icon } from "./icons.js";
import { introduction } from "./intro.js";
import { messageView } from "./message.js";
import { textNodes } from "./entities.js";
import { richView } from "./rich.js";
import { rove } from "./roving.js";
import { dayName, t } from "./words.js";

const CAN_BE_PRESSED = ".key:not([aria-disabled])";
const SHOWN_AT_MOST = 200;
const NEAR_THE_END = 80;
// Messages of one sender that come closer together than this, in seconds, are one group.
const GROUP_GAP = 300;

export class Conversation {
  #store;
  #on;
  #views = new Map();
  #limit = SHOWN_AT_MOST;
  #atEnd = true;
  #firstUnread = null;
  #hasPressed = false;

  constructor(store, on) {
    this.#store = store;
    this.#on = { ...on, jump: (id) => this.jump(id) };
    this.list = el("div", { class: "messages", role: "log", "aria-live": "off" });
    this.below = el("span", { class: "badge" });
    this.toEnd = el("button", {
      type: "button", class: "round to-end", hidden: true, "aria-label": t("to_end"), onclick: () => this.end(true),
    }, icon("down"), this.below);
    this.scroller = el("div", { class: "scroller" }, this.list);
    this.element = el("div", { class: "conversation" }, this.scroller, this.toEnd);
    this.roving = rove(this.list, ".message", { keys: "vertical", wrap: false, current: () => this.#newestView() });
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Pictures that load, a keyboard of the phone that opens: whoever was at the end stays there.
    const sizes = new ResizeObserver(() => this.#atEnd && this.end(false));
    sizes.observe(this.list);
    sizes.observe(this.scroller);
    document.addEventListener("visibilitychange", () => this.#see());
    store.listen("thread", () => this.open());
    for (const what of ["message", "typing", "waiting", "read"]) store.listen(what, (news) => this.#news(what, news));
  }

  get #chat() {
    return this.#store.open;
  }

  /** Show the open chat from its end, or from what the reader has not seen of it. */
  open() {
    this.#views.clear();
    this.list.replaceChildren();
    this.#limit = SHOWN_AT_MOST;
    this.list.setAttribute("aria-label", t("messages"));
    this.#firstUnread = null;
    if (this.#chat === null) return;
    const { me } = this.#store;
    this.#firstUnread = this.#chat.shown().find((one) => this.#chat.isUnread(one, me))?.message_id ?? null;
    this.lay();
    const divider = this.list.querySelector(".unread-line");
    if (divider) divider.scrollIntoView({ block: "center" });
    else this.end(false);
    this.#scrolled();
  }

  #news(what, { chat, message, messageId, kind }) {
    if (chat !== this.#chat || chat === null) return;
    if (what === "typing") {
      this.lay();
      return;
    }
    const id = message?.message_id ?? messageId;
    this.#renew(id);
    // Whoever pressed a button of the newest message wants to see what comes of it.
    if (what === "waiting" && id === this.#chat.shown().at(-1)?.message_id) this.#hasPressed = true;
    const own = kind === "message" && message.from.id === this.#store.me;
    if (own) this.#firstUnread = null;
    if (own || (kind === "message" && this.#hasPressed)) {
      this.#hasPressed = false;
      this.end(true);
    }
    this.#see();
  }

  /** Draw one message again; where the focus was on something that is gone, it moves to the message itself. */
  #renew(id) {
    const old = this.#views.get(id);
    const held = old?.contains(document.activeElement) ? document.activeElement : null;
    this.#views.delete(id);
    this.lay(old);
    if (held === null) return;
    const view = this.#views.get(id);
    (sameKey(held, old, view) ?? view ?? this.#newestView())?.focus({ preventScroll: true });
  }

  /** Put everything in its place. */
  lay(replaced = null) {
    const chat = this.#chat;
    if (chat === null) return;
    const { thread } = this.#store;
    const all = chat.shown().filter((one) => thread === null || one.thread === thread);
    const shown = all.slice(-this.#limit);
    const wanted = [];
    if (all.length > shown.length) wanted.push(this.#earlier());
    if (all.length === 0) wanted.push(introduction(chat, this.#store));
    let before = null;
    for (const message of shown) {
      const newDay = before === null || day(before) !== day(message);
      if (newDay) wanted.push(this.#once(`day ${day(message)}`, () => dayLine(message, this.#store.now())));
      if (message.message_id === this.#firstUnread) wanted.push(this.#once("unread", unreadLine));
      const view = this.#view(message, replaced);
      view.classList.toggle("is-first", newDay || !together(before, message));
      if (before) this.#views.get(before.message_id).classList.toggle("is-last", newDay || !together(before, message));
      wanted.push(view);
      before = message;
    }
    if (before) this.#views.get(before.message_id).classList.add("is-last");
    const draft = this.#draft();
    if (draft) wanted.push(draft);
    arrange(this.list, wanted);
    this.roving.refresh();
    if (this.#atEnd) this.end(false);
    this.#countBelow();
  }

  #view(message, replaced) {
    const id = message.message_id;
    if (!this.#views.has(id)) {
      const view = messageView(message, { store: this.#store, chat: this.#chat, on: this.#on });
      const isNew = replaced === null && this.list.childElementCount > 0 && message === this.#chat.shown().at(-1);
      view.classList.toggle("is-new", isNew);
      view.addEventListener("contextmenu", (event) => this.#menu(event, message, view));
      view.addEventListener("keydown", (event) => {
        if (event.target === view && event.key === "Enter") this.#menu(event, message, view);
      });
      this.#views.set(id, view);
    }
    return this.#views.get(id);
  }

  #menu(event, message, view) {
    if (getSelection()?.toString() || event.target.closest("a")) return;
    event.preventDefault();
    this.#on.menu(message, event.clientX ? event : view);
  }

  #kept = new Map();

  /** The same line between messages as before, so that nothing moves that need not. */
  #once(name, make) {
    if (!this.#kept.get(name)?.isConnected) this.#kept.set(name, make());
    return this.#kept.get(name);
  }

  #earlier() {
    return this.#once("earlier", () => el("button", { type: "button", class: "earlier", onclick: () => {
      const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
      this.#limit += SHOWN_AT_MOST;
      this.lay();
      this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
    } }, t("show_earlier")));
  }

  #draft() {
    const { draft } = this.#chat;
    if (draft === null || draft.until < this.#store.now()) return null;
    const view = this.#once("draft", () =>
      el("div", { class: "message is-theirs is-draft is-first is-last" }, el("div", { class: "stack" }, el("div", { class: "bubble" }))));
    const said = draft.rich ? richView(draft.rich, { ...this.#on, isWaiting: () => false }) : textNodes(draft.text, draft.entities, this.#on);
    view.querySelector(".bubble").replaceChildren(
      el("div", { class: "text", dir: "auto" }, said, el("span", { class: "caret", "aria-hidden": "true" })));
    return view;
  }

  #newestView() {
    return [...this.list.querySelectorAll(".message")].at(-1) ?? null;
  }

  /** Show the message with this id, and point at it. */
  jump(id) {
    const view = this.#views.get(id);
    if (!view) return;
    view.scrollIntoView({ block: "center", behavior: isStill() ? "auto" : "smooth" });
    view.classList.remove("is-pointed-at");
    requestAnimationFrame(() => view.classList.add("is-pointed-at"));
    view.focus({ preventScroll: true });
  }

  /** Go to the newest message. */
  end(smoothly) {
    this.#atEnd = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smoothly && !isStill() ? "smooth" : "instant" });
    this.#countBelow();
  }

  #scrolled() {
    const left = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
    this.#atEnd = left < NEAR_THE_END;
    this.toEnd.hidden = this.#atEnd;
    this.#see();
    this.#countBelow();
  }

  #countBelow() {
    const unread = this.#chat === null ? 0 : this.#store.unread(this.#chat);
    this.below.textContent = this.#atEnd || unread === 0 ? "" : String(unread);
  }

  #see() {
    if (this.#chat !== null && this.#atEnd && document.visibilityState === "visible") this.#store.seen(this.#chat);
  }

  /** The newest buttons, for who goes there by the keyboard. */
  focusNewest() {
    const boards = [...this.list.querySelectorAll(".inline-keyboard")];
    const newest = boards.reverse().find((board) => board.querySelector(CAN_BE_PRESSED));
    (newest?.querySelector(CAN_BE_PRESSED) ?? this.#newestView())?.focus();
  }
}

/** The button that stands where this one stood before its message was edited; an option that is switched on stays there. */
function sameKey(held, old, view) {
  const [before, after] = [old, view].map((one) => [...(one?.querySelectorAll(".key") ?? [])]);
  const same = before.length === after.length ? after[before.indexOf(held)] : undefined;
  return same?.matches(CAN_BE_PRESSED) ? same : null;
}

function day(message) {
  return new Date(message.date * 1000).toDateString();
}

function together(one, other) {
  return one !== null && !one.service && !other.service && one.from.id === other.from.id && other.date - one.date < GROUP_GAP;
}

function dayLine(message, now) {
  return el("div", { class: "day" }, el("span", { class: "pill" }, dayName(message.date, now)));
}

function unreadLine() {
  return el("div", { class: "unread-line", role: "separator", "aria-label": t("unread_messages") }, el("span", {}, t("unread_messages")));
}
