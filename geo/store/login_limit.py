"""How often a wrong password may be tried. The tries lie in the database, so that all servers count them together.

Who tries one account again and again from one address, or many accounts, has to wait, longer with each wrong try.
Nobody else has to: the tries of others only slow a login down. The same holds for names that no account has.
"""

import hashlib
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, delete, func, insert, select, text

from geo.errors import LoginError
from geo.store.engine import writing
from geo.store.tables import login_tries

_NET_OF_V6 = 64
"""A subscriber has as many addresses of IPv6 as they like, but one such net."""


class Tries(NamedTuple):
    """Wrong tries within the time that counts: how many, and seconds since the last (None: there is none)."""

    here: int
    here_ago_s: float | None
    address: int
    address_ago_s: float | None
    account: int
    all: int


@dataclass(frozen=True)
class LoginLimit:
    """What wrong tries lead to; those older than `within` are forgotten.

    free_here: wrong tries of one account from one address that lead to nothing. free_address: of all accounts from one
    address. With each one more the wait doubles, from first_wait_s to longest_wait_s; where the address is not known,
    to longest_wait_unknown_s, because then it may be somebody else who waits.
    free_account, free_in_all: of one account from all addresses, and of all, before logins are slowed, up to
    longest_pause_s each.
    """

    free_here: int = 5
    free_address: int = 20
    free_account: int = 20
    free_in_all: int = 100
    first_wait_s: float = 10
    longest_wait_s: float = 15 * 60
    longest_wait_unknown_s: float = 60
    longest_pause_s: float = 5
    within: timedelta = timedelta(hours=1)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    pause: Callable[[float], None] = time.sleep

    def begin(self, engine: Engine, user_id: str, address: str | None = None) -> None:
        """Counts a try as failed until `forgive` says that it was not; returns after a pause where one is due.

        address: of the browser, None if it is not known. Raises LoginError for one that comes too early; it does not
        count.
        """
        now, account, net = self.now(), _hash(user_id), _net(address)
        with writing(engine) as connection:
            if engine.dialect.name != "sqlite":  # there a writer is alone in any case
                connection.execute(text("lock table login_tries in exclusive mode"))
            connection.execute(delete(login_tries).where(login_tries.c.tried_at <= now - self.within))
            tries = _tries(connection, account, net, now)
            if wait_s := self.wait_s(tries, address is not None):
                raise LoginError(f"Too many wrong tries from here. Try again in {_in_words(wait_s)}.")
            new = {"try_id": secrets.token_hex(16), "account_hash": account, "address_hash": net, "tried_at": now}
            connection.execute(insert(login_tries).values(new))
        if pause_s := self.pause_s(tries):
            self.pause(pause_s)

    def forgive(self, engine: Engine, user_id: str, address: str | None = None) -> None:
        """The password was right: the tries of this account from this address no longer count."""
        mine = and_(login_tries.c.account_hash == _hash(user_id), login_tries.c.address_hash == _net(address))
        with writing(engine) as connection:
            connection.execute(delete(login_tries).where(mine))

    def wait_s(self, tries: Tries, is_known: bool) -> float:
        """How long the next try has to wait, 0 if it may come now. is_known: whether the address is known."""
        longest_s = self.longest_wait_s if is_known else self.longest_wait_unknown_s
        waits_s = [_left(tries.here - self.free_here, tries.here_ago_s, self.first_wait_s, longest_s)]
        if is_known:
            more = tries.address - self.free_address
            waits_s.append(_left(more, tries.address_ago_s, self.first_wait_s, longest_s))
        return max(waits_s)

    def pause_s(self, tries: Tries) -> float:
        """How long a try that may come is held up, whoever makes it."""
        more = max(tries.account - self.free_account, tries.all - self.free_in_all, 0)
        return min(more / 10, self.longest_pause_s)


def _left(more: int, ago_s: float | None, first_s: float, longest_s: float) -> float:
    """What is left of the wait after the last wrong try. more: than are free."""
    if more < 0 or ago_s is None:
        return 0
    return max(0.0, min(first_s * 2.0 ** min(more, 32), longest_s) - ago_s)


def _tries(connection: Connection, account: str, net: str, now: datetime) -> Tries:
    of_account, of_address = login_tries.c.account_hash == account, login_tries.c.address_hash == net

    def number(which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((which, 1), else_=0)), 0)

    def last(which: ColumnElement[bool]) -> ColumnElement[datetime]:
        return func.max(case((which, login_tries.c.tried_at)))

    here = and_(of_account, of_address)
    counts = select(number(here), last(here), number(of_address), last(of_address), number(of_account), func.count())
    row = connection.execute(counts.select_from(login_tries)).one()
    here_ago_s, address_ago_s = (None if at is None else (now - at).total_seconds() for at in (row[1], row[3]))
    return Tries(row[0], here_ago_s, row[2], address_ago_s, row[4], row[5])


def _in_words(wait_s: float) -> str:
    seconds = int(wait_s) + 1
    return f"{seconds} seconds" if seconds <= 90 else f"{-(-seconds // 60)} minutes"


def _net(address: str | None) -> str:
    """Who a try comes from, as it is kept: a hash, which nobody can read by chance, for as long as tries count."""
    if address is None:
        return _hash("")
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return _hash(address)
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped is None:
        return _hash(str(ipaddress.ip_network((int(known), _NET_OF_V6), strict=False)))
    return _hash(str(getattr(known, "ipv4_mapped", None) or known))


def _hash(typed: str) -> str:
    """What was typed as a name may be a password in the wrong field, so it is not kept as it is."""
    return hashlib.sha256(typed.encode(errors="replace")).hexdigest()
