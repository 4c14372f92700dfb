"""Cookies of our own. Streamlit lets a page set one only by script."""

from urllib.parse import quote, unquote

import streamlit as st

_SCRIPT = """<script>
document.cookie = "{}={}; path=/; SameSite=Strict; max-age={}" + (location.protocol === "https:" ? "; Secure" : "");
</script>"""


def read_cookie(name: str) -> str:
    """What the browser sent when this session began; "" if it has no such cookie."""
    return unquote(str(st.context.cookies.get(name, "")))


def set_cookie(name: str, value: str, seconds: int) -> None:
    """Leave a value with the browser for so long; 0 removes it."""
    # Quoted, it has letters, digits, %, -, ., _ and ~ only: nothing in it can end the script.
    with st.container(key=f"script_{name}"):
        st.html(_SCRIPT.format(name, quote(value, safe=""), seconds), unsafe_allow_javascript=True)
