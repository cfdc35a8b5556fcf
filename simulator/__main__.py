"""`python -m simulator`: a Telegram of one's own on this machine."""

import argparse

from simulator.app import run


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: a free one)")
    parser.add_argument("--token", help="token for the control API (default: a random one)")
    parser.add_argument(
        "--allow-host",
        metavar="NAME",
        action="append",
        default=[],
        help="a further name or address by which it is called (may be repeated)",
    )
    parser.add_argument(
        "--die-with-parent",
        action="store_true",
        help="end when standard input, a pipe held by the starter, is closed",
    )
    given = parser.parse_args()
    run(given.host, given.port, given.token, given.die_with_parent, given.allow_host)


if __name__ == "__main__":
    main()
