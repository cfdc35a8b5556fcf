// A poll or a quiz of Telegram's own kind: vote, see how many chose what, and why the right answer is right.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { textNodes } from "./entities.js";
import { t } from "./words.js";

/** `me`: who looks; `on`: what entities need, and `vote(optionIds)`; `nameOf(user)`; `now()` in Unix time. */
export function pollView(poll, { me, on, nameOf, now }) {
  const mine = (poll.voters ?? []).find((one) => one.user_id === me)?.option_ids ?? [];
  const isOver = poll.is_closed || mine.length > 0;
  const view = el("div", { class: `poll${isOver ? " is-over" : ""}` });
  view.append(
    el("div", { class: "poll-question", dir: "auto" }, textNodes(poll.question, poll.question_entities ?? [], on)),
    el("div", { class: "poll-kind" }, kind(poll), countdown(poll, now)),
    isOver ? results(poll, mine, nameOf) : choices(poll, on),
  );
  if (isOver && poll.explanation) view.append(explanation(poll, mine, on));
  view.append(foot(poll, mine, isOver, on));
  return view;
}

function kind(poll) {
  if (poll.is_closed) return t("poll_closed");
  const quiz = poll.type === "quiz";
  if (poll.is_anonymous) return t(quiz ? "quiz_anonymous" : "poll_anonymous");
  return t(quiz ? "quiz_open" : "poll_open");
}

function countdown(poll, now) {
  if (!poll.close_date || poll.is_closed) return null;
  const left = el("span", { class: "poll-left", role: "timer" });
  const tick = () => {
    const seconds = Math.max(0, Math.ceil(poll.close_date - now()));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  const timer = setInterval(() => (left.isConnected ? tick() : clearInterval(timer)), 1000);
  tick();
  return left;
}

function choices(poll, on) {
  const several = poll.allows_multiple_answers;
  const options = poll.options.map((option, place) => {
    const text = el("span", { class: "poll-text", dir: "auto" }, textNodes(option.text, option.text_entities ?? [], on));
    if (!several) {
      return el("button", { type: "button", class: "poll-option", onclick: () => on.vote([place]) },
        el("span", { class: "poll-mark", "aria-hidden": "true" }), text);
    }
    const box = el("input", { type: "checkbox", class: "poll-box", value: place, onchange: () => ready() });
    return el("label", { class: "poll-option" }, box, text);
  });
  const list = el("div", { class: "poll-options", role: "group", "aria-label": t("poll_options") }, options);
  if (!several) return list;
  const chosen = () => [...list.querySelectorAll("input:checked")].map((box) => Number(box.value));
  const send = el("button", { type: "button", class: "poll-send", disabled: true, onclick: () => on.vote(chosen()) },
    t("vote"));
  function ready() {
    send.disabled = chosen().length === 0;
  }
  return el("div", {}, list, send);
}

function results(poll, mine, nameOf) {
  const total = Math.max(1, poll.total_voter_count);
  const right = new Set(poll.correct_option_ids ?? []);
  const rows = poll.options.map((option, place) => {
    const share = Math.round((100 * option.voter_count) / total);
    const verdict = poll.type !== "quiz" ? "" : right.has(place) ? "right" : mine.includes(place) ? "wrong" : "";
    const bar = el("span", { class: "poll-bar" });
    bar.style.inlineSize = `${Math.max(share, 1)}%`;
    const voters = (poll.voters ?? []).filter((one) => one.option_ids.includes(place)).map((one) => nameOf(one.user_id));
    return el("li", { class: `poll-result${verdict && ` is-${verdict}`}` },
      el("span", { class: "poll-share" }, `${share}%`),
      el("span", { class: "poll-text", dir: "auto" }, option.text),
      mine.includes(place) && el("span", { class: "poll-mine" }, icon(verdict === "wrong" ? "close" : "check"),
        el("span", { class: "unseen" }, t("your_vote"))),
      verdict === "right" && el("span", { class: "unseen" }, t("right_option")),
      el("span", { class: "poll-track" }, bar),
      !poll.is_anonymous && voters.length > 0 && el("span", { class: "poll-voters" }, voters.join(", ")));
  });
  return el("ul", { class: "poll-results" }, rows);
}

function foot(poll, mine, isOver, on) {
  const votes = el("span", {}, t("votes", { n: poll.total_voter_count }));
  const mayTakeBack = isOver && !poll.is_closed && mine.length > 0 && poll.allows_revoting && poll.type !== "quiz";
  const back = mayTakeBack && el("button", { type: "button", class: "inline-link", onclick: () => on.vote([]) },
    t("retract_vote"));
  return el("div", { class: "poll-foot" }, votes, back);
}

/** Why: open at once for who was wrong, behind the lamp for who was right. */
function explanation(poll, mine, on) {
  const right = new Set(poll.correct_option_ids ?? []);
  const wasRight = mine.length === right.size && mine.every((place) => right.has(place));
  return el("details", { class: "poll-why", open: !wasRight },
    el("summary", {}, icon("bulb"), t("explanation")),
    el("p", { dir: "auto" }, textNodes(poll.explanation, poll.explanation_entities ?? [], on)));
}
