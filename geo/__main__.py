"""The command line: `python -m geo COMMAND`; the commands are in `geo.cli`."""

import argparse
import sys
from collections.abc import Sequence

from geopy.exc import GeopyError

from geo.cli import account, backup, build, events, export, geocode, ingest, parse, restore, rules, verify
from geo.errors import HoldlineError

_COMMANDS = (build, parse, events, geocode, export, ingest, rules, verify, backup, restore, account)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Who held what, on which day, and how we know.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.register(commands)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status: 0, 1 if nothing was found, 2 for an error that is explained."""
    arguments = _parser().parse_args(words)
    try:
        status: int = arguments.run(arguments)
    except (HoldlineError, GeopyError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'A file'} cannot be used ({error.strerror}).", file=sys.stderr)
    else:
        return status
    return 2


if __name__ == "__main__":
    sys.exit(main())
