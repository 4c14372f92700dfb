"""What you see, as an address: whatever is written comes back from the address, and nothing else is lost."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser.modules.conftest import Modules

KEYS = ["mode", "date", "from", "to", "view", "layers", "place", "filters", "when", "step", "fade", "version"]

# A window as far as Link uses one: an address that replaceState changes, and the storage of the tab.
WINDOW = """
    const windowAt = (address, storage = new Map()) => ({
        location: new URL(address),
        history: { replaceState(_state, _title, next) { this.owner.location = new URL(next); } },
        sessionStorage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, text) => storage.set(key, text) },
        storage,
    });
    const open = (address, inHash, storage) => {
        const page = windowAt(address, storage);
        page.history.owner = page;
        return new Link(page, "a dataset", inHash);
    };
"""
ROUND_TRIP = f"""({{ link: {{ Link }} }}, {{ address, inHash, changes }}) => {{
    {WINDOW}
    const first = open(address, inHash);
    first.read();
    for (const change of changes) first.write(change);
    first.flush();
    const written = first.page.location.href;
    return {{ written, read: open(written, inHash).read() }};
}}"""
REMEMBERED = f"""({{ link: {{ Link }} }}, {{ changes, bare, other }}) => {{
    {WINDOW}
    const first = open(bare, false);
    first.write(changes);
    first.flush();
    return [open(bare, false, first.page.storage).read(), open(other, false, first.page.storage).read()];
}}"""

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
changes = st.dictionaries(st.sampled_from(KEYS), st.just("") | texts)


@pytest.mark.parametrize("in_hash", [False, True], ids=["query", "hash"])
@settings(max_examples=60)
@given(st.lists(changes, max_size=4), st.dictionaries(st.sampled_from(["embed", "lang"]), texts))
def test_the_address_keeps_what_was_written(
    modules: Modules, in_hash: bool, changes: list[dict[str, str]], foreign: dict[str, str]
) -> None:
    address = modules(
        "(_, keys) => { const url = new URL('https://example.org/a/map'); url.search = new URLSearchParams(keys); "
        "return url.href; }",
        foreign,
    )
    result = modules(ROUND_TRIP, {"address": address, "inHash": in_hash, "changes": changes})
    state = {key: value for change in changes for key, value in change.items()}
    state = {key: value for key, value in state.items() if value}
    written = urlsplit(result["written"])
    said = parse_qs(written.fragment if in_hash else written.query, keep_blank_values=True)
    assert said == {
        key: [value] for key, value in {**({} if in_hash else foreign), "dataset": "a dataset", **state}.items()
    }
    if set(state) - {"version"}:
        assert {key: value for key, value in result["read"].items() if value is not None} == state
    if in_hash:
        assert parse_qs(written.query) == {key: [value] for key, value in foreign.items()}


def test_an_address_that_says_nothing_shows_what_the_tab_showed_last(modules: Modules) -> None:
    bare = "https://example.org/map?dataset=x"
    changes = {"date": "2016-12-02", "layers": "areas,labels", "place": "q\"'<b>&5"}
    remembered, told = modules(REMEMBERED, {"changes": changes, "bare": bare, "other": f"{bare}&date=2016-12-05"})
    assert remembered == changes
    assert {key: value for key, value in told.items() if value} == {"date": "2016-12-05"}


def test_an_address_stays_readable(modules: Modules) -> None:
    changes = [{"view": "36.19000,37.15000,12", "layers": "areas,labels", "filters": "side:east,basis:observed"}]
    result = modules(ROUND_TRIP, {"address": "https://example.org/", "inHash": False, "changes": changes})
    assert result["written"] == (
        "https://example.org/?dataset=a+dataset&view=36.19000,37.15000,12&layers=areas,labels"
        "&filters=side:east,basis:observed"
    )
