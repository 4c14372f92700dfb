"""One table's problems: each named by file, line and column, all at once, in sentences."""

from pathlib import Path

import pandas as pd
import pytest

from geo.errors import DatasetError, Problem
from geo.formats.datasets import read_dataset
from geo.formats.tables import read_table
from geo.schema import empty_table
from geo.validation import check_table

CELLS = [
    ("places", "latitude", 90.5, "is out of range: it must lie between -90 and 90"),
    ("places", "longitude", -181.0, "is out of range"),
    ("places", "area_km2", 0.0, "must be greater than 0"),
    ("places", "place_precision", 8, "must lie between 1 and 7"),
    ("places", "country_code", "syr", "two capital letters"),
    ("places", "country_code", "SY\n", "two capital letters"),
    ("places", "name", None, "has no value: fill it in"),
    ("places", "place_id", "q2", "stands in more than one row"),
    ("actors", "colour", "red", "write it as #rrggbb"),
    ("actors", "colour", "#12345g", "write it as #rrggbb"),
    ("actors", "colour", "#123456\n", "write it as #rrggbb"),
    ("actors", "side", None, "has no value"),
    ("baseline", "status", "held", "use one of controlled, contested, mixed, besieged, unknown"),
    ("baseline", "basis", "named", "use one of observed, inferred"),
    ("baseline", "place_id", "q2", "stands in more than one row"),
    ("events", "event_id", "e2", "stands in more than one row"),
    ("events", "assertion", "Claimed", "use one of assessed, claimed, disputed, attempt, hypothetical, negated"),
    ("events", "confidence", 1.5, "must lie between 0 and 1"),
    ("events", "date_precision", 6, "must lie between 1 and 5"),
    ("events", "recorded_at", pd.NaT, "has no value"),
    ("claims", "quantity", "share", "use one of share_lost_pct, area_left_km2"),
    ("claims", "comparison", "less_than", "use one of about, more_than"),
    ("claims", "value", -1.0, "is out of range"),
]


@pytest.mark.parametrize(("table", "column", "value", "message"), CELLS)
def test_a_cell_that_does_not_fit_is_named_with_its_line(
    project_root: Path, table: str, column: str, value: object, message: str
) -> None:
    path = project_root / "tests" / "datasets" / "small" / f"{table}.csv"
    frame = read_table(table, path)
    assert check_table(table, frame, path.name) == []
    frame.loc[0, column] = value
    problems = check_table(table, frame, path.name)
    assert problems[0] == Problem(f"{table}.csv", 2, column, problems[0].message)
    assert message in problems[0].message


def test_problems_come_in_the_order_of_rows_and_columns() -> None:
    frame = pd.concat([empty_table("actors"), pd.DataFrame({"actor_id": ["a", "a"], "colour": ["x", "#000000"]})])
    found = [(problem.row, problem.column) for problem in check_table("actors", frame, "actors.csv")]
    in_both = ["actor_id", "name", "side"]
    assert found == [(2, "actor_id"), (2, "name"), (2, "colour"), (2, "side"), *((3, column) for column in in_both)]


def test_columns_missing_and_too_many_are_problems_of_the_header() -> None:
    frame = empty_table("actors").drop(columns="side").assign(party="x")
    problems = check_table("actors", frame, "actors.csv")
    assert {(problem.row, problem.column) for problem in problems} == {(1, "side"), (1, "party")}


def test_a_column_of_the_wrong_type_is_one_problem() -> None:
    frame = empty_table("baseline")
    frame["date"] = pd.Series([], dtype="float64")
    [problem] = check_table("baseline", frame, "baseline.csv")
    assert (problem.column, problem.row) == ("date", None)
    assert "float64" in problem.message


def test_a_hostile_cell_is_shown_escaped_and_short() -> None:
    frame = pd.DataFrame({"actor_id": ["a"], "name": ["A"], "colour": ["\u202e\x1b[31m" + "z" * 500], "side": ["s"]})
    [problem] = check_table("actors", frame.assign(name_local=None, aliases=None), "actors.csv")
    assert "\\u202e\\x1b" in problem.message
    assert len(problem.message) < 160


def test_a_problem_reads_as_a_sentence_and_the_error_lists_them_all() -> None:
    first = Problem("events.csv", 12, "to_actor", "is wrong: mend it")
    second = Problem("events.csv", None, None, "the file is missing: add it")
    assert str(first) == "events.csv, row 12, column to_actor: is wrong: mend it"
    assert str(DatasetError("aleppo", [first, second])) == (
        f"aleppo has 2 problems, nothing of it was loaded:\n- {first}\n- events.csv: the file is missing: add it"
    )


def test_the_small_dataset_is_valid(small_dataset_folder: Path) -> None:
    assert read_dataset(small_dataset_folder).dataset_id == "small"
