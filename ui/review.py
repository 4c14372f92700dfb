"""The review page: the queue on the left, the chosen item with its forms on the right."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.errors import HoldlineError
from geo.pipeline import Build
from geo.review.queue import review_queue
from geo.review.roles import may
from geo.store.accounts import User
from geo.store.ledger import Store
from geo.store.reviews import ReviewDesk
from ui.fragments import code, paragraph, section, show
from ui.frame import Page
from ui.login import draw_login, draw_visitor, find_store, keep_logged_in, visitor
from ui.review_forms import DECIDED, Desk, draw_buttons, draw_forms
from ui.review_item import KINDS, item_title, show_item, show_title, subject_name
from ui.review_past import show_map_update, show_past
from ui.tables import Row, find_row, rows

_CHOSEN = "review_item"
_TABLE = "review_table"
_MOST_SHOWN = 500
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


def show_review(page: Page) -> None:
    """Draw the page; what cannot be shown is said in a sentence."""
    try:
        store = find_store()
        if store is None or page.dataset.dataset_id not in store.ledger_ids():
            _show_how_to_begin(page)
            return
        _show_review(page, store)
    except HoldlineError as error:
        show(paragraph(str(error), "hl-alert"))


def _show_how_to_begin(page: Page) -> None:
    show(
        paragraph("No store has this dataset yet, so nothing can be decided. In the project folder, run"),
        paragraph(code(f"python -m geo ingest {page.dataset.dataset_id}")),
        paragraph(code("python -m geo account add NAME --role reviewer")),
        paragraph("and reload this page."),
    )
    queue = review_queue(page.build, pd.DataFrame(columns=["item_id", "position"]))
    show(paragraph(f"{len(queue)} items would wait for review.", "hl-muted"))


def _show_review(page: Page, store: Store) -> None:
    user = visitor(store)
    if user is None:
        show(paragraph("Everybody can read the queue. Log in to decide.", "hl-muted"))
        draw_login(store)
    else:
        keep_logged_in()
        draw_visitor(store, user)
    reviews = ReviewDesk(store, store.ledger(page.dataset.dataset_id))
    records = reviews.records()
    queue = _queue(page.build, records)
    desk = Desk(page, store, reviews, user)
    listed, detail = st.columns([5, 8], gap="large")
    with listed:
        chosen = _choose(page, queue, records, user)
        chosen = None if chosen is None else _as_seen(chosen)
    with detail:
        desk.show_outcome(records)
        if chosen is None:
            show(section("Nothing waits"), paragraph("Everything that was read is decided.", "hl-muted"))
        else:
            show_title(page, chosen)
            draw_buttons(desk, chosen, records)
            show_item(page, chosen)
            draw_forms(desk, chosen)
    _show_rest(page, desk, user, records)


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={Build: lambda build: build.version})
def _queue(build: Build, records: pd.DataFrame) -> pd.DataFrame:
    return review_queue(build, records)


def _show_rest(page: Page, desk: Desk, user: User | None, records: pd.DataFrame) -> None:
    past, update = st.columns([5, 8], gap="large")
    with past:
        show_past(page, desk, records)
    if user is not None and may(user.role, "update"):
        with update:
            show_map_update(page, desk, records)


def _choose(page: Page, queue: pd.DataFrame, records: pd.DataFrame, user: User | None) -> Row | None:
    """Draw the list; return the chosen item, at first the most important one."""
    show(section(f"{len(queue):,} waiting"))
    if queue.empty:
        return None
    ids = list(queue["item_id"])
    _tell_of_others(page, ids, records, user)
    position = _position(ids)

    def take_selected() -> None:
        selected = st.session_state[_TABLE]["selection"]["rows"]
        if selected:
            st.session_state[_CHOSEN] = ids[selected[0]]
            Desk.forget_outcome()

    def move(by: int) -> None:
        st.session_state[_CHOSEN] = ids[(position + by) % len(ids)]
        Desk.forget_outcome()

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Previous", shortcut="P", on_click=move, args=(-1,))
        st.button("Next", shortcut="N", on_click=move, args=(1,))
        st.html(Markup('<span class="hl-muted">{} of {}</span>').format(position + 1, len(ids)), width="content")
    shown = queue.head(_MOST_SHOWN)
    st.dataframe(
        _readable(page, shown, position),
        column_config=COLUMNS,
        column_order=list(COLUMNS),
        hide_index=True,
        height=min(35 * (len(shown) + 1) + 2, _HEIGHT),
        key=_TABLE,
        on_select=take_selected,
        selection_mode="single-row",
    )
    show(paragraph(_KEYS, "hl-muted"))
    return next(rows(queue.iloc[[position]]))


def _as_seen(item: Row) -> Row:
    """The item with `seen` as the reader had it before them: what they press now is about that."""
    item_id, seen = st.session_state.get(_SEEN, (None, 0))
    st.session_state[_SEEN] = (item.item_id, item.seen)
    return item._replace(seen=seen) if item_id == item.item_id else item


def _tell_of_others(page: Page, ids: list[str], records: pd.DataFrame, user: User | None) -> None:
    """Says so when somebody else has decided about the item that this reader looks at."""
    chosen = st.session_state.get(_CHOSEN)
    if user is None or chosen is None or chosen in ids or DECIDED in st.session_state:
        return
    last = find_row(records.sort_values("position", ascending=False), "item_id", chosen)
    if last is not None and last.recorded_by != user.user_id:
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
    state = queue["state"].where(queue["assigned_to"].isna(), queue["state"] + ", " + queue["assigned_to"].astype(str))
    return pd.DataFrame(
        {
            "here": ["▶" if number == position else "" for number in range(len(queue))],
            "what": queue["kind"].map(KINDS),
            "name": [item_title(page, item) for item in rows(queue)],
            "date": queue["latest_date"].astype("datetime64[s]"),
            "state": state,
        }
    )
