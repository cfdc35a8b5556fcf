"""The end of a quiz: what it came to, a line on each miss, and what to do next."""

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardMarkup

from delivery.buttons import Again, AnotherTopic, Resume
from delivery.markup import isolate, to_html, without_code_marks
from delivery.question import button
from delivery.sender import Screen
from delivery.words import translations
from quiz.attempt import Attempt, State
from quiz.question import Question, utf16_length
from quiz.scoring import Score, score

LONGEST_MESSAGE = 4096
LONGEST_REMINDER = 160
"""Characters of a question that a line on a miss repeats, to say which one it was."""


def score_screens(attempt: Attempt, questions: Mapping[str, Question]) -> Sequence[Screen]:
    """The score and every miss, in as many messages as they need; the last one has the buttons."""
    _ = translations(attempt.language).gettext
    result = score(attempt)
    heading = "🏁" if attempt.state is State.DONE else "⏹"
    lines = [f"{heading} <b>{to_html(isolate(attempt.title))}</b>"]
    if attempt.state is State.STOPPED:
        if not attempt.answers:
            lines.append(_("Stopped before the first answer."))
            return _split(lines, _buttons(attempt, result))
        progress = _("Stopped: {answered} of {total} questions answered.")
        lines.append(progress.format(answered=len(attempt.answers), total=result.total))
    lines.append(_("<b>{right} of {total}</b> right").format(right=result.right, total=result.total))
    lines.append(_counts(result, attempt.language))
    if result.missed:
        lines += ["", "<b>" + _("To look at again:") + "</b>"]
        lines += [_miss(attempt, place, questions) for place in result.missed]
    return _split(lines, _buttons(attempt, result))


def _counts(result: Score, language: str) -> str:
    _ = translations(language).gettext
    counts = _("✅ {right} right · ❌ {wrong} wrong · ⏭ {skipped} skipped · ⏱ {time}")
    return counts.format(
        right=result.right, wrong=result.wrong, skipped=result.skipped, time=_duration(result.time, language)
    )


def _duration(milliseconds: int, language: str) -> str:
    _ = translations(language).gettext
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=seconds)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)


def _miss(attempt: Attempt, position: int, questions: Mapping[str, Question]) -> str:
    planned = attempt.plan[position]
    question = questions[planned.question_id]
    stem = " ".join(without_code_marks(question.stem).split())
    if len(stem) > LONGEST_REMINDER:
        stem = stem[:LONGEST_REMINDER].rsplit(" ", 1)[0] + " …"
    key = "; ".join(to_html(isolate(option.text)) for option in question.options if option.id in planned.key)
    return f"{position + 1}. {to_html(isolate(stem))}\n     ✅ {key}"


def _buttons(attempt: Attempt, result: Score) -> InlineKeyboardMarkup:
    _ = translations(attempt.language).gettext
    rows = [[button("🔁 " + _("Again"), Again(attempt.id, mistakes=False))]]
    if result.missed:
        label = "🎯 " + _("Mistakes only ({number})").format(number=len(result.missed))
        rows[0].append(button(label, Again(attempt.id, mistakes=True)))
    if attempt.state is State.STOPPED:
        rows.insert(0, [button("▶️ " + _("Go on from here"), Resume(attempt.id))])
    rows.append([button("💡 " + _("Another topic"), AnotherTopic())])
    return InlineKeyboardMarkup(rows)


def _split(lines: Sequence[str], keyboard: InlineKeyboardMarkup) -> Sequence[Screen]:
    texts: list[str] = []
    for line in lines:
        if texts and utf16_length(f"{texts[-1]}\n{line}") <= LONGEST_MESSAGE:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return [*(Screen(text) for text in texts[:-1]), Screen(texts[-1], keyboard)]
