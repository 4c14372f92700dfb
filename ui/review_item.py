"""One item of the queue as a reader needs it: what it says, its document, and a small map."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.quotes import find_quote
from geo.review.queue import name_item_id, rivals, stable_ids
from ui import words
from ui.fragments import NONE, definitions, join, link, name, paragraph, show, tag
from ui.frame import Page
from ui.highlight import Passage, highlight
from ui.review_map import draw_small_map
from ui.tables import Row, find_row, is_given, one_row

KINDS = {
    "candidate": "reading",
    "disagreement": "disagree",
    "implausible": "far off",
    "place": "name",
}
CLICKED = "review_clicked"
_BREAK = Markup("<br>")


def item_title(page: Page, item: Row) -> str:
    """The name that an item goes by: of its place, or the name that waits."""
    if item.kind == "place":
        return str(item.toponym)
    return page.names.places.get(item.place_id, str(item.place_id))


def subject_name(page: Page, item_id: str) -> str:
    """The name of what an item is about that may have left the queue: see `geo.review.queue` for its id."""
    if item_id.startswith("name:"):
        _, document_id, key = item_id.split(":", 2)
        written = page.build.mentions.loc[page.build.mentions["document_id"] == document_id, "toponym"].unique()
        return next((str(each) for each in written if name_item_id(document_id, each) == item_id), key)
    events = page.build.events
    place_ids = events.loc[stable_ids(events) == item_id, "place_id"]
    return page.names.places.get(place_ids.iloc[0], place_ids.iloc[0]) if len(place_ids) else item_id


def show_title(page: Page, item: Row) -> None:
    """Draw what an item is about, what it says, and why it waits."""
    title = Markup("<h2>{} {}</h2>").format(name(item_title(page, item)), tag(KINDS[item.kind], on=True))
    show(title, *([paragraph(_what_it_says(page, item))] if item.kind != "place" else []))
    show(paragraph(item.reason, "hl-muted"))


def _what_it_says(page: Page, item: Row) -> Markup:
    """The change that an item, or an event, is about."""
    event = one_row(page.build.events, "event_id", item.event_id)
    what = words.change_sentence(event.status, page.names.actor(event.from_actor), page.names.actor(event.to_actor))
    return Markup("{}, {}.").format(name(what), words.date_range(event.earliest_date, event.latest_date))


def show_item(page: Page, item: Row) -> None:
    """Draw an item: its document beside the map around its place, then its facts."""
    text, small_map = st.columns([1, 1], gap="medium")
    with text, st.container(key="review_text"):
        _show_document(page, item)
    with small_map:
        place_id = str(item.place_id) if is_given(item.place_id) else None
        clicked = draw_small_map(page, place_id, item.latest_date, key=f"review_map_{item.item_id}")
        st.session_state[CLICKED] = (item.item_id, clicked)
        show(paragraph(_map_words(page, item, clicked), "hl-muted"))
    show(definitions(_facts(page, item)))


def _map_words(page: Page, item: Row, clicked: str | None) -> Markup | str:
    if clicked is not None:
        return Markup("You clicked {}: it is offered in the form below.").format(name(page.names.places[clicked]))
    return Markup("Who held what on {}. Click on an area to correct the place, or open {}.").format(
        words.day(item.latest_date),
        link(page.link(date=item.latest_date, place=item.place_id if is_given(item.place_id) else None), "the map"),
    )


def _facts(page: Page, item: Row) -> dict[str, Markup | str]:
    facts = _facts_of_name(page, item) if item.kind == "place" else _facts_of_event(page, item)
    return facts | ({"Assigned to": name(item.assigned_to)} if is_given(item.assigned_to) else {})


def _facts_of_name(page: Page, item: Row) -> dict[str, Markup | str]:
    taken = name(page.names.places.get(item.place_id, str(item.place_id))) if is_given(item.place_id) else NONE
    return {"Taken for": taken, "Document of": words.day(item.latest_date)}


def _facts_of_event(page: Page, item: Row) -> dict[str, Markup | str]:
    event = one_row(page.build.events, "event_id", item.event_id)
    facts: dict[str, Markup | str] = {}
    if item.kind == "disagreement":
        facts["Against it"] = join((_report(page, rival) for rival in rivals(page.build.events, item.event_id)), _BREAK)
    facts["Recorded by"] = name(event.recorded_by)
    facts["Sure"] = f"{words.ASSERTION[event.assertion]}, confidence {event.confidence:.2f}, documents: {item.sources}"
    if is_given(item.area_km2):
        facts["Area"] = f"{item.area_km2:.2f} km²"
    if is_given(event.note):
        facts["Note"] = name(event.note)
    return facts


def _report(page: Page, event_id: str) -> Markup:
    """What another event says, and where to read it."""
    event = one_row(page.build.events, "event_id", event_id)
    document = find_row(page.dataset.documents, "document_id", event.document_id)
    if document is None:
        return _what_it_says(page, event)
    inside = link(page.link("evidence", document=document.document_id), name(document.title))
    return Markup("{} {}, {}").format(_what_it_says(page, event), inside, name(document.publisher))


def _show_document(page: Page, item: Row) -> None:
    document = find_row(page.dataset.documents, "document_id", item.document_id)
    if document is None:
        show(paragraph("No document is given.", "hl-muted"))
        return
    inside = link(page.link("evidence", document=document.document_id), name(document.title))
    publisher = Markup("{}, {}").format(name(document.publisher), words.day(document.published))
    text, passage = excerpt(document.text, _span(item, document.text))
    body = Markup('<div class="hl-text" dir="auto">{}</div>').format(highlight(text, passage))
    show(paragraph(inside), paragraph(publisher, "hl-muted"), body)


def excerpt(text: str, span: tuple[int, int] | None, before: int = 90, after: int = 800) -> tuple[str, list[Passage]]:
    """The part of a text around a span, with the span as a passage; the beginning of the text if there is none."""
    if span is None:
        return text[: before + after], []
    start = max(0, span[0] - before)
    if start:
        start = text.find(" ", start, span[0]) + 1 or start
    head = "… " if start else ""
    tail = " …" if span[1] + after < len(text) else ""
    shift = len(head) - start
    passage = Passage(span[0] + shift, span[1] + shift, "focus", "What it was read from")
    return f"{head}{text[start : span[1] + after]}{tail}", [passage]


def _span(item: Row, text: str) -> tuple[int, int] | None:
    if not pd.isna(item.start):
        return int(item.start), int(item.end)
    return find_quote(text, item.quote) if is_given(item.quote) else None
