"""The table of all changes, and its filters."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from geo.control.rules import rule_texts
from ui.frame import Page
from ui.tables import rows

COLUMNS = {
    "map": st.column_config.LinkColumn("Map", display_text="Show", width=55),
    "earliest_date": st.column_config.DateColumn("Earliest", format="D MMM YYYY", width=95),
    "latest_date": st.column_config.DateColumn("Latest", format="D MMM YYYY", width=95),
    "place": st.column_config.TextColumn("Place", width=240),
    "name_local": st.column_config.TextColumn("Local name", width=115),
    "from_actor": st.column_config.TextColumn("From", width=135),
    "to_actor": st.column_config.TextColumn("To", width=185),
    "status": st.column_config.TextColumn("Status", width=85),
    "basis": st.column_config.TextColumn("Basis", width=80),
    "changes_map": st.column_config.CheckboxColumn("On the map", width=90),
    "rule": st.column_config.TextColumn("Decided by", width=210),
    "source": st.column_config.TextColumn("Source", width=280),
}


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={Page: lambda page: page.built})
def change_table(page: Page) -> pd.DataFrame:
    """One row per reported change, by day and place, with the columns of `COLUMNS`; actors and places by name."""
    names = page.names
    events = page.build.events.merge(page.build.places[["place_id", "name_local"]], on="place_id", how="left")
    rules = rule_texts().set_index("rule")["name"]
    table = pd.DataFrame(
        {
            "earliest_date": events["earliest_date"],
            "latest_date": events["latest_date"],
            "place": events["place_id"].map(names.places),
            "name_local": events["name_local"].fillna(""),
            "from_actor": events["from_actor"].map(names.actor),
            "to_actor": events["to_actor"].map(names.actor),
            "status": events["status"],
            "basis": events["basis"],
            "changes_map": events["changes_map"],
            "rule": events["rule"].map(rules),
            "source": events["document_id"].map(names.documents).astype("string").fillna(""),
            "map": [page.link(date=event.latest_date, place=event.place_id) for event in rows(events)],
        }
    )
    return table.sort_values(["latest_date", "earliest_date", "place"], ignore_index=True)


def filter_changes(
    table: pd.DataFrame,
    actors: Collection[str] = (),
    places: Collection[str] = (),
    statuses: Collection[str] = (),
    first: pd.Timestamp | None = None,
    last: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """The rows of `change_table` that fit: one of the actors on either side, one of the places, one of the statuses,
    and a day that can lie from first to last. An empty filter lets everything pass.
    """
    keep = pd.Series(True, index=table.index)
    if actors:
        keep &= table["from_actor"].isin(actors) | table["to_actor"].isin(actors)
    if places:
        keep &= table["place"].isin(places)
    if statuses:
        keep &= table["status"].isin(statuses)
    if first is not None:
        keep &= table["latest_date"] >= first
    if last is not None:
        keep &= table["earliest_date"] <= last
    return table[keep]


def choose_changes(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Draw the filters and return the rows that they leave."""
    actor, place, status, days = st.columns([3, 3, 2, 3])
    start, end = page.dataset.start_date.date(), page.dataset.end_date.date()
    actors = actor.multiselect("Actor", sorted({*table["from_actor"], *table["to_actor"]}), placeholder="Any")
    places = place.multiselect("Place", sorted(table["place"].unique()), placeholder="Any")
    statuses = status.multiselect("Status", sorted(table["status"].unique()), placeholder="Any")
    written = "D MMM" if start.year == end.year else "D MMM YYYY"
    first, last = days.slider("Days", start, end, (start, end), format=written)
    return filter_changes(table, actors, places, statuses, pd.Timestamp(first), pd.Timestamp(last))
