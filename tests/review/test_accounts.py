"""Accounts, passwords, sessions: what opens the door, and what does not."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from geo.__main__ import main
from geo.errors import EntryError, LoginError
from geo.store import accounts
from geo.store.accounts import add_account, check_password, disable, find_identity, set_password
from geo.store.engine import URL_VARIABLE
from geo.store.ledger import Store
from geo.store.sessions import begin_session, end_session, session_user
from geo.store.tables import login_tries, sessions, users
from tests.review.conftest import PASSWORD


def test_a_password_opens_only_its_account(store: Store) -> None:
    assert check_password(store.engine, "rita", PASSWORD).role == "reviewer"
    for user_id, password in (("rita", "another one, wrong"), ("nobody", PASSWORD), ("rita", ""), ("", "")):
        with pytest.raises(LoginError, match="name or the password"):
            check_password(store.engine, user_id, password)
    disable(store.engine, "rita")
    with pytest.raises(LoginError):
        check_password(store.engine, "rita", PASSWORD)


def test_passwords_are_kept_as_argon2id_and_not_shown(store: Store) -> None:
    with store.engine.connect() as connection:
        kept = connection.execute(select(users.c.password_hash)).scalars().all()
    assert all(each.startswith("$argon2id$") and PASSWORD not in each for each in kept)
    assert "hash" not in repr(accounts.accounts(store.engine))


def test_an_account_without_a_password_has_none_that_fits(store: Store) -> None:
    add_account(store.engine, "oidc", "Oidc", "editor", identity="oidc@example.org")
    for password in ("", "None", "nobody has this password"):
        with pytest.raises(LoginError):
            check_password(store.engine, "oidc", password)


def test_what_is_typed_as_a_name_is_not_kept(store: Store) -> None:
    typed = "my password in the wrong field\0\ud800"
    with pytest.raises(LoginError, match="wrong"):
        check_password(store.engine, typed, "")
    with store.engine.connect() as connection:
        [kept] = connection.execute(select(login_tries)).all()
    assert "password" not in str(kept)


def test_a_session_is_a_token_that_the_database_does_not_hold(store: Store) -> None:
    token = begin_session(store.engine, "rita")
    assert session_user(store.engine, token).user_id == "rita"
    with store.engine.connect() as connection:
        [kept] = connection.execute(select(sessions.c.token_hash)).scalars().all()
    assert kept != token
    for forged in (kept, "", token[:-1], "\ud800"):
        assert session_user(store.engine, forged) is None
    end_session(store.engine, token)
    assert session_user(store.engine, token) is None


def test_a_session_ends_by_itself_with_another_password_and_with_the_account(store: Store) -> None:
    assert session_user(store.engine, begin_session(store.engine, "rita", timedelta(seconds=-1))) is None
    token = begin_session(store.engine, "rita")
    set_password(store.engine, "rita", "quite another password")
    assert session_user(store.engine, token) is None
    token = begin_session(store.engine, "rita")
    disable(store.engine, "rita")
    assert session_user(store.engine, token) is None


def test_an_identity_counts_by_subject_or_verified_address(store: Store) -> None:
    add_account(store.engine, "ona", "Ona", "editor", identity="ona@example.org")
    add_account(store.engine, "ivo", "Ivo", "editor", identity="https://id.example.org|42")
    claims = {"iss": "https://id.example.org", "sub": "1", "email": "ona@example.org"}
    assert find_identity(store.engine, claims) is None
    assert find_identity(store.engine, claims | {"email_verified": "true"}) is None
    assert find_identity(store.engine, claims | {"email_verified": True}).user_id == "ona"
    assert find_identity(store.engine, {"iss": "https://id.example.org", "sub": "42"}).user_id == "ivo"
    disable(store.engine, "ivo")
    assert find_identity(store.engine, {"iss": "https://id.example.org", "sub": "42"}) is None


@pytest.mark.parametrize(
    ("user_id", "password"), [("rita", PASSWORD), ("new", "short"), ("", PASSWORD), ("a\nb", PASSWORD)]
)
def test_a_wrong_account_is_refused(store: Store, user_id: str, password: str) -> None:
    with pytest.raises(EntryError):
        add_account(store.engine, user_id, "New", "viewer", password)


def test_accounts_from_the_command_line(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(URL_VARIABLE, str(store.engine.url))

    def run(*words: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(["account", *words])

    assert run("add", "anna", "--role", "editor", typed=f"{PASSWORD}\n") == 0
    assert check_password(store.engine, "anna", PASSWORD).role == "editor"
    assert run("role", "anna", "owner") == 0
    assert run("password", "anna", typed="quite another password\n") == 0
    assert check_password(store.engine, "anna", "quite another password").role == "owner"
    assert run("disable", "anna") == 0
    assert run("add", "short", typed="short\n") == 2
    assert run("role", "nobody", "owner") == 2
    assert run("list") == 0
    printed = capsys.readouterr()
    assert "anna: anna, owner, disabled" in printed.out
    assert PASSWORD not in printed.out + printed.err
