"""`python -m geo account`: who may log in, and what they may do."""

import argparse
import getpass
import sys
from contextlib import closing

from geo.cli.options import Commands, add_command
from geo.errors import EntryError
from geo.review.roles import ROLES
from geo.store.accounts import accounts, add_account, disable, set_password, set_role
from geo.store.ledger import Store


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "account", "say who may log in and what they may do")
    acts = command.add_subparsers(required=True, metavar="ACT")
    add = _act(acts, "add", "a new account; the password is asked for, or read from the standard input", _add)
    add.add_argument("--name", help="as others see it (default: USER)")
    add.add_argument("--role", choices=ROLES, default="viewer")
    add.add_argument("--identity", help="verified e-mail address, or iss|sub, at the identity provider: no password")
    _act(acts, "password", "another password; ends the account's sessions", _password)
    role = _act(acts, "role", "another role", _role)
    role.add_argument("role", choices=ROLES)
    _act(acts, "disable", "no more logins; what was recorded stays", _disable)
    acts.add_parser("list", help="all accounts").set_defaults(run=_list)


def _act(acts: Commands, name: str, purpose: str, run: object) -> argparse.ArgumentParser:
    act: argparse.ArgumentParser = acts.add_parser(name, help=purpose)
    act.add_argument("user", metavar="USER")
    act.set_defaults(run=run)
    return act


def _add(arguments: argparse.Namespace) -> int:
    password = None if arguments.identity else _read_password()
    with closing(Store()) as store:
        name = arguments.name or arguments.user
        add_account(store.engine, arguments.user, name, arguments.role, password, arguments.identity)
    return 0


def _password(arguments: argparse.Namespace) -> int:
    with closing(Store()) as store:
        set_password(store.engine, arguments.user, _read_password())
    return 0


def _role(arguments: argparse.Namespace) -> int:
    with closing(Store()) as store:
        set_role(store.engine, arguments.user, arguments.role)
    return 0


def _disable(arguments: argparse.Namespace) -> int:
    with closing(Store()) as store:
        disable(store.engine, arguments.user)
    return 0


def _list(_arguments: argparse.Namespace) -> int:
    with closing(Store()) as store:
        for user in accounts(store.engine):
            print(f"{user.user_id}: {user.name}, {user.role}{', disabled' if user.disabled else ''}")
    return 0


def _read_password() -> str:
    """From the terminal without showing it, twice; else the first line of the standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise EntryError("The two passwords are not the same: try again.")
    return password
