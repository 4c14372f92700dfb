"""Rows of the dataset's files that were edited between two dates: what they said before and what they say now."""

import pandas as pd
import streamlit as st

from geo.errors import HoldlineError
from geo.store.edits import EDIT_COLUMNS
from ui.fragments import paragraph, show
from ui.frame import Page
from ui.login import find_store
from ui.tables import is_given, rows

COLUMNS = {
    "known_date": st.column_config.DateColumn("Known since", format="D MMM YYYY", width=100),
    "file": st.column_config.TextColumn("File", width=120),
    "row": st.column_config.TextColumn("Row", width=110),
    "place": st.column_config.TextColumn("Place", width=140),
    "column": st.column_config.TextColumn("Column", width=120),
    "before": st.column_config.TextColumn("Said before", width=250),
    "after": st.column_config.TextColumn("Says now", width=250),
}


def edited_rows(page: Page) -> pd.DataFrame:
    """The edits that the store knows of, with the columns of `COLUMNS`; none where there is no store."""
    try:
        store = find_store()
        is_kept = store is not None and page.dataset.dataset_id in store.ledger_ids()
        edits = store.ledger(page.dataset.dataset_id).edits() if store and is_kept else _nothing()
    except HoldlineError:  # the review page says what is wrong with the store; the changes are shown without it
        edits = _nothing()
    is_out = edits["column"].isna()
    return pd.DataFrame(
        {
            "known_date": edits["known_date"],
            "file": edits["table"].astype(str) + ".csv",
            "row": edits["key"],
            "place": [page.names.places.get(each, each) if is_given(each) else "" for each in edits["place_id"]],
            "column": edits["column"].fillna(""),
            "before": edits["before"].fillna(""),
            "after": edits["after"].fillna("").mask(is_out, "The row was taken out."),
        }
    )


def show_edits(edited: pd.DataFrame) -> None:
    """Draw the edits, and how many rows of which files they are about; nothing if there are none."""
    if edited.empty:
        return
    counts = edited.groupby("file")["row"].nunique()
    said = ", ".join(f"{row.row} of {row.file}" for row in rows(counts.reset_index()))
    show(paragraph(f"Rows that were edited: {said}. The store keeps what they said before."))
    st.dataframe(edited, column_config=COLUMNS, column_order=list(COLUMNS), hide_index=True)


def _nothing() -> pd.DataFrame:
    nothing = pd.DataFrame(columns=EDIT_COLUMNS, dtype=object)
    return nothing.astype({"known_date": "datetime64[s]"})
