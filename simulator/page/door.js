// Where the page has no key, or a wrong one: what to do.

import { el } from "./dom.js";
import { keepToken, dropToken } from "./token.js";
import { t } from "./words.js";

/** Show why nothing else can be shown (the name of the words), and take a key that is pasted. */
export function askForToken(why) {
  if (why === "wrong_token") dropToken();
  document.title = t("title");
  const field = el("input", { class: "field", autocomplete: "off", spellcheck: "false", required: true, "aria-label": t("address") , placeholder: "http://127.0.0.1:…/#token=…" });
  const enter = (event) => {
    event.preventDefault();
    keepToken(field.value);
    location.reload();
  };
  document.getElementById("frame").replaceChildren(
    el("main", { class: "door" },
      el("div", { class: "door-card" },
        el("img", { src: "page/icon.svg", alt: "", width: "56", height: "56" }),
        el("h1", {}, t("title")),
        el("p", {}, t(why)),
        why === "away"
          ? el("button", { type: "button", class: "button is-primary", onclick: () => location.reload() }, t("try_again"))
          : el("form", { class: "form", onsubmit: enter }, field, el("button", { type: "submit", class: "button is-primary" }, t("enter"))))));
}
