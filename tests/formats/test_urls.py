"""Documents from the web: only when allowed, only from public addresses, and never too much of them."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo.errors import DocumentError
from geo.formats import urls
from geo.formats.urls import is_public, read_url
from geo.places.online import NetworkNotAllowedError

PUBLIC = "93.184.216.34"
PAGE = b"<html><head><title>News</title></head><body><article><p>%s</p></article></body></html>" % (
    b"There was fighting in Aleppo all night. " * 10
)
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/text": (200, {"Content-Type": "text/plain"}, b"Aleppo"),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/packed": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, b"\x1f\x8b"),
    "/moved": (302, {"Location": "/text"}, b""),
    "/inward": (302, {"Location": "http://router.example/text"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/long": (200, {"Content-Type": "text/plain"}, b"a" * 2000),
    "/short": (200, {"Content-Type": "text/plain", "Content-Length": "100"}, b"a"),
    "/empty": (200, {"Content-Type": "text/plain"}, b""),
}
HOSTS = {
    "news.example": [PUBLIC],
    "router.example": ["192.168.0.1"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "six.example": ["::1"],
}


class Server(BaseHTTPRequestHandler):
    """Gives the prepared answers, and none at all below /slow."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            threading.Event().wait(3)
            return
        status, headers, content = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Stays silent."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def connected(port: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were connected to; behind the public one stands the server of this test."""
    addresses: list[str] = []

    def resolve(host: str, asked_port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, asked_port)) for address in HOSTS[host]]

    def connect_to(address: tuple[str, int], timeout: float) -> socket.socket:
        addresses.append(address[0])
        connection = socket.socket()
        connection.settimeout(timeout)
        connection.connect(("127.0.0.1", port))
        return connection

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect_to)
    return addresses


def test_the_network_is_off_by_default(connected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOLDLINE_NETWORK", raising=False)
    with pytest.raises(NetworkNotAllowedError, match="The network is off"):
        read_url("http://news.example/text")
    assert connected == []


def test_a_page_becomes_a_document(connected: list[str]) -> None:
    document = read_url("http://news.example/page", online=True)
    assert (document.document_id, document.title) == ("http://news.example/page", "News")
    assert "fighting in Aleppo" in document.text
    assert connected == [PUBLIC]


def test_a_redirect_is_followed_and_its_end_is_the_url(connected: list[str]) -> None:
    document = read_url("http://news.example/moved", online=True)
    assert (document.document_id, document.url) == ("http://news.example/moved", "http://news.example/text")
    assert document.text == "Aleppo"
    assert connected == [PUBLIC, PUBLIC]


@pytest.mark.parametrize(
    ("url", "message", "connections"),
    [
        ("http://router.example/text", "private network", 0),
        ("http://both.example/text", "private network", 0),
        ("http://six.example/text", "private network", 0),
        ("http://news.example/inward", "private network", 1),
        ("http://news.example/file", "is not a web address", 1),
        ("http://news.example/round", "passed on more than 5 times", 6),
        ("http://news.example/picture", "is no document but image/png", 1),
        ("http://news.example/packed", "is no document", 1),
        ("http://news.example/nowhere", "was answered with 404", 1),
        ("http://news.example/empty", "is empty", 1),
        ("http://news.example/short", "broke off", 1),
        ("https://news.example/text", "cannot be read", 1),
        ("ftp://news.example/text", "is not a web address", 0),
        ("http://me:secret@news.example/", "is not a web address", 0),
        ("http://news.example:99999/", "is not a web address", 0),
        ("http:///text", "is not a web address", 0),
        ("http://[::1", "is not a web address", 0),
    ],
)
def test_what_is_refused(connected: list[str], url: str, message: str, connections: int) -> None:
    with pytest.raises(DocumentError, match=message):
        read_url(url, online=True)
    assert connected == [PUBLIC] * connections


def test_a_long_answer_is_refused(connected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls, "MAX_BYTES", 1000)
    with pytest.raises(DocumentError, match="is longer than 1,000 bytes"):
        read_url("http://news.example/long", online=True)
    assert connected == [PUBLIC]


def test_a_slow_answer_is_refused(connected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls, "TOTAL_TIMEOUT_S", 0.2)
    with pytest.raises(DocumentError, match="cannot be read"):
        read_url("http://news.example/slow", online=True)
    assert connected == [PUBLIC]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public
