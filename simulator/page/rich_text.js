// Text within the blocks of a rich message: words, lists of pieces, and pieces with a meaning.

import { el } from "./dom.js";
import { action, link, spoiler } from "./entities.js";
import { inlineButton } from "./markup.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", marked: "mark", subscript: "sub", superscript: "sup",
};

/** The nodes of a rich text. */
export function richText(text, on) {
  if (typeof text === "string") return text;
  if (Array.isArray(text)) return text.map((piece) => richText(piece, on));
  const inside = "text" in text ? richText(text.text, on) : "";
  if (text.type in TAGS) return el(TAGS[text.type], {}, inside);
  switch (text.type) {
    case "spoiler":
      return spoiler([inside].flat());
    case "url":
      return link(text.url, inside, on);
    case "email_address":
      return link(`mailto:${text.email_address}`, inside, on);
    case "phone_number":
      return link(`tel:${text.phone_number}`, inside, on);
    case "bot_command":
      return action(inside, () => on.command(wordsOf(text)));
    case "mention":
      return action(inside, () => on.mention(wordsOf(text)));
    case "mathematical_expression":
      return el("span", { class: "rich-math" }, text.expression);
    case "custom_emoji":
      return text.alternative_text;
    case "button":
      return inlineButton(text.button, on.isWaiting, on, richText(text.button.text, on));
    default:
      return inside;
  }
}

/** Its words alone. */
export function wordsOf(text) {
  if (typeof text === "string") return text;
  if (Array.isArray(text)) return text.map(wordsOf).join("");
  return wordsOf(text.text ?? text.expression ?? text.alternative_text ?? "");
}
