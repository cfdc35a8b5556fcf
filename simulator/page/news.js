// What happens, one event of the simulator's log at a time: each kind that the page shows has a method of its name here.

import * as api from "./api.js";

// So many events before now are looked through at the beginning, for calls, and for messages the bot has taken note of.
const LOOKED_BACK = 1500;
// Telegram's clients show that a bot is typing for so long, unless it says so again or a message comes.
const TYPING_LASTS = 5;
const DRAFT_LASTS = 30;

export class News {
  #store;
  #updates = new Map();

  constructor(store) {
    this.#store = store;
  }

  /** Learn what went on before the page was opened, of what no other request tells. */
  async lookBack() {
    const { last, profiles } = this.#store;
    const told = await Promise.all(["setMyCommands", "setMyDescription"].map((method) => api.calls(method)));
    for (const { calls } of told) for (const call of calls) profiles.take(call);
    await this.#store.loadViolations();
    const { events } = await api.events(Math.max(0, last - LOOKED_BACK), 0);
    for (const event of events) if (event.number <= last && /^(call|update)_/.test(event.kind)) this.apply(event);
  }

  /** Take one event; those that nothing shows pass by. */
  apply(event) {
    this.#store.last = Math.max(this.#store.last, event.number);
    this.#takers[event.kind]?.(event);
  }

  #takers = {
    message: (event) => this.#message(event),
    message_edited: (event) => this.#message(event),
    message_deleted: (event) => this.#message(event),
    poll: (event) => this.#message(event),
    reaction: (event) => this.#message(event),
    chat_action: (event) => this.#chatAction(event),
    draft: (event) => this.#draft(event),
    toast: (event) => this.#toast(event),
    update_queued: (event) => this.#updateQueued(event),
    update_confirmed: (event) => this.#updateConfirmed(event),
    call_received: (event) => this.#callReceived(event),
    call_answered: (event) => this.#callEnded(event, { status: event.status, response: event.response }),
    call_abandoned: (event) => this.#callEnded(event, { status: 0, response: null }),
    violation: () => this.#store.loadViolations(),
    fault_fired: () => this.#store.tell("faults"),
    fault_holding: () => this.#store.tell("faults"),
  };

  #message(event) {
    const { kind, message } = event;
    const store = this.#store;
    const chat = this.#chatOf(event, message);
    if (chat === null) {
      store.tell("strange", { event });
      return;
    }
    chat.put(message);
    if (kind === "message" && store.bots.has(message.from.id)) chat.typing = chat.draft = null;
    if (message.service) store.tell("strange", { event }); // somebody came or went, a topic was opened
    store.tell("message", { chat, message, kind });
    store.tell("chat", { chat });
  }

  /** The chat of an event; null for one that is not known, or could be several. */
  #chatOf(event, message) {
    const { bots } = this.#store;
    const only = bots.size === 1 ? bots.keys().next().value : null;
    return this.#store.chatOf(event.chat, bots.has(message?.from.id) ? message.from.id : (event.bot ?? only));
  }

  #chatAction(event) {
    const chat = this.#chatOf(event);
    if (chat === null) return;
    chat.typing = event.action === "cancel" ? null : { action: event.action, until: this.#store.now() + TYPING_LASTS };
    this.#tellNowAndAfter(TYPING_LASTS, chat);
  }

  #draft(event) {
    const chat = this.#chatOf(event);
    if (chat === null) return;
    const { text, entities = [], rich = null } = event;
    chat.draft = { text, entities, rich, until: this.#store.now() + DRAFT_LASTS };
    this.#tellNowAndAfter(DRAFT_LASTS, chat);
  }

  #tellNowAndAfter(seconds, chat) {
    this.#store.tell("typing", { chat });
    setTimeout(() => this.#store.tell("typing", { chat }), 1000 * seconds + 50);
  }

  #toast(event) {
    this.#store.endWait(event.callback_query_id);
    this.#store.tell("toast", event);
  }

  #updateQueued(event) {
    const message = event.update?.message;
    const chat = message === undefined ? null : this.#store.chatOf(message.chat.id, event.bot);
    if (chat !== null) this.#updates.set(event.update_id, { chat, messageId: message.message_id });
  }

  #updateConfirmed(event) {
    const about = this.#updates.get(event.update_id);
    if (about === undefined) return;
    about.chat.read.add(about.messageId);
    this.#updates.delete(event.update_id);
    this.#store.tell("read", about);
  }

  #callReceived({ call, bot, method, parameters, at }) {
    const asked = { call, bot, method, parameters, chat_id: parameters?.chat_id ?? null, received_at: at };
    this.#store.takeCall({ ...asked, answered_at: null, status: null, response: null });
  }

  #callEnded(event, end) {
    const call = this.#store.calls.get(event.call);
    if (call !== undefined) this.#store.takeCall({ ...call, ...end, answered_at: event.at });
  }
}
