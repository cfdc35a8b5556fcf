// Files that are dragged onto the chat.

import { el } from "./dom.js";
import { t } from "./words.js";

/** Take files that are dropped on the element; `attach(files)` hears which. */
export function takeDrops(element, attach) {
  const shade = el("div", { class: "drop", hidden: true }, el("span", { class: "pill" }, t("drop_here")));
  element.append(shade);
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  element.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    shade.hidden = false;
  });
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget)) shade.hidden = true;
  });
  element.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    shade.hidden = true;
    attach([...event.dataTransfer.files]);
  });
}
