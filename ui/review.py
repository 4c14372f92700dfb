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
from ui.fragments import code, link, paragraph, section, show
from ui.frame import Page
from ui.login import draw_login, draw_visitor, find_store, visitor
from ui.review_forms import DETAIL, Desk, draw_buttons, draw_forms
from ui.review_item import show_item, show_title
from ui.review_list import choose_item
from ui.review_past import show_map_update, show_past


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
        draw_visitor(store, user)
    reviews = ReviewDesk(store, store.ledger(page.dataset.dataset_id))
    records = reviews.records()
    queue = _queue(page.build, records)
    desk = Desk(page, store, reviews, user)
    listed, detail = (st.container(), st.container()) if queue.empty else st.columns([5, 8], gap="large")
    with listed:
        chosen = choose_item(page, queue, records, user)
    with detail, st.container(key=DETAIL):
        desk.show_outcome(records)
        if chosen is None:
            _show_nothing(page)
        else:
            show_title(page, chosen)
            draw_buttons(desk, chosen, records)
            show_item(page, chosen)
            draw_forms(desk, chosen)
    _show_rest(page, desk, user, records)


def _show_nothing(page: Page) -> None:
    read = f"Every change and every name that a program read in {len(page.dataset.documents):,} documents is decided"
    ways = Markup("Go on to {} or {}.").format(link(page.link(), "the map"), link(page.link("changes"), "the changes"))
    show(section("Nothing waits"), paragraph(f"{read}, and no reports contradict each other."), paragraph(ways))


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
