"""Links into the dashboard: the state of the map as the address bar carries it.

The map's own script writes the address bar. Python only reads it, once per session, and makes links; all
links are relative, so that they work below a base path as well.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

MAP = ""


@dataclass(frozen=True)
class LinkState:
    """What a link asks for; None where it does not say or cannot be read."""

    dataset: str | None = None
    date: dt.date | None = None
    place: str | None = None
    document: str | None = None


def read_link(parameters: Mapping[str, str]) -> LinkState:
    """The state that the parameters of an address ask for."""
    return LinkState(
        dataset=_text(parameters.get("dataset")),
        date=_read_date(parameters.get("date", "")),
        place=_text(parameters.get("place")),
        document=_text(parameters.get("document")),
    )


def page_link(
    page: str, dataset: str, *, date: dt.date | None = None, place: str | None = None, document: str | None = None
) -> str:
    """A relative address of `page` (`MAP`, or the name of a file in pages/) with the given state.

    >>> page_link(MAP, "aleppo_2016", date=dt.date(2016, 12, 12), place="N0225")
    './?dataset=aleppo_2016&date=2016-12-12&place=N0225'
    """
    state = {
        "dataset": dataset,
        "date": date.isoformat() if date is not None else None,
        "place": place,
        "document": document,
    }
    given = {key: value for key, value in state.items() if value is not None}
    return f"./{quote(page, safe='')}?{urlencode(given, quote_via=quote, safe='')}"


def _text(given: str | None) -> str | None:
    """What was given, halves of characters replaced: no address can hold them."""
    return given.encode(errors="replace").decode() if given else None


def _read_date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def web_address(url: str) -> str | None:
    """`url` if it is an http or https address, which may become a link; else None."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None
