// The page's words, in the language of the reader.

import { english } from "./words.en.js";
import { russian } from "./words.ru.js";

const BOOKS = { en: english, ru: russian };

/** The language of the page: `early.js` has chosen it. */
export const language = document.documentElement.lang in BOOKS ? document.documentElement.lang : "en";

const plural = new Intl.PluralRules(language);

/** The words of this name with `{fields}` filled in; one that has forms by number takes that of `n`. */
export function t(name, values = {}) {
  let words = BOOKS[language][name];
  if (words === undefined) throw new Error(`no words for ${name}`);
  if (typeof words !== "string") words = words[plural.select(values.n)] ?? words.other;
  return words.replace(/\{(\w+)\}/g, (_whole, field) => String(values[field]));
}

/** Speak another language from now on. */
export function speak(other) {
  localStorage.setItem("simulator-language", other);
  location.reload();
}

// Times as people write them where the reader lives, if it is in this language at all.
const locale = navigator.language.startsWith(language) ? navigator.language : language;
const hours = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const whole = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const dayOfYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
const dayOfAnyYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit" });

/** Hours and minutes of a Unix time. */
export const clockTime = (unix) => hours.format(unix * 1000);

/** The same with seconds. */
export const exactTime = (unix) => seconds.format(unix * 1000);

/** Day and time. */
export const fullTime = (unix) => whole.format(unix * 1000);

/** A day, as it stands between messages; `now` decides what is today. */
export function dayName(unix, now) {
  const [day, today] = [new Date(unix * 1000), new Date(now * 1000)];
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return t("today");
  if (day.toDateString() === yesterday.toDateString()) return t("yesterday");
  return (day.getFullYear() === today.getFullYear() ? dayOfYear : dayOfAnyYear).format(day);
}

/** When, as short as can be: the time today, else the day. */
export function shortTime(unix, now) {
  const sameDay = new Date(unix * 1000).toDateString() === new Date(now * 1000).toDateString();
  return sameDay ? clockTime(unix) : shortDay.format(unix * 1000);
}

/** So many bytes, as people say it. */
export function bytes(size) {
  if (size < 1024) return t("bytes", { n: size });
  const [unit, divisor] = size < 1024 * 1024 ? ["kilobytes", 1024] : ["megabytes", 1024 * 1024];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(size / divisor);
  return t(unit, { size: number });
}
