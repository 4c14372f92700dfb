"""The dashboard's pages, run without a browser."""

import html
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.formats.builds import write_build
from geo.pipeline import Build
from ui import load

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def build_folder(aleppo_folder: Path, hostile_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's own dataset and the hostile one, built."""
    folder = tmp_path_factory.mktemp("build")
    shutil.copytree(aleppo_folder, folder / "aleppo_2016")
    write_build(hostile_build, folder / "hostile")
    return folder


@pytest.fixture
def open_page(build_folder: Path, project_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page in a new session: open_page("pages/changes.py", dataset="aleppo_2016", builds=some_folder)."""

    def open_in_session(page: str, builds: Path = build_folder, **parameters: str) -> AppTest:
        monkeypatch.setenv("HOLDLINE_BUILD", str(builds))
        monkeypatch.setattr(load, "STATIC", tmp_path / "static")
        if not os.environ.get("HOLDLINE_DATA"):  # the store of whoever runs the tests is none of theirs
            monkeypatch.setenv("HOLDLINE_DATA", str(tmp_path))
        session = AppTest.from_file(str(project_root / "app.py"), default_timeout=60)
        for key, value in parameters.items():
            session.query_params[key] = value
        if page != "app.py":
            session.switch_page(page)
        return session.run()

    return open_in_session


def markup_of(session: AppTest) -> str:
    """All HTML that the page shows, without its style."""
    bodies = [element.proto.body for element in session.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def text_of(session: AppTest) -> str:
    """The text of all HTML that the page shows, as a reader sees it."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup_of(session)))
