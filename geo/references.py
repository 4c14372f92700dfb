"""The checks between tables: ids that must exist, days in order, quotes that stand in their document."""

from collections.abc import Iterator, Mapping

import pandas as pd

from geo.errors import Problem
from geo.quotes import find_quote
from geo.schema import DATE_PRECISION_MAX_DAYS
from geo.validation import row_places, shown

REFERENCES = [
    ("dataset", "focus_place_id", "places", "place_id"),
    ("places", "parent_place_id", "places", "place_id"),
    ("documents", "side", "actors", "side"),
    ("sources", "side", "actors", "side"),
    ("baseline", "place_id", "places", "place_id"),
    ("baseline", "actor", "actors", "actor_id"),
    ("baseline", "document_id", "documents", "document_id"),
    ("events", "place_id", "places", "place_id"),
    ("events", "from_actor", "actors", "actor_id"),
    ("events", "to_actor", "actors", "actor_id"),
    ("events", "document_id", "documents", "document_id"),
    ("events", "supersedes", "events", "event_id"),
    ("reviews", "event_id", "events", "event_id"),
    ("reviews", "outcome_event_id", "events", "event_id"),
    ("reviews", "undoes", "reviews", "review_id"),
    ("reviews", "confirms", "reviews", "review_id"),
    ("remembered_names", "document_id", "documents", "document_id"),
    ("claims", "place_id", "places", "place_id"),
    ("claims", "actor", "actors", "actor_id"),
    ("claims", "document_id", "documents", "document_id"),
]
"""Table and column that name an id, and the table and column that must have it."""
Tables = Mapping[str, pd.DataFrame]


def check_references(tables: Tables) -> list[Problem]:
    """Everything in which the tables of one dataset disagree with each other.

    tables: name of the table -> frame, its rows placed as `geo.validation.row_places` says. A table or column
        that could not be read may be missing: what needs it is not checked.
    """
    return [
        *_unknown_ids(tables),
        *_quotes(tables),
        *_without_actor(tables, "baseline", "actor"),
        *_without_actor(tables, "events", "to_actor"),
        *_days_in_order(tables, "events", "earliest_date", "latest_date"),
        *_days_in_order(tables, "dataset", "start_date", "end_date"),
        *_date_precision(tables),
        *_cycles(tables, "places", "place_id", "parent_place_id"),
        *_cycles(tables, "events", "event_id", "supersedes"),
    ]


def date_precision(earliest: pd.Series, latest: pd.Series) -> pd.Series:
    """The code of `date_precision` that fits each range of days (UCDP GED codebook, `date_prec`).

    Missing where a day is missing or the last day is before the first.
    """
    days = (latest - earliest).dt.days + 1
    bounds: list[float] = [0, *DATE_PRECISION_MAX_DAYS.values()]
    bounds[-1] = float("inf")
    return pd.cut(days, bounds, labels=list(DATE_PRECISION_MAX_DAYS)).astype("Int64")


def _has(tables: Tables, table: str, *columns: str) -> bool:
    return table in tables and all(column in tables[table] for column in columns)


def _problems(tables: Tables, table: str, column: str, wrong: pd.Series, message: str) -> Iterator[Problem]:
    """One problem for each row that is marked in `wrong`, about its cell in `column`."""
    places = row_places(tables[table], f"{table}.csv")
    cells = tables[table][column]
    for row in wrong.to_numpy(dtype=bool).nonzero()[0]:
        yield Problem(*places[row], column, f"{shown(cells.iloc[row])} {message}")


def _unknown_ids(tables: Tables) -> Iterator[Problem]:
    for table, column, target, target_column in REFERENCES:
        if _has(tables, table, column) and _has(tables, target, target_column):
            cells = tables[table][column]
            unknown = cells.notna() & ~cells.isin(tables[target][target_column])
            message = f"is not the {target_column} of any of the {target}: correct it, or add it there"
            yield from _problems(tables, table, column, unknown, message)


def _quotes(tables: Tables) -> Iterator[Problem]:
    if not _has(tables, "documents", "document_id", "text"):
        return
    documents = tables["documents"].dropna(subset=["document_id", "text"])
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    for table in ("baseline", "events", "claims"):
        if not _has(tables, table, "document_id", "quote"):
            continue
        frame = tables[table]
        quoted = frame["quote"].notna()
        homeless = quoted & frame["document_id"].isna()
        yield from _problems(tables, table, "quote", homeless, "has no document: fill in document_id")
        misquoted = [
            document in texts and isinstance(quote, str) and find_quote(texts[document], quote) is None
            for document, quote in zip(frame["document_id"], frame["quote"], strict=True)
        ]
        message = "does not stand in the text of its document: quote it word for word"
        yield from _problems(tables, table, "quote", pd.Series(misquoted), message)


def _without_actor(tables: Tables, table: str, column: str) -> Iterator[Problem]:
    if _has(tables, table, "status", column):
        frame = tables[table]
        wrong = frame[column].isna() & frame["status"].notna() & (frame["status"] != "unknown")
        message = f"needs an actor: fill in {column}, or set the status to unknown"
        yield from _problems(tables, table, "status", wrong, message)


def _days_in_order(tables: Tables, table: str, first: str, last: str) -> Iterator[Problem]:
    if _has(tables, table, first, last):
        wrong = tables[table][first] > tables[table][last]
        yield from _problems(tables, table, last, wrong, f"is before {first}: correct one of the two")


def _date_precision(tables: Tables) -> Iterator[Problem]:
    if not _has(tables, "events", "earliest_date", "latest_date", "date_precision"):
        return
    events = tables["events"]
    fitting = date_precision(events["earliest_date"], events["latest_date"])
    given = events["date_precision"].astype("Int64")
    for code in DATE_PRECISION_MAX_DAYS:
        wrong = ((fitting == code) & (given != code)).fillna(False)
        message = f"does not fit the days from earliest_date to latest_date: it must be {code}"
        yield from _problems(tables, "events", "date_precision", wrong, message)


def _cycles(tables: Tables, table: str, key: str, pointer: str) -> Iterator[Problem]:
    """Rows that lead back to themselves when the pointer is followed."""
    if not _has(tables, table, key, pointer):
        return
    rows = tables[table].dropna(subset=[key])
    following = dict(zip(rows[key], rows[pointer], strict=True))
    circular = {start for start in following if start in _followers(start, following)}
    wrong = tables[table][key].isin(circular)
    yield from _problems(tables, table, pointer, wrong, "leads back to the row itself: break the circle")


def _followers(start: str, following: dict[str, str]) -> set[str]:
    seen: set[str] = set()
    here = following[start]
    while here in following and here not in seen:
        seen.add(here)
        here = following[here]
    return seen
