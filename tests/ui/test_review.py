"""The review page: what it shows, what it writes, and that nothing the browser says opens it."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.dataset import Dataset
from geo.formats.builds import read_build, write_build
from geo.pipeline import Build, run
from geo.schema import conform
from geo.store.accounts import add_account, set_role
from geo.store.engine import URL_VARIABLE, sqlite_url
from geo.store.ledger import Store
from geo.store.sessions import begin_session
from tests.hashes import cheap_hashes
from tests.hostile import HOSTILE_TEXTS
from tests.review.conftest import PASSWORD, waiting_dataset  # noqa: F401
from tests.ui.conftest import OpenPage, markup_of, text_of
from tests.ui.test_pages import ATTRIBUTES, TAGS, Elements, markdown_of
from ui.login import CLOSED_VARIABLE, COOKIE

REVIEW = "pages/review.py"
DATASET = {"dataset": "small"}


@pytest.fixture(scope="module")
def waiting_folder(waiting_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """A folder of builds in which changes wait for review."""
    folder = tmp_path_factory.mktemp("waiting")
    write_build(run(waiting_dataset), folder / "small")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    with cheap_hashes():
        yield


@pytest.fixture(scope="module")
def store_file(waiting_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """The file of a store of that dataset with an editor and two reviewers; to be copied."""
    file = tmp_path_factory.mktemp("store") / "holdline.sqlite"
    opened = Store(sqlite_url(file))
    opened.ingest(waiting_dataset)
    for user_id, role in (("vera", "viewer"), ("edit", "editor"), ("rita", "reviewer"), ("rolf", "reviewer")):
        add_account(opened.engine, user_id, f"<b>{user_id}</b>", role, PASSWORD)
    opened.close()
    return file


@pytest.fixture
def store(store_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """That store, which the pages use, for one test."""
    url = sqlite_url(Path(shutil.copy(store_file, tmp_path)))
    monkeypatch.setenv(URL_VARIABLE, url.render_as_string())
    opened = Store(url)
    yield opened
    opened.close()


def button(session: AppTest, label: str) -> object:
    return next(each for each in session.button if each.label == label)


def labels(session: AppTest) -> list[str]:
    return [each.label for each in session.button]


def logged_in(open_page: OpenPage, builds: Path, user_id: str) -> AppTest:
    session = open_page(REVIEW, builds=builds, **DATASET)
    session.text_input[0].set_value(user_id)
    session.text_input[1].set_value(PASSWORD)
    button(session, "Log in").click()
    return session.run()


def written(store: Store) -> int:
    return len(store.ledger("small").entries())


def choose(session: AppTest, kind: str) -> AppTest:
    """Go on to the next item until one of the kind is shown."""
    for _ in range(10):
        if f"{kind}" in text_of(session):
            return session
        button(session, "Next").click()
        session.run()
    raise AssertionError(f"no item of the kind {kind}")


def test_without_a_store_the_page_says_how_to_begin(
    open_page: OpenPage, waiting_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.setenv("HOLDLINE_DATA", str(tmp_path))
    session = open_page(REVIEW, builds=waiting_folder, **DATASET)
    assert not session.exception
    assert "python -m geo ingest small" in text_of(session)
    assert not list(tmp_path.glob("*.sqlite"))


def test_everybody_reads_the_queue_and_nobody_decides_without_login(
    open_page: OpenPage, waiting_folder: Path, store: Store
) -> None:
    before = written(store)
    session = open_page(REVIEW, builds=waiting_folder, **DATASET)
    assert not session.exception
    assert "Another document gives the place to another side" in text_of(session)
    assert not {"Accept", "Defer", "Reject", "Update the map"} & set(labels(session))
    assert written(store) == before


@pytest.mark.usefixtures("store")
def test_a_wrong_password_does_not_log_in(open_page: OpenPage, waiting_folder: Path) -> None:
    session = open_page(REVIEW, builds=waiting_folder, **DATASET)
    session.text_input[0].set_value("rita")
    session.text_input[1].set_value("not this one, sorry")
    button(session, "Log in").click()
    session.run()
    assert "name or the password is wrong" in text_of(session)
    assert "Accept" not in labels(session)


@pytest.mark.usefixtures("store")
def test_a_reviewer_accepts_and_the_map_follows(open_page: OpenPage, waiting_folder: Path) -> None:
    session = logged_in(open_page, waiting_folder, "rita")
    assert "You are <b>rita</b>, reviewer." in text_of(session)
    choose(session, "Read from a text by a program")
    button(session, "Accept").click()
    session.run()
    assert not session.exception
    assert "Saved: accept, Ostmere." in text_of(session)
    assert "not on the map yet: 1." in text_of(session)
    assert "Undo it" in labels(session)
    button(session, "Update the map").click()
    session.run()
    assert "The map shows all decisions." in text_of(session)
    events = read_build(waiting_folder / "small").events
    made = events[events["recorded_by"] == "rita"].iloc[0]
    assert (made["place_id"], made["rule"]) == ("q2", "neutral_assessment")
    button(session, "Undo").click()
    session.run()
    assert "Saved: undo." in text_of(session)


@pytest.mark.parametrize("forged", ["state", "query", "cookie"])
def test_a_forged_session_writes_nothing(
    open_page: OpenPage, waiting_folder: Path, store: Store, forged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(store)
    claims = {"user": "rita", "role": "owner", "login_token": "rita", "user_id": "rita"}
    session = open_page(REVIEW, builds=waiting_folder, **DATASET, **(claims if forged == "query" else {}))
    if forged == "cookie":
        monkeypatch.setattr(type(st.context), "cookies", property(lambda _: {COOKIE: "rita"}))
    if forged == "state":
        for key, value in claims.items():
            session.session_state[key] = value
        session.session_state["accept_e7"] = True
    session.run()
    assert not {"Accept", "Defer", "Reject", "Update the map"} & set(labels(session))
    assert written(store) == before


def test_a_session_whose_role_is_taken_away_writes_nothing(
    open_page: OpenPage, waiting_folder: Path, store: Store
) -> None:
    session = logged_in(open_page, waiting_folder, "rita")
    before = written(store)
    set_role(store.engine, "rita", "viewer")
    button(session, "Accept").click()
    session.run()
    assert written(store) == before
    assert "Accept" not in labels(session)


def test_an_editor_proposes(open_page: OpenPage, waiting_folder: Path, store: Store) -> None:
    session = logged_in(open_page, waiting_folder, "edit")
    button(session, "Accept").click()
    session.run()
    assert "as a proposal. It counts when a second person has confirmed it." in text_of(session)
    button(session, "Previous").click()
    session.run()
    assert "edit proposed: accept." in text_of(session)
    assert "Accept" not in labels(session), "it waits for somebody else"
    assert "Confirm" not in labels(session)
    other = open_page(REVIEW, builds=waiting_folder, **DATASET)
    other.session_state["login_token"] = begin_session(store.engine, "rita")
    other.run()
    assert "Confirm" in labels(other)
    button(other, "Confirm").click()
    other.run()
    assert "Saved: accept, Brackwell. The map shows it after an update." in text_of(other)


def test_the_second_of_two_people_is_told(open_page: OpenPage, waiting_folder: Path, store: Store) -> None:
    def looks(user_id: str) -> AppTest:
        session = open_page(REVIEW, builds=waiting_folder, **DATASET)
        session.session_state["login_token"] = begin_session(store.engine, user_id)
        return session.run()

    def press(session: AppTest, label: str) -> str:
        button(session, label).click()
        return text_of(session.run())

    first, second = looks("rita"), looks("rolf")
    press(first, "Defer")
    before = written(store)
    assert "was changed by 'rita'" in press(second, "Accept"), "what rolf had before him was not deferred yet"
    assert written(store) == before
    first, second = looks("rita"), looks("rolf")
    assert "Saved: accept" in press(first, "Accept")
    before = written(store)
    assert "rita decided about Brackwell meanwhile: accept. Nothing of yours was saved" in press(second, "Accept")
    assert written(store) == before


@pytest.mark.usefixtures("store")
def test_who_an_item_is_assigned_to_sees_it_alone(open_page: OpenPage, waiting_folder: Path) -> None:
    session = logged_in(open_page, waiting_folder, "rita")
    to = [each for each in session.selectbox if each.label == "To"][-1]  # the other one names the side that takes
    to.select_index(next(number for number, label in enumerate(to.options) if "rita" in label))
    button(session, "Assign").click()
    assert "Saved: assign to rita, Brackwell." in text_of(session.run())
    button(session, "Only what is assigned to you (1)").click()
    assert "Assigned to" in text_of(session.run())
    assert "1 of 1" in text_of(session)
    next(each for each in session.button if each.label.startswith("Show all")).click()
    assert "1 of 1" not in text_of(session.run())
    button(session, "Undo").click()
    assert "Saved: undo." in text_of(session.run())
    assert "Saved: undo. The map" not in text_of(session), "an assignment was never on the map"


def test_a_decided_disagreement_is_told_to_who_looks_at_the_other_report(
    open_page: OpenPage, waiting_folder: Path, store: Store
) -> None:
    first, second = logged_in(open_page, waiting_folder, "rita"), logged_in(open_page, waiting_folder, "rolf")
    assert "Against it" in text_of(first)
    button(second, "Next").click()
    second.run()
    button(first, "Accept").click()
    first.run()
    before = written(store)
    button(second, "Accept").click()
    assert "Brackwell does not wait any more. Nothing of yours was saved" in text_of(second.run())
    assert written(store) == before


@pytest.mark.usefixtures("store")
def test_when_nothing_waits_the_page_leads_on(open_page: OpenPage, waiting_folder: Path) -> None:
    session = logged_in(open_page, waiting_folder, "rita")
    while "Accept" in labels(session):
        button(session, "Accept").click()
        session.run()
    assert text_of(session).count("waiting") == 0, "beside “Nothing waits” no number says the same"
    assert "Nothing waits" in text_of(session)
    assert "is decided, and no reports contradict each other" in text_of(session)
    assert "./changes?dataset=small" in markup_of(session)
    button(session, "Undo it").click()
    assert "Nothing waits" not in text_of(session.run())


def test_the_changes_page_shows_what_edited_rows_said_before(
    open_page: OpenPage,
    waiting_folder: Path,
    waiting_dataset: Dataset,  # noqa: F811
    store: Store,
) -> None:
    places = waiting_dataset.places.assign(name=waiting_dataset.places["name"].replace("Ostmere", "<i>Ostmere"))
    store.ingest(dataclasses.replace(waiting_dataset, places=conform("places", places)))
    session = open_page("pages/changes.py", builds=waiting_folder, **DATASET)
    [clock] = [group for group in session.button_group if group.label == "Clock"]
    clock.set_value("As recorded").run()
    assert not session.exception
    assert "Rows that were edited: 1 of places.csv." in text_of(session)
    [edit] = session.dataframe[-1].value.itertuples()
    assert (edit.file, edit.row, edit.column, edit.before, edit.after) == (
        "places.csv", "q2", "name", "Ostmere", "<i>Ostmere"
    )  # fmt: skip


def test_a_closed_dashboard_shows_nothing_without_login(
    open_page: OpenPage, waiting_folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CLOSED_VARIABLE, "1")
    for page in ("app.py", "pages/changes.py", REVIEW):
        session = open_page(page, builds=waiting_folder, **DATASET)
        assert "This dashboard is closed" in text_of(session)
        assert "Ostmere" not in text_of(session)
        assert not session.dataframe
    session = open_page("pages/changes.py", builds=waiting_folder, **DATASET)
    session.session_state["login_token"] = begin_session(store.engine, "vera")
    assert "Ground held, day by day" in text_of(session.run())


def test_the_places_page_explains_a_day(open_page: OpenPage) -> None:
    session = open_page("pages/places.py", dataset="aleppo_2016", place="N0225", date="2016-12-12")
    shown = text_of(session)
    assert session.expander[0].label == "Why on this day?"
    assert "The starting position" in shown
    assert "decides this day" in shown
    session.date_input[0].set_value(session.date_input[0].min).run()
    assert text_of(session).count("decides this day") == 1


def test_hostile_items_stay_text_in_every_form(
    open_page: OpenPage, build_folder: Path, hostile_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Store(sqlite_url(tmp_path / "hostile.sqlite"))
    monkeypatch.setenv(URL_VARIABLE, str(opened.engine.url))
    opened.ingest(hostile_build.dataset)
    add_account(opened.engine, "rita", HOSTILE_TEXTS[0], "reviewer", PASSWORD)
    session = open_page(REVIEW, builds=build_folder, dataset="hostile")
    session.session_state["login_token"] = begin_session(opened.engine, "rita")
    session.run()
    shown = set()
    for _ in range(4):
        assert not session.exception
        markup = Elements(markup_of(session))
        assert markup.tags <= TAGS | {"script"}, "the one script keeps the token"
        assert markup.attributes <= ATTRIBUTES
        assert "alert(1)" not in markdown_of(session)
        shown.add(text_of(session))
        reason = next(each for each in session.text_input if each.label == "Reason")
        reason.set_value(HOSTILE_TEXTS[1])
        button(session, "Reject").click()
        session.run()
    assert len(shown) == 4
    assert HOSTILE_TEXTS[1] in text_of(session)
    scripts = [body for body in markup_of(session).split("\n") if "document.cookie" in body]
    assert len(scripts) <= 1
    opened.close()
