"""The Bot API as data: every call is checked against it, and every break of a rule is named."""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

from simulator.entities import CannotParse, trim
from simulator.old_names import OLD_NAMES, with_new_names
from simulator.parse_modes import PARSE_MODES
from simulator.telegrams_words import missing, wrong_length
from simulator.uploads import Upload, attach

JsonObject = dict[str, Any]
Rule = Literal["unknown_method", "unknown_field", "missing", "type", "characters", "bytes"]
# How the kinds of rich blocks are called in their field `type`, where that is not the name of the type.
IRREGULAR = {
    "heading": "SectionHeading",
    "pre": "Preformatted",
    "blockquote": "BlockQuotation",
    "expandable_blockquote": "ExpandableBlockQuotation",
    "pullquote": "PullQuotation",
}
# Types that a plain text may stand for, as it was before they had anything else.
TEXT_ALONE = {"InputPollOption", "KeyboardButton"}
TRUE, FALSE = {"true", "1", "yes"}, {"false", "0", "no", ""}


@dataclass(frozen=True)
class Break:
    """One broken rule: which, at which field (`reply_markup.inline_keyboard[0][1].text`), and Telegram's
    answer; an empty answer means that Telegram lets it pass."""

    rule: Rule
    where: str
    says: str
    answer: str = ""


@dataclass
class Checked:
    """The parameters in the types the specification names, and what was wrong with them."""

    values: JsonObject = field(default_factory=dict[str, Any])
    breaks: list[Break] = field(default_factory=list[Break])

    @property
    def answer(self) -> str:
        """Telegram's error text for the first break that it answers with an error, else empty."""
        return next((broken.answer for broken in self.breaks if broken.answer), "")


@cache
def specification() -> JsonObject:
    """The methods and types of the Bot API, read once from the file in this package."""
    file = resources.files(__package__ or "simulator") / "bot-api-10.3.json"
    return cast("JsonObject", json.loads(file.read_text("utf-8")))


@cache
def method_names() -> dict[str, str]:
    """Lower-case name to the right one: Telegram does not care about case."""
    return {name.lower(): name for name in specification()["methods"]}


@cache
def update_kinds() -> list[str]:
    """What an update can carry: `message`, `callback_query` …"""
    return [name for name in specification()["types"]["Update"]["fields"] if name != "update_id"]


def check_call(method: str, given: JsonObject) -> Checked:
    """Check the parameters of a method of the specification; forms may carry values as strings."""
    checked = Checked()
    fields: JsonObject = specification()["methods"][method]["fields"]
    uploads = {name: value for name, value in given.items() if isinstance(value, Upload)}
    parameters = {name: value for name, value in given.items() if name in fields or name not in uploads}
    try:
        _check_fields(fields, with_new_names(fields, parameters), "", checked.values, checked.breaks, loose=True)
    except RecursionError:
        checked.breaks.append(Break("type", method, "nested too deeply", "can't parse parameters: nested too deeply"))
    attached = attach(checked.values, uploads)
    for name in uploads.keys() - fields.keys() - attached:
        checked.breaks.append(Break("unknown_field", name, "the specification has no such field"))
    return checked


def _check_fields(
    fields: JsonObject, given: JsonObject, path: str, into: JsonObject, breaks: list[Break], *, loose: bool
) -> None:
    for name, value in given.items():
        where = f"{path}{name}"
        if name not in fields:
            says = (
                f"an old name, now in {OLD_NAMES[name]}" if name in OLD_NAMES else "the specification has no such field"
            )
            breaks.append(Break("unknown_field", where, says))
        elif value is None or (loose and value == "" and "String" not in fields[name]["types"]):
            continue
        else:
            converted = _check_value(fields[name]["types"], value, where, breaks, loose=loose)
            if converted is not None:
                into[name] = converted
    for name, rules in fields.items():
        where = f"{path}{name}"
        if rules["required"] and given.get(name) is None:
            breaks.append(Break("missing", where, "a required field is missing", missing(where, name)))
        elif isinstance(into.get(name), str):
            _check_length(rules, into, name, where, breaks)


def _check_value(types: list[str], value: object, where: str, breaks: list[Break], *, loose: bool) -> object:
    """The value in the best-fitting of the types; its breaks are added, None stands for a wrong type."""
    best: tuple[int, list[Break], object] | None = None
    for type_name in types:
        found: list[Break] = []
        converted = _convert(type_name, value, where, found, loose=loose)
        wrongness = sum(1 if broken.rule == "unknown_field" else 100 for broken in found)
        if best is None or wrongness < best[0]:
            best = (wrongness, found, converted)
        if not found:
            break
    if best is None:
        return value
    breaks.extend(best[1])
    return best[2]


def _convert(type_name: str, value: object, where: str, breaks: list[Break], *, loose: bool) -> object:
    if type_name.startswith("Array of "):
        return _convert_array(type_name.removeprefix("Array of "), value, where, breaks, loose=loose)
    match type_name:
        case "String":
            converted = _to_string(value, loose=loose)
        case "Integer":
            converted = _to_integer(value)
        case "Float":
            converted = _to_float(value)
        case "Boolean" | "True":
            converted = _to_boolean(value, loose=loose)
            if type_name == "True" and converted is False:
                converted = None
        case _:
            return _convert_object(type_name, value, where, breaks, loose=loose)
    if converted is None:
        breaks.append(_wrong_type(where, type_name))
    return converted


def _to_string(value: object, *, loose: bool) -> str | None:
    if isinstance(value, str):
        return value
    # In a JSON body Telegram takes a top-level number as a string, since forms know nothing else.
    return str(value) if loose and isinstance(value, int) and not isinstance(value, bool) else None


def _to_integer(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.removeprefix("-").isascii() and value.removeprefix("-").isdigit():
        return int(value) if len(value) <= 20 else None
    return None


def _to_float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _to_boolean(value: object, *, loose: bool) -> bool | None:
    if isinstance(value, bool):
        return value
    if loose and isinstance(value, str | int) and str(value).lower() in TRUE | FALSE:
        return str(value).lower() in TRUE
    return None


def _from_text(value: object, *, loose: bool) -> object:
    """A form carries arrays and objects as JSON text, and so may a field of a JSON body."""
    if not loose or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _convert_array(item: str, value: object, where: str, breaks: list[Break], *, loose: bool) -> object:
    value = _from_text(value, loose=loose)
    if not isinstance(value, list):
        breaks.append(_wrong_type(where, "Array"))
        return None
    items = cast("list[Any]", value)
    types = [item] if item.startswith("Array of ") else item.replace(" and ", ", ").split(", ")
    return [_check_value(types, each, f"{where}[{place}]", breaks, loose=False) for place, each in enumerate(items)]


def _convert_object(type_name: str, value: object, where: str, breaks: list[Break], *, loose: bool) -> object:
    if isinstance(value, Upload) or (type_name == "InputFile" and isinstance(value, str)):
        return value
    value = _from_text(value, loose=loose)
    if type_name in TEXT_ALONE and isinstance(value, str):
        value = {"text": value}
    if type_name == "RichText" and isinstance(value, str):
        return value
    if type_name == "RichText" and isinstance(value, list):
        return _convert_array(type_name, cast("object", value), where, breaks, loose=False)
    if not isinstance(value, dict):
        breaks.append(_wrong_type(where, type_name))
        return None
    given = cast("JsonObject", value)
    kinds = _kinds(type_name)
    if kinds:
        named = kind_named(type_name, str(given.get("type")))
        return _check_value([named] if named in kinds else kinds, given, where, breaks, loose=False)
    fields: JsonObject = specification()["types"][type_name]["fields"]
    if not fields:
        return given
    converted: JsonObject = {}
    _check_fields(fields, given, f"{where}.", converted, breaks, loose=False)
    return converted


@cache
def _kinds(type_name: str) -> list[str]:
    """A type without fields stands for any of those whose name begins with its own (BotCommandScope...)."""
    types: JsonObject = specification()["types"]
    if types[type_name]["fields"]:
        return []
    return sorted(name for name in types if name.startswith(type_name) and name != type_name)


def kind_named(type_name: str, kind: str) -> str:
    """The name in the specification of that kind of a type which its field `type` names: `photo` of InputMedia …"""
    return type_name + IRREGULAR.get(kind, "".join(part.title() for part in kind.split("_")))


def _check_length(rules: JsonObject, values: JsonObject, name: str, where: str, breaks: list[Break]) -> None:
    text: str = values[name]
    if "bytes" in rules:
        unit: Literal["bytes", "characters"] = "bytes"
        measured = len(text.encode("utf-8", "surrogatepass"))
    elif "characters" in rules:
        unit = "characters"
        length = _visible_length(values, name)
        if length is None:
            return
        measured = length
    else:
        return
    low, high = rules[unit]
    if not low <= measured <= high:
        says = f"{measured} {unit}, must be {low} to {high}"
        breaks.append(Break(unit, where, says, wrong_length(where, name, too_short=measured < low)))


def _visible_length(values: JsonObject, name: str) -> int | None:
    """Characters after entities are parsed; None when they cannot be, which is an error of another kind."""
    mode = str(values.get(f"{name}_parse_mode", values.get("parse_mode", ""))).lower()
    if mode not in PARSE_MODES:
        return len(values[name].strip(" \t\r\n")) if name in {"text", "caption"} else len(values[name])
    try:
        return len(trim(*PARSE_MODES[mode](values[name]))[0])
    except CannotParse:
        return None


def _wrong_type(where: str, type_name: str) -> Break:
    name = where.rpartition(".")[2]
    return Break("type", where, f"must be {type_name}", f'field "{name}" must be of type {type_name}')
