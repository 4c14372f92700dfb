"""Between the tables: unknown ids, days out of order, quotes nobody wrote, circles."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Problem
from geo.formats.datasets import read_dataset
from geo.references import check_references, date_precision

Tables = dict[str, pd.DataFrame]


@pytest.fixture
def tables(project_root: Path) -> Tables:
    return read_dataset(project_root / "tests" / "datasets" / "small").tables()


def test_a_dataset_in_order_has_no_problems(tables: Tables) -> None:
    assert check_references(tables) == []


DAY = pd.Timestamp("2021-03-01")
CELLS = [
    ("places", 1, "parent_place_id", "nowhere", "is not the place_id of any of the places"),
    ("baseline", 0, "place_id", "nowhere", "is not the place_id of any of the places"),
    ("baseline", 0, "actor", "nobody", "is not the actor_id of any of the actors"),
    ("baseline", 0, "document_id", "nothing", "is not the document_id of any of the documents"),
    ("baseline", 0, "quote", "the Crown held Ostmere", "does not stand in the text of its document"),
    ("baseline", 0, "document_id", None, "has no document"),
    ("events", 0, "place_id", "nowhere", "is not the place_id of any of the places"),
    ("events", 0, "from_actor", "nobody", "is not the actor_id of any of the actors"),
    ("events", 0, "to_actor", "nobody", "is not the actor_id of any of the actors"),
    ("events", 0, "to_actor", None, "fill in to_actor, or set the status to unknown"),
    ("events", 0, "document_id", "nothing", "is not the document_id of any of the documents"),
    ("events", 0, "supersedes", "e99", "is not the event_id of any of the events"),
    ("events", 0, "supersedes", "e1", "leads back to the row itself"),
    ("events", 0, "date_precision", 2, "it must be 1"),
    ("events", 1, "latest_date", DAY, "is before earliest_date"),
    ("claims", 0, "place_id", "nowhere", "is not the place_id of any of the places"),
    ("claims", 0, "actor", "nobody", "is not the actor_id of any of the actors"),
    ("claims", 0, "document_id", "nothing", "is not the document_id of any of the documents"),
    ("claims", 0, "quote", "lost about 60 percent", "does not stand in the text"),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "message"), CELLS)
def test_a_cell_that_contradicts_another_table_is_named(
    tables: Tables, table: str, row: int, column: str, value: object, message: str
) -> None:
    tables[table] = tables[table].copy()
    tables[table].loc[row, column] = value
    problems = check_references(tables)
    assert {(problem.file, problem.row) for problem in problems} == {(f"{table}.csv", row + 2)}
    assert message in problems[0].message
    assert len(problems) == 1 or table == "places"


def test_places_that_contain_each_other_are_a_circle(tables: Tables) -> None:
    tables["places"] = tables["places"].copy()
    tables["places"].loc[0, "parent_place_id"] = "q1"
    circle = [problem.row for problem in check_references(tables)]
    assert circle == [2, 3], "the city and q1, not the other quarters, which only lead into the circle"


def test_a_side_that_no_actor_has_is_named_with_its_document(tables: Tables) -> None:
    documents = tables["documents"].assign(side="navy").set_index(pd.Index(["a.md", "b.md", "c.md"], name="file"))
    found = check_references(tables | {"documents": documents})
    assert [(problem.file, problem.row, problem.column) for problem in found] == [
        (name, None, "side") for name in ("a.md", "b.md", "c.md")
    ]


def test_lines_of_the_file_are_used_where_the_frame_has_them(tables: Tables) -> None:
    events = tables["events"].assign(place_id="nowhere")
    events.index = pd.Index([2, 3, 4, 7, 9, 10], name="row")
    assert [problem.row for problem in check_references(tables | {"events": events})] == [2, 3, 4, 7, 9, 10]


def test_what_could_not_be_read_is_not_checked(tables: Tables) -> None:
    assert check_references({"events": tables["events"]}) == []
    assert check_references(tables | {"places": tables["places"][["name"]]}) == []
    assert isinstance(check_references(tables | {"places": tables["places"].iloc[:0]})[0], Problem)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 3000))
def test_date_precision_is_the_ucdp_code_of_the_number_of_days(first: date, days: int) -> None:
    earliest = pd.Series([pd.Timestamp(first)])
    code = date_precision(earliest, earliest + timedelta(days=days - 1)).iloc[0]
    expected = 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5
    assert code == expected
