"""Our modules on a blank page: their pure parts are tested where they run, in a real Chromium."""

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser, Page

from geo.maps.bundle import bundle

PURE = [
    "binary",
    "decode",
    "ink",
    "known",
    "link",
    "pace",
    "patches",
    "raster",
    "shares",
    "stamps",
    "timeline",
    "words",
]
IMPORT = """(names) => {
    window.modules = Object.fromEntries(names.map((name) => [name, holdlineModule(`${name}.js`)]));
}"""

PACKED = """() => {
    window.packed = (array) => {
        const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
        let text = "";
        for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
        return btoa(text);
    };
}"""


class Modules:
    """The modules in PURE, imported into a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.set_content(f"<script>{bundle()}</script>")
        page.evaluate(IMPORT, PURE)
        page.evaluate(PACKED)

    def __call__(self, script: str, argument: object = None) -> Any:
        """Run a function of the modules and of an argument, such as ``({ words }, day) => ...``."""
        return self._page.evaluate(f"(argument) => ({script})(window.modules, argument)", argument)


@pytest.fixture(scope="session")
def modules(browser: Browser) -> Iterator[Modules]:
    context = browser.new_context()
    yield Modules(context.new_page())
    context.close()


def packed(values: npt.ArrayLike, kind: str) -> str:
    """Numbers as base64 of a typed array, which travels to the page faster than a list."""
    return base64.b64encode(np.asarray(values).astype(kind).tobytes()).decode()


def unpacked(text: str, kind: str) -> npt.NDArray[Any]:
    """The numbers of a typed array that the page gave as base64, with its own `packed`."""
    return np.frombuffer(base64.b64decode(text), kind)
