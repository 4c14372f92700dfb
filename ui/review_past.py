"""What was decided lately, with the way back; and bringing the map up to date."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.errors import HoldlineError
from geo.review.history import item_states
from geo.store.rebuild import rebuild
from ui import load
from ui.fragments import name, paragraph, section, show
from ui.frame import Page
from ui.review_forms import Desk
from ui.review_item import subject_name
from ui.tables import is_given, rows

_MOST_SHOWN = 8


def show_past(page: Page, desk: Desk, records: pd.DataFrame) -> None:
    """Draw the last decisions; one that can be taken back has a button."""
    if records.empty:
        return
    show(section("Decided lately"))
    states = item_states(records)
    for record in rows(records.sort_values("position", ascending=False).head(_MOST_SHOWN)):
        state = states[str(record.item_id)]
        what = record.decision if not is_given(record.proposal) else f"{record.decision} (proposed)"
        reason = Markup(": {}").format(name(record.reason)) if is_given(record.reason) else ""
        by = Markup("{}: {} by {}, {}{}").format(
            name(subject_name(page, str(record.item_id))),
            what,
            name(record.recorded_by),
            f"{record.recorded_at:%-d %B %H:%M}",
            reason,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(Markup('<span class="hl">{}</span>').format(by))
            is_last = bool(state.standing) and state.standing[-1]["review_id"] == record.review_id
            if desk.user is not None and is_last and st.button("Undo", key=f"undo_{record.review_id}"):
                _undo(desk, str(record.review_id), state.seen)


def _undo(desk: Desk, review_id: str, seen: int) -> None:
    desk.act(lambda user_id: desk.reviews.undo(user_id, review_id, seen))


def show_map_update(page: Page, desk: Desk, records: pd.DataFrame) -> None:
    """Draw how far the map is behind the decisions, and the button that brings it up to date."""
    show(section("The map"))
    behind = _behind(page, records)
    said = f"Decisions that are not on the map yet: {behind}." if behind else "The map shows all decisions."
    show(paragraph(f"{said} An update reads all documents again: seconds for a few, minutes for thousands."))
    if not st.button("Update the map", key="update_map"):
        return
    with st.status("Updating the map") as status:
        try:
            user_id = desk.user.user_id if desk.user else ""
            dataset_id, folder = page.dataset.dataset_id, page.built.folder
            rebuild(desk.store, dataset_id, folder, user_id, lambda step: status.update(label=step))
        except (HoldlineError, OSError) as error:
            status.update(label="The map was not updated", state="error")
            show(paragraph(str(error), "hl-alert"))
            return
    load.read.clear()
    Desk.forget_outcome()
    st.rerun()


def _behind(page: Page, records: pd.DataFrame) -> int:
    """Events that standing decisions made and the map lacks, and those that it has though they were taken back."""
    made = set(records["outcome_event_id"].dropna())
    undone = set(records["undoes"].dropna())
    gone = set(records.loc[records["review_id"].isin(undone), "outcome_event_id"].dropna())
    shown = set(page.build.events["event_id"])
    return len((made - gone) - shown) + len(gone & shown)
