// What the page knows of the simulated Telegram. `news.js` brings it up to date; views read it, and listen for changes.

import * as api from "./api.js";
import { Chat, keyOf } from "./chat.js";
import { Profiles } from "./commands.js";

const KEPT_CALLS = 400;

export class Store extends EventTarget {
  bots = new Map();
  users = new Map();
  chats = new Map();
  calls = new Map();
  violations = [];
  /** Who the reader is at the moment, and which chat is open. */
  me = null;
  open = null;
  /** The topic of a forum that is open; null for all of them. */
  thread = null;
  profiles = new Profiles();
  /** The limits of sending in force: for a chat, for a group, for all. */
  limits = {};
  /** The number of the newest event that is taken into account; null before there is any state. */
  last = null;
  #ahead = 0;
  #waiting = new Map();

  /** Say that something is other than it was; `what` tells which views care. */
  tell(what, detail = {}) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }

  listen(what, listener) {
    this.addEventListener(what, (event) => listener(event.detail));
  }

  /** Unix time in the simulated world. */
  now() {
    return Date.now() / 1000 + this.#ahead;
  }

  /** Seconds by which it is ahead of the real one. */
  get ahead() {
    return this.#ahead;
  }

  /** Take over everything that there is now. */
  async load() {
    const state = await api.state();
    // Looked at again, the state is ahead of events that are still to be followed.
    this.last ??= state.event;
    this.takeState(state);
    await Promise.all([...this.chats.values()].filter((chat) => !chat.isLoaded).map((chat) => this.#loadChat(chat)));
    this.tell("people");
  }

  async #loadChat(chat) {
    chat.take((await api.transcript(chat.id, chat.bot)).messages);
  }

  takeState(state) {
    this.setClock(state.clock);
    this.limits = state.limits;
    this.bots = new Map(state.bots.map((bot) => [bot.id, bot]));
    this.users = new Map(state.users.map((user) => [user.id, user]));
    const known = new Set();
    for (const given of state.chats) {
      const key = keyOf(given);
      known.add(key);
      if (this.chats.has(key)) this.chats.get(key).describe(given);
      else this.chats.set(key, new Chat(given));
    }
    for (const user of this.users.keys()) for (const bot of this.bots.keys()) {
      const own = { id: user, type: "private", bot };
      known.add(keyOf(own));
      if (!this.chats.has(keyOf(own))) this.chats.set(keyOf(own), new Chat(own));
    }
    for (const key of [...this.chats.keys()]) if (!known.has(key)) this.chats.delete(key);
  }

  setClock(clock) {
    this.#ahead = clock.advanced;
    this.tell("clock");
  }

  user(id) {
    return this.users.get(id) ?? this.bots.get(id) ?? null;
  }

  /** The chats that the reader is in, the newest first. */
  mine() {
    const mine = [...this.chats.values()].filter((chat) => chat.hasMember(this.me) && !chat.migratedTo);
    return mine.sort((one, other) => other.newest - one.newest || Number(one.isGroup) - Number(other.isGroup));
  }

  /** Be another person from now on. */
  become(user) {
    this.me = user;
    this.tell("me");
  }

  /** Show another chat from now on; null shows none. */
  show(chat) {
    this.open = chat;
    this.thread = null;
    this.tell("open");
  }

  /** Show one topic of a forum; null shows all. */
  showThread(thread) {
    this.thread = thread;
    this.tell("thread");
  }

  /** Messages of others that the person has not seen. */
  unread(chat, user = this.me) {
    return chat.unread(user);
  }

  seen(chat) {
    if (chat.see(this.me)) this.tell("chat", { chat });
  }

  // What the reader has pressed and the bot has not answered yet.

  wait(queryId, chat, messageId, data) {
    this.#waiting.set(queryId, { chat, messageId, data });
    this.tell("waiting", { chat, messageId });
  }

  isWaiting(chat, messageId, data) {
    return [...this.#waiting.values()].some(
      (one) => one.chat === chat && one.messageId === messageId && one.data === data,
    );
  }

  endWait(queryId) {
    const waited = this.#waiting.get(queryId);
    if (this.#waiting.delete(queryId)) this.tell("waiting", waited);
  }

  /** Know of a call of the bot; the oldest are forgotten. */
  takeCall(call) {
    this.calls.set(call.call, call);
    if (this.calls.size > KEPT_CALLS) this.calls.delete(this.calls.keys().next().value);
    this.profiles.take(call);
    this.tell("call", { call });
  }

  /** Look again which rules were broken. */
  async loadViolations() {
    this.violations = (await api.violations()).violations;
    this.tell("violation");
  }

  /** The chat in which a message stands; null for one that is not known. */
  chatOf(chatId, bot) {
    return this.chats.get(chatId < 0 ? String(chatId) : `${bot}:${chatId}`) ?? null;
  }
}
