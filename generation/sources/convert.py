"""The process that reads one document: `python -I -m generation.sources.convert`.

A line of JSON and the document come by standard input, one JSON object goes out by standard output: the passages, or
where they are asked for the pages as pictures, or why there are none. It reads the document only once it can do nothing
else any more (`confinement`).
"""

import base64
import codecs
import importlib
import json
import os
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, cast

from generation.sources.confinement import Peak, limit, seal
from generation.sources.kinds import Kind, kind_of
from generation.sources.passages import material_of
from generation.sources.refusal import NotConverted, Reason
from quiz.material import Material

NOT_NEEDED = ("py3langid", "numpy")
"""What trafilatura imports where it is installed: it takes memory, and starts threads, which may not be here."""
RUSSIAN = "Слова, чтобы узнать кодировку по ним.".encode("cp1251")
FIRST = {
    Kind.TEXT: RUSSIAN,
    Kind.MARKDOWN: RUSSIAN,
    Kind.TABLE: RUSSIAN,
    Kind.PAGE: b"<html><body><p>" + RUSSIAN + b"</p></body></html>",
}
"""What is read first, so that libraries import what they import late: afterwards nothing can be."""
CODECS = """
    utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be iso8859-1 iso8859-2 iso8859-5 iso8859-7 iso8859-8
    iso8859-9 iso8859-15 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp737 cp850 cp852 cp855
    cp866 cp874 cp1125 koi8-r koi8-u koi8-t kz1048 ptcp154 mac-cyrillic mac-roman gb18030 gbk gb2312 hz big5 big5hkscs
    shift_jis cp932 euc-jp iso2022_jp euc-kr cp949 johab tis-620
"""


def main() -> None:
    """Read, convert, answer; whatever happens within, the answer is one object."""
    limit()
    peak = Peak()
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    asked = json.loads(stdin.readline(10_000))
    pages = asked["pictures"]
    work = _passages if pages is None else partial(_pictures, pages=pages)
    answer = json.dumps({**_answer(work, stdin.read(), str(asked["name"])), "peak": peak.bytes}, ensure_ascii=False)
    stdout.write(answer.encode("utf-8", "replace"))
    stdout.flush()
    # Without what libraries do at the end: it may try to open something.
    os._exit(0)


Work = Callable[[bytes, str], Callable[[], dict[str, Any]]]
"""Makes ready to read a document, and gives what reads it once this process is sealed."""


def _passages(data: bytes, name: str) -> Callable[[], dict[str, Any]]:
    reader = reader_of(kind_of(data, name))

    def read() -> dict[str, Any]:
        material = material_of(reader.read(data), title_of(name))
        return as_json(material) if material.passages else {"refused": Reason.NO_TEXT.value}

    return read


def _pictures(data: bytes, name: str, *, pages: list[int]) -> Callable[[], dict[str, Any]]:
    """Those pages, or without any the first ones."""
    del name
    pictures = importlib.import_module("generation.sources.pictures")
    pictures.make_ready()

    def read() -> dict[str, Any]:
        found = [[number, base64.b64encode(jpeg).decode()] for number, jpeg in pictures.read(data, pages)]
        return {"pictures": found, "whole": len(found) >= (len(pages) or pictures.pages_in(data))}

    return read


def _answer(work: Work, data: bytes, name: str) -> dict[str, Any]:
    sealed = None
    try:
        read = work(data, name)
        sealed = seal()
        return {"sealed": sealed, **read()}
    except NotConverted as refused:
        reason = refused.reason
    except ImportError as missing:
        if sealed is not None:
            # A library imports more than was foreseen: that is ours to set right, so it is said.
            return {"sealed": sealed, "refused": Reason.DAMAGED.value, "not_imported": missing.name}
        reason = Reason.NOT_INSTALLED
    except MemoryError:
        reason = Reason.TOO_MUCH_MEMORY
    except Exception:  # noqa: BLE001 - whatever a library raises about a stranger's document, that is what it means
        reason = Reason.DAMAGED
    return {"sealed": sealed, "refused": reason.value}


def reader_of(kind: Kind) -> Any:  # noqa: ANN401 - a module
    """The module that reads a kind of source, with all that it may need later."""
    for name in NOT_NEEDED:
        cast("dict[str, Any]", sys.modules)[name] = None
    reader: Any = importlib.import_module(f"generation.sources.{kind.value}")
    if kind in FIRST:
        for codec in CODECS.split():
            codecs.lookup(codec)
        with suppress(NotConverted):
            deque(reader.read(FIRST[kind]).found, maxlen=0)
    return reader


def title_of(name: str) -> str:
    """What a file is called, without its ending and the folders before it."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return stem if dot and ending.isalnum() else last


def as_json(material: Material) -> dict[str, Any]:
    """A source as `generation.sources.conversion` reads it."""
    return {
        "title": material.title,
        "whole": material.whole,
        "pictured": material.pictured,
        "passages": [
            [one.text, one.kind.value, one.place.kind.value, one.place.number, one.place.heading, one.lines]
            for one in material.passages
        ],
    }


if __name__ == "__main__":
    main()
