"""The forms that decide about an item. What they send is checked again where it is written (`geo.store.reviews`)."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.errors import HoldlineError
from geo.places.names import name_key
from geo.review.decisions import CORRECTABLE, Decision
from geo.review.history import item_states
from geo.review.roles import may
from geo.review.subjects import Subject, place_cells, subject_of
from geo.schema import ASSERTIONS, STATUSES
from geo.store.accounts import User, accounts
from geo.store.ledger import Store
from geo.store.reviews import ReviewDesk
from ui import words
from ui.fragments import name, paragraph, show
from ui.frame import Page
from ui.gazetteer import find_places
from ui.review_item import CLICKED, item_title
from ui.tables import Row, find_row, is_given, one_row

DECIDED = "review_decided"
"""Set in the session when an item was decided, so that the next one is shown."""
DETAIL = "review_detail"
"""Key of the container of the chosen item."""
_OUTCOME = "review_outcome"
_SCROLL = """<script>/* {} */ {{
  const detail = document.querySelector(".st-key-{}");
  const top = detail.getBoundingClientRect().top;
  if (top < 0 || top > innerHeight / 2) detail.scrollIntoView();
}}</script>"""
_MOST_PLACES = 50
_NOT_NAMED = ""
_AFTER_UPDATE = " The map shows it after an update."


@dataclass(frozen=True)
class Desk:
    """The page, where decisions go, and who makes them (None: somebody who only reads)."""

    page: Page
    store: Store
    reviews: ReviewDesk
    user: User | None

    def act(self, write: Callable[[str], str], about: str = "", goes_on: bool = False) -> None:
        """Writes as the user, then runs the page again; what happened is said on top of it.

        write: given the user's id, returns the id of the record that was written. about: the name of the item.
        goes_on: the next item is shown then.
        """
        if self.user is None:
            return
        try:
            record_id = write(self.user.user_id)
            st.session_state[_OUTCOME] = (record_id, self._said(record_id, about))
            if goes_on:
                st.session_state[DECIDED] = record_id
        except HoldlineError as error:
            st.session_state[_OUTCOME] = (None, str(error))
        st.rerun()

    def show_outcome(self, records: pd.DataFrame) -> None:
        """Draw what became of the last decision until the next one, and the way back from it."""
        record_id, said = st.session_state.get(_OUTCOME, (None, ""))
        if not said:
            return
        show(paragraph(said, "hl-done" if record_id else "hl-alert"))
        _scroll_here(said, record_id)
        if record_id is None:
            del st.session_state[_OUTCOME]
            return
        record = find_row(records, "review_id", record_id)
        state = item_states(records[records["item_id"] == record.item_id])[str(record.item_id)] if record else None
        stands = state is not None and bool(state.standing) and state.standing[-1]["review_id"] == record_id
        if state is not None and stands and st.button("Undo it", key="undo_outcome"):
            self.act(lambda user_id: self.reviews.undo(user_id, record_id, state.seen))

    @staticmethod
    def say(alert: str) -> None:
        """What `show_outcome` will say, once."""
        st.session_state[_OUTCOME] = (None, alert)

    @staticmethod
    def forget_outcome() -> None:
        """The reader goes on: what became of the last decision is not said any more."""
        st.session_state.pop(_OUTCOME, None)

    def decide(self, item: Row, decision: Decision, place_id: str = "") -> None:
        """Writes a decision about an item. place_id: the place that it names, added if the ledger lacks it."""
        subject = subject_of(self.page.build, item)
        place = place_cells(self.page.build, place_id or (subject.event or {}).get("place_id", ""))
        about = item_title(self.page, item)
        self.act(lambda user_id: self.reviews.decide(user_id, subject, decision, place), about, goes_on=True)

    def _said(self, review_id: str, about: str) -> str:
        records = self.reviews.records()
        record = one_row(records, "review_id", review_id)
        to = f" to {record.assigned_to}" if is_given(record.assigned_to) else ""
        saved = f"Saved: {record.decision}{to}" + (f", {about}" if about else "")
        if is_given(record.proposal):
            return f"{saved}, as a proposal. It counts when a second person has confirmed it."
        made = one_row(records, "review_id", record.undoes) if record.decision == "undo" else record
        return f"{saved}.{_AFTER_UPDATE if is_given(made.outcome_event_id) else ''}"


def _scroll_here(said: str, record_id: str | None) -> None:
    """Bring what was said into view: a form is sent far below it. The script runs once for each thing that is said."""
    number = int.from_bytes(hashlib.sha256(f"{record_id} {said}".encode(errors="replace")).digest()[:6])
    with st.container(key="script_scroll"):
        st.html(_SCROLL.format(number, DETAIL), unsafe_allow_javascript=True)


def draw_buttons(desk: Desk, item: Row, records: pd.DataFrame) -> None:
    """Draw what the user may do about an item with one key, and what somebody has proposed."""
    if desk.user is None or not may(desk.user.role, "propose"):
        return
    if not may(desk.user.role, "decide"):
        show(paragraph("You are an editor: what you decide waits for a reviewer.", "hl-muted"))
    proposal = _proposal(item, records) if item.state == "proposed" else None
    if proposal is not None:
        show(paragraph(_proposal_words(proposal), "hl-done"))
    with st.container(horizontal=True):
        if proposal is not None:
            _draw_confirm(desk, item, proposal)
        elif item.kind != "place" and st.button("Accept", type="primary", shortcut="A", key=f"accept_{item.item_id}"):
            desk.decide(item, Decision("accept", item.seen))
        if st.button("Defer", shortcut="D", key=f"defer_{item.item_id}"):
            desk.decide(item, Decision("defer", item.seen))


def draw_forms(desk: Desk, item: Row) -> None:
    """Draw the forms of the decisions that need words."""
    if desk.user is None or not may(desk.user.role, "propose"):
        return
    if item.kind == "place":
        _draw_name(desk, item)
    else:
        with st.expander("Correct"):
            _draw_correction(desk, item)
    with st.expander("Reject"), st.form(f"reject_{item.item_id}", border=False):
        reason = st.text_input("Reason", placeholder="The sentence is about another place of that name")
        if st.form_submit_button("Reject"):
            desk.decide(item, Decision("reject", item.seen, reason))
    with st.expander("Assign"), st.form(f"assign_{item.item_id}", border=False):
        able = [user for user in accounts(desk.store.engine) if not user.disabled and may(user.role, "propose")]
        to = st.selectbox(
            "To", range(len(able)), format_func=lambda number: f"{able[number].name}, {able[number].role}"
        )
        if st.form_submit_button("Assign"):
            desk.decide(item, Decision("assign", item.seen, assigned_to=able[to].user_id))


def _proposal(item: Row, records: pd.DataFrame) -> pd.Series:
    """The record of what somebody proposed last about an item."""
    return records[(records["item_id"] == item.item_id) & records["proposal"].notna()].iloc[-1]


def _proposal_words(record: pd.Series) -> Markup:
    kept = json.loads(record["proposal"])
    changes = ", ".join(f"{column}: {cell}" for column, cell in kept["cells"].items())
    said = " ".join(filter(None, (kept["decision"], changes, kept["reason"])))
    return Markup("{} proposed: {}. A second person has to confirm it.").format(name(record["recorded_by"]), said)


def _draw_confirm(desk: Desk, item: Row, record: pd.Series) -> None:
    """The button of the second person."""
    if desk.user is None or not may(desk.user.role, "decide") or desk.user.user_id == record["recorded_by"]:
        return
    kept = json.loads(record["proposal"])
    if st.button("Confirm", type="primary", shortcut="A", key=f"confirm_{item.item_id}"):
        subject = subject_of(desk.page.build, item)
        place = place_cells(desk.page.build, kept["cells"].get("place_id") or kept["place_id"] or _place_of(subject))
        about = item_title(desk.page, item)
        desk.act(lambda user_id: desk.reviews.confirm(user_id, subject, item.seen, place), about, goes_on=True)


def _place_of(subject: Subject) -> str:
    return (subject.event or {}).get("place_id", "")


def _draw_correction(desk: Desk, item: Row) -> None:
    page = desk.page
    event = one_row(page.build.events, "event_id", item.event_id)
    place_id = _choose_place(page, item, str(event.place_id))
    actors = [_NOT_NAMED, *page.dataset.actors["actor_id"]]
    with st.form(f"correct_{item.item_id}", border=False):
        first, last = st.columns(2)  # a pair for each row: on a narrow screen the fields keep this order
        earliest = first.date_input("Earliest day", event.earliest_date.date())
        latest = last.date_input("Latest day", event.latest_date.date())
        first, last = st.columns(2)
        from_actor = first.selectbox("From", actors, _index(actors, event.from_actor), format_func=_actor_name(page))
        to_actor = last.selectbox("To", actors, _index(actors, event.to_actor), format_func=_actor_name(page))
        first, last = st.columns(2)
        status = first.selectbox("Status", STATUSES, STATUSES.index(event.status))
        assertion = last.selectbox(
            "How it is said", ASSERTIONS, ASSERTIONS.index(event.assertion), format_func=words.ASSERTION.__getitem__
        )
        note = st.text_input("Note", event.note if is_given(event.note) else "")
        if st.form_submit_button("Save the correction", type="primary"):
            given = (place_id, str(earliest), str(latest), from_actor, to_actor, status, assertion, note)
            before = subject_of(page.build, item).event or {}
            filled = dict(zip(CORRECTABLE, given, strict=True))
            cells = {column: cell for column, cell in filled.items() if cell != before[column]}
            desk.decide(item, Decision("correct", item.seen, cells=cells), place_id)


def _draw_name(desk: Desk, item: Row) -> None:
    """What a name means: one of its candidates, what was remembered for it, or any place."""
    page = desk.page
    candidates = page.build.candidates
    mine = candidates[(candidates["document_id"] == item.document_id) & (candidates["start"] == item.start)]
    remembered = desk.reviews.remembered_names()
    known = remembered[remembered["name_key"] == (name_key(item.toponym) or item.toponym)]
    offered = [*known["place_id"], *mine.sort_values("rank")["place_id"]]
    if len(known):
        meant = page.names.places.get(known["place_id"].iloc[0], known["place_id"].iloc[0])
        show(paragraph(Markup("People said before that this name means {} here.").format(name(meant)), "hl-done"))
    labels = {
        row.place_id: f"{row.name}, {row.country_code}, {words.feature(row.feature_code)}"
        for row in mine.itertuples(index=False)
    }
    place_id = _choose_place(page, item, str(offered[0]) if offered else "", offered[1:], labels)
    with st.form(f"name_{item.item_id}", border=False):
        remember = st.checkbox("Offer this for later documents of this dataset", value=True)
        if st.form_submit_button("It means this place", type="primary", shortcut="A" if place_id else None):
            desk.decide(item, Decision("accept", item.seen, place_id=place_id, remember=remember))


def _choose_place(
    page: Page, item: Row, first: str, more: list[str] | None = None, labels: dict[str, str] | None = None
) -> str:
    """A place by search, or by a click on the small map; at first the given one."""
    query = st.text_input("Find a place by any name", key=f"find_{item.item_id}")
    found = list(find_places(page.build.places.drop(columns="geometry"), query)["place_id"]) if query else []
    clicked_item, clicked = st.session_state.get(CLICKED, ("", None))
    chosen = [clicked] if clicked and clicked_item == item.item_id else []
    offered = list(dict.fromkeys(each for each in (*found[:_MOST_PLACES], *chosen, first, *(more or [])) if each))
    names = {**page.names.places, **(labels or {})}
    place: str | None = st.selectbox("Place", offered, format_func=lambda each: f"{names.get(each, each)} ({each})")
    return place or ""


def _index(options: list[str], value: object) -> int:
    return options.index(str(value)) if is_given(value) and str(value) in options else 0


def _actor_name(page: Page) -> Callable[[str], str]:
    return lambda actor_id: page.names.actor(actor_id if actor_id else None)
