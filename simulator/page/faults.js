// Switches that make things go wrong: see what the bot does when Telegram is in trouble.

import * as api from "./api.js";
import { el } from "./dom.js";
import { t } from "./words.js";

const METHODS = ["*", "sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates"];
const FAULTS = {
  flood: (seconds) => ({ kind: "429", retry_after: Math.max(1, Math.round(seconds)) }),
  broken: () => ({ kind: "500" }),
  slow: (seconds) => ({ kind: "hang", seconds }),
  hang: () => ({ kind: "hang" }),
  lost: () => ({ kind: "reset", when: "after" }),
};
// What the simulator cannot be asked about is remembered by the tab.
const KEPT = "simulator-circumstances";

export class Faults {
  #store;
  #inForce = new Map();
  #switches = new Map();

  /** `say(text)` tells the reader what the simulator refused. */
  constructor(store, say) {
    this.#store = store;
    this.say = say;
    this.method = el("select", { class: "field" }, METHODS.map((name) => el("option", { value: name }, name === "*" ? t("all_methods") : name)));
    this.here = el("input", { type: "checkbox" });
    this.seconds = el("input", { class: "field is-short", type: "number", min: "0.1", max: "3600", step: "any", value: "3" });
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    this.element = el("div", { class: "faults" },
      el("p", { class: "hint" }, t("faults_hint")),
      el("div", { class: "fault-scope" },
        el("label", { class: "labelled" }, el("span", {}, t("which_calls")), this.method),
        el("label", { class: "labelled" }, el("span", {}, t("seconds")), this.seconds),
        el("label", { class: "tick" }, this.here, el("span", {}, t("only_this_chat")))),
      Object.keys(FAULTS).map((name) => this.#switch(name, `fault_${name}`, (on) => this.#turn(name, on))),
      el("h3", {}, t("always")),
      this.#switch("limits", "limits", (on) => api.setLimits(on), Object.values(store.limits).some(Boolean)),
      this.#switch("twice", "twice", (on) => api.setDelivery(on ? 2 : 1), kept.twice));
    store.listen("faults", () => this.refresh());
  }

  #switch(name, words, turn, isOn = false) {
    const control = el("button", { type: "button", role: "switch", class: "switch", "aria-checked": String(isOn), "aria-labelledby": `switch-${name}`, "aria-describedby": `says-${name}` });
    const hits = el("span", { class: "hits" });
    control.addEventListener("click", async () => {
      const on = control.getAttribute("aria-checked") !== "true";
      try {
        await turn(on);
      } catch (error) {
        if (!(error instanceof api.Refusal || error instanceof api.Away)) throw error;
        this.say(error instanceof api.Away ? t("away") : error.message);
        return;
      }
      control.setAttribute("aria-checked", String(on));
      if (name === "twice") sessionStorage.setItem(KEPT, JSON.stringify({ twice: on }));
    });
    this.#switches.set(name, { control, hits });
    return el("div", { class: "switch-row" },
      el("div", {}, el("span", { class: "switch-name", id: `switch-${name}` }, t(words)), hits, el("p", { class: "hint", id: `says-${name}` }, t(`${words}_says`))),
      control);
  }

  async #turn(name, on) {
    if (!on) {
      await api.liftFault(this.#inForce.get(name));
      this.#inForce.delete(name);
      await this.refresh();
      return;
    }
    const rule = { method: this.method.value, ...FAULTS[name](Number(this.seconds.value) || 3) };
    if (this.here.checked && this.#store.open) rule.chat_id = this.#store.open.id;
    const { ids } = await api.addFault(rule);
    this.#inForce.set(name, ids[0]);
    await this.refresh();
  }

  /** See which of them are in force, whoever ordered them, and how often they hit. */
  async refresh() {
    const { rules } = await api.faults();
    for (const name of Object.keys(FAULTS)) {
      const { control, hits } = this.#switches.get(name);
      const rule = rules.find((one) => one.id === this.#inForce.get(name)) ?? rules.find((one) => nameOf(one) === name);
      if (rule) this.#inForce.set(name, rule.id);
      else this.#inForce.delete(name);
      control.setAttribute("aria-checked", String(rule !== undefined));
      hits.textContent = rule ? t("hits", { n: rule.hits, method: rule.method === "*" ? t("all_methods") : rule.method }) : "";
    }
  }
}

function nameOf({ kind, when, seconds }) {
  if (kind === "hang") return seconds ? "slow" : "hang";
  return { 429: "flood", 500: "broken", reset: when === "after" ? "lost" : "" }[kind] ?? "";
}
