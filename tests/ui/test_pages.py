"""Every page file runs, says what it should, and shows hostile text as text."""

import dataclasses
import gzip
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.formats.builds import BUILD_FILE, MAP_FILE, write_build
from geo.formats.datasets import read_dataset
from geo.pipeline import Build, run
from geo.schema import conform
from tests.ui.conftest import OpenPage, markup_of, text_of
from ui.bar import PAGES
from ui.chart import _series
from ui.load import publish

ROOT = Path(__file__).resolve().parents[2]
PAGE_FILES = ["app.py", *sorted(f"pages/{file.name}" for file in (ROOT / "pages").glob("*.py"))]
CONTENT = {
    "app.py": ["The fall of eastern Aleppo, 2016"],
    "pages/changes.py": ["Ground held, day by day", "Armed opposition"],
    "pages/places.py": ["History of control", "Aleppo Governorate", "مدينة حلب"],
    "pages/evidence.py": ["Sheikh Saeed", "AFP", "Passes from Armed opposition to Syrian government and allies"],
    "pages/review.py": ["What programs have read and nobody has checked"],
    "pages/data.py": ["baseline.csv", "Data version", "OCHA"],
    "pages/method.py": ["Assessed by a neutral source", "more than 90 percent", "the map has 1.2 points less"],
}
TAGS = {
    "a", "article", "bdi", "br", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "li", "mark",
    "ol", "p", "section", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"aria-current", "class", "data-column", "dir", "href", "rel", "style", "target", "title"}


class Elements(HTMLParser):
    """The tags, attributes and addresses of links in a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def markdown_of(session: AppTest) -> str:
    """All text that Streamlit reads as Markdown: labels and help of widgets, and text elements."""
    texts = [element.value for element in (*session.markdown, *session.caption, *session.title, *session.header)]
    widgets = (*session.multiselect, *session.selectbox, *session.slider, *session.text_input, *session.button_group)
    return "\n".join([*texts, *(f"{widget.label} {widget.help}" for widget in widgets)])


def test_every_page_is_in_the_bar() -> None:
    assert sorted(f"pages/{page}.py" if page else "app.py" for page in PAGES.values()) == sorted(PAGE_FILES)


@pytest.mark.parametrize("page", PAGE_FILES)
def test_page_shows_the_projects_own_dataset(open_page: OpenPage, page: str) -> None:
    session = open_page(page, dataset="aleppo_2016")
    assert not session.exception
    for expected in CONTENT[page]:
        assert expected in text_of(session)


@pytest.mark.parametrize("page", PAGE_FILES)
def test_hostile_text_stays_text(open_page: OpenPage, page: str) -> None:
    session = open_page(page, dataset="hostile")
    assert not session.exception
    shown = Elements(markup_of(session))
    assert shown.tags <= TAGS
    assert shown.attributes <= ATTRIBUTES
    assert all(address.startswith(("./", "https://")) for address in shown.addresses)
    assert "</script><script>alert(1)</script> {{7*7}}" in text_of(session)
    assert "alert(1)" not in markdown_of(session)


def test_hostile_mentions_open_to_text(open_page: OpenPage, hostile_build: Build) -> None:
    shown = markup_of(open_page("pages/evidence.py", dataset="hostile"))
    assert shown.count("<details><summary><mark") == len(hostile_build.mentions)
    text = " ".join(text_of(open_page("pages/evidence.py", dataset="hostile")).split())
    for candidate in hostile_build.candidates.itertuples():
        assert f"{candidate.rank}. {' '.join(candidate.name.split())}" in text or candidate.rank > 3
    assert "It waits for review and is on no map." in text
    assert "nobody knows where there" in text


def test_an_opened_name_says_why_it_is_the_city(open_page: OpenPage) -> None:
    text = text_of(open_page("pages/evidence.py", dataset="aleppo_2016", document="rnz-2016-12-13-aleppo"))
    city, governorate = "Aleppo (seat of a first-order division)", "Aleppo Governorate (a first-order division)"
    assert f"Taken for {city}, not for {governorate} because of the rule that a city and its division" in text
    assert "being a place of this dataset" in text


def test_history_of_a_hostile_place_is_text(open_page: OpenPage) -> None:
    session = open_page("pages/places.py", dataset="hostile", place="q\"'<b>&5")
    assert not session.exception
    assert Elements(markup_of(session)).tags <= TAGS
    assert "q\"'<b>&5" in text_of(session)


@pytest.mark.parametrize("page", PAGE_FILES)
def test_a_page_says_what_to_do_where_nothing_is_built(open_page: OpenPage, page: str, tmp_path: Path) -> None:
    session = open_page(page, builds=tmp_path / "nothing")
    assert not session.exception
    assert "python -m geo build" in text_of(session)


def test_an_unknown_dataset_is_named_and_the_others_offered(open_page: OpenPage) -> None:
    session = open_page("pages/changes.py", dataset="<b>atlantis")
    assert not session.exception
    assert "<b>atlantis" in text_of(session)
    assert './changes?dataset=aleppo_2016"' in markup_of(session)


def test_a_damaged_build_is_explained(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / BUILD_FILE).write_text("{")
    session = open_page("pages/data.py", builds=tmp_path)
    assert not session.exception
    assert "This dataset cannot be shown" in text_of(session)


def test_the_map_is_one_constant_document_and_its_data_is_published(open_page: OpenPage, tmp_path: Path) -> None:
    documents = []
    for _ in range(2):
        session = open_page("app.py", dataset="aleppo_2016", date="2016-12-12")
        (frame,) = session.get("iframe")
        documents.append(frame.proto.srcdoc)
    assert documents[0] == documents[1]
    assert len(documents[0]) < 1_000, "every session is sent it"
    published = {file.name: file for file in (tmp_path / "static" / "maps").iterdir()}
    (page,) = (name for name in published if f"app/static/maps/{name}" in documents[0])
    text = gzip.decompress(published[page].read_bytes()).decode()
    assert sorted(name.rpartition("-")[0] for name in published.keys() - {page}) == ["aleppo_2016", "aleppo_2016-known"]
    assert all(f"app/static/maps/{data}" in text for data in published.keys() - {page})


def test_the_data_page_says_what_to_know_about_a_file(
    open_page: OpenPage, every_state_build: Build, tmp_path: Path
) -> None:
    gaps = pd.DataFrame(
        {"file": ["towns.csv"], "gap": ["rows without coordinates"], "count": [1234], "examples": ["<b>row 3"]}
    )
    dataset = dataclasses.replace(every_state_build.dataset, gaps=conform("gaps", gaps))
    build = dataclasses.replace(every_state_build, dataset=dataset)
    write_build(build, tmp_path / "builds" / dataset.dataset_id)
    shown = open_page("pages/data.py", builds=tmp_path / "builds", dataset=dataset.dataset_id)
    assert not shown.exception
    for text in ("What to know about the files", "rows without coordinates", "1,234", "<b>row 3"):
        assert text in text_of(shown)
    assert "What to know about the files" not in text_of(open_page("pages/data.py", dataset="aleppo_2016"))


def test_pages_show_a_dataset_without_documents(open_page: OpenPage, tmp_path: Path) -> None:
    write_build(run(read_dataset(ROOT / "tests" / "datasets" / "by_day")), tmp_path / "builds" / "by_day")
    for page in ("pages/changes.py", "pages/evidence.py"):
        shown = open_page(page, builds=tmp_path / "builds", dataset="by_day")
        assert not shown.exception
    assert "This dataset has no documents." in text_of(shown)


def test_the_chart_has_the_ground_that_is_drawn_where_no_area_is_published(every_state_build: Build) -> None:
    places = every_state_build.dataset.places.assign(area_km2=pd.Series(dtype="Float64"))
    build = run(dataclasses.replace(every_state_build.dataset, places=places))
    series = _series(build)
    assert series["area_km2"].sum() > 0
    assert series.groupby("date")["share_pct"].sum().sub(100).abs().max() < 1e-6


def test_the_link_decides_place_and_document(open_page: OpenPage) -> None:
    places = open_page("pages/places.py", dataset="aleppo_2016", place="N0225")
    assert "Sheikh Said" in text_of(places)
    assert "Held by Syrian government and allies" in text_of(places)
    document = "wikipedia-2016-12-22-aleppo-evacuation"
    evidence = open_page("pages/evidence.py", dataset="aleppo_2016", document=document)
    assert "22 December 2016" in text_of(evidence)


def test_pages_never_write_the_address(open_page: OpenPage) -> None:
    address = {"dataset": "aleppo_2016", "date": "2016-12-12", "view": "36.2,37.1,12"}
    session = open_page("pages/changes.py", **address)
    assert session.query_params == address


def test_filters_leave_the_rows_that_fit(open_page: OpenPage) -> None:
    session = open_page("pages/changes.py", dataset="aleppo_2016")
    every = session.dataframe[0].value
    session.multiselect[1].select("Sheikh Said").run()
    chosen = session.dataframe[0].value
    assert set(chosen["place"]) == {"Sheikh Said"}
    assert len(chosen) == (every["place"] == "Sheikh Said").sum()
    first, last = session.slider[0].value
    session.slider[0].set_range(first, first).run()
    assert session.dataframe[0].value.empty
    assert last == every["latest_date"].max().date()


def test_a_place_is_found_by_any_of_its_names(open_page: OpenPage) -> None:
    session = open_page("pages/places.py", dataset="aleppo_2016")
    for query in ("Sheikh Saeed", "shaykh sa'id", "الشيخ سعيد"):
        session.text_input[0].set_value("").run()
        assert "Hanano" in set(session.dataframe[0].value["name"])
        session.text_input[0].set_value(query).run()
        assert "Sheikh Said" in set(session.dataframe[0].value["name"])
        assert "N0225" in text_of(session)


def test_publishing_is_done_once_and_follows_the_content(build_folder: Path, tmp_path: Path) -> None:
    content = (build_folder / "aleppo_2016" / MAP_FILE).read_bytes()
    address = publish(content, "a b", tmp_path)
    (published,) = (tmp_path / "maps").iterdir()
    written = published.stat().st_mtime_ns
    assert publish(content, "a b", tmp_path) == address
    assert published.stat().st_mtime_ns == written
    assert published.read_bytes() == content
    assert address == f"app/static/maps/{published.name.replace(' ', '%20')}"
    assert publish((build_folder / "hostile" / MAP_FILE).read_bytes(), "a b", tmp_path) != address


def test_the_method_page_shows_settings_that_wait_with_the_places_that_they_would_change(
    open_page: OpenPage, project_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nobody has accepted" not in text_of(open_page("pages/method.py", dataset="aleppo_2016"))
    settings = (project_root / "data" / "aleppo_2016" / "dataset.toml").read_text("utf-8")
    (tmp_path / "aleppo_2016").mkdir()
    changed = settings.replace("[rules]", '[rules]\nalone_reliability = "B"')
    (tmp_path / "aleppo_2016" / "dataset.toml").write_text(changed, "utf-8")
    monkeypatch.setenv("HOLDLINE_DATA", str(tmp_path))
    text = text_of(open_page("pages/method.py", dataset="aleppo_2016"))
    assert "Settings that nobody has accepted yet" in text
    assert "63 places would look different" in text
    assert "Held by Armed opposition; claimed by Syrian government and allies" in text
    assert "python -m geo rules aleppo_2016 --accept" in text
