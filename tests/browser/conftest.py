"""A real dashboard on loopback and a real Chromium.

The browser is Debian's chromium (Playwright cannot download its own everywhere). Without one these tests are
skipped with a sentence; with HOLDLINE_REQUIRE_BROWSER=1 that is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect, sync_playwright

from geo.formats.builds import write_build
from geo.maps.page import map_html
from geo.pipeline import Build

ROOT = Path(__file__).resolve().parents[2]
WIDE = {"width": 1366, "height": 768}
PATIENCE_MS = 60_000
"""A test that waits long because the machine is busy is not wrong."""
expect.set_options(timeout=PATIENCE_MS / 4)
PHONE = {"width": 390, "height": 844}
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = "no Chromium found: install one (Debian: apt-get install chromium) to run the browser tests"


@dataclass
class Visit:
    """A page that is open, with what it asked for and what went wrong on it.

    sent: messages that the page sent to the server; each could be a script run.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    sent: list[object] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def frame(self) -> FrameLocator | Page:
        """Where the map's elements are: in a frame of the dashboard, or the saved file itself."""
        is_dashboard = urlsplit(self.page.url).hostname == "localhost"
        return self.page.frame_locator("iframe").first if is_dashboard else self.page

    def wait_for_map(self) -> None:
        self.page.wait_for_function("() => mapWindow()?.holdline")

    def map(self, script: str, argument: object = None) -> Any:
        """Run a function of `holdline` (what main.js returns) in the map's own window, once its areas are drawn."""
        return self.page.evaluate(f"async (argument) => ({script})(await drawnMap(), argument)", argument)

    def wait_until(self, script: str, argument: object = None) -> None:
        """Wait until such a function says that something is so."""
        self.page.wait_for_function(f"(argument) => ({script})(mapWindow().holdline, argument)", arg=argument)

    def wait_for_rest(self) -> None:
        """Wait until names, list and spoken words follow the date that the map opens with."""
        self.page.wait_for_function("() => mapWindow().document.querySelector('.announce').textContent")

    def wait_for_server(self) -> None:
        """Wait until the dashboard has run its script and the page shows what it gave."""
        self.page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']")

    def go_to(self, page: str) -> None:
        """Open another page of the dashboard by the bar, as a reader does: that is quicker than to load it anew."""
        self.page.get_by_role("link", name=page, exact=True).first.click()
        expect(self.page.locator(".hl-here")).to_have_text(page)
        self.wait_for_server()

    def query(self) -> dict[str, str]:
        """What the link keeps, once the address bar has it all."""
        self.wait_until("(h) => h.link.page.location.href === h.link.address()")
        address = urlsplit(self.page.url)
        return {key: values[0] for key, values in parse_qs(address.query or address.fragment).items()}

    def unfold(self, part: str) -> None:
        """Open a part of the legend that is folded."""
        folded = self.frame.locator(".legend .part:not([open]) > summary", has_text=part)
        if folded.count():
            folded.click()

    def choose(self, kind: str, value: str) -> None:
        """Choose in a field of the menu "More", which is opened and closed."""
        self.frame.get_by_role("button", name="More").click()
        self.frame.locator(f"select.{kind}").select_option(value)
        self.page.keyboard.press("Escape")


OpenMap = Callable[..., Visit]

MAP_WINDOW = """
window.mapWindow = () => window.holdline ? window
    : [...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow).find((inner) => inner.holdline);
window.drawnMap = async () => {
    const { holdline } = mapWindow();
    await holdline.areas.drawn();
    await holdline.scene.areasBefore?.drawn();
    return holdline;
};
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        if os.environ.get("HOLDLINE_REQUIRE_BROWSER"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dashboard(aleppo_folder: Path, hostile_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard that offers the Aleppo dataset and the hostile one."""
    builds = tmp_path_factory.mktemp("build")
    shutil.copytree(aleppo_folder, builds / "aleppo_2016")
    write_build(hostile_build, builds / "hostile")
    with serve_dashboard(free_port(), builds) as address:
        yield address


def free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve_dashboard(port: int, builds: Path, *options: str, **variables: str) -> Iterator[str]:
    """The real dashboard in a process of its own; gives its address.

    options: for Streamlit, such as `--server.baseUrlPath=x`. variables: of its environment.
    """
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = {**os.environ, "HOLDLINE_BUILD": str(builds), **variables}
    environment.pop("HOLDLINE_NETWORK", None)
    log = (builds.parent / "server.log").open("wb")
    server = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://localhost:{port}"
    try:
        _wait_until_healthy(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)
        log.close()


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1) as response:
                if response.status == 200:
                    return
        except OSError:
            assert server.poll() is None, "the dashboard stopped while starting"
        time.sleep(0.1)
    pytest.fail("the dashboard did not start within 30 seconds")


def _note(visit: Visit, address: str) -> None:
    """Note what is asked for; a page's own worker is none of it."""
    if not address.startswith("blob:"):
        visit.requests.append(address)


@pytest.fixture(scope="session")
def context_of(browser: Browser) -> Iterator[Callable[[dict[str, int], bool], BrowserContext]]:
    """Browsers that keep what they have fetched: one for each size of window, and for the network being off."""
    contexts: dict[tuple[int, bool], BrowserContext] = {}

    def context(viewport: dict[str, int], offline: bool) -> BrowserContext:
        key = (viewport["width"], offline)
        if key not in contexts:
            contexts[key] = browser.new_context(viewport=viewport, offline=offline)
            contexts[key].add_init_script(MAP_WINDOW)
            contexts[key].set_default_timeout(PATIENCE_MS)
        return contexts[key]

    yield context
    for opened in contexts.values():
        opened.close()


@pytest.fixture
def visit(context_of: Callable[[dict[str, int], bool], BrowserContext]) -> Iterator[OpenMap]:
    """Open an address in a new tab: visit(address, viewport=WIDE, offline=False)."""
    pages: list[Page] = []

    def open_address(address: str, viewport: dict[str, int] = WIDE, offline: bool = False) -> Visit:
        visit = Visit(context_of(viewport, offline).new_page())
        pages.append(visit.page)
        visit.page.on("request", lambda request: _note(visit, request.url))
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.page.on("dialog", lambda dialog: (visit.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        visit.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: visit.sent.append(frame)))
        visit.page.goto(address)
        return visit

    yield open_address
    for page in pages:
        page.close()


@pytest.fixture
def open_map(visit: OpenMap, dashboard: str) -> OpenMap:
    """Open the map of Aleppo in the dashboard: open_map("&date=2016-12-06", viewport=PHONE)."""

    def open_in_dashboard(query: str = "", **options: object) -> Visit:
        opened = visit(f"{dashboard}/?dataset=aleppo_2016{query}", **options)
        opened.wait_for_map()
        return opened

    return open_in_dashboard


@pytest.fixture(scope="session")
def saved_map(aleppo_build: Build, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the map of Aleppo, saved as one file."""
    file = tmp_path_factory.mktemp("saved") / "map.html"
    file.write_text(map_html(aleppo_build), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="session")
def every_state_map(every_state_build: Build, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the saved map of the district that shows every state."""
    file = tmp_path_factory.mktemp("every_state") / "map.html"
    file.write_text(map_html(every_state_build), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def open_saved(visit: OpenMap, saved_map: str) -> OpenMap:
    """The same from the saved file with the network off, which opens faster: open_saved("&date=2016-12-06")."""

    def open_file(query: str = "", **options: object) -> Visit:
        opened = visit(f"{saved_map}#dataset=aleppo_2016{query}", offline=True, **options)
        opened.wait_for_map()
        return opened

    return open_file
