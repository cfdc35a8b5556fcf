"""`quizbot eval-read`: what readers wrote on their sheets, and how far they agree with the keys and with each other."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.eval_figures import print_figures
from bot.eval_subjects import NotThere
from generation.evaluation.readings import Reading, items_of, measure_readings
from generation.evaluation.result import NoResult, Result, read_result
from quiz.formats.reading_sheet import InvalidSheet, Item, read_reading_sheet
from quiz.question import OPTION_IDS


def read_sheets(kept: Path, filled: Sequence[Path], say: Callable[[str], None]) -> None:
    """Say each answer that is not the key, and the figures of all sheets; raises `NotThere`."""
    result = _result(kept)
    items = items_of(result)
    readings = {name: _reading(sheet, items) for name, sheet in zip(_names(filled), filled, strict=True)}
    for name, reading in readings.items():
        for line in _differing(name, reading, {item.mark: item for item in items}):
            say(line)
    print_figures(measure_readings(readings, len(items)))


def _names(files: Sequence[Path]) -> list[str]:
    stems = [file.stem for file in files]
    return stems if len(set(stems)) == len(stems) else [str(file) for file in files]


def _differing(name: str, reading: Reading, items: Mapping[str, Item]) -> list[str]:
    return [
        f"{name}: {items[one.mark].question.stem}\n"
        f"  the key is {_options(items[one.mark], ''.join(sorted(items[one.mark].question.key)))}, "
        f"the reader says {_options(items[one.mark], one.answer)}{'. ' if one.remark else ''}{one.remark}"
        for one in reading.values()
        if not one.right
    ]


def _options(item: Item, ids: str) -> str:
    """Options by their texts; else the word that was answered."""
    if not set(ids) <= set(OPTION_IDS[: len(item.order)]):
        return ids
    return " and ".join(f"“{item.question.option(one).text}”" for one in ids)


def _result(file: Path) -> Result:
    try:
        return read_result(_text(file))
    except NoResult as error:
        raise NotThere(f"{file}: {error}") from None


def _reading(file: Path, items: Sequence[Item]) -> Reading:
    try:
        return read_reading_sheet(_text(file), items)
    except InvalidSheet as error:
        raise NotThere(f"{file}: {error}") from None


def _text(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            return opened.read()
    except OSError as error:
        raise NotThere(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotThere(f"{file} is not in UTF-8: save the sheet as CSV in UTF-8") from error
