// A value of JSON as readable, coloured text.

import { el } from "./dom.js";

/** The value, indented. */
export function json(value) {
  return el("pre", { class: "json", tabindex: "0" }, typeof value === "string" ? value : pieces(value, ""));
}

function pieces(value, indent) {
  if (value === null || typeof value !== "object") return piece(typeof value, JSON.stringify(value));
  const isList = Array.isArray(value);
  const [opening, closing] = isList ? "[]" : "{}";
  const inner = `${indent}  `;
  const entries = Object.entries(value);
  if (!entries.length) return opening + closing;
  const lines = entries.flatMap(([name, each], place) => [
    inner, isList ? null : [piece("name", JSON.stringify(name)), ": "], pieces(each, inner), place < entries.length - 1 ? ",\n" : "\n",
  ]);
  return [`${opening}\n`, lines, indent + closing];
}

function piece(kind, text) {
  return el("span", { class: `json-${kind}` }, text);
}
