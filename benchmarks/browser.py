"""The browser that measures."""

import functools
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

WIDTH, HEIGHT = 1280, 800
MEASURE = Path(__file__).with_name("measure.js")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--max-old-space-size=6000",
]


Launch = Callable[[], Browser]


@contextmanager
def launcher() -> Iterator[Launch]:
    """A function that starts a headless Chromium; ends the program with a sentence where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("no Chromium found: install one (Debian: apt-get install chromium) to run the benchmark")
    with sync_playwright() as playwright:
        yield functools.partial(playwright.chromium.launch, executable_path=found, args=ARGUMENTS)


@contextmanager
def limited(launch: Launch, limit_s: float) -> Iterator[Browser]:
    """A browser that is ended after `limit_s`, however busy its page is: Playwright then raises its Error."""
    with launch() as browser:
        processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        main_process = next(process["id"] for process in processes if process["type"] == "browser")
        end = threading.Timer(limit_s, os.kill, (main_process, signal.SIGKILL))
        end.start()
        try:
            yield browser
        finally:
            end.cancel()


@contextmanager
def new_page(
    browser: Browser, pixel_ratio: float = 1, throttle: float = 1, scripts: Mapping[str, Path] | None = None
) -> Iterator[Page]:
    """A page in a context of its own, with `measure` in it and the processor slowed down `throttle` times.

    scripts: files to give it, by the last part of the address, in place of other servers'; whatever else it asks
    of other servers is empty.
    """
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=pixel_ratio)
    context.add_init_script(path=MEASURE)
    if scripts:
        context.route("https://**/*", functools.partial(_from_folder, scripts))
    page = context.new_page()
    if throttle != 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    try:
        yield page
    finally:
        context.close()


def _from_folder(scripts: Mapping[str, Path], route: Route) -> None:
    file = scripts.get(route.request.url.split("?")[0].rsplit("/", 1)[-1])
    if file is None:
        route.fulfill(body="", content_type="text/css" if "css" in route.request.url else "text/javascript")
    else:
        route.fulfill(path=file)


def heap_mb(page: Page) -> float:
    """Memory of the page's JavaScript after collecting garbage, typed arrays with it, in MB (10**6 bytes)."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage: dict[str, float] = session.send("Runtime.getHeapUsage")
    return (usage["usedSize"] + usage.get("backingStorageSize", 0)) / 1e6
