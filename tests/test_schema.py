"""The tables' own description: types, order, and what `conform` promises."""

import pandas as pd
import pytest

from geo.schema import COLUMNS, DTYPES, KINDS, SCHEMAS, conform, empty_table


@pytest.mark.parametrize("name", SCHEMAS)
def test_empty_table_has_every_column_with_its_type_and_is_valid(name: str) -> None:
    table = empty_table(name)
    assert list(table) == COLUMNS[name]
    assert {column: table[column].dtype for column in table} == {
        column: pd.api.types.pandas_dtype(DTYPES[kind]) for column, kind in KINDS[name].items()
    }
    SCHEMAS[name].validate(table)


def test_conform_orders_types_and_renumbers_and_leaves_its_input_alone() -> None:
    frame = pd.DataFrame(
        {"extra": [1], "end": [None], "start": ["2021-03-01"], "undecided": [True], "event_id": [None]}, index=[7]
    )
    for column in ("place_id", "actor", "contender", "status", "assertion", "basis"):
        frame[column] = "x"
    before = frame.copy()
    table = conform("intervals", frame)
    pd.testing.assert_frame_equal(frame, before)
    assert list(table) == COLUMNS["intervals"]
    assert list(table.index) == [0]
    assert table["start"].dtype == table["end"].dtype == "datetime64[s]"
    assert table["end"].isna().all()


def test_conform_refuses_a_table_without_one_of_its_columns() -> None:
    with pytest.raises(KeyError, match="basis"):
        conform("intervals", empty_table("intervals").drop(columns="basis"))
