// What the reader does: each order to the simulator in one place, with a word where it refuses.

import * as api from "./api.js";
import { avatar, nameOf } from "./avatar.js";
import { showHistory } from "./history.js";
import { openMenu } from "./menus.js";
import { addGroup, addPerson } from "./people.js";
import { CHOICE, reactionOf } from "./reactions.js";
import { sendFiles } from "./sending.js";
import { openSettings } from "./settings.js";
import { titleOf } from "./chats.js";
import { t } from "./words.js";

export class Actions {
  frame = null;
  #store;
  #toasts;

  constructor(store, toasts) {
    this.#store = store;
    this.#toasts = toasts;
    store.listen("toast", (event) => this.#answered(event));
    store.listen("strange", () => this.#reload());
  }

  /** Do it; what the simulator refuses is said, and answered with null. */
  async #try(order) {
    try {
      return await order();
    } catch (error) {
      if (!(error instanceof api.Refusal || error instanceof api.Away)) throw error;
      this.#toasts.show(error instanceof api.Away ? t("away") : error.message, "is-wrong");
      if (error instanceof api.Refusal) await this.#reload();
      return null;
    }
  }

  /** Look again who and what there is. */
  async #reload() {
    try {
      await this.#store.load();
    } catch (error) {
      if (!(error instanceof api.Refusal || error instanceof api.Away)) throw error; // `follow` says that it is away
    }
  }

  /** Where the reader writes to now. */
  #place() {
    const { me, open } = this.#store;
    return { user: me, chat: open.id, bot: open.isGroup ? undefined : open.bot };
  }

  async #send(text, replyTo = null) {
    const thread = this.#store.thread ?? undefined;
    const sent = await this.#try(() => api.say({ ...this.#place(), text, reply_to: replyTo, thread }));
    return sent !== null;
  }

  async #press(message, { callback_data: data }) {
    const chat = this.#store.open;
    if (this.#store.isWaiting(chat, message.message_id, data)) return;
    const pressed = await this.#try(() => api.press({ ...this.#place(), message_id: message.message_id, data }));
    if (pressed) this.#store.wait(pressed.callback_query_id, chat, message.message_id, data);
  }

  #answered({ user, chat, text, show_alert: isAlert, url, bot }) {
    if (user !== this.#store.me) return;
    if (url) this.#toasts.show(t("asks_to_open", { url }));
    if (!text) return;
    const place = this.#store.chatOf(chat, bot);
    if (isAlert) this.#toasts.alert(place ? titleOf(place, this.#store) : t("title"), text);
    else this.#toasts.show(text);
  }

  #command(text) {
    const { open } = this.#store;
    const bot = this.#store.bots.get(open.bots[0]);
    const named = open.isGroup && bot?.username && !text.includes("@");
    return this.#send(named ? `${text}@${bot.username}` : text);
  }

  // A link to a bot that lives here leads to its chat, and its parameter to the bot.
  #link(url) {
    const { protocol, hostname, pathname, searchParams } = new URL(url);
    const isTelegram = protocol === "tg:" ? /resolve$/.test(hostname + pathname) : /^(t|telegram)\.me$/.test(hostname);
    if (!isTelegram) return false;
    const name = protocol === "tg:" ? (searchParams.get("domain") ?? "") : pathname.slice(1);
    return this.#toBot(name, searchParams.get("start"));
  }

  #toBot(name, parameter = null) {
    const bot = [...this.#store.bots.values()].find((one) => one.username?.toLowerCase() === name.toLowerCase());
    const chat = bot && this.#store.chatOf(this.#store.me, bot.id);
    if (!chat) return false;
    this.frame.open(chat);
    if (parameter !== null) this.#send(`/start ${parameter}`);
    return true;
  }

  async #copy(text) {
    await navigator.clipboard.writeText(text);
    this.#toasts.show(t("copied"));
  }

  #menu(message, at) {
    const chat = this.#store.open;
    const { composer } = this.frame.parts;
    const given = reactionOf(message, this.#store.me);
    const signs = CHOICE.map((emoji) => ({
      name: t("react", { emoji }), sign: emoji, chosen: emoji === given, act: () => this.#react(message, emoji === given ? null : emoji),
    }));
    const isMine = message.from.id === this.#store.me;
    openMenu(at, t("message_menu"), [
      signs,
      { name: t("reply"), icon: "reply", act: () => composer.replyTo(message) },
      isMine && message.text && { name: t("edit"), icon: "pencil", act: () => composer.edit(message) },
      message.text && { name: t("copy"), icon: "copy", act: () => this.#copy(message.text) },
      message.edits > 0 && { name: t("show_history"), icon: "history", act: () => showHistory(message) },
      { name: t("delete"), icon: "bin", look: "is-dangerous", act: () => this.#try(() => api.remove(chat.id, message.message_id, chat.bot)) },
    ]);
  }

  #react(message, emoji) {
    return this.#try(() => api.react({ ...this.#place(), message_id: message.message_id, emoji }));
  }

  async #edit(message, text) {
    return (await this.#try(() => api.edit({ ...this.#place(), message_id: message.message_id, text }))) !== null;
  }

  #vote(message, options) {
    return this.#try(() => api.vote({ ...this.#place(), message_id: message.message_id, option_ids: options }));
  }

  #writeAs(at) {
    const people = this.#store.open.members.map((id) => this.#store.user(id)).filter(Boolean);
    openMenu(at, t("you_are"), people.map((user) => ({
      name: nameOf(user), sign: avatar(user, "small"), chosen: user.id === this.#store.me, act: () => this.frame.become(user.id),
    })));
  }

  /** Send files to the open chat, once they have a caption. */
  attach(files) {
    sendFiles(files, { ...this.#place(), thread: this.#store.thread ?? undefined });
  }

  forMessages() {
    return {
      press: (message, button) => this.#press(message, button),
      command: (text) => this.#command(text),
      mention: (text) => this.#toBot(text.slice(1)),
      link: (url) => this.#link(url),
      copy: (text) => this.#copy(text),
      unknown: () => this.#toasts.show(t("not_here")),
      vote: (message, options) => this.#vote(message, options),
      react: (message, emoji) => this.#react(message, emoji),
      menu: (message, at) => this.#menu(message, at),
      history: (message) => showHistory(message),
    };
  }

  forComposer() {
    return {
      send: (text, replyTo) => this.#send(text, replyTo),
      edit: (message, text) => this.#edit(message, text),
      attach: (files) => this.attach(files),
      commands: () => this.#commands(),
      newest: () => this.frame.parts.conversation.focusNewest(),
      writeAs: (at) => this.#writeAs(at),
    };
  }

  forChats() {
    return {
      open: (chat) => this.frame.open(chat),
      become: (user) => this.frame.become(user),
      addPerson: () => addPerson((id) => this.#reload().then(() => this.frame.become(id))),
      addGroup: () => addGroup(this.#store, (id) => this.#reload().then(() => this.frame.open(this.#store.chats.get(String(id))))),
      settings: (at) => openSettings(at),
    };
  }

  /** The commands of the bots of the open chat; in a group they are said to one of them. */
  #commands() {
    const { open, me } = this.#store;
    if (open === null) return [];
    return open.bots.map((id) => this.#store.bots.get(id)).filter(Boolean).flatMap((bot) =>
      this.#store.profiles.commands(bot, open, this.#store.user(me)).map((each) =>
        open.isGroup && bot.username ? { ...each, sent: `${each.command}@${bot.username}` } : each));
  }
}
