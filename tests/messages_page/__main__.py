"""`python -m tests.messages_page` writes docs/messages.md."""

import asyncio
import sys
from contextlib import redirect_stderr
from io import StringIO

from tests.messages_page.page import PAGE, markdown, sections


def main() -> None:
    """Play, and write the page; what the bots log is shown when that fails."""
    logged = StringIO()
    try:
        with redirect_stderr(logged):
            parts = asyncio.run(sections())
    except BaseException:
        sys.stderr.write(logged.getvalue())
        raise
    PAGE.write_text(markdown(parts), "utf-8")
    sys.stderr.write(f"{PAGE.name}: {sum(len(part.scenes) for part in parts)} scenes\n")


if __name__ == "__main__":
    main()
