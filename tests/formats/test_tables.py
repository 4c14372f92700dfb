"""CSV: what is written is read back, and what cannot be read is named, never a traceback."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DatasetError
from geo.formats.tables import parse_table, read_table, table_text, write_table
from geo.schema import BASES, COLUMNS, STATUSES, conform

cells = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(pd.Timestamp)
numbers = st.floats(allow_nan=False, allow_infinity=False)
HEADER = ",".join(COLUMNS["baseline"])


def rows(**columns: st.SearchStrategy) -> st.SearchStrategy[list[dict[str, object]]]:
    key = next(iter(columns))
    return st.lists(st.fixed_dictionaries(columns), unique_by=lambda row: row[key], max_size=5)


baseline_rows = rows(
    place_id=cells,
    date=days,
    actor=cells | st.none(),
    status=st.sampled_from(STATUSES),
    basis=st.sampled_from(BASES),
    document_id=cells | st.none(),
    quote=cells | st.none(),
    note=cells | st.none(),
)
place_rows = rows(
    place_id=cells,
    name=cells,
    name_local=st.none(),
    aliases=cells | st.none(),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    feature_code=cells,
    parent_place_id=st.none(),
    country_code=st.just("SY") | st.none(),
    area_km2=st.floats(min_value=0, exclude_min=True, allow_infinity=False) | st.none(),
    place_precision=st.integers(1, 7),
)
interval_rows = rows(
    place_id=cells,
    start=days,
    end=days | st.just(pd.NaT),
    actor=cells | st.none(),
    contender=st.none(),
    status=st.sampled_from(STATUSES),
    assertion=st.just("assessed"),
    basis=st.sampled_from(BASES),
    undecided=st.booleans(),
    event_id=st.none(),
)


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables") / "table.csv"


@given(
    st.one_of(
        st.tuples(st.just("baseline"), baseline_rows),
        st.tuples(st.just("places"), place_rows),
        st.tuples(st.just("intervals"), interval_rows),
    )
)
def test_what_is_written_is_read_back(file: Path, table: tuple[str, list[dict[str, object]]]) -> None:
    name, values = table
    frame = conform(name, pd.DataFrame(values, columns=COLUMNS[name]))
    write_table(name, frame, file)
    read = read_table(name, file)
    pd.testing.assert_frame_equal(read, frame, check_exact=True)
    assert table_text(name, read).encode() == file.read_bytes()


def baseline(file: Path, content: str | bytes) -> list[str]:
    """The problems of a baseline table with this content."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return [str(problem).removeprefix("table.csv") for problem in parse_table("baseline", file)[1]]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_byte_order_mark_line_ends_blank_lines_and_column_order_do_not_matter(
    file: Path, mark: str, line_end: str
) -> None:
    header = ",".join(reversed(COLUMNS["baseline"]))
    file.write_bytes(f"{mark}{header}\n\nnote,,,observed,mixed,crown,2021-03-01,q1\n".replace("\n", line_end).encode())
    table = read_table("baseline", file)
    assert list(table) == COLUMNS["baseline"]
    assert table.loc[0, "place_id"] == "q1"
    assert table.loc[0, "date"] == pd.Timestamp("2021-03-01")
    assert table["quote"].isna().all()


def test_a_table_without_rows_is_a_table(file: Path) -> None:
    file.write_text(HEADER)
    pd.testing.assert_frame_equal(
        read_table("baseline", file), conform("baseline", pd.DataFrame(columns=COLUMNS["baseline"]))
    )


def test_lines_are_counted_as_an_editor_counts_them(file: Path) -> None:
    content = f'{HEADER}\na,2021-03-01,c,mixed,observed,,"one\ntwo\r\nthree",\n\nb,2021-03-01,c,MIXED,observed,,,\n'
    assert [problem.split(":")[0] for problem in baseline(file, content)] == [", row 6, column status"]


@pytest.mark.parametrize(
    "cell",
    ["2021-02-29", "1 March 2021", "2021-3-1", "2021-03-01T00:00", "٢٠٢١-٠٣-٠١", "0", "2021-00-01"],
)
def test_only_days_that_exist_are_dates(file: Path, cell: str) -> None:
    assert baseline(file, f"{HEADER}\na,2020-02-29,c,mixed,observed,,,\n") == []
    expected = f", row 2, column date: {cell!r} is not a date: write a day that exists as YYYY-MM-DD"
    assert baseline(file, f"{HEADER}\na,{cell},c,mixed,observed,,,\n") == [expected]


@pytest.mark.parametrize("cell", ["36,24", "1 000", "0x1f", "1_000", "nan", "inf", "36.24°", "+1", ".5"])
def test_only_plain_numbers_are_numbers(file: Path, cell: str) -> None:
    header = ",".join(COLUMNS["places"])
    file.write_text(f'{header}\nq1,Quarrin,,,"{cell}",20,PPLX,,,,2\n', encoding="utf-8")
    [problem] = parse_table("places", file)[1]
    assert (problem.row, problem.column) == (2, "latitude")
    assert "is not a number: write it like 36.24" in problem.message


def test_all_problems_of_a_file_come_at_once(file: Path) -> None:
    content = f"{HEADER},extra\na,2021-13-01,c,held,observed,,,,\nb,2021-03-01,c\nc,,c,mixed,guess,,,,\n"
    places = [problem.split(":")[0] for problem in baseline(file, content)]
    assert places == [
        ", row 1, column extra", ", row 2, column date", ", row 2, column status", ", row 3",
        ", row 4, column date", ", row 4, column basis",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", f": is empty: begin it with the line {HEADER}"),
        (b"\n\n", f": is empty: begin it with the line {HEADER}"),
        (
            b"place_id;date;actor\na;b;c\n",
            ", row 1: has semicolons between the columns: save the file again with commas",
        ),
        (b"place_id,date,date\n", ", row 1, column date: stands more than once in the header: keep one"),
        (f"{HEADER}\nAl\xe9p".encode("latin-1"), ", row 2: is not in UTF-8: save the file again as UTF-8"),
        (HEADER.encode("utf-16"), ", row 1: is not in UTF-8: save the file again as UTF-8"),
        (f'{HEADER}\n"a"b,c'.encode(), ", row 2: cannot be read as CSV"),
        (f'{HEADER}\n"never closed,\n\n'.encode(), ", row 2: cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_table_is_a_problem(file: Path, content: bytes, message: str) -> None:
    problems = baseline(file, content)
    assert problems[0].startswith(message)
    assert len(problems) == 1


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"events\.csv: the file is missing: add it"):
        read_table("events", tmp_path / "events.csv")
    with pytest.raises(DatasetError, match="cannot be read"):
        read_table("events", tmp_path)


def test_a_long_cell_is_read(file: Path) -> None:
    text = "word " * 100_000 + "end"
    frame = conform("baseline", pd.DataFrame([dict.fromkeys(COLUMNS["baseline"], "x") | {"date": "2021-03-01"}]))
    frame = frame.assign(status="mixed", basis="observed", note=text)
    write_table("baseline", frame, file)
    assert read_table("baseline", file).loc[0, "note"] == text
