"""Nothing but the scripts that were written into the page runs, and nothing leaves it."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

INTRUDE = """async () => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
    const add = (tag, keys) => document.head.append(Object.assign(document.createElement(tag), keys));
    add("script", { textContent: "window.intruded = true" });
    add("script", { src: "data:text/javascript,window.intruded=true" });
    add("script", { src: "https://intruder.example/a.js" });
    add("link", { rel: "stylesheet", href: "https://intruder.example/a.css" });
    add("img", { src: "https://intruder.example/a.png" });
    document.body.insertAdjacentHTML("beforeend", '<b onclick="window.intruded = true">x</b>');
    document.body.lastElementChild.click();
    document.body.insertAdjacentHTML("beforeend", '<iframe src="https://intruder.example/"></iframe>');
    const asked = await fetch("https://intruder.example/told").then(() => "answered", () => "refused");
    await new Promise((done) => setTimeout(done, 500));
    return { intruded: window.intruded ?? false, asked, refused: [...new Set(refused)].sort() };
}"""
REFUSED = ["connect-src", "frame-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem"]


@pytest.mark.parametrize("way", ["saved", "dashboard"])
def test_an_intruder_in_the_page_can_run_and_tell_nothing(
    visit: Callable[..., Visit], saved_map: str, dashboard: str, way: str
) -> None:
    address = f"{saved_map}#dataset=aleppo_2016" if way == "saved" else f"{dashboard}/?dataset=aleppo_2016"
    opened = visit(address)
    said: list[str] = []
    opened.page.on("console", lambda message: said.append(message.text))
    opened.wait_for_map()
    assert not [each for each in said if "Content Security Policy" in each], "the page itself needs nothing more"
    failures: dict[str, str | None] = {}
    opened.page.on("requestfailed", lambda request: failures.update({request.url: request.failure}))
    inner = next(frame for frame in opened.page.frames if frame.evaluate("() => !!window.holdline"))
    found = inner.evaluate(INTRUDE)
    assert found == {"intruded": False, "asked": "refused", "refused": REFUSED}
    assert failures
    assert set(failures.values()) == {"csp"}, "they were refused before anything was sent"
    assert {address for address in opened.requests if "intruder" in address} == set(failures)
    assert not opened.errors
