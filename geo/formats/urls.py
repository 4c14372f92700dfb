"""A document from the web, if the user allows the network: read once, from a public address and from no other.

An address in a document, or in a command somebody was sent, may lead to a machine of the user's own network. So each
name is resolved once, every address that it has is checked, and the connection goes to a checked one; the same for
each redirect. Nothing is sent but the request itself, proxies and cookies are not used.
"""

import http.client
import ipaddress
import socket
import ssl
import string
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from geo.errors import DocumentError, Problem
from geo.formats.documents import Document, document_of
from geo.places.online import NetworkNotAllowedError, network_allowed, user_agent

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
CONNECT_TIMEOUT_S = 10.0
TOTAL_TIMEOUT_S = 60.0
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
# IPv6 addresses that lead to an IPv4 address somewhere else: 6to4, Teredo, NAT64.
_TUNNELS = tuple(
    ipaddress.ip_network(prefix) for prefix in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48")
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class _Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    content: bytes


def read_url(url: str, *, online: bool | None = None) -> Document:
    """The document at a web address (HTML, plain text, Markdown or PDF), its document_id and url that address.

    online: whether the network may be used; by default what HOLDLINE_NETWORK says.
    Redirects are followed, at most five. At most 20 MB are read, in at most 60 seconds.
    Raises NetworkNotAllowedError, and DocumentError for an address that is not public, an answer that is no
    document, and whatever goes wrong on the way.
    """
    if not network_allowed(online):
        raise NetworkNotAllowedError(
            "The network is off. Use --online, or set HOLDLINE_NETWORK=1, to let Holdline read from the web."
        )
    deadline = time.monotonic() + TOTAL_TIMEOUT_S
    address = url
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(address, deadline)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return _document(url, address, answer)
        address = urljoin(address, answer.headers["location"])
    raise _fault(url, f"was passed on more than {MAX_REDIRECTS} times: open it in a browser and save it")


def _document(url: str, address: str, answer: _Answer) -> Document:
    if answer.status != http.client.OK:
        raise _fault(url, f"was answered with {answer.status}: open it in a browser and save it")
    kind = KINDS.get(answer.headers.get_content_type())
    if kind is None or answer.headers.get("content-encoding", "identity") != "identity":
        raise _fault(url, f"is no document but {answer.headers.get_content_type()}: save it as one that is read")
    charset = answer.headers.get_content_charset()
    known = {"charset": charset} if charset and kind == ".html" else {}
    return document_of(answer.content, url, kind, url=address, **known)


def _ask(address: str, end: float) -> _Answer:
    """What the server of an address answers, at most MAX_BYTES of it. end: when it is too late (monotonic clock)."""
    parts = _checked_parts(address)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=string.punctuation)
    try:
        connection = http.client.HTTPConnection(host, port)
        connection.default_port = _PORTS[parts.scheme]
        connection.sock = _connect(_public_address(address, host, port), port, parts)
        with closing(connection), _cut_after(connection.sock, end - time.monotonic()):
            headers = {"User-Agent": user_agent(), "Accept": ", ".join(KINDS), "Accept-Encoding": "identity"}
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            content = response.read(MAX_BYTES + 1)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise _fault(address, f"cannot be read ({error or type(error).__name__}): try again later") from error
    if len(content) > MAX_BYTES:
        raise _fault(address, f"is longer than {MAX_BYTES:,} bytes: save what you need of it")
    if time.monotonic() > end or response.length:
        raise _fault(address, "took too long, or broke off: try again later")
    return _Answer(response.status, response.headers, content)


@contextmanager
def _cut_after(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Ends a connection after some time; of many small pauses none is as long as a time-out."""
    cut = threading.Timer(max(seconds, 0), connection.shutdown, [socket.SHUT_RDWR])
    cut.daemon = True
    cut.start()
    try:
        yield
    finally:
        cut.cancel()


def _checked_parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        if parts.scheme in _PORTS and parts.hostname and not parts.username and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise _fault(address, "is not a web address: write it like https://example.org/article")


def _public_address(url: str, host: str, port: int) -> str:
    """The first address of a host, if all of them are public: one that has both kinds is out to deceive."""
    found = [ipaddress.ip_address(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(is_public, found)):
        raise _fault(url, "leads into a private network: only public addresses are read")
    return str(found[0])


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet: not private, loopback, link-local, multicast or reserved."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.is_site_local or any(address in network for network in _TUNNELS):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _connect(address: str, port: int, parts: SplitResult) -> socket.socket:
    plain = socket.create_connection((address, port), CONNECT_TIMEOUT_S)
    if parts.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
    except OSError:
        plain.close()
        raise


def _fault(url: str, message: str) -> DocumentError:
    return DocumentError(Problem(url, None, None, message))
