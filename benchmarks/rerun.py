"""What a step of the slider costs when the server makes a new map for it: st.slider -> filter -> st_folium."""

import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, WebSocket

from benchmarks.browser import new_page
from benchmarks.server import Streamlit
from benchmarks.subject import DidNotLoad, Figures

NAME = "st.slider and st_folium"
FIRST_DAY = 600
STEPS = 3
FRAME_DONE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def measured_reruns(
    browser: Browser, server: Streamlit, scripts: Mapping[str, Path], place_count: int, limit_s: float = 60
) -> Figures:
    """Open the app, then step the slider by its arrow key until the map of the new day is there.

    Raises DidNotLoad when a map is not there after `limit_s`.
    """
    received: list[int] = []
    steps: list[float] = []
    with new_page(browser, scripts=scripts) as page:
        page.on("websocket", lambda socket: _count(socket, received))
        page.set_default_timeout(1000 * limit_s)
        try:
            address = f"{server.address}/?places={place_count}"
            first_s = _shown(page, FIRST_DAY, limit_s, lambda: page.goto(address))
            received.clear()
            while len(steps) < STEPS and sum(steps) < limit_s:
                page.get_by_role("slider").first.focus()
                day = FIRST_DAY + 1 + len(steps)
                steps.append(_shown(page, day, limit_s, lambda: page.keyboard.press("ArrowRight")))
        except Error as error:
            raise DidNotLoad(error.message.splitlines()[0]) from error
    return {
        "first_paint_ms": 1000 * first_s,
        "steps": len(steps),
        "step_done_p50_ms": 1000 * statistics.median(steps),
        "step_done_p95_ms": 1000 * max(steps),
        "bytes_per_step": sum(received) / len(steps),
    }


def _count(socket: WebSocket, received: list[int]) -> None:
    socket.on("framereceived", lambda frame: received.append(len(frame)))


def _shown(page: Page, day: int, limit_s: float, act: Callable[[], object]) -> float:
    """Seconds from doing it until the areas of the day are drawn."""
    begin = time.perf_counter()
    act()
    while time.perf_counter() - begin < limit_s:
        if _shows(page, day):
            return time.perf_counter() - begin
        page.wait_for_timeout(5)
    raise DidNotLoad(f"not drawn after {limit_s:.0f} s")


def _shows(page: Page, day: int) -> bool:
    """Whether the map of a day stands in the page, once its frame is done."""
    for frame in page.frames[1:]:
        try:
            if frame.query_selector(f"path.day-{day}"):
                frame.evaluate(FRAME_DONE)
                return True
        except Error:  # Streamlit replaced the frame just now: look again
            return False
    return False
