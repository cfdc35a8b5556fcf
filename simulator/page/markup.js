// The buttons under a message, and those of a reply keyboard.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./entities.js";
import { t } from "./words.js";

const STYLES = new Set(["primary", "success", "danger"]);

/**
 * An inline keyboard. `isWaiting(data)`: whether a press of this is not answered yet; `on`: `press(button)`,
 * `link(url)`, `copy(text)`, `unknown()`.
 */
export function inlineKeyboard(rows, isWaiting, on) {
  const lines = rows.map((row) =>
    el("div", { class: "key-row", role: "presentation" }, row.map((button) => inlineButton(button, isWaiting, on))),
  );
  const board = el("div", { class: "inline-keyboard", role: "group", "aria-label": t("buttons") }, lines);
  board.addEventListener("keydown", walk);
  return board;
}

/** One button; its text may be nodes. */
export function inlineButton(button, isWaiting, on, text = button.text) {
  const look = `key${STYLES.has(button.style) ? ` is-${button.style}` : ""}`;
  const label = el("span", { class: "key-text", dir: "auto" }, text);
  if (button.url) return link(button.url, [label, mark("out")], on, { class: look });
  // To be read, and reached by the arrow keys, but no stop on the way to what can be pressed.
  if (button.disabled) return el("button", { type: "button", class: look, "aria-disabled": "true", tabindex: "-1" }, label);
  if (button.copy_text) {
    return el("button", { type: "button", class: look, onclick: () => on.copy(button.copy_text.text) }, label, mark("copy"));
  }
  if (button.callback_data === undefined) {
    return el("button", { type: "button", class: look, onclick: () => on.unknown() }, label);
  }
  const waits = isWaiting(button.callback_data);
  return el("button", {
    type: "button",
    class: look,
    "data-data": button.callback_data,
    "aria-busy": waits ? "true" : null,
    onclick: () => on.press(button),
  }, label, waits && el("span", { class: "spinner", "aria-hidden": "true" }));
}

function mark(name) {
  return el("span", { class: "key-mark", "aria-hidden": "true" }, icon(name));
}

/** The keyboard in place of a phone's own: each press is a message with the text of the button. */
export function replyKeyboard(markup, send) {
  const lines = markup.keyboard.map((row) =>
    el("div", { class: "key-row" }, row.map((button) => {
      const look = `key${STYLES.has(button.style) ? ` is-${button.style}` : ""}`;
      return el("button", { type: "button", class: look, onclick: () => send(button.text) },
        el("span", { class: "key-text", dir: "auto" }, button.text));
    })),
  );
  const board = el("div", { class: "reply-keyboard", role: "group", "aria-label": t("reply_keyboard") }, lines);
  board.addEventListener("keydown", walk);
  return board;
}

/** The arrow keys go from button to button, also up and down between rows. */
function walk(event) {
  const rows = [...event.currentTarget.querySelectorAll(".key-row")].map((row) => [...row.querySelectorAll(".key")]);
  const row = rows.findIndex((keys) => keys.includes(event.target));
  if (row < 0) return;
  const column = rows[row].indexOf(event.target);
  const below = (rows[row + 1] ?? [])[Math.min(column, (rows[row + 1] ?? []).length - 1)];
  const above = (rows[row - 1] ?? [])[Math.min(column, (rows[row - 1] ?? []).length - 1)];
  const to = { ArrowRight: rows[row][column + 1], ArrowLeft: rows[row][column - 1], ArrowDown: below, ArrowUp: above };
  if (!(event.key in to)) return;
  event.preventDefault();
  event.stopPropagation();
  to[event.key]?.focus();
}
