"""Who is looking: the account that logged in, by password or by the organisation's identity provider."""

import os

import streamlit as st
from markupsafe import Markup

from geo.errors import HoldlineError, LoginError
from geo.review.roles import may
from geo.store.accounts import User, check_password, find_identity
from geo.store.engine import URL_VARIABLE, store_url
from geo.store.ledger import Store
from geo.store.sessions import LASTS, begin_session, end_session, session_user
from ui.connection import connect
from ui.cookies import read_cookie, set_cookie
from ui.fragments import heading, name, paragraph, show
from ui.provider import claims, draw_provider_buttons, draw_stranger

CLOSED_VARIABLE = "HOLDLINE_CLOSED"
COOKIE = "holdline_session"
_TOKEN = "login_token"


def find_store() -> Store | None:
    """The store, if there is one; it is never begun by looking at a page. Raises StoreError."""
    url = store_url()
    if not os.environ.get(URL_VARIABLE) and not os.path.exists(str(url.database)):  # noqa: PTH110
        return None
    return connect(url)


def visitor(store: Store) -> User | None:
    """The account of this session, as it is now; None for somebody who is not logged in.

    Only a token that the database knows counts, or what Streamlit has checked with the identity provider: nothing that
    the browser says about itself.
    """
    token = st.session_state.get(_TOKEN) or read_cookie(COOKIE)
    if token and (user := session_user(store.engine, str(token))) is not None:
        return user
    given = claims()
    return None if given is None else find_identity(store.engine, given)


def require_reader() -> None:
    """Where the dashboard is closed (HOLDLINE_CLOSED=1), stops the script unless somebody is logged in."""
    if os.environ.get(CLOSED_VARIABLE) != "1":
        return
    try:
        store = find_store()
        user = visitor(store) if store else None
    except HoldlineError as error:
        show(heading("This dashboard is closed"), paragraph(str(error), "hl-lines"))
        st.stop()
    if user is not None and may(user.role, "read"):
        return
    show(heading("This dashboard is closed", "Log in to see the map."))
    if store is None:
        show(paragraph("There are no accounts yet: an owner adds them with `python -m geo account add`."))
    else:
        draw_login(store)
    st.stop()


def draw_login(store: Store) -> None:
    """Draw the ways to log in; for somebody whom the identity provider knows and we do not, that this is so."""
    given = claims()
    if given is not None:
        draw_stranger(given)
        return
    with st.form("login", width=420):
        user_id = st.text_input("Name", autocomplete="username")
        password = st.text_input("Password", type="password", autocomplete="current-password")
        if st.form_submit_button("Log in", type="primary"):
            _log_in(store, user_id.strip(), password)
    draw_provider_buttons()


def draw_visitor(store: Store, user: User) -> None:
    """Draw who is logged in, and the way out."""
    with st.container(horizontal=True, vertical_alignment="center"):
        who = Markup('<span class="hl-muted">You are {}, {}.</span>').format(name(user.name), user.role)
        st.html(who, width="content")
        if st.button("Log out", type="tertiary"):
            _log_out(store)


def _log_in(store: Store, user_id: str, password: str) -> None:
    try:
        user = check_password(store.engine, user_id, password, address=_address())
        token = begin_session(store.engine, user.user_id)
    except LoginError as error:
        show(paragraph(str(error), "hl-alert"))
        return
    st.session_state[_TOKEN] = token
    st.rerun()


def _address() -> str | None:
    address = st.context.ip_address
    return address if isinstance(address, str) else None


def keep_logged_in() -> None:
    """Leave the token with the browser, so that a reload or a link does not log out."""
    token = st.session_state.get(_TOKEN)
    if token and read_cookie(COOKIE) != token:
        set_cookie(COOKIE, str(token), round(LASTS.total_seconds()))


def _log_out(store: Store) -> None:
    for token in (st.session_state.pop(_TOKEN, None), read_cookie(COOKIE)):
        if token:
            end_session(store.engine, str(token))
    if claims() is None:
        st.rerun()
    st.logout()  # the browser leaves for the provider
