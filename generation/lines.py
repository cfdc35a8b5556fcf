"""From a stream of text in which a model writes JSON objects, one a line, to the objects."""

import json
import math
import re
from collections.abc import Callable
from enum import Enum, auto
from typing import NoReturn, cast

from generation.request import Unreadable

MOST_CHARACTERS = 20_000
"""An object longer than this is no question; no more than this is ever held."""
MOST_LEVELS = 16
"""How deep objects and lists may stand in one another."""

CUT_OFF = Unreadable("cut off")
DUPLICATE_KEY = Unreadable("duplicate key")
NOT_JSON = Unreadable("not JSON")
NOT_UNICODE = Unreadable("lone surrogate")
TOO_DEEP = Unreadable("too deep")
TOO_LONG = Unreadable("too long")

INVISIBLE: dict[int, None] = {0x00: None, 0xFEFF: None}
"""NUL and the byte-order mark: dropped wherever they stand."""
SPACE = " \t\r\n"
WORD = frozenset("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
"""What a number, true, false and null are written with; which words there are is left to `json`."""

BACKSLASH = re.compile(
    r"""
    \\ (?:
        (?P<latex> (?= [bf] [^\W\d_]
            | (?: times | theta | triangle | tfrac | text (?=\{)
                | nabla | neq | notin | rho | rangle | rightarrow ) (?! [^\W\d_] ) ) )
      | ["\\/bfnrt] | u [0-9A-Fa-f]{4}
      | (?P<stray>)
    )
    """,
    re.VERBOSE,
)
"""A backslash of a string with all that belongs to it; `latex` and `stray` are those that stand for themselves."""

Result = dict[str, object] | Unreadable


class LineReader:
    """Takes the JSON objects out of a stream, whatever stands between them; never raises, and holds little.

    - Chunks may end anywhere: the results are those of the whole text.
    - What stands outside of objects is dropped without a word: chatter, code fences, brackets and commas of a list.
    - An object ends where its braces are balanced: several may stand on a line, one may go over several lines.
    - A comma before a closing bracket is forgiven, and a line break in a string; but a line in a string that
      begins with `{` is the next object: a string that was not closed costs one question, not all that follow.
    - A list of objects in an object is a wrapping, which is dropped: each object in the list is taken by itself.
    - `{` that begins no object is dropped, and reading goes on at the next one, within what was read already.
      What had a key and a colon is `Unreadable` ("not JSON"), anything less was chatter. So is an empty object.
    - A backslash that begins no escape of JSON stands for itself, as in `\\(x\\)` or `\\sqrt`. So does one that does,
      where only LaTeX can be meant: `\\b` and `\\f` before a letter (`\\beta`, `\\frac`), and `\\t`, `\\n`, `\\r` that
      begin a command of which no word would be left, as `\\times`. `\\n` in `\\nu` stays a line break: it may be meant.
    - An object that the stream ends in is "cut off"; one longer than `MOST_CHARACTERS` is "too long", one deeper
      than `MOST_LEVELS` "too deep"; one that has a key twice, or half a surrogate pair, is dropped too. NaN and
      Infinity are not JSON, nor is a number that becomes infinite when it is read; one with a fraction stays text.
    - Time is linear: a character is read again at most once for each level of an object that broke around it.
    """

    def __init__(self) -> None:
        self._object: _Object | None = None

    @property
    def held(self) -> int:
        """How many characters are kept, at most `MOST_CHARACTERS`."""
        return len(self._object.text) if self._object else 0

    def feed(self, text: str) -> list[Result]:
        """What is whole, or known to be unreadable, now that this came."""
        return self._read(text.translate(INVISIBLE))

    def finish(self) -> list[Result]:
        """What is left when nothing more comes; the reader is then as new."""
        results: list[Result] = []
        half = False
        while self._object is not None:
            half = half or self._object.has_key
            rest = self._object.after_the_brace()
            self._object = None
            results += self._read(rest)
        return [*results, CUT_OFF] if half else results

    def _read(self, text: str) -> list[Result]:
        results: list[Result] = []
        pieces = [(text, 0)]
        while pieces:
            piece, place = pieces.pop()
            while place < len(piece):
                if self._object is None:
                    place = piece.find("{", place)
                    if place < 0:
                        break
                    self._object = _Object()
                verdict = self._object.step(piece[place])
                place += 1
                if verdict is _Verdict.GOING:
                    continue
                ended, self._object = self._object, None
                results += _results(ended, verdict)
                if verdict in AGAIN:
                    pieces += [(piece, place), (ended.after_the_brace(), 0)]
                    break
        return results


class _Verdict(Enum):
    """What an object is, now that one more character was read."""

    GOING = auto()
    WHOLE = auto()
    BROKEN = auto()
    WRAPPING = auto()
    TOO_DEEP = auto()
    TOO_LONG = auto()


AGAIN = {_Verdict.BROKEN, _Verdict.WRAPPING, _Verdict.TOO_LONG}
"""After these, an object may begin within what was read."""


class _Object:
    """Follows one object character by character, and says as soon as it cannot become JSON."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.has_key = False
        self.has_colon = False
        self._open: list[str] = []
        self._next: Callable[[str], _Verdict] = self._value
        self._comma: int | None = None
        self._in_key = False
        self._line_begins = False

    def step(self, char: str) -> _Verdict:
        """Take the next character; the first is the opening brace."""
        self.text.append(char)
        verdict = self._next(char)
        if verdict is _Verdict.GOING and len(self.text) >= MOST_CHARACTERS:
            return _Verdict.TOO_LONG
        return verdict

    def after_the_brace(self) -> str:
        """What was read since the object began."""
        return "".join(self.text[1:])

    def _value(self, char: str) -> _Verdict:
        if char in SPACE:
            return _Verdict.GOING
        if char in "{[":
            return self._opens(char)
        if char == "]" and self._open[-1] == "[":
            return self._closes()
        self._comma = None
        if char == '"':
            self._in_key = False
            self._next = self._string
            return _Verdict.GOING
        self._next = self._word
        return _Verdict.GOING if char in WORD else _Verdict.BROKEN

    def _opens(self, char: str) -> _Verdict:
        if char == "{" and self._open and self._open[-1] == "[":
            return _Verdict.WRAPPING
        self._open.append(char)
        self._comma = None
        self._next = self._key if char == "{" else self._value
        return _Verdict.GOING if len(self._open) <= MOST_LEVELS else _Verdict.TOO_DEEP

    def _closes(self) -> _Verdict:
        self._open.pop()
        if self._comma is not None:
            self.text[self._comma] = " "
        self._comma = None
        self._next = self._after
        return _Verdict.GOING if self._open else _Verdict.WHOLE

    def _key(self, char: str) -> _Verdict:
        if char in SPACE:
            return _Verdict.GOING
        if char == "}":
            return self._closes()
        if char == "{" and not self.has_key:
            self.text = [char]
            return _Verdict.GOING
        if char != '"':
            return _Verdict.BROKEN
        self.has_key = self._in_key = True
        self._comma = None
        self._next = self._string
        return _Verdict.GOING

    def _colon(self, char: str) -> _Verdict:
        if char in SPACE:
            return _Verdict.GOING
        if char != ":":
            return _Verdict.BROKEN
        self.has_colon = True
        self._next = self._value_of_a_key
        return _Verdict.GOING

    def _value_of_a_key(self, char: str) -> _Verdict:
        return _Verdict.BROKEN if char == "]" else self._value(char)

    def _after(self, char: str) -> _Verdict:
        if char in SPACE:
            return _Verdict.GOING
        if char == ",":
            self._comma = len(self.text) - 1
            self._next = self._key if self._open[-1] == "{" else self._value
            return _Verdict.GOING
        matches = char == {"{": "}", "[": "]"}[self._open[-1]]
        return self._closes() if matches else _Verdict.BROKEN

    def _string(self, char: str) -> _Verdict:
        if char == '"':
            self._line_begins = False
            self._next = self._colon if self._in_key else self._after
        elif char == "\\":
            self._line_begins = False
            self._next = self._escaped
        elif char == "{" and self._line_begins:
            return _Verdict.BROKEN
        elif char not in " \t":
            self._line_begins = char in "\r\n"
        return _Verdict.GOING

    def _escaped(self, char: str) -> _Verdict:
        self._next = self._string
        return self._string(char) if char in "\r\n" else _Verdict.GOING

    def _word(self, char: str) -> _Verdict:
        if char in WORD:
            return _Verdict.GOING
        self._next = self._after
        return self._after(char)


def _results(ended: _Object, verdict: _Verdict) -> list[Result]:
    if verdict is _Verdict.WHOLE:
        return [_parsed("".join(ended.text))] if ended.has_key else []
    if verdict is _Verdict.BROKEN:
        return [NOT_JSON] if ended.has_colon else []
    if verdict is _Verdict.WRAPPING:
        return []
    return [TOO_DEEP if verdict is _Verdict.TOO_DEEP else TOO_LONG]


def _parsed(text: str) -> Result:
    try:
        value = cast(
            "dict[str, object]",
            json.loads(
                BACKSLASH.sub(_with_its_own, text),
                strict=False,
                object_pairs_hook=_without_duplicates,
                parse_constant=_refused,
                parse_float=_as_written,
            ),
        )
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return NOT_UNICODE
    except _DuplicateKey:
        return DUPLICATE_KEY
    except ValueError:
        return NOT_JSON
    return value


def _with_its_own(backslash: re.Match[str]) -> str:
    """What JSON reads as was meant; all backslashes of an object are in its strings."""
    return "\\\\" if backslash.lastgroup else backslash[0]


class _DuplicateKey(ValueError):
    """An object has a key twice."""


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _DuplicateKey
    return value


def _refused(text: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(text)


def _as_written(text: str) -> str:
    """A number with a fraction or an exponent, as it stands: 2.50 is not to become 2.5 in an option."""
    if not math.isfinite(float(text)):
        raise ValueError(text)
    return text
