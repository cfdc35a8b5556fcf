// One message as it is seen in the chat: what it says, what hangs on it, and the buttons under it.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, nameOf } from "./avatar.js";
import { textNodes } from "./entities.js";
import { fileView } from "./file.js";
import { inlineKeyboard } from "./markup.js";
import { pollView } from "./poll.js";
import { richView } from "./rich.js";
import { reactionsView } from "./reactions.js";
import { serviceText } from "./service.js";
import { clockTime, fullTime, t } from "./words.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\u{fe0f}|\u{200d}\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}])*){1,3}$/u;

/**
 * The message as an article. `on`: what entities, buttons and polls need, and `menu(message, at)`, `jump(id)`,
 * `history(message)`. `store` and `chat` say who looks and what is waited for.
 */
export function messageView(message, { store, chat, on }) {
  const mine = message.from.id === store.me;
  const sender = store.user(message.from.id) ?? message.from;
  const view = el("article", {
    class: `message ${mine ? "is-mine" : "is-theirs"}`,
    "data-id": message.message_id,
    "aria-label": label(message, mine, sender),
    tabindex: "-1",
  });
  if (message.service) {
    view.classList.add("is-service");
    view.append(el("p", { class: "pill", dir: "auto" }, serviceText(message)));
    return view;
  }
  if (chat.isGroup && !mine) view.append(avatar(sender, "small"));
  const stack = el("div", { class: "stack" }, bubble(message, { store, chat, on, mine, sender }), keyboard(message, { store, chat, on }));
  const menu = el("button", {
    type: "button",
    class: "message-more",
    tabindex: "-1",
    "aria-label": t("message_menu"),
    onclick: (event) => on.menu(message, event.currentTarget),
  }, icon("more"));
  view.append(el("div", { class: "message-line" }, stack, menu));
  return view;
}

function label(message, mine, sender) {
  const words = [mine ? t("you") : nameOf(sender), clockTime(message.date)];
  if (message.edits) words.push(t("edited"));
  return words.join(", ");
}

function bubble(message, { store, chat, on, mine, sender }) {
  const { text, entities, file, poll } = message;
  const jumbo = !file && !poll && ONLY_EMOJI.test(text) && entities.length === 0;
  const view = el("div", { class: `bubble${jumbo ? " is-jumbo" : ""}${file?.kind === "photo" ? " has-photo" : ""}` });
  if (chat.isGroup && !mine) view.append(el("div", { class: `sender hue-${hue(sender)}`, dir: "auto" }, nameOf(sender)));
  if (message.thread && store.thread === null) view.append(el("div", { class: "thread", dir: "auto" }, topic(message, chat)));
  if (message.forwarded) view.append(el("div", { class: "thread", dir: "auto" }, t("forwarded", { name: originName(message.forwarded) })));
  if (message.reply_to) view.append(quoted(chat.messages.get(message.reply_to), store, on));
  if (file) view.append(fileView(file, text));
  const info = meta(message, chat, on, mine);
  if (poll) {
    const asked = pollView(poll, {
      me: store.me,
      on: { ...on, vote: (options) => on.vote(message, options) },
      nameOf: (user) => nameOf(store.user(user) ?? { first_name: String(user) }),
      now: () => store.now(),
    });
    asked.querySelector(".poll-foot").append(info);
    view.append(asked);
  } else if (message.rich) view.append(richView(message.rich, forButtons(message, { store, chat, on })), info);
  else if (text) view.append(el("div", { class: "text", dir: "auto" }, textNodes(text, entities, on), info));
  else view.append(info);
  const reactions = reactionsView(message, store.me, on);
  if (reactions) view.append(reactions);
  return view;
}

function originName({ sender_user: user, sender_user_name: name, sender_chat: place, chat }) {
  return user ? nameOf(user) : (name ?? place?.title ?? chat?.title ?? "");
}

function topic({ thread }, chat) {
  const name = chat.topics.find((one) => one.thread === thread)?.name ?? thread;
  return t("thread", { name });
}

function hue(person) {
  return Math.abs(person.id) % 7;
}

function quoted(replied, store, on) {
  if (replied === undefined || replied.deleted) return el("div", { class: "reply" }, t("deleted_message"));
  return el("button", { type: "button", class: "reply", onclick: () => on.jump(replied.message_id) },
    el("span", { class: "reply-name" }, nameOf(store.user(replied.from.id) ?? replied.from)),
    el("span", { class: "reply-text", dir: "auto" }, excerpt(replied)));
}

/** What a message says in one line. */
export function excerpt(message) {
  if (message.poll) return `📊 ${message.poll.question}`;
  if (message.service) return serviceText(message);
  const text = message.text.replace(/\s+/g, " ").trim().slice(0, 120);
  if (message.file) return `${message.file.kind === "photo" ? "🖼" : "📎"} ${text || message.file.file_name || ""}`;
  return text;
}

function meta(message, chat, on, mine) {
  const parts = [];
  if (message.edits) {
    parts.push(el("button", {
      type: "button",
      class: "edited",
      tabindex: "-1",
      title: t("show_history"),
      onclick: () => on.history(message),
    }, t("edited")));
  }
  parts.push(el("time", { title: fullTime(message.date), datetime: new Date(message.date * 1000).toISOString() },
    clockTime(message.date)));
  if (mine) {
    const read = chat.read.has(message.message_id);
    parts.push(el("span", { class: "ticks", role: "img", "aria-label": t(read ? "bot_read" : "sent"), title: t(read ? "bot_read" : "sent") },
      icon(read ? "read" : "sent")));
  }
  return el("span", { class: "meta" }, parts);
}

function keyboard(message, { store, chat, on }) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const { isWaiting, press } = forButtons(message, { store, chat, on });
  return inlineKeyboard(rows, isWaiting, { ...on, press });
}

/** What buttons of this message need. */
function forButtons(message, { store, chat, on }) {
  return {
    ...on,
    isWaiting: (data) => store.isWaiting(chat, message.message_id, data),
    press: (button) => on.press(message, button),
  };
}
