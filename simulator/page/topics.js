// The topics of a forum: one at a time, or all of them in one.

import { arrange, el } from "./dom.js";
import { rove } from "./roving.js";
import { t } from "./words.js";

export class Topics {
  #store;

  /** `on`: `choose(thread)`, null for all. */
  constructor(store, on) {
    this.#store = store;
    this.on = on;
    this.element = el("div", { class: "topics", role: "group", "aria-label": t("topics"), hidden: true });
    this.roving = rove(this.element, ".topic", { keys: "horizontal", current: () => this.element.querySelector("[aria-pressed=true]") });
    for (const what of ["open", "people", "thread"]) store.listen(what, () => this.draw());
  }

  draw() {
    const topics = this.#store.open?.topics ?? [];
    this.element.hidden = topics.length === 0;
    const all = [{ thread: null, name: t("all_topics") }, ...topics];
    arrange(this.element, all.map(({ thread, name }) => el("button", {
      type: "button", class: "topic", dir: "auto", "aria-pressed": String(this.#store.thread === thread), onclick: () => this.on.choose(thread),
    }, name)));
    this.roving.refresh();
  }
}
