"""The program `quizbot`, which is `python -m bot` too."""

import signal


def main() -> None:
    """Run the command line.

    Ctrl-C ends it at once and without a word, until whatever runs has its own way to end: while modules are imported,
    which takes a second, Python would show where it was.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.cli import main as run

    run()


if __name__ == "__main__":
    main()
