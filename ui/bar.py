"""The bar on top of every page: wordmark, dataset, pages."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from ui.fragments import join, link, name
from ui.links import MAP, page_link
from ui.load import BuiltDataset

PAGES = {
    "Map": MAP,
    "Changes": "changes",
    "Places": "places",
    "Evidence": "evidence",
    "Review": "review",
    "Data": "data",
    "Method": "method",
}


def draw_bar(title: str, built: Sequence[BuiltDataset], chosen: BuiltDataset | None) -> None:
    """Draw the bar for the page called `title`, one of `PAGES`."""
    with st.container(horizontal=True, key="bar"):
        st.html('<span class="hl-wordmark">Holdline</span>', width="content")
        st.html(_dataset(title, built, chosen))
        with st.container(horizontal=True, key="pages"):
            for label in PAGES:
                _page_link(label, label == title, chosen)


def dataset_links(title: str, built: Sequence[BuiltDataset]) -> Markup:
    """List items that open the page called `title` on each dataset that is built."""
    item = Markup("<li>{}</li>")
    return join((item.format(link(page_link(PAGES[title], one.dataset_id), name(one.title))) for one in built), "")


def _page_link(label: str, is_here: bool, chosen: BuiltDataset | None) -> None:
    if is_here:
        st.html(Markup('<span class="hl-here" aria-current="page">{}</span>').format(label), width="content")
        return
    path = f"pages/{PAGES[label]}.py" if PAGES[label] else "app.py"
    st.page_link(path, label=label, query_params={"dataset": chosen.dataset_id} if chosen else None)


def _dataset(title: str, built: Sequence[BuiltDataset], chosen: BuiltDataset | None) -> Markup:
    """The dataset's title; where there are others, a list to choose from."""
    shown = name(chosen.title) if chosen else Markup("")
    if not built or (chosen and len(built) == 1):
        return Markup('<div class="hl-dataset"><span>{}</span></div>').format(shown)
    return Markup('<details class="hl-dataset"><summary>{}</summary><ul>{}</ul></details>').format(
        shown or "Choose a dataset", dataset_links(title, built)
    )
