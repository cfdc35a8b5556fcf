// Small menus at a button, and dialogs: made when wanted, gone when closed, the focus back where it was.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { rove } from "./roving.js";
import { t } from "./words.js";

/**
 * A menu at an element or at the place of a press. Items: `{name, icon, act, chosen, look}`; `chosen` makes it one of
 * several to choose from. A list of them stands in one row, each shown by its `sign`; an element stands between them.
 */
export function openMenu(at, label, items) {
  const opener = document.activeElement;
  const menu = el("div", { class: "menu", popover: "auto", role: "menu", "aria-label": label });
  for (const item of items.filter(Boolean)) {
    const close = () => menu.hidePopover();
    if (item instanceof Element) menu.append(item);
    else if (Array.isArray(item)) menu.append(el("div", { class: "menu-row", role: "presentation" }, item.map((one) => signItem(one, close))));
    else menu.append(menuItem(item, close));
  }
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const held = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (held) opener?.focus?.({ preventScroll: true });
  });
  document.body.append(menu);
  rove(menu, "[role^=menuitem]");
  menu.showPopover();
  place(menu, at);
  (menu.querySelector(".menu-item[aria-checked=true]") ?? menu.querySelector(".menu-item"))?.focus();
  return menu;
}

function menuItem({ name, icon: drawing, act, chosen, look = "", sign }, close) {
  const role = chosen === undefined ? "menuitem" : "menuitemradio";
  return el("button", {
    type: "button",
    role,
    class: `menu-item ${look}`,
    "aria-checked": chosen === undefined ? null : String(chosen),
    onclick: () => {
      close();
      act();
    },
  }, sign ?? (drawing && icon(drawing)), el("span", { class: "menu-name", dir: "auto" }, name), chosen && icon("check"));
}

function signItem({ name, sign, act, chosen }, close) {
  return el("button", {
    type: "button", role: "menuitemradio", class: "menu-emoji", "aria-label": name, title: name, "aria-checked": String(chosen),
    onclick: () => {
      close();
      act();
    },
  }, sign);
}

/** Beside what it belongs to, and inside the window. */
function place(menu, at) {
  const gap = 6;
  const box = at instanceof Element
    ? at.getBoundingClientRect()
    : { left: at.clientX, right: at.clientX, top: at.clientY, bottom: at.clientY };
  const { width, height } = menu.getBoundingClientRect();
  const left = box.left + width + gap > innerWidth ? box.right - width : box.left;
  const below = box.bottom + gap + height <= innerHeight;
  const top = below ? box.bottom + gap : Math.max(gap, box.top - height - gap);
  menu.style.left = `${Math.min(Math.max(gap, left), Math.max(gap, innerWidth - width - gap))}px`;
  menu.style.top = `${top}px`;
}

/** A dialog with a title and a way to close it; Escape and a press beside it close it too. */
export function openDialog(title, content, { role = null, buttons = null, onclose = null, look = "" } = {}) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const close = () => dialog.close();
  const dialog = el("dialog", { class: `dialog ${look}`, role, "aria-labelledby": id },
    el("div", { class: "dialog-head" },
      el("h2", { id }, title),
      el("button", { type: "button", class: "round", "aria-label": t("close"), onclick: close }, icon("close"))),
    el("div", { class: "dialog-body" }, content),
    buttons && el("div", { class: "dialog-buttons" }, buttons(close)));
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    onclose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
