"""What is built, loaded once for all sessions, and the map's data put where the browser can fetch it."""

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import streamlit as st

from geo.formats.builds import BUILD_FILE, MAP_FILE, read_build
from geo.maps.page import dashboard_html
from geo.pipeline import Build

_PROJECT = Path(__file__).parent.parent
STATIC = _PROJECT / "static"
_MAPS = "maps"


@dataclass(frozen=True)
class BuiltDataset:
    """A dataset that is built: its id and title, its folder, and when it was written (nanoseconds)."""

    dataset_id: str
    title: str
    folder: Path
    written_ns: int


def find_built() -> list[BuiltDataset]:
    """The datasets in HOLDLINE_BUILD (data/build if that is not set), by id."""
    root = Path(os.environ.get("HOLDLINE_BUILD") or _PROJECT / "data" / "build")
    return [_built(summary) for summary in sorted(root.glob(f"*/{BUILD_FILE}"))]


@st.cache_resource(max_entries=4, show_spinner=False)
def read(built: BuiltDataset) -> Build:
    """The build of a dataset. Raises `geo.errors.BuildError`."""
    return read_build(built.folder)


def map_page(built: BuiltDataset) -> str:
    """The HTML document of the map: always the same text for the same build, so that reruns do not reload it."""
    return _map_page(built, publish(built.folder / MAP_FILE, built.dataset_id, STATIC))


def publish(payload: Path, name: str, static: Path) -> str:
    """Copy a map's data to where Streamlit serves files from, and return its relative address.

    The file is named after its content and renamed into place: what stands there is complete and never changes.
    """
    content = payload.read_bytes()
    target = static / _MAPS / f"{name}-{sha256(content).hexdigest()[:12]}.bin.gz"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent) as beside:
            new = Path(beside) / target.name
            new.write_bytes(content)
            new.replace(target)
    return f"app/static/{_MAPS}/{quote(target.name)}"


@st.cache_data(max_entries=4, show_spinner=False)
def _map_page(built: BuiltDataset, address: str) -> str:
    return dashboard_html(read(built), address, network=os.environ.get("HOLDLINE_NETWORK") == "1")


def _built(summary: Path) -> BuiltDataset:
    """What build.json says; a damaged one is listed by its folder's name, and `read` says what is wrong with it."""
    try:
        title = str(json.loads(summary.read_text("utf-8"))["title"])
    except (ValueError, KeyError, TypeError):
        title = summary.parent.name
    return BuiltDataset(summary.parent.name, title, summary.parent, summary.stat().st_mtime_ns)
