"""Days become a history that says what the days said, and no more."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control.intervals import control_intervals
from geo.control.judging import judge
from geo.observations import history
from geo.references import date_precision
from geo.schema import empty_table
from geo.validation import check_table

START = pd.Timestamp("2021-03-01")
LAST = 20
FEW = settings(max_examples=15)
CARRY_DAYS = 3
MEANINGS = {
    "A": ("controlled", "assessed", "a", None),
    "B": ("controlled", "assessed", "b", None),
    "?": ("unknown", "assessed", None, None),
    "X": ("contested", "assessed", "a", "b"),
}


def day(number: int) -> pd.Timestamp:
    return START + pd.Timedelta(days=number)


def observed(places: dict[str, dict[int, str]]) -> pd.DataFrame:
    """One row for each place and day, given as a letter of MEANINGS."""
    rows = [
        (place_id, day(number), *MEANINGS[letter], "observed", f"{number}: {letter}")
        for place_id, days in places.items()
        for number, letter in days.items()
    ]
    columns = ["place_id", "date", "status", "assertion", "first", "second", "basis", "note"]
    return pd.DataFrame(rows, columns=columns).astype({"first": "str", "second": "str", "date": "datetime64[s]"})


def intervals(places: dict[str, dict[int, str]], when: str = "doubt") -> pd.DataFrame:
    baseline, events = history(observed(places), day(LAST), CARRY_DAYS)
    judged = judge(events, empty_table("documents"), empty_table("actors"))
    return control_intervals(baseline, judged, START, day(LAST), when=when)


def on(table: pd.DataFrame, place_id: str, number: int) -> pd.Series:
    own = table[table["place_id"] == place_id]
    return own[(own["start"] <= day(number)) & (own["end"].isna() | (own["end"] > day(number)))].iloc[0]


PLACES = st.dictionaries(
    st.sampled_from(["p", "q", "r"]),
    st.dictionaries(st.integers(0, LAST), st.sampled_from(list(MEANINGS)), min_size=1),
    min_size=1,
)


@FEW
@given(PLACES)
def test_on_a_day_with_a_row_the_state_is_what_the_row_says(places: dict[str, dict[int, str]]) -> None:
    for when in ("doubt", "latest"):
        table = intervals(places, when)
        for place_id, days in places.items():
            for number, letter in days.items():
                state = on(table, place_id, number)
                assert (state["status"], bool(state["undecided"])) == (MEANINGS[letter][0], False)
                if letter in "AB":
                    assert state["actor"] == letter.lower()


@FEW
@given(PLACES)
def test_a_day_without_a_row_is_carried_or_unknown_and_never_certain_of_a_change(
    places: dict[str, dict[int, str]],
) -> None:
    table = intervals(places)
    for place_id, days in places.items():
        for number in sorted(set(range(LAST + 1)) - set(days)):
            before = max((each for each in days if each < number), default=None)
            after = min((each for each in days if each > number), default=LAST + 1)
            state = on(table, place_id, number)
            if before is None:
                assert state["status"] == "unknown"
            elif after - before - 1 > CARRY_DAYS and number - before > CARRY_DAYS:
                assert (state["status"], bool(state["undecided"])) == ("unknown", False)
            else:
                assert state["status"] == MEANINGS[days[before]][0]


@FEW
@given(PLACES)
def test_the_tables_are_valid(places: dict[str, dict[int, str]]) -> None:
    baseline, events = history(observed(places), day(LAST), CARRY_DAYS)
    assert check_table("baseline", baseline, "baseline") == check_table("events", events, "events") == []
    fitting = date_precision(events["earliest_date"], events["latest_date"])
    assert (fitting == events["date_precision"]).all()
    assert not (events["earliest_date"] > events["latest_date"]).any()


def test_a_change_between_two_rows_is_in_doubt_on_the_days_between() -> None:
    table = intervals({"p": {0: "A", 3: "B"}})
    assert [on(table, "p", number)["undecided"] for number in range(4)] == [False, True, True, False]
    assert on(table, "p", 2)["contender"] == "b"


def test_contested_ground_keeps_its_holder() -> None:
    table = intervals({"p": {0: "B", 1: "X"}, "q": {0: "X", 1: "B"}})
    assert on(table, "p", 1)[["actor", "contender"]].tolist() == ["b", "a"]
    assert on(table, "q", 0)[["actor", "contender"]].tolist() == ["a", "b"]


def test_no_rows_are_no_history() -> None:
    baseline, events = history(observed({"p": {0: "A"}}).iloc[:0], day(LAST), CARRY_DAYS)
    assert baseline.empty and events.empty
