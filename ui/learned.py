"""What we learned between two dates: reports, late reports, corrections, withdrawals, and what they turned around."""

import datetime as dt
from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.control.knowledge import Clock, known_on
from geo.control.learned import learned_between
from geo.formats.exports import table_csv
from ui import words
from ui.fragments import figures, paragraph, section, show
from ui.frame import Page
from ui.learned_edits import edited_rows, show_edits
from ui.tables import rows

CLOCKS: dict[str, Clock] = {"As published": "published", "As recorded": "recorded"}
_WHAT_CLOCKS_SAY = {
    "published": "A report counts from the day on which its document came out: what a reader of all documents could "
    "have known, whoever recorded it when.",
    "recorded": "A report counts from the day on which it was entered here: what this map could have shown.",
}
KINDS = {
    "report": ("new report", "new reports"),
    "late_report": ("late report", "late reports"),
    "correction": ("correction", "corrections"),
    "withdrawal": ("withdrawal", "withdrawals"),
}
COLUMNS = {
    "map": st.column_config.LinkColumn("Map", display_text="Show", width=55),
    "known_date": st.column_config.DateColumn("Known since", format="D MMM YYYY", width=100),
    "kind": st.column_config.TextColumn("What it was", width=95),
    "place": st.column_config.TextColumn("Place", width=140),
    "latest_date": st.column_config.DateColumn("Happened by", format="D MMM YYYY", width=100),
    "days_late": st.column_config.NumberColumn("Days late", format="localized", width=75),
    "before": st.column_config.TextColumn("The map said before", width=195),
    "after": st.column_config.TextColumn("And after", width=215),
    "reversal": st.column_config.CheckboxColumn("Reversal", width=70),
    "says": st.column_config.TextColumn("What it says", width=430),
}
_DAY = pd.Timedelta(days=1)


class Span(NamedTuple):
    """Two moments by a clock: the ends of two days."""

    clock: Clock
    first: pd.Timestamp
    last: pd.Timestamp


def show_learned(page: Page) -> None:
    """Draw the section: the choice of clock and days, figures, the table and its download; or why there is none."""
    show(section("What we learned between two dates"))
    if page.dataset.events.empty:
        show(paragraph("This dataset has no reports: all it knows is the starting position.", "hl-muted"))
        return
    edited = edited_rows(page)
    span = _choose_span(page, edited)
    if span.first >= span.last:
        show(paragraph("Choose a first day that is before the second.", "hl-muted"))
        return
    _show_reports(page, span)
    if span.clock == "recorded":
        show_edits(edited[(edited["known_date"] > span.first) & (edited["known_date"] <= span.last)])


def _show_reports(page: Page, span: Span) -> None:
    table = learned_table(page, span)
    if table.empty:
        show(_nothing(page, span))
        return
    show(figures(_figures(table)))
    st.dataframe(table, column_config=COLUMNS, column_order=list(COLUMNS), hide_index=True)
    st.download_button(
        "Download CSV",
        table_csv(table.drop(columns="map")),
        f"{page.dataset.dataset_id}-learned-{span.first:%Y-%m-%d}-{span.last:%Y-%m-%d}.csv",
        "text/csv",
        on_click="ignore",
    )


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs={Page: lambda page: page.built})
def learned_table(page: Page, span: Span) -> pd.DataFrame:
    """One row for each report that became known in the span, with the columns of `COLUMNS`, in plain words."""
    names = page.names
    learned = learned_between(page.dataset, span.first, span.last, span.clock)
    events = page.dataset.events.set_index("event_id").loc[learned["event_id"]]
    says = [
        words.change_sentence(event.status, names.actor(event.from_actor), names.actor(event.to_actor))
        for event in rows(events)
    ]
    return pd.DataFrame(
        {
            "known_date": learned["known_date"],
            "kind": [KINDS[kind][0] for kind in learned["kind"]],
            "place": learned["place_id"].map(names.places),
            "says": says,
            "earliest_date": learned["earliest_date"],
            "latest_date": learned["latest_date"],
            "days_late": learned["days_late"],
            "before": [_state(page, row.actor_before, row.status_before) for row in rows(learned)],
            "after": [_state(page, row.actor_after, row.status_after) for row in rows(learned)],
            "reversal": learned["reversal"],
            "map": [page.link(date=row.latest_date, place=row.place_id) for row in rows(learned)],
        }
    )


def news_days(page: Page, clock: Clock) -> pd.DatetimeIndex:
    """The days on which something became known, ascending."""
    known = known_on(page.dataset.events, page.dataset.documents, clock)
    return pd.DatetimeIndex(known.drop_duplicates().sort_values())


def _choose_span(page: Page, edited: pd.DataFrame) -> Span:
    """Draw the fields; at first they hold the last day on which something became known, and the one before."""
    clock_field, first_field, last_field = st.columns([4, 3, 3], vertical_alignment="bottom")
    days = {label: news_days(page, clock) for label, clock in CLOCKS.items()}
    telling = max(CLOCKS, key=lambda label: len(days[label]) > 1)
    with clock_field:
        label = str(st.segmented_control("Clock", list(CLOCKS), default=telling, required=True))
    clock, known = CLOCKS[label], days[label]
    if clock == "recorded":
        known = known.union(pd.DatetimeIndex(edited["known_date"].unique()).as_unit(known.unit))
    earliest, latest = (known[0] - _DAY).date(), known[-1].date()
    before = known[-2].date() if len(known) > 1 else earliest
    with first_field:
        first = _ask_day("Known at the end of", before, earliest, latest, f"learned_first_{clock}")
    with last_field:
        last = _ask_day("and at the end of", latest, earliest, latest, f"learned_last_{clock}")
    show(paragraph(f"{_WHAT_CLOCKS_SAY[clock]} {_when(known, clock)}", "hl-muted"))
    return Span(clock, first, last)


def _ask_day(label: str, at_first: dt.date, earliest: dt.date, latest: dt.date, key: str) -> pd.Timestamp:
    asked = st.date_input(label, at_first, min_value=earliest, max_value=latest, key=key, format="YYYY-MM-DD")
    return pd.Timestamp(asked)


def _when(known: pd.DatetimeIndex, clock: Clock) -> str:
    """Whether there is anything to compare."""
    if len(known) > 1:
        return f"Something became known on {len(known)} days, from {words.day(known[0])} to {words.day(known[-1])}."
    return f"Everything was {clock} on one day, {words.day(known[0])}."


def _nothing(page: Page, span: Span) -> Markup:
    """Why the table is empty, and where it would not be."""
    known = news_days(page, span.clock)
    near = [words.day(day) for day in (*known[known <= span.first][-1:], *known[known > span.last][:1])]
    return paragraph(
        f"Nothing became known after {words.day(span.first)} and up to {words.day(span.last)}. "
        f"The nearest days on which something did: {words.listed(near)}.",
        "hl-muted",
    )


def _figures(table: pd.DataFrame) -> dict[str, str]:
    """How many of each kind, how many turned the map around, and how late they were."""
    counts = table["kind"].value_counts()
    shown = {many: str(counts.get(one, 0)) for one, many in KINDS.values()}
    return shown | {
        "reversals": str(int(table["reversal"].sum())),
        "days late, half of them at most": f"{table['days_late'].median():,.0f}",
        "days late, all at most": f"{table['days_late'].max():,}",
    }


def _state(page: Page, actor: object, status: str) -> str:
    """Who held the place."""
    if pd.isna(actor):  # type: ignore[call-overload]
        return "Not known"
    holder = page.names.actor(actor)
    return {"controlled": holder, "besieged": f"{holder}, besieged"}.get(status, f"{holder}, {status}")
