"""Accounts: who may write, and the passwords of those who do not log in elsewhere.

Passwords are kept as argon2id hashes (argon2-cffi, its defaults follow RFC 9106) and never leave this module.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from geo.errors import EntryError, LoginError, RoleError
from geo.review.roles import ROLES, Act, Role, least_role, may
from geo.store.engine import reading, writing
from geo.store.login_limit import LoginLimit
from geo.store.tables import sessions, users
from geo.validation import shown

LEAST_PASSWORD_LETTERS = 10
MOST_PASSWORD_LETTERS = 1000
_MOST_LETTERS = 1000
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each check takes 64 MB: a flood of logins waits here instead of filling the memory."""
_WRONG = "The name or the password is wrong."


@dataclass(frozen=True)
class User:
    """An account. user_id is what the ledger writes as recorded_by. disabled: it may do nothing."""

    user_id: str
    name: str
    role: str
    disabled: bool = False


_LIMIT = LoginLimit()


def add_account(
    engine: Engine, user_id: str, name: str, role: Role, password: str | None = None, identity: str | None = None
) -> None:
    """Adds an account with a password, or with the identity that an identity provider gives (see `find_identity`).

    Raises EntryError for a name that is taken or a password that is too short.
    """
    _require_role(role)
    if not user_id.strip() or not user_id.isprintable() or len(user_id) > 100 or "/" in user_id:
        raise EntryError("An account needs a short name without slashes, such as `anna`.")
    if not all(each.isprintable() and len(each) <= _MOST_LETTERS for each in (name, identity or "")):
        raise EntryError(f"Name and identity must be plain text of at most {_MOST_LETTERS} characters.")
    password_hash = None if password is None else _hash(password)
    with writing(engine) as connection:
        if _row(connection, user_id) is not None:
            raise EntryError(f"There is an account {shown(user_id)} already: give another name.")
        if identity and connection.execute(select(users.c.user_id).where(users.c.identity == identity)).first():
            raise EntryError(f"The identity {shown(identity)} belongs to another account.")
        connection.execute(
            insert(users).values(
                user_id=user_id,
                name=name,
                role=role,
                identity=identity,
                password_hash=password_hash,
                created_at=datetime.now(UTC),
            )
        )


def set_password(engine: Engine, user_id: str, password: str) -> None:
    """Gives an account another password and ends its sessions. Raises EntryError."""
    _change(engine, user_id, {"password_hash": _hash(password)})


def set_role(engine: Engine, user_id: str, role: Role) -> None:
    """Gives an account another role, at once. Raises EntryError."""
    _require_role(role)
    _change(engine, user_id, {"role": role}, ends_sessions=False)


def disable(engine: Engine, user_id: str) -> None:
    """Ends an account and its sessions; what it has recorded stays. Raises EntryError."""
    _change(engine, user_id, {"disabled_at": datetime.now(UTC)})


def accounts(engine: Engine) -> list[User]:
    """All accounts, by id."""
    with reading(engine) as connection:
        return [_user(row) for row in connection.execute(select(users).order_by(users.c.user_id))]


def check_password(
    engine: Engine, user_id: str, password: str, limit: LoginLimit = _LIMIT, address: str | None = None
) -> User:
    """The account of that name, if the password is right. Raises LoginError, which never says what was wrong.

    A name that does not exist takes as long as one that does, and has as many tries. address: of the browser, None if
    it is not known.
    """
    limit.begin(engine, user_id, address)
    with reading(engine) as connection:
        row = _row(connection, user_id)
    try:
        with _AT_ONCE:
            _HASHER.verify((row and row.password_hash) or _NOBODY, _bytes(password[: MOST_PASSWORD_LETTERS + 1]))
    except (VerificationError, InvalidHashError) as error:
        raise LoginError(_WRONG) from error
    if row is None or row.password_hash is None or row.disabled_at is not None:
        raise LoginError(_WRONG)
    limit.forgive(engine, user_id, address)
    return _user(row)


def find_identity(engine: Engine, claims: Mapping[str, object]) -> User | None:
    """The account that belongs to the claims of an identity provider (OpenID Connect), or None.

    It is found by `iss|sub`, or by an e-mail address that the provider says is verified.
    """
    names = [f"{claims.get('iss')}|{claims.get('sub')}"]
    if claims.get("email_verified") is True and claims.get("email"):
        names.append(str(claims["email"]))
    names = [each for each in names if each.isprintable()]
    with reading(engine) as connection:
        found = connection.execute(
            select(users).where(users.c.identity.in_(names), users.c.disabled_at.is_(None))
        ).first()
    return None if found is None else _user(found)


def require(connection: Connection, user_id: str, act: Act) -> User:
    """The account, if its role allows the act at this moment. Raises RoleError."""
    row = _row(connection, user_id)
    if row is None or row.disabled_at is not None:
        raise RoleError("This account does not exist, or was disabled. Log in again.")
    if not may(row.role, act):
        raise RoleError(f"You are {row.role}; this needs the role {least_role(act)} or higher. Ask an owner.")
    return _user(row)


def _change(engine: Engine, user_id: str, values: Mapping[str, Any], ends_sessions: bool = True) -> None:
    with writing(engine) as connection:
        if _row(connection, user_id) is None:
            raise EntryError(f"There is no account {shown(user_id)}.")
        connection.execute(update(users).where(users.c.user_id == user_id).values(**values))
        if ends_sessions:
            connection.execute(delete(sessions).where(sessions.c.user_id == user_id))


def _require_role(role: str) -> None:
    if role not in ROLES:
        raise EntryError(f"{shown(role)} is no role: use one of {', '.join(ROLES)}.")


def _hash(password: str) -> str:
    if not LEAST_PASSWORD_LETTERS <= len(password) <= MOST_PASSWORD_LETTERS:
        raise EntryError(f"The password needs {LEAST_PASSWORD_LETTERS} characters or more.")
    return _HASHER.hash(_bytes(password))


def _bytes(password: str) -> bytes:
    """Of whatever was typed, also of half a character."""
    return password.encode(errors="surrogatepass")


def _row(connection: Connection, user_id: str) -> Row[Any] | None:
    if not user_id.isprintable():  # no account has such a name, and no database could look for all of them
        return None
    return connection.execute(select(users).where(users.c.user_id == user_id)).first()


def _user(row: Row[Any]) -> User:
    return User(row.user_id, row.name, row.role, row.disabled_at is not None)
