"""Log in at an identity provider: a real one by protocol (OpenID Connect), on another site than the dashboard."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset
from geo.formats.builds import write_build
from geo.pipeline import run
from geo.store.accounts import add_account, disable
from geo.store.engine import URL_VARIABLE, sqlite_url
from geo.store.ledger import Store
from tests.browser.conftest import WIDE, free_port, serve_dashboard
from tests.review.conftest import waiting_dataset  # noqa: F401

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")]
SECRETS = """
[auth]
redirect_uri = "{dashboard}/oauth2callback"
cookie_secret = "of a test, which nobody needs to guess"
client_id = "holdline"
client_secret = "known to the provider"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
PEOPLE = {
    "rita-at-work": {"email": "rita@example.org", "name": "Rita", "email_verified": True},
    "passer-by": {"email": "nobody@example.org", "name": "<b>Nobody</b>", "email_verified": True},
    "claims-to-be-rita": {"email": "rita@example.org", "email_verified": False},
    "new-here": {"email": "nils@example.org", "email_verified": True},
}
"""Whom the provider knows: `sub` and what else it says about them."""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Address of an OpenID provider; by number, so that it is another site than `localhost` for the browser."""
    from oidc_provider_mock import User, run_server_in_thread  # half a second, which only these tests should take

    people = [User(sub=sub, claims=said) for sub, said in PEOPLE.items()]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def store(waiting_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:  # noqa: F811
    """A store in which changes wait, with accounts that have no password."""
    opened = Store(sqlite_url(tmp_path_factory.mktemp("store") / "holdline.sqlite"))
    opened.ingest(waiting_dataset)
    add_account(opened.engine, "rita", "Rita", "reviewer", identity="rita@example.org")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def team_dashboard(
    provider: str,
    store: Store,
    waiting_dataset: Dataset,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Address of a dashboard whose team logs in at the provider."""
    folder = tmp_path_factory.mktemp("team")
    write_build(run(waiting_dataset), folder / "build" / "small")
    port, secrets = free_port(), folder / "secrets.toml"
    secrets.write_text(SECRETS.format(dashboard=f"http://localhost:{port}", provider=provider), encoding="utf-8")
    url = store.engine.url.render_as_string()
    with serve_dashboard(port, folder / "build", f"--secrets.files={secrets}", **{URL_VARIABLE: url}) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser that has never been here."""
    context = browser.new_context(viewport=WIDE)
    yield context.new_page()
    context.close()


def log_in(page: Page, dashboard: str, person: str) -> None:
    """Go to the review page, log in at the provider, and come back."""
    page.goto(f"{dashboard}/review?dataset=small")
    page.get_by_role("button", name="Log in with your organisation").click()
    page.get_by_role("button", name=person, exact=True).click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    assert page.url == f"{dashboard}/review?dataset=small", "back on the page from which the person left"


def recorders(store: Store) -> list[str]:
    return [entry.recorded_by for entry in store.ledger("small").entries("reviews")]


def test_a_reviewer_logs_in_decides_and_logs_out(page: Page, team_dashboard: str, store: Store) -> None:
    page.goto(f"{team_dashboard}/?dataset=small")
    expect(page.frame_locator("iframe").locator(".legend").first).to_be_visible()
    page.goto(f"{team_dashboard}/review?dataset=small")
    expect(page.get_by_text("Log in to decide")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)

    log_in(page, team_dashboard, "rita-at-work")
    expect(page.get_by_text("You are Rita, reviewer.")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Saved: accept")).to_be_visible()
    assert recorders(store) == ["rita"]

    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.frame_locator("iframe").locator(".legend").first).to_be_visible()
    page.goto(f"{team_dashboard}/review?dataset=small")
    expect(page.get_by_text("Log in to decide")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    assert recorders(store) == ["rita"]


@pytest.mark.parametrize(
    ("person", "identity"),
    [("passer-by", "nobody@example.org"), ("claims-to-be-rita", "{provider}|claims-to-be-rita")],
)
def test_somebody_without_an_account_reads_only(
    page: Page, team_dashboard: str, provider: str, store: Store, person: str, identity: str
) -> None:
    before = recorders(store)
    log_in(page, team_dashboard, person)
    expect(page.get_by_text("No account here belongs to you")).to_be_visible()
    expect(page.get_by_text(identity.format(provider=provider)).last).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    for label in ("Accept", "Defer", "Reject", "Update the map"):
        expect(page.get_by_role("button", name=label)).to_have_count(0)
    assert recorders(store) == before


def test_a_role_counts_from_the_moment_it_is_given_or_taken(page: Page, team_dashboard: str, store: Store) -> None:
    log_in(page, team_dashboard, "new-here")
    expect(page.get_by_text("No account here belongs to you")).to_be_visible()
    add_account(store.engine, "nils", "Nils", "editor", identity="nils@example.org")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("You are Nils, editor.")).to_be_visible()
    disable(store.engine, "nils")
    before = recorders(store)
    page.get_by_role("button", name="Defer").click()
    expect(page.get_by_text("No account here belongs to you")).to_be_visible()
    assert recorders(store) == before


def test_a_forged_identity_is_no_identity(page: Page, team_dashboard: str) -> None:
    forged = '{"is_logged_in":true,"email":"rita@example.org","email_verified":true}'
    page.context.add_cookies([{"name": "_streamlit_user", "value": quote(forged), "url": team_dashboard}])
    page.goto(f"{team_dashboard}/review?dataset=small")
    expect(page.get_by_text("Log in to decide")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
