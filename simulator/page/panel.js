// The side that looks behind the scenes: calls, rules, faults, time.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { rove } from "./roving.js";
import { t } from "./words.js";

export class Panel {
  #tabs = [];

  /** `parts`: name of the words, and a view with `element` and `refresh()`. */
  constructor(store, parts, on) {
    this.list = el("div", { class: "tabs", role: "tablist", "aria-label": t("panel") });
    this.body = el("div", { class: "panel-body" });
    for (const [name, view] of Object.entries(parts)) this.#add(name, view);
    this.element = el("aside", { class: "panel", "aria-label": t("panel"), hidden: true },
      el("header", { class: "panel-head" },
        el("h2", { tabindex: "-1" }, t("panel")),
        el("button", { type: "button", class: "round", "aria-label": t("close_panel"), onclick: () => on.close() }, icon("close"))),
      this.list, this.body);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && on.close());
    rove(this.list, "[role=tab]", { keys: "horizontal", current: () => this.list.querySelector("[aria-selected=true]") });
    store.listen("violation", () => this.#count(store.violations.length));
    this.#count(store.violations.length);
    this.choose("calls");
  }

  #add(name, view) {
    const tab = el("button", {
      type: "button", role: "tab", class: "tab", id: `tab-${name}`, "aria-controls": `part-${name}`,
      onclick: () => this.choose(name), onfocus: () => this.choose(name),
    }, t(`tab_${name}`), el("span", { class: "badge is-alarm" }));
    const part = el("section", { class: "part", id: `part-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}`, hidden: true }, view.element);
    this.#tabs.push({ name, tab, part, view });
    this.list.append(tab);
    this.body.append(part);
  }

  /** Show this part. */
  choose(name) {
    for (const one of this.#tabs) {
      const isChosen = one.name === name;
      one.tab.setAttribute("aria-selected", String(isChosen));
      if (isChosen && one.part.hidden) one.view.refresh?.();
      one.part.hidden = !isChosen;
    }
  }

  /** Bring what is shown up to date. */
  refresh() {
    this.#tabs.find((one) => !one.part.hidden).view.refresh?.();
  }

  #count(broken) {
    this.#tabs.find((one) => one.name === "rules").tab.querySelector(".badge").textContent = broken || "";
  }
}
