"""Links carry any id unharmed and stay relative."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.links import MAP, LinkState, page_link, read_link, web_address

ids = st.text(min_size=1)
dates = st.dates()


@given(dataset=ids, day=dates, place=ids, document=ids)
def test_a_link_read_back_says_what_was_put_in(dataset: str, day: date, place: str, document: str) -> None:
    address = urlsplit(page_link("evidence", dataset, date=day, place=place, document=document))
    parameters = {key: values[0] for key, values in parse_qs(address.query, strict_parsing=True).items()}
    assert read_link(parameters) == LinkState(dataset, day, place, document)
    assert (address.scheme, address.netloc, address.path, address.fragment) == ("", "", "./evidence", "")


def test_the_map_is_the_page_at_the_root() -> None:
    assert page_link(MAP, "aleppo_2016", place="N0225") == "./?dataset=aleppo_2016&place=N0225"


@pytest.mark.parametrize("text", ["", "2016", "2016-13-01", "12 December 2016", "2016-12-12T00:00", "<script>"])
def test_a_date_that_cannot_be_read_is_no_date(text: str) -> None:
    assert read_link({"date": text}).date is None


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org", " https://example.org "])
def test_web_addresses_may_become_links(url: str) -> None:
    assert web_address(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:",
        "http://[",
        "example.org",
    ],
)
def test_nothing_else_does(url: str) -> None:
    assert web_address(url) is None
