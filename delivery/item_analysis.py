"""Item analysis as one message for a teacher: what is worth a look, in words, with the figures that it stands on."""

from delivery.item_findings import finding_words
from delivery.numbers import decimal, percent
from delivery.question import LONGEST_MESSAGE
from delivery.results import counted_more, stem_of, title_of
from delivery.screen import Screen
from delivery.words import translations
from quiz.item_findings import Finding, Sign, item_findings
from quiz.item_indices import LEAST_TAKERS, ItemIndices, item_indices
from quiz.question import utf16_length
from quiz.reliability import Reliability, reliability
from quiz.results import Results
from quiz.score_table import score_table

MARKS = {Sign.KEY_DOUBTED: "❗", Sign.WEAK_DO_BETTER: "❗", Sign.GUESSED: "🎲", Sign.EASY: "✅", Sign.UNUSED: "▫️"}


def analysis_screen(results: Results) -> Screen:
    """The questions of which there is something to say, gravest first, then those that are sound."""
    _ = translations(results.language).gettext
    table = score_table(results)
    whole = reliability(table)
    head = [f"🔎 <b>{title_of(results.title)}</b>"]
    if whole is None:
        return Screen("\n".join([*head, _("Nobody answered yet.")]))
    head += _test_lines(whole, results.language)
    items = [(place, item, item_findings(item)) for place, item in enumerate(item_indices(table), start=1)]
    told = sorted((one for one in items if one[2]), key=_gravest)
    blocks = [_block(place, item, found, results.language) for place, item, found in told]
    sound = [place for place, _item, found in items if not found]
    text = "\n".join(head)
    foot = _foot(sound, whole, results.language)
    for shown, block in enumerate(blocks):
        longer = f"{text}\n\n{block}"
        if utf16_length(f"{longer}\n\n{foot}") + len(counted_more(len(blocks), results.language)) > LONGEST_MESSAGE:
            text += f"\n\n{counted_more(len(blocks) - shown, results.language)}"
            break
        text = longer
    return Screen(f"{text}\n\n{foot}" if foot else text)


def _test_lines(whole: Reliability, language: str) -> list[str]:
    words = translations(language)
    _ = words.gettext
    lines = [
        words.ngettext("From {number} player.", "From {number} players.", whole.takers).format(number=whole.takers)
    ]
    if not whole.says_enough:
        lines.append(_("Figures from fewer than {number} say little.").format(number=LEAST_TAKERS))
        return lines
    if whole.kr20 is not None:
        lines.append(_("Reliability (KR-20): {figure}").format(figure=decimal(whole.kr20, language)))
        lines.append(
            _("By chance a score may be {figure} higher or lower.").format(figure=decimal(whole.error, language, 1))
        )
    return lines


def _gravest(one: tuple[int, ItemIndices, tuple[Finding, ...]]) -> tuple[int, int]:
    place, _item, found = one
    return min([*MARKS].index(finding.sign) for finding in found), place


def _block(place: int, item: ItemIndices, found: tuple[Finding, ...], language: str) -> str:
    _ = translations(language).gettext
    figures = _("{percent} right").format(percent=percent(item.facility, language))
    if item.says_enough:
        # D and r are what every book on tests calls them.
        figures += f" · D {decimal(item.discrimination, language)} · r {decimal(item.point_biserial, language)}"
    lines = [f"<b>{place}.</b> {stem_of(item.question)}", figures]
    lines += [f"{MARKS[finding.sign]} {finding_words(finding, item.question, language)}" for finding in found]
    return "\n".join(lines)


def _foot(sound: list[int], whole: Reliability, language: str) -> str:
    _ = translations(language).gettext
    if not whole.says_enough or not sound:
        return ""
    return _("Nothing to remark: {numbers}").format(numbers=", ".join(map(str, sound)))
