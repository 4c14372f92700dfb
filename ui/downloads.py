"""Downloads: the control intervals in three formats, and the map as one file. Made only when asked for."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import streamlit as st

from geo.formats import exports
from geo.maps.page import map_html
from geo.pipeline import Build
from ui.fragments import paragraph, show
from ui.frame import Page


class Download(NamedTuple):
    """A file that can be made of a build."""

    label: str
    ending: str
    media_type: str
    make: Callable[[Build], bytes | str]
    purpose: str


DOWNLOADS = (
    Download("Download CSV", "csv", "text/csv", exports.to_csv, "One row per place and period, for spreadsheets."),
    Download("Download GeoJSON", "geojson", "application/geo+json", exports.to_geojson, "With areas, for the web."),
    Download(
        "Download GeoPackage", "gpkg", "application/geopackage+sqlite3", exports.to_geopackage, "With areas, for a GIS."
    ),
    Download(
        "Save this map as one HTML file", "html", "text/html", map_html, "Opens in any browser, with no internet."
    ),
)


def show_downloads(page: Page) -> None:
    """Draw a button for each download, and what it is for."""
    stem = f"{page.dataset.dataset_id}-{page.build.version}"
    for column, download in zip(st.columns(len(DOWNLOADS)), DOWNLOADS, strict=True):
        column.download_button(
            download.label,
            partial(download.make, page.build),
            f"{stem}.{download.ending}",
            download.media_type,
            on_click="ignore",
            width="stretch",
        )
        with column:
            show(paragraph(download.purpose, "hl-muted"))
