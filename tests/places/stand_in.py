"""A stand-in for a Nominatim server on loopback."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KNOWN = {
    "Handarat Camp": {
        "place_id": 17,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0.",
        "osm_type": "way",
        "osm_id": 99,
        "lat": "36.2803",
        "lon": "37.1789",
        "display_name": "Handarat Camp, Aleppo, Syria",
    }
}


class StandIn(ThreadingHTTPServer):
    """Answers searches from KNOWN; every request is noted.

    requests: time, path, query and headers of each request. refusals: HTTP statuses to answer with first.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[tuple[float, str, dict[str, list[str]], dict[str, str]]] = []
        self.refusals: list[int] = []

    @property
    def domain(self) -> str:
        """Host and port, as geopy's Nominatim takes them."""
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        self.server.requests.append((time.time(), parts.path, query, dict(self.headers)))
        if self.server.refusals:
            self.send_response(self.server.refusals.pop(0))
            self.send_header("Retry-After", "7")
            self.end_headers()
            return
        if parts.path == "/reverse":
            answer: object = KNOWN["Handarat Camp"]
        else:
            found = KNOWN.get(query["q"][0])
            answer = [found] if found else []
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def stand_in_server() -> Iterator[StandIn]:
    """A running stand-in; it stops with the context."""
    server = StandIn()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
