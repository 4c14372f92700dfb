"""The frame of every page: settings, look, the bar on top, and the dataset that the link asks for.

A deep link runs a file in pages/ without app.py, so every page begins with `open_page`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.dataset import Dataset
from geo.errors import HoldlineError
from geo.pipeline import Build
from ui import load
from ui.bar import dataset_links, draw_bar
from ui.fragments import code, heading, paragraph, show
from ui.links import MAP, LinkState, page_link, read_link
from ui.load import BuiltDataset
from ui.login import keep_logged_in, require_reader
from ui.names import Names
from ui.provider import keep_way_back

_LOOK = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """What a page needs to know.

    build: the dataset with everything computed from it.
    built: where it lies and which version it is.
    state: what the link asked for.
    names: names for the build's ids.
    """

    build: Build
    built: BuiltDataset
    state: LinkState
    names: Names

    @property
    def dataset(self) -> Dataset:
        """The tables that the build was made from."""
        return self.build.dataset

    def link(
        self,
        page: str = MAP,
        *,
        date: pd.Timestamp | None = None,
        place: str | None = None,
        document: str | None = None,
    ) -> str:
        """A relative link to the map, or to another page, of this dataset.

        A day that the map does not have becomes its first or last.
        """
        first, last = self.dataset.start_date, self.dataset.end_date
        day = min(max(date, first), last).date() if date is not None else None
        return page_link(page, self.dataset.dataset_id, date=day, place=place, document=document)


def open_page(title: str) -> Page:
    """Begin the page called `title`: settle its look, draw the bar, load the dataset that the link asks for.

    Where nothing can be shown (nothing is built, or not what the link names), says so and stops the script.
    """
    st.set_page_config(page_title=f"{title} · Holdline", page_icon=_LOOK / "mark.svg", layout="wide")
    st.html(_LOOK / "style.css")
    keep_way_back(title, st.query_params.get("dataset"))
    state = _shared_state()
    built = load.find_built()
    chosen = _choose(built, state.dataset)
    draw_bar(title, built, chosen)
    require_reader()
    keep_logged_in()
    if not built:
        _stop(heading("Nothing is built yet", "The map is computed from the tables in data/ first."), _how_to_build())
    if chosen is None:
        _stop(*_no_such_dataset(title, built, state.dataset or ""))
    try:
        build = load.read(chosen)
    except HoldlineError as error:
        _stop(heading("This dataset cannot be shown"), paragraph(str(error), "hl-lines"), _how_to_build())
    return Page(build, chosen, state, load.names(chosen))


def _shared_state() -> LinkState:
    """What the link asked for when this session began; the map's own script rewrites the address after that."""
    if "link" not in st.session_state:
        st.session_state["link"] = read_link(st.query_params)
    state: LinkState = st.session_state["link"]
    return state


def _choose(built: Sequence[BuiltDataset], wanted: str | None) -> BuiltDataset | None:
    if wanted is None:
        return built[0] if built else None
    return next((one for one in built if one.dataset_id == wanted), None)


def _no_such_dataset(title: str, built: Sequence[BuiltDataset], wanted: str) -> tuple[Markup, ...]:
    return (
        heading("No such dataset", "The link asks for a dataset that is not built here."),
        paragraph(Markup("It names {}. These can be opened:").format(code(wanted))),
        Markup('<ul class="hl-list">{}</ul>').format(dataset_links(title, built)),
    )


def _how_to_build() -> Markup:
    return paragraph(Markup("In the project folder, run {} and reload this page.").format(code("python -m geo build")))


def _stop(*message: Markup) -> NoReturn:
    show(*message)
    st.stop()
