// Rich messages: headings, lists, tables and whatever else stands in blocks.

import * as api from "./api.js";
import { el } from "./dom.js";
import { codeBlock, expandable } from "./entities.js";
import { fileView } from "./file.js";
import { inlineButton } from "./markup.js";
import { richText, wordsOf } from "./rich_text.js";
import { t } from "./words.js";

/** The blocks of a rich message; `on` is what entities and buttons need, with `isWaiting(data)`. */
export function richView({ blocks, is_rtl: isRtl }, on) {
  return el("div", { class: "rich", dir: isRtl ? "rtl" : "auto" }, all(blocks, on));
}

const all = (blocks, on) => blocks.map((block) => view(block, on));

const BLOCKS = {
  heading: (block, on) => el("p", { class: `rich-heading is-${block.size}`, role: "heading", "aria-level": Math.min(6, block.size + 2) }, richText(block.text, on)),
  paragraph: (block, on) => el("p", {}, richText(block.text, on)),
  footer: (block, on) => el("p", { class: "hint" }, richText(block.text, on)),
  thinking: (block, on) => el("p", { class: "rich-thinking" }, richText(block.text, on)),
  divider: () => el("hr"),
  anchor: () => null,
  mathematical_expression: (block) => el("p", { class: "rich-math" }, block.expression),
  pre: (block, on) => codeBlock(block.language, wordsOf(block.text), richText(block.text, on)),
  blockquote: (block, on) => el("blockquote", { class: "quote" }, all(block.blocks, on), credit(block, on)),
  expandable_blockquote: (block, on) => expandable([richText(block.text, on), credit(block, on)]),
  pullquote: (block, on) => el("blockquote", { class: "rich-pull" }, richText(block.text, on), credit(block, on)),
  list,
  table,
  details: (block, on) => el("details", { class: "rich-details", open: Boolean(block.is_open) },
    el("summary", {}, richText(block.summary, on)), all(block.blocks, on)),
  buttons: (block, on) => el("div", { class: "key-row", role: "group", "aria-label": t("buttons") },
    block.buttons.map((button) => inlineButton(button, on.isWaiting, on, richText(button.text, on)))),
  photo: (block, on) => el("figure", {}, fileView(photoOf(block), wordsOf(block.caption?.text ?? "")), caption(block, on)),
  document: (block, on) => el("figure", {}, fileView({ ...block.document, kind: "document", size: block.document.file_size, url: api.fileUrl(block.document.file_id) }, ""), caption(block, on)),
  collage: (block, on) => el("figure", { class: "rich-collage" }, all(block.blocks, on), caption(block, on)),
  slideshow: (block, on) => el("figure", { class: "rich-slides", tabindex: "0" }, all(block.blocks, on), caption(block, on)),
};

function view(block, on) {
  return block.type in BLOCKS ? BLOCKS[block.type](block, on) : el("p", { class: "hint" }, block.type);
}

function photoOf({ photo }) {
  const largest = photo.at(-1);
  return { ...largest, kind: "photo", mime_type: "image/png", url: api.fileUrl(largest.file_id) };
}

function caption(block, on) {
  return block.caption ? el("figcaption", { class: "hint" }, richText(block.caption.text, on)) : null;
}

function credit(block, on) {
  return block.credit ? el("cite", {}, "— ", richText(block.credit, on)) : null;
}

function list({ items }, on) {
  return el("ul", { class: "rich-list" }, items.map((item) =>
    el("li", {}, el("span", { class: "rich-label" }, item.label), el("div", {}, all(item.blocks, on)))));
}

function table({ cells, caption: title, is_bordered: isBordered, is_striped: isStriped }, on) {
  const look = `rich-table${isBordered ? " is-bordered" : ""}${isStriped ? " is-striped" : ""}`;
  const rows = cells.map((row) => el("tr", {}, row.map((cell) =>
    el(cell.is_header ? "th" : "td", { class: `is-${cell.align}`, colspan: cell.colspan, rowspan: cell.rowspan }, richText(cell.text ?? "", on)))));
  return el("div", { class: "rich-scroll", tabindex: "0" }, el("table", { class: look }, title && el("caption", {}, richText(title, on)), rows));
}
