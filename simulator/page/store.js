// What the page knows of the simulated Telegram. `follow.js` brings the news; views read, and listen for what they show.

import * as api from "./api.js";
import { Chat, keyOf } from "./chat.js";
import { Profiles } from "./commands.js";

const KEPT_CALLS = 400;
// So many events before now are looked through at the beginning, for calls, and for messages the bot has taken note of.
const LOOKED_BACK = 1500;
// Telegram's clients show that a bot is typing for so long, unless it says so again or a message comes.
const TYPING_LASTS = 5;
const DRAFT_LASTS = 30;

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
  last = 0;
  #ahead = 0;
  #waiting = new Map();
  #updates = new Map();

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
    const isFirst = this.last === 0;
    this.last = Math.max(this.last, state.event);
    this.takeState(state);
    await Promise.all([...this.chats.values()].filter((chat) => !chat.isLoaded).map((chat) => this.#loadChat(chat)));
    if (isFirst) await this.#lookBack(state.event);
    this.tell("people");
  }

  async #loadChat(chat) {
    chat.take((await api.transcript(chat.id, chat.bot)).messages);
  }

  async #lookBack(last) {
    const told = await Promise.all(["setMyCommands", "setMyDescription"].map((method) => api.calls(method)));
    for (const { calls } of told) for (const call of calls) this.profiles.take(call);
    this.violations = (await api.violations()).violations;
    const { events } = await api.events(Math.max(0, last - LOOKED_BACK), 0);
    for (const event of events) if (event.number <= last && /^(call|update)_/.test(event.kind)) this.apply(event);
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

  // What happened, one event of the simulator's log at a time.

  apply(event) {
    this.last = Math.max(this.last, event.number);
    const handler = this[`on_${event.kind}`];
    if (handler !== undefined) handler.call(this, event);
  }

  on_message(event) {
    this.#takeMessage(event);
  }

  on_message_edited(event) {
    this.#takeMessage(event);
  }

  on_message_deleted(event) {
    this.#takeMessage(event);
  }

  on_poll(event) {
    this.#takeMessage(event);
  }

  on_reaction(event) {
    this.#takeMessage(event);
  }

  #takeMessage(event) {
    const { kind } = event;
    const chat = this.#chatOf(event, event.message);
    if (chat === null) {
      this.tell("strange", { event });
      return;
    }
    chat.put(event.message);
    if (kind === "message" && this.bots.has(event.message.from.id)) chat.typing = chat.draft = null;
    if (event.message.service) this.tell("strange", { event }); // somebody came or went, a topic was opened
    this.tell("message", { chat, message: event.message, kind });
    this.tell("chat", { chat });
  }

  /** The chat of an event; null for one that is not known, or could be several. */
  #chatOf(event, message) {
    if (event.chat < 0) return this.chats.get(String(event.chat)) ?? null;
    const bot = this.bots.has(message?.from.id) ? message.from.id : (event.bot ?? this.#onlyBot());
    return this.chats.get(`${bot}:${event.chat}`) ?? null;
  }

  #onlyBot() {
    return this.bots.size === 1 ? [...this.bots.keys()][0] : null;
  }

  on_chat_action(event) {
    const chat = this.#chatOf(event);
    if (chat === null) return;
    chat.typing = event.action === "cancel" ? null : { action: event.action, until: this.now() + TYPING_LASTS };
    this.tell("typing", { chat });
  }

  on_draft(event) {
    const chat = this.#chatOf(event);
    if (chat === null) return;
    const { text, entities = [], rich = null } = event;
    chat.draft = { text, entities, rich, until: this.now() + DRAFT_LASTS };
    this.tell("typing", { chat });
  }

  on_toast(event) {
    this.endWait(event.callback_query_id);
    this.tell("toast", event);
  }

  on_update_queued(event) {
    const message = event.update?.message;
    if (message === undefined) return;
    const chat = this.chats.get(message.chat.id < 0 ? String(message.chat.id) : `${event.bot}:${message.chat.id}`);
    if (chat !== undefined) this.#updates.set(event.update_id, { chat, messageId: message.message_id });
  }

  on_update_confirmed(event) {
    const about = this.#updates.get(event.update_id);
    if (about === undefined) return;
    about.chat.read.add(about.messageId);
    this.#updates.delete(event.update_id);
    this.tell("read", about);
  }

  on_call_received(event) {
    const chatId = event.parameters?.chat_id ?? null;
    this.takeCall({
      call: event.call,
      bot: event.bot,
      method: event.method,
      parameters: event.parameters,
      chat_id: chatId,
      received_at: event.at,
      answered_at: null,
      status: null,
      response: null,
    });
  }

  on_call_answered(event) {
    this.#endCall(event, { status: event.status, response: event.response });
  }

  on_call_abandoned(event) {
    this.#endCall(event, { status: 0, response: null });
  }

  #endCall(event, end) {
    const call = this.calls.get(event.call);
    if (call === undefined) return;
    const ended = { ...call, ...end, answered_at: event.at };
    this.takeCall(ended);
    this.profiles.take(ended);
  }

  /** Know of a call of the bot; the oldest are forgotten. */
  takeCall(call) {
    this.calls.set(call.call, call);
    if (this.calls.size > KEPT_CALLS) this.calls.delete(this.calls.keys().next().value);
    this.tell("call", { call });
  }

  on_violation(event) {
    const { method, rule, where, says, at } = event;
    this.violations.push({ method, rule, where, says, at });
    this.tell("violation");
  }

  on_fault_fired() {
    this.tell("faults");
  }

  on_fault_holding() {
    this.tell("faults");
  }
}
