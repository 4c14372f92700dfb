"""The proxy that docs/operations.md describes, by a real nginx before a real dashboard."""

import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.store.accounts import add_account
from geo.store.engine import URL_VARIABLE, sqlite_url
from geo.store.ledger import Store
from geo.store.sessions import LASTS
from tests.browser.conftest import MAP_WINDOW, ROOT, WIDE, free_port, serve_dashboard
from tests.review.conftest import PASSWORD
from ui.login import COOKIE

pytestmark = pytest.mark.slow
NO_NGINX = "no nginx or openssl found: install them (Debian: apt-get install nginx-light openssl) to try the proxy"
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""


def described_server(port: int, dashboard_port: int, folder: Path) -> str:
    """The snippet of the documentation with ports, name and certificate of this test, and nothing else changed."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    [snippet] = re.findall(r"^    server \{\n.*?^    \}\n", text, re.MULTILINE | re.DOTALL)
    for ours, theirs in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("holdline.example.org", "localhost"),
        ("/etc/ssl/certs/holdline.pem", f"{folder}/holdline.pem"),
        ("/etc/ssl/private/holdline.key", f"{folder}/holdline.key"),
        ("127.0.0.1:8501", f"localhost:{dashboard_port}"),
    ):
        assert snippet.count(ours) == 1
        snippet = snippet.replace(ours, theirs)
    return snippet


@pytest.fixture(scope="module")
def proxy(aleppo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard behind nginx, with a store of one account."""
    if not (shutil.which("nginx") and shutil.which("openssl")):
        if os.environ.get("HOLDLINE_REQUIRE_BROWSER"):
            pytest.fail(NO_NGINX)
        pytest.skip(NO_NGINX)
    folder = tmp_path_factory.mktemp("proxy")
    shutil.copytree(aleppo_folder, folder / "build" / "aleppo_2016")
    store = Store(sqlite_url(folder / "holdline.sqlite"))
    add_account(store.engine, "rita", "Rita", "viewer", PASSWORD)
    url = store.engine.url.render_as_string()
    store.close()
    keys = ["-keyout", str(folder / "holdline.key"), "-out", str(folder / "holdline.pem")]
    new_key = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run([*new_key, *keys], check=True, capture_output=True)
    port, dashboard_port = free_port(), free_port()
    settings = folder / "nginx.conf"
    server = described_server(port, dashboard_port, folder)
    settings.write_text(MAIN.format(folder=folder, server=server), encoding="utf-8")
    variables = {URL_VARIABLE: url, "HOLDLINE_CLOSED": "1"}
    with serve_dashboard(dashboard_port, folder / "build", "--server.allowedHosts=localhost", **variables):
        nginx = subprocess.Popen(["nginx", "-c", str(settings), "-e", f"{folder}/error.log", "-p", str(folder)])
        address = f"https://localhost:{port}"
        try:
            _wait_until_there(address, nginx, folder / "error.log")
            yield address
        finally:
            nginx.terminate()
            nginx.wait(timeout=10)


def _wait_until_there(address: str, nginx: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        assert nginx.poll() is None, log.read_text("utf-8")
        try:
            status, _ = answer(f"{address}/_stcore/health")
        except OSError:
            time.sleep(0.1)
        else:
            assert status == 200
            return
    pytest.fail("nginx did not answer within ten seconds")


def answer(address: str, body: bytes | None = None) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer; the certificate is our own and is not checked."""
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body), timeout=30, context=unchecked) as response:
            return response.status, dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser that takes the certificate as it is."""
    context = browser.new_context(viewport=WIDE, ignore_https_errors=True)
    context.add_init_script(MAP_WINDOW)
    yield context.new_page()
    context.close()


def test_every_page_works_behind_the_proxy(page: Page, proxy: str, tmp_path: Path) -> None:
    refused: list[str] = []
    sockets: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{proxy}/?dataset=aleppo_2016")
    page.get_by_role("textbox", name="Name").fill("rita")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_function("() => mapWindow()?.holdline")
    page.evaluate("async () => { await drawnMap(); }")
    assert {address.split("/_stcore")[0] for address in sockets} == {proxy.replace("https", "wss")}

    page.goto(f"{proxy}/review?dataset=aleppo_2016")
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    page.goto(f"{proxy}/changes?dataset=aleppo_2016")
    expect(page.locator("canvas, svg.marks").first).to_be_visible()
    page.goto(f"{proxy}/data?dataset=aleppo_2016")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save this map").click()
    saved = tmp_path / "map.html"
    download.value.save_as(saved)
    page.goto(saved.as_uri())
    page.wait_for_function("() => mapWindow()?.holdline")
    page.evaluate("async () => { await drawnMap(); }")
    assert not refused


def test_a_login_is_kept_in_a_cookie_that_only_https_sends(page: Page, proxy: str) -> None:
    page.goto(f"{proxy}/review?dataset=aleppo_2016")
    page.get_by_role("textbox", name="Name").fill("rita")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("No store has this dataset yet")).to_be_visible()
    page.wait_for_function("(name) => document.cookie.includes(name)", arg=COOKIE)
    [kept] = [cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE]
    assert kept["secure"]
    assert kept["sameSite"] == "Strict"
    assert kept["expires"] < time.time() + LASTS.total_seconds() + 60


def test_headers_and_limits_hold(proxy: str) -> None:
    status, headers = answer(f"{proxy}/")
    assert status == 200
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Server"] == "nginx"
    assert "Content-Security-Policy" in answer(f"{proxy}/no/such/page.css")[1], "errors have them too"
    too_large = b"x" * (1 << 21)
    assert answer(f"{proxy}/_stcore/upload_file/a/b", too_large)[0] == 413
    assert answer(f"{proxy}/_stcore/upload_file/a/b", b"x")[0] in (400, 403, 404, 405)
