"""The evidence page: a document, with what was read in it marked in its text."""

import streamlit as st
from markupsafe import Markup

from ui import words
from ui.fragments import NONE, definitions, join, name, paragraph, show, source_link
from ui.frame import Page
from ui.highlight import highlight
from ui.passages import passages
from ui.record import change_card
from ui.tables import Row, is_given, rows

LEGEND = Markup(
    '<p class="hl-muted hl-marks"><mark class="change">a change of control</mark> '
    '<mark class="state">who held it at the start</mark> '
    '<mark class="figure">a published figure</mark> '
    '<mark class="toponym">a place name</mark> (open it to see why this place) '
    '<mark class="waiting">one that waits for review</mark></p>'
)


def choose_document(page: Page) -> Row | None:
    """Draw the list of documents and return the chosen one: at first the one that the link asks for.

    None, after a sentence that says so, if the dataset has no documents.
    """
    documents = page.dataset.documents.sort_values(["published", "document_id"], ignore_index=True)
    if documents.empty:
        show(
            paragraph(
                "This dataset has no documents. Where its history comes from stands on the Data page.", "hl-muted"
            )
        )
        return None
    ids = list(documents["document_id"])
    chosen = st.selectbox(
        "Document",
        range(len(ids)),
        index=ids.index(page.state.document) if page.state.document in ids else 0,
        format_func=lambda row: f"{documents['title'][row]} ({documents['publisher'][row]})",
    )
    return list(rows(documents))[chosen]


def show_document(page: Page, document: Row) -> None:
    """Draw a document: what it is, and its text with the passages that were read in it."""
    agency = [name(document.agency)] if is_given(document.agency) else []
    facts: dict[str, Markup | str] = {
        "Publisher": join([name(document.publisher), *agency], " / "),
        "Published": words.day(document.published),
        "Side": name(document.side) if is_given(document.side) else "belongs to no party",
        "Original": source_link(document.url, document.url) if is_given(document.url) else NONE,
        "Language": name(words.language(document.language)),
        "Licence": name(document.licence),
    }
    text = highlight(document.text, passages(page, document))
    body = Markup('<div class="hl-text" dir="auto">{}</div>').format(text)
    title = Markup("<h2>{}</h2>").format(name(document.title))
    show(Markup('<article class="hl-document">{}{}{}{}</article>').format(title, definitions(facts), LEGEND, body))


def show_changes(page: Page, document: Row) -> None:
    """Draw the list of the changes that a document reports, with the decision on each."""
    events = page.build.events[page.build.events["document_id"] == document.document_id]
    events = events.sort_values(["latest_date", "place_id", "event_id"])
    if events.empty:
        show(paragraph("No change of control was recorded from this document.", "hl-muted"))
    with st.container(key="recorded"):
        show(*(change_card(page, event) for event in rows(events)))
