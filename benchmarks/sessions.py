"""Fifty people open the dashboard at once: `python -m benchmarks.sessions`.

A session here is a WebSocket client that speaks Streamlit's own protocol: it connects, asks for the script to be run
as the browser does, reads until the run is finished, then fetches the map's page and its data by HTTP. What it leaves
out is the browser: Streamlit's own scripts, and drawing. So a few real browsers are measured too.
"""

import argparse
import asyncio
import gzip
import re
import statistics
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.asyncio.client import ClientConnection, connect

from benchmarks import report
from benchmarks.browser import HEIGHT, WIDTH, Launch, launcher
from benchmarks.country import country
from benchmarks.server import Streamlit, streamlit
from geo.formats.builds import write_build

PLACES = 33_000
BROWSERS = 3
ADDRESS = re.compile(rb"app/static/maps/[^\"'\\]+\.bin\.gz")
LIMIT_S = 60
SCRUB_STEPS = 200
MAP_WINDOW = "() => [...document.querySelectorAll('iframe')].some((inner) => inner.contentWindow.holdline)"
STEP_THROUGH = """async () => {
  const frames = [...document.querySelectorAll("iframe")].map((inner) => inner.contentWindow);
  const slider = frames.find((inner) => inner.holdline).document.querySelector("input#day");
  for (let day = 600; day < 800; day++) {
    slider.value = day;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 20));
  }
}"""
HOW = """\
A session here is a WebSocket client that speaks Streamlit's protocol: it asks for the script to be run as a browser
does, reads until the run is finished, and fetches the map's page and its data by HTTP; its time runs from before it
connects until the last byte. The server has shown the map once before; the clients share its processors.
Memory is what the server's process alone holds (private pages) with all sessions open, less what it held with one,
by the number of further sessions. Streamlit's own scripts and drawing are not in it: they are in the line about real
browsers, which share the processors too. Stepping is done in one of these: messages on its WebSocket, requests of the
page, processor time of the server (beside that of four seconds without steps)."""


def main() -> None:
    """Measure, and write what was measured."""
    arguments = _arguments()
    with TemporaryDirectory() as temporary:
        write_build(country(arguments.places), Path(temporary) / "country")
        with streamlit("app.py", {"HOLDLINE_BUILD": temporary}) as server:
            begin = time.perf_counter()
            asyncio.run(_opened(server, 1))
            first_s = time.perf_counter() - begin
            figures = asyncio.run(_opened(server, arguments.sessions))
            with launcher() as launch:
                figures |= _browsers(launch, server)
    report.save("sessions", {"places": arguments.places, "how": HOW, "first_s": first_s, **figures})


async def _opened(server: Streamlit, count: int) -> dict[str, Any]:
    """Open one session, then the others at the same moment; all stay open until the memory is read."""
    leave = asyncio.Event()
    first: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    one = asyncio.create_task(_session(server.address, first, leave))
    await first
    before_mb = server.memory_mb()
    loaded: list[asyncio.Future[float]] = [asyncio.get_running_loop().create_future() for _ in range(count)]
    tasks = [asyncio.create_task(_session(server.address, done, leave)) for done in loaded]
    times = await asyncio.wait_for(asyncio.gather(*loaded), LIMIT_S)
    await asyncio.sleep(1)
    memory_mb = (server.memory_mb() - before_mb) / count
    leave.set()
    await asyncio.gather(one, *tasks)
    return {
        "sessions": count,
        "slowest_s": max(times),
        "median_s": statistics.median(times),
        "memory_mb": memory_mb,
    }


async def _session(address: str, loaded: asyncio.Future[float], leave: asyncio.Event) -> None:
    """One session: `loaded` gets the seconds until it has the map's page and data; it stays open until it may leave."""
    begin = time.perf_counter()
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        await socket.send(ask.SerializeToString())
        page_address = await _map_address(socket)
        if page_address is None:
            loaded.set_exception(ValueError("the session got no page with a map"))
            return
        page = gzip.decompress(await asyncio.to_thread(_fetch, f"{address}/{page_address}"))
        data_address = ADDRESS.search(page)
        assert data_address, "the page names no data"
        await asyncio.to_thread(_fetch, f"{address}/{data_address[0].decode()}")
        loaded.set_result(time.perf_counter() - begin)
        await leave.wait()


async def _map_address(socket: ClientConnection) -> str | None:
    """Read what the script run sends, to its end; the address of the map's page in it."""
    found = None
    async for frame in socket:
        assert isinstance(frame, bytes)
        found = found or ADDRESS.search(frame)
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.WhichOneof("type") == "script_finished":
            break
    return found[0].decode() if found else None


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=LIMIT_S) as response:
        data: bytes = response.read()
        return data


def _browsers(launch: Launch, server: Streamlit) -> dict[str, Any]:
    """A few real browsers opening the dashboard at once, and what stepping in one of them asks of the server."""
    with launch() as browser:
        pages = [browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page() for _ in range(BROWSERS)]
        messages: list[object] = []
        requests: list[str] = []
        pages[0].on("websocket", lambda socket: socket.on("framesent", lambda frame: messages.append(frame)))
        pages[0].on("request", lambda request: requests.append(request.url))
        begin = time.perf_counter()
        for page in pages:
            page.goto(server.address, wait_until="commit")
        for page in pages:
            page.wait_for_function(MAP_WINDOW, timeout=1000 * LIMIT_S)
        slowest_s = time.perf_counter() - begin
        for page in pages[1:]:
            page.close()
        pages[0].wait_for_timeout(2000)
        messages.clear()
        requests.clear()
        idle_s = _processor_s(server, pages[0], "() => new Promise((done) => setTimeout(done, 4000))")
        scrub_s = _processor_s(server, pages[0], STEP_THROUGH)
    return {
        "browsers": BROWSERS,
        "browser_slowest_s": slowest_s,
        "scrub_steps": SCRUB_STEPS,
        "scrub_messages": len(messages),
        "scrub_requests": len(requests),
        "scrub_processor_s": scrub_s,
        "idle_processor_s": idle_s,
    }


def _processor_s(server: Streamlit, page: Page, script: str) -> float:
    """Processor time that the server uses while a script runs in the page."""
    before = server.processor_s()
    page.evaluate(script)
    return server.processor_s() - before


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=PLACES)
    parser.add_argument("--sessions", type=int, default=50)
    return parser.parse_args()


if __name__ == "__main__":
    main()
