"""What is built, loaded once for all sessions, and the map's data put where the browser can fetch it."""

import gzip
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import streamlit as st

from geo.formats.builds import BUILD_FILE, KNOWN_FILE, MAP_FILE, read_build
from geo.maps.page import dashboard_html, frame_html
from geo.pipeline import Build
from ui.names import Names, names_of

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


@st.cache_resource(max_entries=4, show_spinner=False)
def names(built: BuiltDataset) -> Names:
    """The names in the build of a dataset. Raises `geo.errors.BuildError`."""
    return names_of(read(built))


def map_page(built: BuiltDataset) -> str:
    """The HTML document that fetches the map: always the same text for the same build, so that reruns do not reload
    it, and small, because every session is sent it."""
    return _published_map(built, STATIC, os.environ.get("HOLDLINE_NETWORK") == "1")


@st.cache_resource(max_entries=4, show_spinner=False)
def _published_map(built: BuiltDataset, static: Path, network: bool) -> str:
    data_url = publish((built.folder / MAP_FILE).read_bytes(), built.dataset_id, static)
    known = built.folder / KNOWN_FILE
    known_url = publish(known.read_bytes(), f"{built.dataset_id}-known", static) if known.exists() else None
    page = dashboard_html(read(built), data_url, network, known_url).encode()
    return frame_html(publish(gzip.compress(page, mtime=0), f"{built.dataset_id}-page", static))


def publish(content: bytes, name: str, static: Path) -> str:
    """Put gzip bytes where Streamlit serves files from, and return their relative address.

    The file is named after its content and renamed into place: what stands there is complete and never changes.
    Streamlit passes the ending .bin.gz on as it is; others it compresses again for everyone who asks.
    """
    target = static / _MAPS / f"{name}-{sha256(content).hexdigest()[:12]}.bin.gz"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent) as beside:
            new = Path(beside) / target.name
            new.write_bytes(content)
            new.replace(target)
    return f"app/static/{_MAPS}/{quote(target.name)}"


def _built(summary: Path) -> BuiltDataset:
    """What build.json says; a damaged one is listed by its folder's name, and `read` says what is wrong with it."""
    try:
        title = str(json.loads(summary.read_text("utf-8"))["title"])
    except (ValueError, KeyError, TypeError):
        title = summary.parent.name
    return BuiltDataset(summary.parent.name, title, summary.parent, summary.stat().st_mtime_ns)
