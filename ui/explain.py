"""Why a place has its state on a day: the reports that were considered, and what each of them did."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.control.explanation import Explanation, explain
from ui import words
from ui.fragments import join, link, name, paragraph, show, tag
from ui.frame import Page
from ui.tables import Row, find_row, is_given, rows


def show_explanation(page: Page, place_id: str) -> None:
    """Draw the question and its answer, for the day of the link at first."""
    first, last = page.dataset.start_date.date(), page.dataset.end_date.date()
    asked = min(max(page.state.date or last, first), last)
    with st.expander("Why on this day?", expanded=page.state.date is not None):
        day = st.date_input("Day", asked, min_value=first, max_value=last, key=f"why_{place_id}")
        show(explanation(page, explain(place_id, pd.Timestamp(day), page.dataset.baseline, page.build.events)))


def explanation(page: Page, explained: Explanation) -> Markup:
    """The state, then each record in the order in which they count, with what it changed."""
    if explained.state is None:
        return paragraph("No record says anything about this place up to this day.", "hl-muted")
    on_map = link(page.link(date=explained.date, place=explained.place_id), words.day(explained.date))
    sentence = words.state_sentence(dict(explained.state), page.names.actor)
    steps = Markup("").join(_step(page, step) for step in rows(explained.steps))
    rests = _rests_on(page, explained)
    state = paragraph(Markup("{}: {}.").format(on_map, name(sentence)))
    return Markup('{}{}<ol class="hl-steps">{}</ol>').format(state, rests, steps)


def _rests_on(page: Page, explained: Explanation) -> Markup:
    if explained.document_id is None:
        return paragraph("No document is given for it.", "hl-muted")
    return paragraph(Markup("This rests on {}.").format(_document(page, explained.document_id)))


def _step(page: Page, step: Row) -> Markup:
    """One record: when, the rule that decided it, why, its words, and the state after it."""
    day = words.day(step.earliest_date) if step.kind == "baseline" else _days(step)
    marks = [tag("decides this day", on=True)] if step.decides else []
    marks += [] if step.changed else [tag("no difference")]
    quote = Markup('<p class="hl-quote" dir="auto">{}</p>').format(step.quote) if is_given(step.quote) else ""
    source = paragraph(_source(page, step), "hl-muted") if is_given(step.document_id) else ""
    after = {column: getattr(step, column) for column in ("actor", "contender", "status", "assertion", "undecided")}
    then = paragraph(
        Markup("From then on: {}.").format(name(words.state_sentence(after, page.names.actor))), "hl-muted"
    )
    return Markup("<li><strong>{}</strong> {}<br>{}. {}{}{}{}</li>").format(
        day, join(marks), step.rule_name, step.reason, quote, source, then if step.changed else ""
    )


def _source(page: Page, step: Row) -> Markup:
    """The document of a record, how its publisher is rated, and the other report that the rule took into account."""
    parts = [_document(page, step.document_id)]
    document = find_row(page.dataset.documents, "document_id", step.document_id)
    source = find_row(page.dataset.sources, "publisher", document.publisher) if document else None
    rated = words.rating(source.reliability, source.credibility) if source else ""
    if rated:
        parts.append(Markup("{}").format(rated))
    other = find_row(page.build.events, "event_id", step.corroborates)
    if other is not None and is_given(other.document_id) and other.document_id != step.document_id:
        parts.append(Markup("{} says the same").format(_document(page, other.document_id)))
    return Markup("{}.").format(join(parts, ". "))


def _days(step: Row) -> str:
    return words.date_range(step.earliest_date, step.latest_date)


def _document(page: Page, document_id: object) -> Markup:
    document = find_row(page.dataset.documents, "document_id", document_id)
    if document is None:
        return name(str(document_id))
    inside = link(page.link("evidence", document=document.document_id), name(document.title))
    return Markup("{}, {}, {}").format(inside, name(document.publisher), words.day(document.published))
