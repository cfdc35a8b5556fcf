"""What is shown once a question of a live round is closed, in a pause, and at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from delivery.keyboard import Keyboard
from delivery.lobby import away_line
from delivery.markup import as_typed, isolate, plain_text, to_html
from delivery.question import LONGEST_MESSAGE, button, mark_of, provenance
from delivery.round_buttons import Lead
from delivery.screen import Screen
from delivery.words import translations
from quiz.attempt import LETTERS
from quiz.question import Question, utf16_length
from quiz.round import Control, Ending, Round, RoundState
from quiz.round_score import Answers, Place, fastest, is_right, tally

BAR = 10
LONGEST_STEM = 160
LONGEST_OPTION = 80
LONGEST_NAME = 32
FASTEST = 3
TOP, TOP_AT_THE_END, TOP_IN_SHORT = 5, 30, 3


@dataclass(frozen=True, slots=True)
class Closed:
    """A question that is closed, and what was answered."""

    position: int
    question: Question
    answers: Answers


@dataclass(frozen=True, slots=True)
class Score:
    """Where everybody stands, and what they are called, as far as anybody may know."""

    places: Sequence[Place]
    names: Mapping[int, str]


def result_html(one: Round, closed: Closed, score: Score, most: int = LONGEST_MESSAGE) -> str:
    """The key, how many chose what, the fastest, the standing; in less words where there is less room."""
    tally_part = [_title(one, closed), _bars(one, closed), _unanswered(one, closed)]
    explanation = [to_html(closed.question.explanation)] if closed.question.explanation else []
    explanation.append(provenance(closed.question, one.language))
    end = [_fastest(one, closed, score), standing_html(one, score, TOP)]
    for parts in (
        ["\n".join(filter(None, tally_part)), *explanation, *end],
        ["\n".join(filter(None, tally_part)), *end],
    ):
        html = "\n\n".join(filter(None, parts))
        if utf16_length(html) <= most:
            return html
    return short_result_html(one, closed, score)


def short_result_html(one: Round, closed: Closed, score: Score, most: int = LONGEST_MESSAGE) -> str:
    """The key, how many had it, and the first three; where there is less room, the key alone, or its letters."""
    _ = translations(one.language).gettext
    planned = one.plan[closed.position].planned
    right = [option for option in planned.order if option in planned.key]
    number = f"⏰ <b>{closed.position + 1}/{one.total}</b> ✅ "
    key = number + "; ".join(_short(closed.question, option) for option in right)
    had_it = sum(is_right(planned, answer) for answer in closed.answers.values())
    counted = _("Right: {right} of {players}").format(right=had_it, players=one.players)
    first = " · ".join(_place(one, place, score, with_time=False) for place in score.places[:TOP_IN_SHORT])
    for lines in ([key, counted, first], [key, counted], [key]):
        html = "\n".join(filter(None, lines))
        if utf16_length(html) <= most:
            return html
    return number + ", ".join(LETTERS[planned.order.index(option)] for option in right)


def standing_html(one: Round, score: Score, most: int) -> str:
    """Who is where; the rest is counted."""
    _ = translations(one.language).gettext
    if not score.places:
        return ""
    lines = ["🏆 <b>" + _("Standing") + "</b>"]
    lines += [_place(one, place, score) for place in score.places[:most]]
    if len(score.places) > most:
        more = len(score.places) - most
        rest = translations(one.language).ngettext("… and {number} more", "… and {number} more", more)
        lines.append(rest.format(number=more))
    return "\n".join(lines)


def pause_screen(one: Round) -> Screen:
    """The round is paused; the buttons are for who leads it."""
    _ = translations(one.language).gettext
    text = _("⏸ Paused after {number} of {total} questions. Answers are kept.").format(
        number=len(one.closed), total=one.total
    )
    rows = [
        [button("▶️ " + _("Go on"), Lead(one.id, Control.GO_ON, one.turn))],
        [button("⏹ " + _("Stop"), Lead(one.id, Control.STOP, one.turn))],
    ]
    return Screen(text, Keyboard(rows))


def score_screen(one: Round, score: Score) -> Screen:
    """Where everybody stands in the middle of a round, or stood at its end."""
    _ = translations(one.language).gettext
    counted = _("After {number} of {total} questions").format(number=len(one.closed), total=one.total)
    nobody = _("Nobody has answered yet.")
    standing = standing_html(one, score, TOP_AT_THE_END) or nobody
    return Screen(f"<b>{as_typed(one.title)}</b> · {counted}\n\n{standing}")


def end_screens(one: Round, unshown: Sequence[Closed], score: Score) -> Sequence[Screen]:
    """How the round ended: what no message has shown yet, and the final standing."""
    results = [result_html(one, closed, Score((), score.names)) for closed in unshown]
    final = "\n\n".join(filter(None, [_ended(one), standing_html(one, score, TOP_AT_THE_END)]))
    together = "\n\n".join([*results, final])
    if utf16_length(together) <= LONGEST_MESSAGE:
        return [Screen(together)]
    return [Screen(html) for html in [*results, final]]


def why_it_ended(one: Round, group: str) -> Screen | None:
    """What who began a round is told in private when it ended without a word in the group; None: there was one."""
    _ = translations(one.language).gettext
    reasons = {
        Ending.REMOVED: _("I am not in that group any more. Add me again to play."),
        Ending.SILENCED: _("I may not write there. Let an administrator give me the right to send messages."),
        Ending.TOPIC: _("That topic is closed or deleted. Open it, or begin the round in another one."),
    }
    reason = reasons.get(one.ending) if one.ending else None
    if reason is None:
        return None
    ended = _("The round “{title}” in “{group}” has ended.").format(title=as_typed(one.title), group=as_typed(group))
    return Screen(f"{ended} {reason}\n\n" + _("What was answered until then is kept."))


def _ended(one: Round) -> str:
    _ = translations(one.language).gettext
    title = as_typed(one.title)
    if one.state is RoundState.DONE:
        return f"🏁 <b>{title}</b>"
    stopped = {
        Ending.NOBODY: _("Nobody was ready, so we did not begin. Send /quiz to try again."),
        Ending.LEFT: _("Nobody went on, so the round ends here."),
        Ending.AWAY: away_line(one) + " " + _("The round ends here."),
    }
    said = stopped.get(one.ending) if one.ending else None
    return f"⏹ <b>{title}</b>\n" + (said or _("The round was stopped."))


def _title(one: Round, closed: Closed) -> str:
    stem = " ".join(plain_text(closed.question.stem).split())
    if len(stem) > LONGEST_STEM:
        stem = stem[:LONGEST_STEM].rsplit(" ", 1)[0] + " …"
    return f"⏰ <b>{closed.position + 1}/{one.total}</b> {to_html(isolate(stem))}"


def _bars(one: Round, closed: Closed) -> str:
    planned = one.plan[closed.position].planned
    counts = tally(planned, closed.answers)
    most = max(counts.values(), default=0) or 1
    lines: list[str] = []
    for option, number in counts.items():
        bar = " " + "▇" * round(BAR * number / most) if number else ""
        lines.append(f"{mark_of(planned, option, frozenset())} {_short(closed.question, option)} — {number}{bar}")
    return "\n".join(lines)


def _unanswered(one: Round, closed: Closed) -> str:
    _ = translations(one.language).gettext
    number = one.players - len(closed.answers)
    return _("No answer: {number}").format(number=number) if number > 0 else ""


def _fastest(one: Round, closed: Closed, score: Score) -> str:
    _ = translations(one.language).gettext
    first = fastest(one.plan[closed.position].planned, closed.answers, FASTEST)
    if not first:
        return ""
    told = ", ".join(f"{_name(one, number, score)} ({_seconds(one, took)})" for number, took in first)
    return "⚡ " + _("Fastest: {players}").format(players=told)


def _place(one: Round, place: Place, score: Score, *, with_time: bool = True) -> str:
    number = f"{place.place}."
    medal = {1: "🥇", 2: "🥈", 3: "🥉"}.get(place.place, number) if place.points else number
    time = f" · {_seconds(one, place.time)}" if with_time and place.right else ""
    return f"{medal} {_name(one, place.number, score)} — {place.points}{time}"


def _name(one: Round, number: int, score: Score) -> str:
    _ = translations(one.language).gettext
    name = score.names.get(number)
    if not name or not name.strip():
        return _("Player {number}").format(number=number)
    return as_typed(name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…")


def _seconds(one: Round, milliseconds: int) -> str:
    _ = translations(one.language).gettext
    seconds = format_decimal(milliseconds / 1000, "0.0", locale=one.language)
    return _("{seconds} s").format(seconds=seconds)


def _short(question: Question, option: str) -> str:
    text = " ".join(plain_text(question.option(option).text).split())
    return to_html(isolate(text if len(text) <= LONGEST_OPTION else text[: LONGEST_OPTION - 1] + "…"))
