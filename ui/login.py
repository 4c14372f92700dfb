"""Who is looking: the account that logged in, by password or by the organisation's identity provider."""

import os
from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup
from sqlalchemy import make_url
from streamlit.errors import StreamlitSecretNotFoundError

from geo.errors import HoldlineError, LoginError
from geo.review.roles import may
from geo.store.accounts import User, check_password, find_identity
from geo.store.engine import URL_VARIABLE, store_url
from geo.store.ledger import Store
from geo.store.sessions import LASTS, begin_session, end_session, session_user
from ui.fragments import heading, name, paragraph, show

CLOSED_VARIABLE = "HOLDLINE_CLOSED"
COOKIE = "holdline_session"
_TOKEN = "login_token"
_COOKIE_SCRIPT = """<script>
document.cookie = "{}={}; path=/; SameSite=Strict; max-age={}" + (location.protocol === "https:" ? "; Secure" : "");
</script>"""


def find_store() -> Store | None:
    """The store, if there is one; it is never begun by looking at a page. Raises StoreError."""
    url = store_url()
    if not os.environ.get(URL_VARIABLE) and not os.path.exists(str(url.database)):  # noqa: PTH110
        return None
    return _open(url.render_as_string(hide_password=False))


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(url: str) -> Store:
    return Store(make_url(url))


def visitor(store: Store) -> User | None:
    """The account of this session, as it is now; None for somebody who is not logged in.

    Only a token that the database knows counts, or what Streamlit has checked with the identity provider: nothing that
    the browser says about itself.
    """
    token = st.session_state.get(_TOKEN) or st.context.cookies.get(COOKIE)
    if token and (user := session_user(store.engine, str(token))) is not None:
        return user
    return find_identity(store.engine, _claims()) if _has_provider() and st.user.is_logged_in else None


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
    """Draw the form to log in with."""
    with st.form("login", width=420):
        user_id = st.text_input("Name", autocomplete="username")
        password = st.text_input("Password", type="password", autocomplete="current-password")
        if st.form_submit_button("Log in", type="primary"):
            _log_in(store, user_id.strip(), password)
    if _has_provider():
        st.button("Log in with your organisation", on_click=st.login)


def draw_visitor(store: Store, user: User) -> None:
    """Draw who is logged in, and the way out."""
    with st.container(horizontal=True, vertical_alignment="center"):
        who = Markup('<span class="hl-muted">You are {}, {}.</span>').format(name(user.name), user.role)
        st.html(who, width="content")
        if st.button("Log out", type="tertiary"):
            _log_out(store)


def _log_in(store: Store, user_id: str, password: str) -> None:
    try:
        user = check_password(store.engine, user_id, password)
        token = begin_session(store.engine, user.user_id)
    except LoginError as error:
        show(paragraph(str(error), "hl-alert"))
        return
    st.session_state[_TOKEN] = token
    st.rerun()


def keep_logged_in() -> None:
    """Leave the token with the browser, so that a reload or a link does not log out."""
    token = st.session_state.get(_TOKEN)
    if token and st.context.cookies.get(COOKIE) != token:
        _set_cookie(str(token), round(LASTS.total_seconds()))


def _log_out(store: Store) -> None:
    for token in (st.session_state.pop(_TOKEN, None), st.context.cookies.get(COOKIE)):
        if token:
            end_session(store.engine, str(token))
    if _has_provider() and st.user.is_logged_in:
        st.logout()
    st.rerun()


def _set_cookie(token: str, seconds: int) -> None:
    # The token is ours (letters, digits, - and _): nothing in it can end the script.
    st.html(_COOKIE_SCRIPT.format(COOKIE, token, seconds), unsafe_allow_javascript=True)


def _has_provider() -> bool:
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict()
