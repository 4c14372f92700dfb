"""The review page in a real browser: by keyboard alone, on a phone, and what is said is always in view."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset
from geo.formats.builds import write_build
from geo.pipeline import run
from geo.store.accounts import add_account
from geo.store.engine import URL_VARIABLE, sqlite_url
from geo.store.ledger import Store
from tests.browser.conftest import PHONE, WIDE, free_port, serve_dashboard
from tests.review.conftest import PASSWORD, waiting_dataset  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.fixture
def address(waiting_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: F811
    """Address of the review page of a dataset of its own, with a reviewer."""
    folder = tmp_path_factory.mktemp("review")
    write_build(run(waiting_dataset), folder / "build" / "small")
    store = Store(sqlite_url(folder / "holdline.sqlite"))
    store.ingest(waiting_dataset)
    add_account(store.engine, "rita", "Rita", "reviewer", PASSWORD)
    url = store.engine.url.render_as_string()
    store.close()
    with serve_dashboard(free_port(), folder / "build", **{URL_VARIABLE: url}) as dashboard:
        yield f"{dashboard}/review?dataset=small"


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page in a window of either size."""
    context = browser.new_context(viewport=request.param)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def tab_to(page: Page, label: str) -> None:
    """Press Tab until something of that name has the focus."""
    names = """() => {
        const { tagName, ariaLabel, innerText } = document.activeElement;
        return ["BODY", "MAIN"].includes(tagName) ? [] : [ariaLabel, ...(innerText ?? "").split("\\n")];
    }"""
    for _ in range(80):
        page.keyboard.press("Tab")
        if label in page.evaluate(names):
            return
    pytest.fail(f"{label} is not reached by Tab")


def test_everything_is_decided_by_keyboard_alone(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    tab_to(page, "Name")
    page.keyboard.type("rita")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are Rita, reviewer.")).to_be_visible()

    expect(page.get_by_role("heading", name="Brackwell")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_text("2 of 3")).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.keyboard.press("a")
    expect(page.get_by_text("Saved: accept, Brackwell.")).to_be_in_viewport()
    expect(page.get_by_text("1 waiting")).to_be_visible()

    tab_to(page, "Reject")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("a note and a defer: a n d")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved: reject, Ostmere.")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_in_viewport()

    tab_to(page, "Undo it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved: undo.")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Ostmere")).to_be_visible()
    assert not errors
