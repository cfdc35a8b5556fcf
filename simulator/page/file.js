// Photos and files in messages: shown, opened large, saved.

import * as api from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { bytes, t } from "./words.js";

/** A photo or a document of a message; `caption` stands for the photo to who cannot see it. */
export function fileView(file, caption) {
  return file.kind === "photo" ? photo(file, caption) : document_(file);
}

function photo(file, caption) {
  const picture = el("img", { class: "photo", alt: caption || t("photo"), width: file.width, height: file.height });
  const open = el("button", {
    type: "button",
    class: "photo-button",
    "aria-label": t("open_photo", { name: caption || file.file_name || t("photo") }),
    onclick: () => enlarge(picture),
  }, picture);
  api.fileAddress(file).then(
    (address) => { picture.src = address; },
    () => open.replaceWith(el("span", { class: "file-gone" }, t("file_gone"))),
  );
  return open;
}

function enlarge(picture) {
  const dialog = el("dialog", { class: "lightbox", "aria-label": picture.alt, onclose: () => dialog.remove() },
    el("img", { src: picture.src, alt: picture.alt }),
    el("button", { type: "button", class: "round", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close")));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

function document_(file) {
  const name = file.file_name || t("file");
  const save = el("button", { type: "button", class: "file", "aria-label": t("save_file", { name }) },
    el("span", { class: "file-sign", "aria-hidden": "true" }, icon("save")),
    el("span", { class: "file-words" },
      el("span", { class: "file-name", dir: "auto" }, name),
      el("span", { class: "file-size" }, bytes(file.size ?? 0))));
  save.addEventListener("click", async () => {
    try {
      el("a", { href: await api.fileAddress(file), download: name }).click();
    } catch (error) {
      if (!(error instanceof api.Away || error instanceof api.Refusal)) throw error;
      save.querySelector(".file-size").textContent = t("file_gone");
    }
  });
  return save;
}
