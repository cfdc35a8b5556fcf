// Dialogs that make people and groups.

import * as api from "./api.js";
import { avatar, nameOf } from "./avatar.js";
import { el } from "./dom.js";
import { openDialog } from "./menus.js";
import { language, t } from "./words.js";

/** Ask for a new person; `made(id)` hears who it is. */
export function addPerson(made) {
  const name = el("input", { class: "field", name: "first_name", required: true, maxlength: "64", autocomplete: "off", autofocus: true });
  const username = el("input", { class: "field", name: "username", pattern: "[A-Za-z0-9_]{3,32}", maxlength: "32", autocomplete: "off" });
  const code = el("select", { class: "field", name: "language" },
    [["en", "English"], ["ru", "Русский"], ["de", "Deutsch"], ["es", "Español"], ["", t("no_language")]].map(([value, words]) =>
      el("option", { value, selected: value === language }, words)));
  ask(t("add_person"), [labelled("first_name", name), labelled("username_if_any", username), labelled("telegram_language", code)], t("add"), async () => {
    const person = { first_name: name.value.trim(), language_code: code.value || null, username: username.value.trim() || null };
    made((await api.addUser(person)).id);
  });
}

/** Ask for a new group of these people; `made(id)` hears which chat it is. */
export function addGroup(store, made) {
  const title = el("input", { class: "field", name: "title", required: true, maxlength: "128", autocomplete: "off", autofocus: true });
  const boxes = [...store.users.values()].map((user) =>
    el("label", { class: "tick" }, el("input", { type: "checkbox", value: user.id, checked: true }), avatar(user, "small"), el("span", { dir: "auto" }, nameOf(user))));
  const admin = el("select", { class: "field", name: "admin" },
    [...store.users.values()].map((user) => el("option", { value: user.id, selected: user.id === store.me }, nameOf(user))));
  const members = el("fieldset", { class: "ticks-field" }, el("legend", {}, t("members_title")), boxes);
  ask(t("add_group"), [labelled("group_title", title), members, labelled("admin", admin)], t("add"), async () => {
    const chosen = boxes.map((one) => one.querySelector("input")).filter((box) => box.checked).map((box) => Number(box.value));
    const admins = [Number(admin.value)].filter(Boolean);
    const group = { type: "supergroup", title: title.value.trim(), members: [...new Set([...chosen, ...admins])], admins, bots: [...store.bots.keys()] };
    made((await api.addGroup(group)).id);
  });
}

function labelled(words, field) {
  return el("label", { class: "labelled" }, el("span", {}, t(words)), field);
}

/** A dialog with a form; what the simulator refuses is said in it. */
export function ask(title, content, words, act) {
  const wrong = el("p", { class: "wrong", role: "alert" });
  const form = el("form", { class: "form", onsubmit: submit }, content, wrong,
    el("button", { type: "submit", class: "button is-primary" }, words));
  const dialog = openDialog(title, form, { look: "is-small" });
  async function submit(event) {
    event.preventDefault();
    try {
      await act();
      dialog.close();
    } catch (error) {
      if (!(error instanceof api.Refusal || error instanceof api.Away)) throw error;
      wrong.textContent = error instanceof api.Away ? t("away") : error.message;
    }
  }
}
