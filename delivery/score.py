"""The end of a quiz: what it came to, a line on each miss, and what to do next."""

from collections.abc import Mapping, Sequence

from delivery.buttons import Again, AnotherTopic, MoreFromNotes, Resume
from delivery.errors import PASSING, shortfall_words
from delivery.keyboard import Keyboard
from delivery.markup import as_typed, isolate, plain_text, to_html
from delivery.numbers import duration
from delivery.question import LONGEST_MESSAGE, button
from delivery.screen import Screen
from delivery.words import translations
from quiz.attempt import Attempt, State, Writing
from quiz.question import Question, utf16_length
from quiz.scoring import Score, score

LONGEST_REMINDER = 160
"""Characters of a question that a line on a miss repeats, to say which one it was."""


def score_screens(attempt: Attempt, questions: Mapping[str, Question]) -> Sequence[Screen]:
    """The score and every miss, in as many messages as they need; the last one has the buttons."""
    _ = translations(attempt.language).gettext
    result = score(attempt)
    if not attempt.plan and attempt.state is State.DONE:
        return [_nothing_written(attempt)]
    heading = "🏁" if attempt.state is State.DONE else "⏹"
    lines = [f"{heading} <b>{as_typed(attempt.title)}</b>"]
    if attempt.state is State.STOPPED:
        if not attempt.answers:
            lines.append(_("Stopped before the first answer."))
            return _split(lines, _buttons(attempt, result))
        progress = _("Stopped after {number} of {total} questions.")
        lines.append(progress.format(number=len(attempt.answers), total=result.total))
    right = _("<b>{right} of {total}</b> right").format(right=result.right, total=result.total)
    lines.append(f"{right} · ⏱ {duration(result.time, attempt.language)}")
    lines += _misses(result, attempt.language)
    if attempt.writing and attempt.writing.shortfall:
        lines += ["", _fewer(attempt, attempt.writing)]
    if result.missed:
        lines += ["", "<b>" + _("Worth another look:") + "</b>"]
        lines += [_miss(attempt, place, questions) for place in result.missed]
    return _split(lines, _buttons(attempt, result))


def _nothing_written(attempt: Attempt) -> Screen:
    """The honest end of a quiz for which no question could be written."""
    _ = translations(attempt.language).gettext
    text = _("I could not write a quiz on “{title}”.").format(title=as_typed(attempt.title))
    shortfall = attempt.writing.shortfall if attempt.writing else ""
    why = shortfall_words(shortfall, attempt.language, ready=0)
    rows = [[button("💡 " + _("Another topic"), AnotherTopic())]]
    if shortfall in PASSING:
        rows.insert(0, [button("🔁 " + _("Try again"), Again(attempt.id, mistakes=False))])
    return Screen(f"{text}\n\n{why}", Keyboard(rows))


def _fewer(attempt: Attempt, writing: Writing) -> str:
    _ = translations(attempt.language).gettext
    ready = len(attempt.plan)
    why = shortfall_words(writing.shortfall, attempt.language, ready=ready)
    return _("Questions written: {ready} of {wanted}. {why}").format(ready=ready, wanted=writing.wanted, why=why)


def _misses(result: Score, language: str) -> list[str]:
    """How many were wrong and how many skipped, on one line; none where there are neither."""
    _ = translations(language).gettext
    counts = [
        *(["❌ " + _("{number} wrong").format(number=result.wrong)] if result.wrong else []),
        *(["⏭ " + _("{number} skipped").format(number=result.skipped)] if result.skipped else []),
    ]
    return [" · ".join(counts)] if counts else []


def _miss(attempt: Attempt, position: int, questions: Mapping[str, Question]) -> str:
    planned = attempt.plan[position]
    question = questions[planned.question_id]
    stem = " ".join(plain_text(question.stem).split())
    if len(stem) > LONGEST_REMINDER:
        stem = stem[:LONGEST_REMINDER].rsplit(" ", 1)[0] + " …"
    key = "; ".join(to_html(isolate(option.text)) for option in question.options if option.id in planned.key)
    return f"{position + 1}. {to_html(isolate(stem))}\n     ✅ {key}"


def _missed(result: Score, language: str) -> str:
    _ = translations(language).gettext
    if not result.skipped:
        return _("Mistakes only ({number})")
    return _("Mistakes and skipped ({number})") if result.wrong else _("Skipped only ({number})")


def _buttons(attempt: Attempt, result: Score) -> Keyboard:
    _ = translations(attempt.language).gettext
    rows = [[button("🔁 " + _("Again"), Again(attempt.id, mistakes=False))]] if attempt.plan else []
    if result.missed:
        label = "🎯 " + _missed(result, attempt.language).format(number=len(result.missed))
        rows.append([button(label, Again(attempt.id, mistakes=True))])
    if attempt.state is State.STOPPED:
        rows.insert(0, [button("▶️ " + _("Go on from here"), Resume(attempt.id))])
    if attempt.notes:
        rows.append([button("📚 " + _("More from these notes"), MoreFromNotes(attempt.id))])
    rows.append([button("💡 " + _("Another topic"), AnotherTopic())])
    return Keyboard(rows)


def _split(lines: Sequence[str], keyboard: Keyboard) -> Sequence[Screen]:
    texts: list[str] = []
    for line in lines:
        if texts and utf16_length(f"{texts[-1]}\n{line}") <= LONGEST_MESSAGE:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return [*(Screen(text) for text in texts[:-1]), Screen(texts[-1], keyboard)]
