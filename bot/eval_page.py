"""An evaluation as one page that needs nothing else: figures with their intervals, then every question and draft."""

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby

from bot.eval_figures import cells, named
from generation.evaluation.measures import Figure
from generation.evaluation.result import Answered, Asking, Delivered, DroppedDraft, Made, PlaceOf, QuizRecord, Result
from quiz.formats.blind_sheet import LETTERS
from quiz.item_flaws import NOT_JUDGED, RULES

OPEN_TO_PRINT = "addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(one=>one.open=true));"


def page(result: Result, figures: Sequence[Figure]) -> str:
    """The page, in English; the questions are marked with their languages."""
    return "".join(_page(result, figures))


def _page(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    title = f"Quizzes by the writer {result.made.writer}"
    css = files(__package__ or __name__).joinpath("eval_page.css").read_text("utf-8")
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{escape(title)}</title><style>{css}</style><script>{OPEN_TO_PRINT}</script></head><body>"
    yield f"<h1>{escape(title)}</h1><p class=soft>{escape(_made(result.made))}</p>"
    yield (
        "<p class=soft>Intervals are of 95 %; the line across a bar is one. They take questions for independent of "
        "each other, which those of one source are not quite.</p>"
    )
    for group, of_group in groupby(figures, lambda figure: figure.group):
        yield f"<h2>{escape(group)}</h2><div class=figures>{''.join(map(_figure, of_group))}</div>"
    yield "<h2>Flaws that no rule looks for</h2><ul>"
    yield from (f"<li>{escape(name)}: {escape(why)}</li>" for name, why in NOT_JUDGED.items())
    yield "</ul><h2>Questions</h2>"
    for quiz in result.quizzes:
        yield from _quiz(quiz)
    yield "</body></html>\n"


def _made(made: Made) -> str:
    parts = [f"quizbot {made.version}", made.at.replace("T", " ").replace("+00:00", " UTC")]
    parts += [f"{made.count} questions asked for of each", f"seed {made.seed}"]
    parts += [f"written by {', '.join(made.models)}"] if made.models else ["no model"]
    parts += [f"checked by {made.check_model}"] if made.check_model else []
    parts += [f"solved again by {made.solver}"] if made.solver else []
    return " · ".join(parts)


def _figure(figure: Figure) -> str:
    value, between, of = cells(figure)
    bar = ""
    if figure.share is not None and figure.value is not None and figure.interval is not None:
        low, high = figure.interval.low, figure.interval.high
        bar = f'<i style="--value:{figure.value:.4f}"></i><b style="--low:{low:.4f};--high:{high:.4f}"></b>'
    note = f"<span class=note>{escape(figure.note)}</span>" if figure.note else ""
    beside = " · ".join(one for one in (between, of) if one)
    return (
        f"<div class=figure><span>{escape(named(figure))}</span><span class={'bar' if bar else 'none'}>{bar}</span>"
        f"<span class=value>{escape(value)}</span><span class=between>{escape(beside)}</span>{note}</div>"
    )


def _quiz(quiz: QuizRecord) -> Iterator[str]:
    told = [f"{len(quiz.questions)} of {quiz.asked_for}", f"{len(quiz.dropped)} dropped", f"{quiz.seconds:.1f} s"]
    told += [f"{quiz.words} words"] if quiz.words else []
    told += [f"ended: {quiz.ended}"] if quiz.ended else []
    told += [f"the solver could not be asked: {quiz.solver_trouble}"] if quiz.solver_trouble else []
    yield f"<details><summary>{escape(quiz.name)} <span class=soft>{escape(' · '.join(told))}</span></summary>"
    for question in quiz.questions:
        yield f"<div class=question>{_asking(question, quiz.language)}{_chips(question)}</div>"
    if quiz.dropped:
        yield f"<details><summary>Dropped ({len(quiz.dropped)})</summary>"
        yield from (_dropped(one, quiz.language) for one in quiz.dropped)
        yield "</details>"
    yield "</details>"


def _asking(one: Asking, language: str) -> str:
    options = "".join(
        f"<li dir=auto{' class=key' if place in one.key else ''}>{escape(text)}</li>"
        for place, text in enumerate(one.options)
    )
    shown = f"<p class=stem dir=auto>{escape(one.question)}</p><ol>{options}</ol>"
    if one.explanation:
        shown += f"<p class=soft dir=auto>{escape(one.explanation)}</p>"
    if one.evidence:
        where = f"<br><cite class=soft>{escape(_place(one.place))}</cite>" if one.place else ""
        shown += f"<blockquote dir=auto>{escape(one.evidence)}{where}</blockquote>"
    return f'<div lang="{escape(language)}">{shown}</div>'


def _place(place: PlaceOf) -> str:
    return f"{place.kind} {place.number}" + (f", {place.heading}" if place.heading else "")


def _chips(question: Delivered) -> str:
    chips = [("", f"level {question.level}"), ("", f"checked by {question.checked}"), ("", f"{question.seconds:.1f} s")]
    chips += [("", "common knowledge")] if question.common_knowledge else []
    for name, answered in (("with the source", question.with_source), ("without it", question.without_source)):
        chips += [_solved(name, answered)] if answered else []
    chips += [("bad", RULES[flaw].meaning if flaw in RULES else flaw) for flaw in question.flaws]
    return "<p>" + "".join(f'<span class="chip {kind}">{escape(text)}</span>' for kind, text in chips) + "</p>"


def _solved(name: str, answered: Answered) -> tuple[str, str]:
    if answered.agrees:
        return "good", f"solver {name}: the key"
    if answered.said is None:
        return "bad", f"solver {name}: no answer"
    return "bad", f"solver {name}: {', '.join(LETTERS[place] for place in answered.said) or 'none is right'}"


def _dropped(one: DroppedDraft, language: str) -> str:
    draft = _asking(one.draft, language) if one.draft else "<p class=soft>It could not be read.</p>"
    by = f"dropped by {one.by}" + (f": {one.why}" if one.why else "")
    return f'<div class=question>{draft}<p><span class="chip bad">{escape(by)}</span></p></div>'
