"""Log in at the identity provider (OpenID Connect), which Streamlit talks to: `[auth]` of its secrets."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup
from streamlit.errors import StreamlitSecretNotFoundError

from ui.bar import PAGES
from ui.cookies import read_cookie, set_cookie
from ui.fragments import code, name, paragraph, show

_HERE = "provider_page"
_COOKIE = "holdline_page"
_AWAY_S = 600
"""How long a login at the provider may take for the way back to be remembered."""


def claims() -> Mapping[str, Any] | None:
    """What the provider says about who is looking, checked by Streamlit; None for somebody it did not name."""
    return st.user.to_dict() if _providers() and st.user.is_logged_in else None


def draw_provider_buttons() -> None:
    """Draw a button for each provider of the secrets; nothing if there is none."""
    providers = _providers()
    for provider in providers:
        label = f"Log in with {provider}" if provider else "Log in with your organisation"
        st.button(label, key=f"provider_{provider}", on_click=st.login, args=(provider or None,))
    if providers:
        set_cookie(_COOKIE, st.session_state.get(_HERE, ""), _AWAY_S)


def draw_stranger(given: Mapping[str, Any]) -> None:
    """Draw that the provider's person has no account here, and what an owner needs to give them one."""
    email, verified = given.get("email"), given.get("email_verified") is True
    who = str(email or given.get("name") or given.get("sub"))
    identity = str(email) if email and verified else f"{given.get('iss')}|{given.get('sub')}"
    said = "" if verified or not email else " Your provider does not say that this e-mail address is yours."
    sentence = Markup("You are {} at your organisation. No account here belongs to you.{}")
    show(
        paragraph(sentence.format(name(who), said), "hl-done"),
        paragraph(Markup("To get one, ask an owner of this dashboard to add your identity: {}").format(code(identity))),
    )
    if st.button("Log out", key="stranger_out"):
        st.logout()


def keep_way_back(title: str, dataset_id: str | None) -> None:
    """Note which page this is, and go back to the one from which somebody left for the provider: that leads to the map.

    title: one of `ui.bar.PAGES`.
    """
    st.session_state[_HERE] = f"{PAGES[title]}|{dataset_id or ''}"
    left = read_cookie(_COOKIE)
    if not left or claims() is None:
        return
    page, _, dataset = left.partition("|")
    if title == "Map" and dataset_id is None and page and page in PAGES.values():
        st.switch_page(f"pages/{page}.py", query_params={"dataset": dataset} if dataset else None)
    set_cookie(_COOKIE, "", 0)


def _providers() -> list[str]:
    """The providers by name; the one that stands in `[auth]` itself has the name ""."""
    try:
        auth = st.secrets.get("auth")
    except StreamlitSecretNotFoundError:
        return []
    if not isinstance(auth, Mapping):
        return []
    named = [str(key) for key, value in auth.items() if isinstance(value, Mapping) and "client_id" in value]
    return [*([""] if "client_id" in auth else []), *named]
