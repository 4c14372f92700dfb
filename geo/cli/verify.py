"""`python -m geo verify`: whether the store holds what was written to it."""

import argparse
import re
import sys
from collections.abc import Iterable
from contextlib import closing

from geo.cli.options import Commands, add_command
from geo.store.ledger import Store
from geo.store.verify import Head, Verdict, verify

_HEAD = re.compile(r"(?P<ledger>.+):(?P<position>[0-9]+):(?P<hash>[0-9a-f]{64})")


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "verify", "check the store: chain of hashes, rows, references, triggers")
    command.set_defaults(run=check)
    command.add_argument(
        "--head",
        dest="heads",
        action="append",
        default=[],
        type=_head,
        metavar="LEDGER:POSITION:HASH",
        help="a head that this command printed earlier: it must still be in the chain",
    )


def check(arguments: argparse.Namespace) -> int:
    """Prints a line for each ledger; the first bad row of one that is not sound. Returns 2 if anything is wrong."""
    with closing(Store()) as store:
        return print_verdicts(verify(store.engine, dict(arguments.heads)))


def print_verdicts(verdicts: Iterable[Verdict]) -> int:
    """The exit status: 2 if there are faults."""
    status = 0
    for verdict in verdicts:
        for fault in verdict.faults:
            print(f"{verdict.ledger_id or 'database'}: {fault}", file=sys.stderr)
            status = 2
        if verdict.ledger_id and not verdict.faults:
            position, digits = verdict.head
            print(f"{verdict.ledger_id}: {position:,} entries, sound; head {verdict.ledger_id}:{position}:{digits}")
    return status


def _head(text: str) -> tuple[str, Head]:
    found = _HEAD.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not LEDGER:POSITION:HASH, as `verify` prints it")
    return found["ledger"], (int(found["position"]), found["hash"])
