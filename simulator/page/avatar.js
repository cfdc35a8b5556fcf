// A round sign for a person, a bot or a group: initials on a colour of their own.

import { el } from "./dom.js";
import { icon } from "./icons.js";

/** How someone is called. */
export function nameOf(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || user.username || String(user.id);
}

/** The sign of a person, a bot or a chat; `size` is a class. It is for the eye only. */
export function avatar(one, size = "") {
  const title = one.title ?? nameOf(one);
  const initials = title.split(/[\s«»"„“]+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
  const robot = one.is_bot ? " is-bot" : "";
  return el("span", { class: `avatar hue-${Math.abs(one.id) % 7} ${size}${robot}`, "aria-hidden": "true" },
    one.is_bot ? icon("robot") : initials || icon("person"));
}
