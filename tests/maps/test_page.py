"""The page carries everything it needs, and nothing in it can turn from data into code."""

import re
from dataclasses import replace

import pytest

from geo.maps.bundle import script_of
from geo.maps.page import dashboard_html, frame_html, map_html
from geo.maps.payload import encode
from geo.pipeline import Build


def scripts_and_links(html: str) -> list[str]:
    return re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']([^"']+)""", html)


def test_payload_and_page_are_the_same_for_the_same_build(aleppo_build: Build) -> None:
    assert encode(aleppo_build) == encode(aleppo_build)
    assert map_html(aleppo_build) == map_html(aleppo_build)


def test_saved_file_loads_nothing_from_elsewhere(aleppo_build: Build) -> None:
    assert all(address.startswith("data:") for address in scripts_and_links(map_html(aleppo_build)))


def test_dashboard_page_fetches_only_its_payload(aleppo_build: Build) -> None:
    html = dashboard_html(aleppo_build, "app/static/maps/some.bin.gz")
    assert all(address.startswith("data:") for address in scripts_and_links(html))
    assert "app/static/maps/some.bin.gz" in html
    assert len(html) < 560_000


def test_a_session_is_sent_a_short_document() -> None:
    html = frame_html("app/static/maps/a</script>page.bin.gz")
    assert len(html) < 1_000
    assert html.count("</script>") == 1


@pytest.mark.parametrize(
    "line", ['import "./other.js";', "export { a };", "console.log(import.meta.url);", 'a = "</script>";']
)
def test_what_cannot_be_bundled_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"some\.js: cannot bundle"):
        script_of({"some.js": f"const a = 1;\n{line}\n"})


def test_hostile_names_never_stand_in_the_page_as_markup(hostile_build: Build) -> None:
    for html in (map_html(hostile_build), dashboard_html(hostile_build, "x.bin.gz")):
        assert "<script>alert" not in html


def test_a_dataset_with_no_control_facts_still_has_a_map(small_build: Build) -> None:
    nothing = replace(
        small_build,
        dataset=replace(small_build.dataset, baseline=small_build.dataset.baseline.iloc[:0]),
        events=small_build.events.iloc[:0],
        intervals=small_build.intervals.iloc[:0],
        areas=small_build.areas.iloc[:0],
    )
    assert 'holdlineModule("main.js").start(' in map_html(nothing)
