"""A recorded change as a reader sees it: what, when, why it counts or does not, and who says so."""

from functools import cache

import pandas as pd
from markupsafe import Markup

from geo.control.rules import rule_texts
from ui import words
from ui.fragments import join, link, name, paragraph, source_link, tag
from ui.frame import Page
from ui.tables import Row, find_row, is_given, one_row

_SEPARATOR = Markup(' <span class="hl-none">·</span> ')


def change_card(page: Page, event: Row, of_place: bool = False) -> Markup:
    """One event (table `judged`): what, when, and how it was decided.

    of_place: the card stands under its place, so it is headed by its day and says which document reports it.
    Otherwise it stands under its document and is headed by its place.
    """
    what = words.change_sentence(event.status, page.names.actor(event.from_actor), page.names.actor(event.to_actor))
    when = words.date_range(event.earliest_date, event.latest_date)
    place = name(page.names.places.get(event.place_id, event.place_id))
    facts = [
        words.DATE_PRECISION[event.date_precision],
        words.BASIS[event.basis],
        words.ASSERTION[event.assertion],
        f"confidence {event.confidence:.2f}",
        name(words.recorded_by(event.recorded_by)),
    ]
    on_map = page.link(date=event.latest_date, place=event.place_id)
    return Markup('<div class="hl-card"><h3>{}</h3>{}{}{}{}</div>').format(
        link(on_map, when if of_place else place),
        paragraph(name(what) if of_place else Markup("{}, {}").format(name(what), when)),
        decision(event),
        paragraph(join(facts, _SEPARATOR), "hl-muted"),
        source(page, event) if of_place else "",
    )


def decision(event: Row) -> Markup:
    """Whether the event changed the map, and the rule that decided."""
    rule = one_row(_rules(), "rule", event.rule)
    verdict = tag("changed the map", on=True) if event.changes_map else tag("map unchanged")
    return paragraph(Markup('{} <span title="{}">{}</span>').format(verdict, rule.reason, rule.name))


def source(page: Page, row: Row) -> Markup:
    """The quote, the note and the document of a row of `events`, `judged` or `baseline`."""
    quote = Markup('<p class="hl-quote" dir="auto">{}</p>').format(row.quote) if is_given(row.quote) else ""
    note = paragraph(row.note, "hl-muted") if is_given(row.note) else ""
    return Markup("{}{}{}").format(quote, note, _document(page, row.document_id))


@cache
def _rules() -> pd.DataFrame:
    return rule_texts()


def _document(page: Page, document_id: object) -> Markup:
    document = find_row(page.dataset.documents, "document_id", document_id)
    if document is None:
        return paragraph("No document is given.", "hl-muted")
    inside = link(page.link("evidence", document=document.document_id), name(document.title))
    publisher = Markup("{}, {}").format(name(document.publisher), words.day(document.published))
    original = [source_link(document.url, "original")] if is_given(document.url) else []
    return paragraph(join([inside, publisher, *original], _SEPARATOR), "hl-muted")
