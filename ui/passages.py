"""What stands out in a document's text, and where on the map each passage leads."""

import re
from collections.abc import Iterator

import pandas as pd

from geo.quotes import find_quote
from ui import words
from ui.frame import Page
from ui.highlight import Passage
from ui.mentions import is_waiting, mention_card, mentions_of
from ui.tables import Row, rows

_HEADING = re.compile(r"^(#+ ).*$", re.MULTILINE)


def passages(page: Page, document: Row) -> list[Passage]:
    """Changes, starting states, published figures, place names and headings in a document."""
    return [
        *_changes(page, document),
        *_starting_states(page, document),
        *_figures(page, document),
        *_toponyms(page, document),
        *(Passage(*heading.span(), "heading", "") for heading in _HEADING.finditer(document.text)),
        *(Passage(*heading.span(1), "sign", "") for heading in _HEADING.finditer(document.text)),
    ]


def _changes(page: Page, document: Row) -> Iterator[Passage]:
    for quote, events in _of(page.build.events, document).groupby("quote", sort=False):
        first = next(rows(events))
        what = words.change_sentence(first.status, page.names.actor(first.from_actor), page.names.actor(first.to_actor))
        when = words.date_range(first.earliest_date, first.latest_date)
        title = f"{_listed(page, events)}: {what}, {when}"
        href = page.link(date=first.latest_date, place=first.place_id)
        yield from _quoted(document, str(quote), "change", title, href)


def _starting_states(page: Page, document: Row) -> Iterator[Passage]:
    for quote, states in _of(page.dataset.baseline, document).groupby("quote", sort=False):
        first = next(rows(states))
        title = f"{_listed(page, states)}: {page.names.actor(first.actor)} on {words.day(first.date)}"
        yield from _quoted(document, str(quote), "state", title, page.link(date=first.date, place=first.place_id))


def _figures(page: Page, document: Row) -> Iterator[Passage]:
    for claim in rows(_of(page.dataset.claims, document)):
        title = "A published figure; the method page checks the map against it"
        yield from _quoted(document, claim.quote, "figure", title, page.link("method"))


def _toponyms(page: Page, document: Row) -> Iterator[Passage]:
    known = mentions_of(page, document)
    for mention in rows(known.mentions):
        card = mention_card(page, document, mention, known)
        if is_waiting(mention):
            yield Passage(mention.start, mention.end, "waiting", "A place name that waits for review", detail=card)
        else:
            title = page.names.places.get(mention.place_id, mention.place_id)
            yield Passage(mention.start, mention.end, "toponym", f"{title}: why?", detail=card)


def _quoted(document: Row, quote: str, kind: str, title: str, href: str) -> Iterator[Passage]:
    span = find_quote(document.text, quote)
    if span is not None:
        yield Passage(*span, kind, title, href)


def _listed(page: Page, reports: pd.DataFrame) -> str:
    """The places that the reports are about, at most three by name."""
    place_ids = reports["place_id"].unique()
    shown = [page.names.places.get(place_id, place_id) for place_id in place_ids[:3]]
    more = f" and {len(place_ids) - 3} more" if len(place_ids) > 3 else ""
    return ", ".join(shown) + more


def _of(table: pd.DataFrame, document: Row) -> pd.DataFrame:
    return table[table["document_id"] == document.document_id]
