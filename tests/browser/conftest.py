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
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from geo.formats.builds import write_build
from geo.pipeline import Build

ROOT = Path(__file__).resolve().parents[2]
WIDE = {"width": 1366, "height": 768}
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
    requests: list[str]
    sent: list[object]
    errors: list[str]

    def wait_for_map(self) -> None:
        self.page.wait_for_function("() => mapWindow()?.holdline", timeout=30_000)

    def map(self, script: str, argument: object = None) -> object:
        """Run a function of `holdline` (what main.js returns) in the map's own window, once its areas are drawn."""
        return self.page.evaluate(f"async (argument) => ({script})(await drawnMap(), argument)", argument)


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
def dashboard(aleppo_build: Build, hostile_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard that offers the Aleppo dataset and the hostile one."""
    builds = tmp_path_factory.mktemp("build")
    for build in (aleppo_build, hostile_build):
        write_build(build, builds / build.dataset.dataset_id)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = {**os.environ, "HOLDLINE_BUILD": str(builds)}
    environment.pop("HOLDLINE_NETWORK", None)
    log = (builds.parent / "server.log").open("wb")
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
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


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an address in a browser that has never been there: visit(address, viewport=WIDE, offline=False)."""
    contexts: list[BrowserContext] = []

    def open_address(address: str, viewport: dict[str, int] | None = None, offline: bool = False) -> Visit:
        context = browser.new_context(viewport=viewport or WIDE, offline=offline)
        contexts.append(context)
        context.add_init_script(MAP_WINDOW)
        visit = Visit(context.new_page(), [], [], [])
        visit.page.on("request", lambda request: _note(visit, request.url))
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.page.on("dialog", lambda dialog: (visit.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        visit.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: visit.sent.append(frame)))
        visit.page.goto(address)
        return visit

    yield open_address
    for context in contexts:
        context.close()
