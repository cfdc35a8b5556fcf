// A text with its entities, as nodes. Offsets are in UTF-16 units, which is what strings of JavaScript count in.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
// These stand on lines of their own: the line feed beside one would be a second one.
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SCHEMES = new Set(["http:", "https:", "tg:", "mailto:", "tel:", "ton:"]);

/**
 * The nodes of a text. `on` says what happens at a press: `command(text)`, `mention(text)`, `link(url)`; the last
 * answers true where it has dealt with the link itself.
 */
export function textNodes(text, entities, on) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return nodes(text, 0, text.length, sorted, on);
}

function nodes(text, from, to, entities, on) {
  const made = [];
  const waiting = [...entities];
  let at = from;
  while (waiting.length) {
    const entity = waiting.shift();
    const [begins, ends] = [Math.max(entity.offset, at), Math.min(entity.offset + entity.length, to)];
    if (ends <= begins) continue;
    const isBlock = BLOCKS.has(entity.type);
    if (begins > at) made.push(isBlock ? text.slice(at, begins).replace(/\n$/, "") : text.slice(at, begins));
    const inside = [];
    while (waiting.length && waiting[0].offset < ends) {
      const next = waiting.shift();
      const over = next.offset + next.length - ends;
      inside.push(next);
      // Of two that overlap, the later one goes on behind the end of the first.
      if (over > 0) rest(waiting, { ...next, offset: ends, length: over });
    }
    made.push(wrap(entity, text.slice(begins, ends), nodes(text, begins, ends, inside, on), on));
    at = isBlock && text[ends] === "\n" && ends < to ? ends + 1 : ends;
  }
  if (at < to) made.push(text.slice(at, to));
  return made;
}

function rest(waiting, entity) {
  const place = waiting.findIndex((one) => one.offset > entity.offset);
  waiting.splice(place < 0 ? waiting.length : place, 0, entity);
}

function wrap(entity, covered, inside, on) {
  if (entity.type in TAGS) return el(TAGS[entity.type], {}, inside);
  switch (entity.type) {
    case "spoiler":
      return spoiler(inside);
    case "pre":
      return codeBlock(entity.language, covered, inside);
    case "blockquote":
      return el("blockquote", { class: "quote" }, inside);
    case "expandable_blockquote":
      return expandable(inside);
    case "text_link":
      return link(entity.url, inside, on);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(covered) ? covered : `https://${covered}`, inside, on);
    case "email":
      return link(`mailto:${covered}`, inside, on);
    case "bot_command":
      return action(inside, () => on.command(covered));
    case "mention":
      return action(inside, () => on.mention(covered));
    case "text_mention":
    case "hashtag":
    case "cashtag":
    case "phone_number":
      return el("span", { class: "tag" }, inside);
    default:
      return el("span", {}, inside);
  }
}

/** Words that do something when they are pressed. */
export function action(inside, onclick) {
  return el("button", { type: "button", class: "inline-link", onclick }, inside);
}

/** A link that opens elsewhere, or just its text where the address is none that a messenger would open. */
export function link(address, inside, on, attributes = {}) {
  const url = safeUrl(address);
  if (url === null) return el("span", attributes, inside);
  const open = (event) => on.link(url) && event.preventDefault();
  return el(
    "a",
    { href: url, title: url, target: "_blank", rel: "noopener noreferrer", onclick: open, ...attributes },
    inside,
  );
}

/** The address, if it is of a kind that a messenger opens; null for `javascript:` and whatever else there is. */
function safeUrl(address) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    const url = new URL(full);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Words that are hidden until they are pressed. */
export function spoiler(inside) {
  const hidden = el("span", { class: "spoiler-text", "aria-hidden": "true" }, inside);
  const cover = el("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": t("spoiler"),
    onclick: (event) => show(event),
    onkeydown: (event) => (event.key === "Enter" || event.key === " ") && show(event),
  }, hidden);
  function show(event) {
    if (cover.classList.contains("is-shown")) return;
    event.preventDefault();
    event.stopPropagation();
    cover.classList.add("is-shown");
    hidden.removeAttribute("aria-hidden");
    for (const name of ["role", "aria-label"]) cover.removeAttribute(name);
    cover.tabIndex = -1;
  }
  return cover;
}

/** A block of code, which can be copied. */
export function codeBlock(codeLanguage, covered, inside) {
  const copy = el("button", {
    type: "button",
    class: "block-copy",
    onclick: () => navigator.clipboard.writeText(covered),
    "aria-label": t("copy_code"),
    title: t("copy_code"),
  }, icon("copy"));
  const head = el("span", { class: "block-head" }, el("span", {}, codeLanguage || t("code")), copy);
  return el("div", { class: "block" }, head, el("pre", { tabindex: "0" }, el("code", {}, inside)));
}

/** A quotation of which the beginning is shown, and the rest when it is wanted. */
export function expandable(inside) {
  const body = el("div", { class: "quote-body" }, inside);
  const more = el("button", {
    type: "button",
    class: "quote-more",
    "aria-expanded": "false",
    onclick: () => {
      const open = quote.classList.toggle("is-open");
      more.setAttribute("aria-expanded", String(open));
      more.replaceChildren(t(open ? "less" : "more"));
    },
  }, t("more"));
  const quote = el("blockquote", { class: "quote is-expandable" }, body, more);
  return quote;
}
