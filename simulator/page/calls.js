// What the bot has called: method, parameters, answer and time, as it happens.

import { arrange, el } from "./dom.js";
import { json } from "./json.js";
import { exactTime, t } from "./words.js";

export class Calls {
  #store;
  #rows = new Map();

  constructor(store) {
    this.#store = store;
    this.onlyHere = tick(t("only_this_chat"), false, () => this.refresh());
    this.polls = tick(t("show_get_updates"), false, () => this.refresh());
    this.method = el("input", { class: "field", type: "search", placeholder: t("filter_method"), "aria-label": t("filter_method"), oninput: () => this.refresh() });
    this.list = el("ol", { class: "calls" });
    this.none = el("p", { class: "hint" }, t("no_calls"));
    this.element = el("div", {}, el("div", { class: "filters" }, this.method, this.onlyHere.element, this.polls.element), this.none, this.list);
    store.listen("call", ({ call }) => this.#changed(call));
    store.listen("open", () => this.onlyHere.box.checked && this.refresh());
  }

  #fits(call) {
    if (!this.polls.box.checked && call.method === "getUpdates") return false;
    const words = this.method.value.trim().toLowerCase();
    if (words && !call.method.toLowerCase().includes(words)) return false;
    return !this.onlyHere.box.checked || Number(call.chat_id) === this.#store.open?.id;
  }

  #changed(call) {
    const old = this.#rows.get(call.call);
    if (old && old.dataset.status !== String(call.status)) {
      const fresh = row(call);
      fresh.open = old.firstChild.open;
      fresh.firstChild.open = old.firstChild.open;
      this.#rows.set(call.call, fresh);
      old.replaceWith(fresh);
    }
    if (this.element.offsetParent !== null) this.refresh();
  }

  refresh() {
    const fitting = [...this.#store.calls.values()].filter((call) => this.#fits(call)).reverse();
    for (const call of fitting) if (!this.#rows.has(call.call)) this.#rows.set(call.call, row(call));
    for (const id of [...this.#rows.keys()]) if (!this.#store.calls.has(id)) this.#rows.delete(id);
    arrange(this.list, fitting.map((call) => this.#rows.get(call.call)));
    this.none.hidden = fitting.length > 0;
  }
}

function tick(words, checked, onchange) {
  const box = el("input", { type: "checkbox", checked, onchange });
  return { box, element: el("label", { class: "tick" }, box, el("span", {}, words)) };
}

function row(call) {
  const details = el("details", { class: "call" },
    el("summary", { class: "call-head" },
      el("span", { class: `call-status ${look(call)}` }, status(call)),
      el("span", { class: "call-method" }, call.method),
      el("span", { class: "call-gist", dir: "auto" }, gist(call.parameters)),
      el("span", { class: "call-time" }, time(call))));
  // What is inside is drawn when it is looked at: most never are.
  details.addEventListener("toggle", () => details.open && details.childElementCount === 1 && details.append(inside(call)));
  return el("li", { "data-status": String(call.status) }, details);
}

function inside(call) {
  return el("div", { class: "call-inside" },
    el("p", { class: "hint" }, `${exactTime(call.received_at)}`, call.chat_id ? ` · ${t("chat")} ${call.chat_id}` : ""),
    el("h3", {}, t("parameters")), json(call.parameters),
    el("h3", {}, t("answer")), call.status === null ? el("p", { class: "hint" }, t("no_answer_yet")) : call.status === 0 ? el("p", { class: "hint" }, t("cut_off")) : json(call.response));
}

function status(call) {
  if (call.status === null) return "…";
  return call.status === 0 ? t("cut") : String(call.status);
}

function look(call) {
  if (call.status === null) return "is-open";
  return call.status === 200 ? "is-good" : call.status === 429 ? "is-warning" : "is-bad";
}

function gist({ text, question, caption, action, message_id: messageId }) {
  const words = text ?? question ?? caption ?? action ?? (messageId ? `№ ${messageId}` : "");
  return String(words).replace(/<[^>]*>/g, "").replace(/\s+/g, " ").slice(0, 80);
}

function time(call) {
  if (call.answered_at === null) return exactTime(call.received_at);
  const taken = (call.answered_at - call.received_at) * 1000;
  return taken < 1000 ? t("milliseconds", { n: taken < 10 ? taken.toFixed(1) : Math.round(taken) }) : t("seconds_taken", { n: (taken / 1000).toFixed(1) });
}
