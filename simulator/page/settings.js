// Colours, language, and which keys do what.

import { el } from "./dom.js";
import { openDialog, openMenu } from "./menus.js";
import { language, speak, t } from "./words.js";

const THEME = "simulator-theme";
const KEYS = [
  ["Tab", "key_tab"], ["↑ ↓", "key_arrows"], ["↑", "key_up"], ["Enter", "key_enter"], ["Shift + Enter", "key_shift_enter"],
  ["/", "key_slash"], ["Esc", "key_escape"],
];

/** The menu of settings, at a button. */
export function openSettings(at) {
  const theme = localStorage.getItem(THEME) ?? "auto";
  const heading = (words) => el("div", { class: "menu-heading", role: "presentation" }, t(words));
  openMenu(at, t("settings"), [
    heading("colours"),
    ...["auto", "light", "dark"].map((name) => ({ name: t(`theme_${name}`), icon: { auto: "eye", light: "sun", dark: "moon" }[name], chosen: theme === name, act: () => paint(name) })),
    heading("language"),
    { name: "English", chosen: language === "en", act: () => speak("en") },
    { name: "Русский", chosen: language === "ru", act: () => speak("ru") },
    heading("help"),
    { name: t("keys"), icon: "keys", act: showKeys },
  ]);
}

function paint(theme) {
  if (theme === "auto") {
    localStorage.removeItem(THEME);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(THEME, theme);
    document.documentElement.dataset.theme = theme;
  }
}

function showKeys() {
  openDialog(t("keys"), el("dl", { class: "keys-list" }, KEYS.map(([key, words]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, t(words))])), { look: "is-small" });
}
