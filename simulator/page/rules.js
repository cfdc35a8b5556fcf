// Rules of the Bot API that the bot broke.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { exactTime, t } from "./words.js";

export class Rules {
  #store;

  constructor(store) {
    this.#store = store;
    this.element = el("div", {});
    store.listen("violation", () => this.refresh());
    this.refresh();
  }

  refresh() {
    const { violations } = this.#store;
    if (!violations.length) {
      this.element.replaceChildren(el("p", { class: "all-well" }, icon("check"), t("all_rules_kept")));
      return;
    }
    this.element.replaceChildren(
      el("p", { class: "hint" }, t("rules_broken", { n: violations.length })),
      el("ul", { class: "violations" }, [...violations].reverse().map((one) => el("li", { class: "violation" },
        el("div", { class: "violation-head" }, el("strong", {}, one.method), el("span", { class: "call-time" }, exactTime(one.at))),
        el("p", { dir: "auto" }, one.says),
        el("p", { class: "hint" }, `${one.rule} · ${one.where}`)))));
  }
}
