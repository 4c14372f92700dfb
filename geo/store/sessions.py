"""Who is logged in. The browser holds a random token; the database only its SHA-256, with an end."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, insert, select

from geo.store.accounts import User
from geo.store.engine import reading, writing
from geo.store.tables import sessions, users

LASTS = timedelta(hours=12)
_TOKEN_BYTES = 32


def begin_session(engine: Engine, user_id: str, lasts: timedelta = LASTS) -> str:
    """A new session of an account; returns its token. Sessions that have ended are cleared away."""
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), datetime.now(UTC)
    with writing(engine) as connection:
        connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
        connection.execute(
            insert(sessions).values(token_hash=_hash(token), user_id=user_id, created_at=now, expires_at=now + lasts)
        )
    return token


def session_user(engine: Engine, token: str) -> User | None:
    """The account that a token belongs to; None if it has ended, was never given, or the account is disabled."""
    with reading(engine) as connection:
        row = connection.execute(
            select(users)
            .join(sessions, sessions.c.user_id == users.c.user_id)
            .where(sessions.c.token_hash == _hash(token), sessions.c.expires_at > datetime.now(UTC))
            .where(users.c.disabled_at.is_(None))
        ).first()
    return None if row is None else User(row.user_id, row.name, row.role)


def end_session(engine: Engine, token: str) -> None:
    """Logs out."""
    with writing(engine) as connection:
        connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
