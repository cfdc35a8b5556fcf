// The time of the simulated world: it can be moved on, so that what comes days later comes now.

import * as api from "./api.js";
import { el } from "./dom.js";
import { fullTime, t } from "./words.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export class Time {
  #store;

  constructor(store, say) {
    this.#store = store;
    this.say = say;
    this.now = el("p", { class: "clock-now" });
    this.ahead = el("p", { class: "hint" });
    this.count = el("input", { class: "field is-short", type: "number", min: "1", max: "9999", value: "7", required: true, "aria-label": t("how_many") });
    this.unit = el("select", { class: "field", "aria-label": t("unit") }, [[MINUTE, "minutes"], [HOUR, "hours"], [DAY, "days"]].map(([seconds, words]) =>
      el("option", { value: seconds, selected: seconds === DAY }, t(words))));
    const own = el("form", { class: "own-time", onsubmit: (event) => {
      event.preventDefault();
      this.#advance(Number(this.count.value) * Number(this.unit.value));
    } }, this.count, this.unit, el("button", { type: "submit", class: "button" }, t("advance")));
    const steps = [[MINUTE, "one_minute"], [HOUR, "one_hour"], [DAY, "one_day"]].map(([seconds, words]) =>
      el("button", { type: "button", class: "button", onclick: () => this.#advance(seconds) }, t(words)));
    this.element = el("div", { class: "time" }, this.now, this.ahead, el("p", { class: "hint" }, t("time_hint")),
      el("div", { class: "time-steps" }, steps), own);
    store.listen("clock", () => this.refresh());
    setInterval(() => this.element.offsetParent !== null && this.refresh(), 1000);
  }

  async #advance(seconds) {
    try {
      this.#store.setClock(await api.advance(seconds));
    } catch (error) {
      if (!(error instanceof api.Refusal || error instanceof api.Away)) throw error;
      this.say(error instanceof api.Away ? t("away") : error.message);
    }
  }

  refresh() {
    this.now.textContent = fullTime(this.#store.now());
    this.ahead.textContent = this.#store.ahead > 0 ? t("ahead", { time: span(this.#store.ahead) }) : t("real_time");
  }
}

function span(seconds) {
  const parts = [[DAY, "n_days"], [HOUR, "n_hours"], [MINUTE, "n_minutes"]].map(([unit, words], place, all) => {
    const above = place ? all[place - 1][0] : Infinity;
    return [Math.floor((seconds % above) / unit), words];
  });
  return parts.filter(([n]) => n > 0).map(([n, words]) => t(words, { n })).join(" ") || t("n_minutes", { n: 0 });
}
