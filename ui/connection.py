"""The store as Streamlit's own connection: opened once for all sessions, closed with the server."""

from typing import Any

import streamlit as st
from sqlalchemy import URL, make_url
from streamlit.connections import BaseConnection

from geo.store.ledger import Store

_KEPT = 2


class StoreConnection(BaseConnection[Store]):
    """A connection whose `store` is a `geo.store.ledger.Store`; threads may share it."""

    def _connect(self, **kwargs: Any) -> Store:
        return Store(make_url(kwargs["url"]))

    @property
    def store(self) -> Store:
        """The open store. Raises StoreError if it cannot be opened."""
        return self._instance


def connect(url: URL) -> Store:
    """The store at a URL (`geo.store.engine.store_url`). Raises StoreError."""
    address = url.render_as_string(hide_password=False)
    return st.connection("holdline", type=StoreConnection, max_entries=_KEPT, url=address).store
