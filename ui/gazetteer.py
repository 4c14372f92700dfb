"""The gazetteer page: places found by any of their names, and everything known about one of them."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.places.gazetteer import Gazetteer
from geo.places.names import name_key
from ui import words
from ui.explain import show_explanation
from ui.fragments import NONE, code, definitions, join, link, local_name, name, paragraph, section, show, table
from ui.frame import Page
from ui.record import change_card, decision, source
from ui.tables import Row, find_row, is_given, one_row, rows

COLUMNS = {
    "name": st.column_config.TextColumn("Name", width=240),
    "name_local": st.column_config.TextColumn("Local name", width=120),
    "aliases": st.column_config.TextColumn("Other names", width=300),
}

_ROW_PX, _TABLE_PX = 35, 520


def find_places(places: pd.DataFrame, query: str) -> pd.DataFrame:
    """The places that have a name, in any script, with `query` in it; spelling and script do not matter much."""
    wanted = name_key(query)
    if not wanted:
        return places
    names = places[["name", "name_local", "aliases"]].fillna("").agg("|".join, axis="columns")
    found = [any(wanted in name_key(each) for each in cell.split("|")) for cell in names]
    return places[found]


def choose_place(page: Page) -> str:
    """Draw the search and its results; return the id of the chosen place."""
    query = st.text_input("Search by any name, in any script", placeholder=_example(page))
    found = find_places(page.build.places.drop(columns="geometry"), query)
    result = st.dataframe(
        _readable(found),
        column_config=COLUMNS,
        column_order=list(COLUMNS),
        hide_index=True,
        height=min(_ROW_PX * (len(found) + 1) + 2, _TABLE_PX),
        on_select="rerun",
        selection_mode="single-row",
    )
    selected = result["selection"]["rows"]
    if selected or (query and not found.empty):
        return str(found["place_id"].iloc[selected[0] if selected else 0])
    asked_for = find_row(page.build.places, "place_id", page.state.place)
    return asked_for.place_id if asked_for else page.dataset.focus_place_id


def _example(page: Page) -> str:
    """The names of the last of the dataset's places, as an example of what can be searched."""
    place = page.dataset.places.iloc[-1]
    return ", ".join(str(each) for each in (place["name"], place["name_local"]) if is_given(each))


def _readable(places: pd.DataFrame) -> pd.DataFrame:
    names = places[list(COLUMNS)].fillna("")
    return names.assign(aliases=names["aliases"].str.replace("|", ", "))


def show_place(page: Page, place_id: str) -> None:
    """Draw what is known about a place: names, position, parents, history of control."""
    place = one_row(page.build.places, "place_id", place_id)
    title = Markup("<h2>{} {}</h2>").format(name(place.name), local_name(place.name_local))
    show(title, definitions(_facts(page, place)))
    show_explanation(page, place_id)
    show(section("History of control"), _history(page, place_id))
    unused = _unused_reports(page, place_id)
    if unused:
        show(section("Reports that did not change the map"), unused)


def _facts(page: Page, place: Row) -> dict[str, Markup | str]:
    aliases = place.aliases.split("|") if is_given(place.aliases) else []
    parents = Gazetteer(page.build.places).ancestors(place.place_id)
    inside = (link(page.link("places", place=parent.place_id), name(parent.name)) for parent in parents)
    on_map = link(page.link(place=place.place_id), "on the map")
    return {
        "Also written": join((name(alias) for alias in aliases), ", ") or NONE,
        "Latitude, longitude": Markup("{:.5f}, {:.5f} {}").format(place.latitude, place.longitude, on_map),
        "Precision": words.PLACE_PRECISION[place.place_precision],
        "Area": f"{place.area_km2:.2f} km²" if is_given(place.area_km2) else NONE,
        "Part of": join(inside, ", ") or NONE,
        "Kind": _kind(place.feature_code),
        "Id": code(place.place_id),
    }


def _kind(feature_code: str) -> Markup:
    """In words, where there are words for it, with the code of GeoNames."""
    known = words.feature(feature_code)
    if known == feature_code:
        return Markup("{} (GeoNames feature code)").format(code(feature_code))
    return Markup("{} {}").format(known.removeprefix("a "), code(feature_code))


def _history(page: Page, place_id: str) -> Markup:
    intervals = page.build.intervals[page.build.intervals["place_id"] == place_id]
    if intervals.empty:
        return paragraph("No control is recorded for this place itself.", "hl-muted")
    return table(["From", "Who held it", "How we know"], [_period(page, row) for row in rows(intervals)])


def _period(page: Page, interval: Row) -> list[Markup]:
    """A row of the history; the first period of a place goes back to the baseline."""
    state = words.state_sentence(interval._asdict(), page.names.actor)
    event = find_row(page.build.events, "event_id", interval.event_id)
    start = find_row(page.dataset.baseline, "place_id", interval.place_id) if event is None else None
    return [
        link(page.link(date=interval.start, place=interval.place_id), words.day(interval.start)),
        Markup('{}<br><span class="hl-muted">{}</span>').format(name(state), words.BASIS[interval.basis]),
        decision(event) + source(page, event) if event else source(page, start) if start else NONE,
    ]


def _unused_reports(page: Page, place_id: str) -> Markup:
    """Reports about the place that do not count, without those that only confirm one that does."""
    events = page.build.events
    unused = events[(events["place_id"] == place_id) & ~events["changes_map"] & events["corroborates"].isna()]
    return join((change_card(page, event, of_place=True) for event in rows(unused)), "")
