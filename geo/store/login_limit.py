"""How often a wrong password may be tried. The tries lie in the database, so that all servers count them together."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, text

from geo.errors import LoginError
from geo.store.engine import writing
from geo.store.tables import login_tries


@dataclass(frozen=True)
class LoginLimit:
    """The most wrong tries within some time: for one account, and for all together; older ones are forgotten."""

    most_per_account: int = 5
    most_in_all: int = 50
    within: timedelta = timedelta(minutes=15)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def begin(self, engine: Engine, user_id: str) -> None:
        """Counts a try as failed until `forgive` says that it was not. Raises LoginError for one too many."""
        now, account = self.now(), _hash(user_id)
        with writing(engine) as connection:
            if engine.dialect.name != "sqlite":  # there a writer is alone in any case
                connection.execute(text("lock table login_tries in exclusive mode"))
            connection.execute(delete(login_tries).where(login_tries.c.tried_at <= now - self.within))
            tried = connection.execute(select(login_tries.c.account_hash)).scalars().all()
            if tried.count(account) >= self.most_per_account or len(tried) >= self.most_in_all:
                minutes = round(self.within.total_seconds() / 60)
                raise LoginError(f"Too many tries: wait {minutes} minutes, then try again.")
            new = {"try_id": secrets.token_hex(16), "account_hash": account, "tried_at": now}
            connection.execute(insert(login_tries).values(new))

    def forgive(self, engine: Engine, user_id: str) -> None:
        """The password was right: the account's tries no longer count."""
        with writing(engine) as connection:
            connection.execute(delete(login_tries).where(login_tries.c.account_hash == _hash(user_id)))


def _hash(user_id: str) -> str:
    """What was typed as a name may be a password in the wrong field, so it is not kept as it is."""
    return hashlib.sha256(user_id.encode(errors="replace")).hexdigest()
