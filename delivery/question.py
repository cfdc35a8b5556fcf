"""A question as an inline-button poll, and the same message once it is answered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from delivery.buttons import Button, Choose, Report, Skip, Stop, Submit, Switch, data_of
from delivery.evidence import evidence_line
from delivery.keyboard import RIGHT, WRONG, Keyboard, KeyboardButton
from delivery.markup import as_typed, columns, has_code_block, isolate, plain_text, to_html
from delivery.screen import Screen
from delivery.words import translations
from quiz.attempt import LETTERS, Attempt, PlannedQuestion
from quiz.question import Checked, Kind, Question, utf16_length

WIDEST_BUTTON = 32
"""Columns that a button as wide as the message shows whole on a narrow phone."""
WIDEST_HALF = 13
LONGEST_MESSAGE = 4096
LETTERS_IN_A_ROW = 6
OFF, ON = "☐", "☑"
OF_A_FORMULA = ("\\", "^(", "_(")
"""What is left of a formula that plain letters cannot show: it is set in the message, where it can be."""


def question_screen(attempt: Attempt, position: int, question: Question) -> Screen:
    """A question that waits for an answer, its options as this person sees them."""
    _ = translations(attempt.language).gettext
    planned = attempt.plan[position]
    lettered = needs_letters(question)
    parts = [_heading(attempt, position), to_html(question.stem)]
    if lettered:
        parts.append("\n".join(option_line(question, planned, option) for option in planned.order))
    if question.kind is Kind.MULTIPLE:
        parts.append("<i>" + _("Choose every right answer, then press Submit.") + "</i>")
    rows = _option_rows(attempt, position, question, lettered=lettered)
    if question.kind is Kind.MULTIPLE:
        shown = "".join(sorted(attempt.selections.get(position, frozenset())))
        rows.append([button(_("Submit"), Submit(attempt.id, position, shown))])
    rows.append([button("⏭ " + _("Skip"), Skip(attempt.id, position)), button("⏹ " + _("Stop"), Stop(attempt.id))])
    return Screen("\n\n".join(parts), Keyboard(rows))


def asked_screen(attempt: Attempt, position: int, questions: Mapping[str, Question]) -> Screen:
    """A question that waits for an answer, among the others of its quiz.

    Where rules begin to write a quiz that was to leave out common knowledge, it says that they cannot.
    """
    asked = questions[attempt.plan[position].question_id]
    screen = question_screen(attempt, position, asked)
    before = questions[attempt.plan[position - 1].question_id] if position else None
    only = attempt.notes is not None and attempt.notes.only
    if not only or asked.checked is not Checked.RULES or (before is not None and before.checked is Checked.RULES):
        return screen
    _ = translations(attempt.language).gettext
    notice = _(
        "ℹ️ No AI could be reached just now, so a program makes these questions. It cannot tell what is common "
        "knowledge."
    )
    return replace(screen, html=f"<i>{notice}</i>\n\n{screen.html}")


def verdict_screen(attempt: Attempt, position: int, question: Question) -> Screen:
    """An answered question: what was right, what was chosen, why, and where it stands.

    In the newer form the options stay on buttons that cannot be pressed any more, green and red; what was right and
    what was chosen stands in the message all the same. Every question can be reported.
    """
    reports = [_report_row(attempt, position)]
    html = _verdict(attempt, position, question, attempt.plan[position].order, lettered=True)
    plain = Screen(html, Keyboard(reports))
    if question.kind is Kind.MULTIPLE or needs_letters(question):
        return plain
    chosen = attempt.answers[position].chosen or frozenset[str]()
    told = [option for option in attempt.plan[position].order if option in attempt.plan[position].key | chosen]
    keyboard = Keyboard([*_answered_rows(attempt, position, question), *reports])
    return replace(plain, answered=Screen(_verdict(attempt, position, question, told, lettered=False), keyboard))


def _verdict(attempt: Attempt, position: int, question: Question, told: Iterable[str], *, lettered: bool) -> str:
    _ = translations(attempt.language).gettext
    planned, answer = attempt.plan[position], attempt.answers[position]
    chosen = answer.chosen or frozenset[str]()
    lines: list[str] = []
    for option in told:
        note = " — " + _("your answer") if option in chosen else ""
        text = option_line(question, planned, option) if lettered else _text(question, option)
        lines.append(f"{mark_of(planned, option, chosen)} {text}{note}")
    if answer.skipped:
        verdict = "⏭ " + _("Skipped")
    elif attempt.is_right(position):
        verdict = "✅ " + _("Right!")
    else:
        verdict = "❌ " + _("Wrong")
    parts = [_heading(attempt, position), to_html(question.stem), "\n".join(lines), f"<b>{verdict}</b>"]
    if question.explanation and not _repeats_evidence(question):
        parts[-1] += f"\n{to_html(question.explanation)}"
    origin = provenance(question, attempt.language)
    if question.evidence:
        room = LONGEST_MESSAGE - utf16_length("\n\n".join([*parts, origin]))
        parts.append(evidence_line(question.evidence, attempt.language, room))
    return "\n\n".join([*parts, origin])


def _repeats_evidence(question: Question) -> bool:
    """Whether an explanation made by rules says no more than the quote, which is shown anyway."""
    evidence = question.evidence
    return evidence is not None and question.checked is Checked.RULES and evidence.quote in question.explanation


def needs_letters(question: Question) -> bool:
    """Whether an option would not stand whole on a button, so that the message must show them all.

    On a button code is not marked: options that differ in that alone, or in space, would look the same there.
    """
    labels = {" ".join(plain_text(option.text).split()) for option in question.options}
    if "" in labels or len(labels) < len(question.options):
        return True
    if any(sign in label for label in labels for sign in OF_A_FORMULA):
        return True
    return any(
        "\n" in option.text or has_code_block(option.text) or columns(f"{OFF} {label_of(option.text)}") > WIDEST_BUTTON
        for option in question.options
    )


def button(label: str, carries: Button) -> KeyboardButton:
    """A button that shows a label and carries what it asks for."""
    return KeyboardButton(label, callback_data=data_of(carries))


def _option_rows(attempt: Attempt, position: int, question: Question, *, lettered: bool) -> list[list[KeyboardButton]]:
    planned = attempt.plan[position]
    selected = attempt.selections.get(position, frozenset())
    buttons: list[KeyboardButton] = []
    widest = 0
    for place, option in enumerate(planned.order):
        label = LETTERS[place] if lettered else label_of(question.option(option).text)
        if question.kind is Kind.MULTIPLE:
            on = option in selected
            label = f"{ON if on else OFF} {label}"
            buttons.append(button(label, Switch(attempt.id, position, place, on=not on)))
        else:
            buttons.append(button(label, Choose(attempt.id, position, place)))
        widest = max(widest, columns(label))
    return in_rows(buttons, LETTERS_IN_A_ROW if lettered else beside_each_other(widest))


def _answered_rows(attempt: Attempt, position: int, question: Question) -> list[list[KeyboardButton]]:
    """The options where they were, to be looked at only; a colour is never the only sign."""
    planned, chosen = attempt.plan[position], attempt.answers[position].chosen or frozenset[str]()
    labels = [label_of(question.option(option).text) for option in planned.order]
    buttons = [
        KeyboardButton(
            f"{mark_of(planned, option, chosen)} {label}",
            style=RIGHT if option in planned.key else WRONG if option in chosen else None,
        )
        for option, label in zip(planned.order, labels, strict=True)
    ]
    return in_rows(buttons, beside_each_other(max(map(columns, labels))))


def _report_row(attempt: Attempt, position: int) -> list[KeyboardButton]:
    label = "⚑ " + translations(attempt.language).gettext("Report a mistake")
    return [button(label, Report(attempt.id, position))]


def in_rows(buttons: list[KeyboardButton], in_a_row: int) -> list[list[KeyboardButton]]:
    """Buttons in rows of so many."""
    return [buttons[start : start + in_a_row] for start in range(0, len(buttons), in_a_row)]


def beside_each_other(widest: int) -> int:
    """How many buttons fit beside each other, the widest being of so many columns."""
    return 2 if widest <= WIDEST_HALF else 1


def mark_of(planned: PlannedQuestion, option: str, chosen: frozenset[str]) -> str:
    """Whether an option is right, or wrong and chosen; as a sign."""
    return "✅" if option in planned.key else "❌" if option in chosen else "▫️"


def option_line(question: Question, planned: PlannedQuestion, option: str) -> str:
    """An option behind its letter."""
    return f"{LETTERS[planned.order.index(option)]}. {_text(question, option)}"


def _text(question: Question, option: str) -> str:
    return to_html(isolate(question.option(option).text))


def label_of(text: str) -> str:
    """A text as a button shows it."""
    return isolate(plain_text(text))


def _heading(attempt: Attempt, position: int) -> str:
    return f"<b>{position + 1}/{attempt.total}</b> · {as_typed(attempt.title)}"


def provenance(question: Question, language: str) -> str:
    """Who made sure that the key is right, and where the fact stands."""
    _ = translations(language).gettext
    checked = {
        Checked.PERSON: _("checked by its author"),
        Checked.SOLVER: _("answer double-checked"),
        Checked.RULES: _("checked by a program only"),
    }[question.checked]
    if question.origin and question.checked is not Checked.RULES:
        checked = _("written by AI") + ", " + checked
    if question.common_knowledge:
        checked += ", " + _("can be known without the notes")
    if question.source is None:
        return f"<i>{checked[0].upper()}{checked[1:]}</i>"
    title = to_html(isolate(question.source.title))
    if question.source.url:
        title = f'<a href="{_attribute(question.source.url)}">{title}</a>'
    # A machine names where it believes the fact can be found; nobody has looked.
    where = _("To look it up: {title}") if question.origin else _("Source: {title}")
    return "<i>" + where.format(title=title) + f" · {checked}</i>"


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
