"""The list of the review page, and which of its items the reader is at."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.store.accounts import User
from ui.fragments import paragraph, section, show
from ui.frame import Page
from ui.review_forms import DECIDED, Desk
from ui.review_item import KINDS, item_title, subject_name
from ui.tables import Row, find_row, rows

_CHOSEN = "review_item"
_TABLE = "review_table"
_MINE = "review_mine"
_MOST_SHOWN = 500
_ABOVE = 3
"""How many items above the reader's own are listed: a table cannot be scrolled to a row."""
_POSITION = "review_position"
_SEEN = "review_seen"
_HEIGHT = 320
COLUMNS = {
    "here": st.column_config.TextColumn("", width=26),
    "name": st.column_config.TextColumn("Place", width=125),
    "date": st.column_config.DateColumn("Day", format="D MMM YYYY", width=85),
    "what": st.column_config.TextColumn("What", width=65),
    "state": st.column_config.TextColumn("State", width=75),
}
_KEYS = (
    "Keys: N the next item, P the one before, A accept, D defer; in a form, Enter sends it. While you type in a field "
    "they are letters."
)


def choose_item(page: Page, queue: pd.DataFrame, records: pd.DataFrame, user: User | None) -> Row | None:
    """Draw the list; return the chosen item as the reader had it before them, at first the most important one."""
    if not queue.empty:
        show(section(f"{len(queue):,} waiting"))
    _tell_of_others(page, list(queue["item_id"]), records, user)
    queue = _asked_for(queue, user)
    if queue.empty:
        return None
    ids = list(queue["item_id"])
    position = _position(ids)
    _draw_steps(ids, position)
    first = max(0, position - _ABOVE)
    shown = queue.iloc[first : first + _MOST_SHOWN]

    def take_selected() -> None:
        selected = st.session_state[table]["selection"]["rows"]
        if selected:
            _go_to(ids[first + selected[0]])

    table = f"{_TABLE}_{position}"
    st.dataframe(
        _readable(page, shown, position - first),
        column_config=COLUMNS,
        column_order=list(COLUMNS),
        hide_index=True,
        height=min(35 * (len(shown) + 1) + 2, _HEIGHT),
        key=table,
        on_select=take_selected,
        selection_mode="single-row",
    )
    show(paragraph(_KEYS, "hl-muted"))
    return _as_seen(next(rows(queue.iloc[[position]])))


def _asked_for(queue: pd.DataFrame, user: User | None) -> pd.DataFrame:
    """The items that the reader wants to see: all, or those that were assigned to them."""
    mine = queue[queue["assigned_to"] == user.user_id] if user is not None else queue.head(0)
    if mine.empty:
        return queue
    only_mine = bool(st.session_state.get(_MINE))
    label = f"Show all {len(queue):,}" if only_mine else f"Only what is assigned to you ({len(mine):,})"
    st.button(
        label, type="tertiary", key="review_whose", on_click=st.session_state.update, args=({_MINE: not only_mine},)
    )
    return mine if only_mine else queue


def _draw_steps(ids: list[str], position: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Previous", shortcut="P", on_click=_go_to, args=(ids[position - 1],))
        st.button("Next", shortcut="N", on_click=_go_to, args=(ids[(position + 1) % len(ids)],))
        st.html(Markup('<span class="hl-muted">{} of {}</span>').format(position + 1, len(ids)), width="content")
        if position > _ABOVE:
            st.button("To the first", type="tertiary", on_click=_go_to, args=(ids[0],))


def _go_to(item_id: str) -> None:
    st.session_state[_CHOSEN] = item_id
    Desk.forget_outcome()


def _as_seen(item: Row) -> Row:
    """The item with `seen` as the reader had it before them: what they press now is about that."""
    item_id, seen = st.session_state.get(_SEEN, (None, 0))
    st.session_state[_SEEN] = (item.item_id, item.seen)
    return item._replace(seen=seen) if item_id == item.item_id else item


def _tell_of_others(page: Page, ids: list[str], records: pd.DataFrame, user: User | None) -> None:
    """Says so when what this reader looks at has left the queue by what somebody else has done."""
    chosen = st.session_state.get(_CHOSEN)
    if user is None or chosen is None or chosen in ids or DECIDED in st.session_state:
        return
    last = find_row(records.sort_values("position", ascending=False), "item_id", chosen)
    if last is not None and last.recorded_by == user.user_id:
        return
    what = f"{subject_name(page, chosen)} does not wait any more."
    if last is not None:
        what = f"{last.recorded_by} decided about {subject_name(page, chosen)} meanwhile: {last.decision}."
    Desk.say(f"{what} Nothing of yours was saved; this is the next item.")


def _position(ids: list[str]) -> int:
    """Where the reader is: at what they chose; after a decision at what follows it."""
    chosen, before = st.session_state.get(_CHOSEN), st.session_state.get(_POSITION, 0)
    position = ids.index(chosen) if chosen in ids else before
    if st.session_state.pop(DECIDED, None) is not None:
        position = before + (ids[before : before + 1] == [chosen])
    position = position if position < len(ids) else 0
    st.session_state[_CHOSEN], st.session_state[_POSITION] = ids[position], position
    return position


def _readable(page: Page, queue: pd.DataFrame, position: int) -> pd.DataFrame:
    to = "for " + queue["assigned_to"].astype(str)
    state = queue["state"].where(
        queue["assigned_to"].isna(), to.where(queue["state"] == "open", queue["state"] + " " + to)
    )
    return pd.DataFrame(
        {
            "here": ["▶" if number == position else "" for number in range(len(queue))],
            "what": queue["kind"].map(KINDS),
            "name": [item_title(page, item) for item in rows(queue)],
            "date": queue["latest_date"].astype("datetime64[s]"),
            "state": state,
        }
    )
