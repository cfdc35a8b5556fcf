// A file on its way: looked at once more, with a caption, before it goes.

import * as api from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { ask } from "./people.js";
import { bytes, t } from "./words.js";

const PHOTOS = new Set(["image/png", "image/jpeg", "image/gif"]);

/** Ask for a caption and send the files where `place` says: user, chat, bot, reply_to, thread. */
export function sendFiles(files, place) {
  const caption = el("input", { class: "field", name: "caption", maxlength: "1024", autocomplete: "off", autofocus: true, dir: "auto" });
  const hasPhotos = files.some((file) => PHOTOS.has(file.type));
  const asFile = el("input", { type: "checkbox" });
  const shown = files.map((file) => el("li", {}, picture(file),
    el("span", { class: "file-words" }, el("span", { class: "file-name", dir: "auto" }, file.name), el("span", { class: "file-size" }, bytes(file.size)))));
  ask(t("send_files", { n: files.length }), [
    el("ul", { class: "files" }, shown),
    el("label", { class: "labelled" }, el("span", {}, t("caption")), caption),
    hasPhotos && el("label", { class: "tick" }, asFile, el("span", {}, t("as_file"))),
  ], t("send"), async () => {
    for (const [at, file] of files.entries()) {
      const kind = PHOTOS.has(file.type) && !asFile.checked ? "photo" : "document";
      await api.upload({ ...place, caption: at === 0 ? caption.value.trim() : "", kind, file });
    }
  });
}

function picture(file) {
  if (!PHOTOS.has(file.type)) return el("span", { class: "file-sign", "aria-hidden": "true" }, icon("file"));
  const address = URL.createObjectURL(file);
  return el("img", { class: "file-picture", src: address, alt: "", onload: () => URL.revokeObjectURL(address) });
}
