"""The tables: their columns in order, types, units and allowed codes, and the check of one table.

In memory dates are `datetime64[s]` at midnight without a time zone, missing cells are NA/NaN/NaT.
Columns named `..._id` or after an actor, place or document hold ids; `geo.references` checks that they exist.

Code lists: date_precision and place_precision are those of the Uppsala Conflict Data Program (UCDP GED
codebook, `date_prec` and `where_prec`); feature_code is of GeoNames; country_code is ISO 3166-1 alpha-2; reliability
(of a source, A to F) and credibility (of what it tells, 1 to 6) are those of the Admiralty code (NATO AJP-2.1).
"""

from typing import Any

import pandas as pd
import pandera.pandas as pa

STATUSES = ("controlled", "contested", "mixed", "besieged", "unknown")
STATUSES_THAT_KEEP_THE_HOLDER = ("contested", "mixed", "besieged")
ASSERTIONS = ("assessed", "claimed", "disputed", "attempt", "hypothetical", "negated")
ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP = ("attempt", "hypothetical", "negated")
BASES = ("observed", "inferred")
ACTOR_BASES = ("stated", "inferred")
MATCHES = ("exact", "alias", "transliterated", "parent")
QUANTITIES = ("share_lost_pct", "area_left_km2")
MEASURES = ("lost", "held", "taken", "left")
COMPARISONS = ("about", "more_than")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
CREDIBILITIES = ("1", "2", "3", "4", "5", "6")
DECISIONS = ("accept", "correct", "reject", "defer", "assign", "undo")
KNOWLEDGE = ("report", "late_report", "correction", "withdrawal")
DATE_PRECISION_MAX_DAYS = {1: 1, 2: 6, 3: 7, 4: 31, 5: 366}

DTYPES: dict[str, Any] = {
    "text": pd.StringDtype(na_value=float("nan")),
    "date": "datetime64[s]",
    "number": "float64",
    "integer": "int64",
    "flag": "bool",
}


def _column(kind: str, *checks: pa.Check, optional: bool = False, unique: bool = False) -> pa.Column:
    return pa.Column(DTYPES[kind], list(checks), nullable=optional, unique=unique, metadata={"kind": kind})


def _text(*checks: pa.Check, optional: bool = False, unique: bool = False) -> pa.Column:
    filled = pa.Check.str_length(min_value=1, error="is empty: fill it in")
    return _column("text", filled, *checks, optional=optional, unique=unique)


def _code(codes: tuple[str, ...], optional: bool = False) -> pa.Column:
    known = pa.Check.isin(codes, error=f"is not a known code: use one of {', '.join(codes)}")
    return _text(known, optional=optional)


def _optional_code(codes: tuple[str, ...]) -> pa.Column:
    return _text(pa.Check.isin(codes, error=f"is not a known code: use one of {', '.join(codes)}"), optional=True)


def _pattern(pattern: str, error: str, optional: bool = False) -> pa.Column:
    return _text(pa.Check.str_matches(pattern, error=error), optional=optional)


def _date(optional: bool = False) -> pa.Column:
    return _column("date", optional=optional)


def _number(low: float, high: float, optional: bool = False) -> pa.Column:
    bounds = pa.Check.in_range(low, high, error=f"is out of range: it must lie between {low:g} and {high:g}")
    return _column("number", bounds, optional=optional)


def _integer(low: int, high: int) -> pa.Column:
    bounds = pa.Check.in_range(low, high, error=f"is out of range: it must lie between {low} and {high}")
    return _column("integer", bounds)


def _flag() -> pa.Column:
    return _column("flag")


_URL = _pattern(r"https?://\S+\Z", "is not a web address that begins with http:// or https://", optional=True)
_COUNTRY_CODE = (r"[A-Z]{2}\Z", "is not an ISO 3166 code of two capital letters")
_POSITIVE = pa.Check.gt(0, error="is not an area: it must be greater than 0, or empty")
_EVENTS: dict[str, pa.Column] = {
    "event_id": _text(unique=True),
    "place_id": _text(),
    "earliest_date": _date(),
    "latest_date": _date(),
    "date_precision": _integer(1, 5),
    "from_actor": _text(optional=True),
    "to_actor": _text(optional=True),
    "status": _code(STATUSES),
    "assertion": _code(ASSERTIONS),
    "basis": _code(BASES),
    "confidence": _number(0, 1),
    "document_id": _text(optional=True),
    "quote": _text(optional=True),
    "note": _text(optional=True),
    "recorded_at": _date(),
    "recorded_by": _text(),
    "supersedes": _text(optional=True),
    "actor_basis": _optional_code(ACTOR_BASES),
    "claimed_by": _text(optional=True),
    "share_pct": _number(0, 100, optional=True),
    "pattern": _text(optional=True),
}
_TABLES: dict[str, dict[str, pa.Column]] = {
    "dataset": {
        "dataset_id": _text(),
        "title": _text(),
        "title_local": _text(optional=True),
        "description": _text(),
        "start_date": _date(),
        "end_date": _date(),
        "focus_place_id": _text(),
        "country_code": _pattern(*_COUNTRY_CODE),
        "reach_km": _column("number", _POSITIVE, optional=True),
        "outline": _text(optional=True),
        "second_person_above_km2": _number(0, float("inf"), optional=True),
    },
    "places": {
        "place_id": _text(unique=True),
        "name": _text(),
        "name_local": _text(optional=True),
        "aliases": _text(optional=True),
        "latitude": _number(-90, 90),
        "longitude": _number(-180, 180),
        "feature_code": _text(),
        "parent_place_id": _text(optional=True),
        "country_code": _pattern(*_COUNTRY_CODE, optional=True),
        "area_km2": _column("number", _POSITIVE, optional=True),
        "place_precision": _integer(1, 7),
    },
    "actors": {
        "actor_id": _text(unique=True),
        "name": _text(),
        "name_local": _text(optional=True),
        "colour": _pattern(r"#[0-9a-fA-F]{6}\Z", "is not a colour: write it as #rrggbb"),
        "side": _text(),
        "aliases": _text(optional=True),
    },
    "baseline": {
        "place_id": _text(unique=True),
        "date": _date(),
        "actor": _text(optional=True),
        "status": _code(STATUSES),
        "basis": _code(BASES),
        "document_id": _text(optional=True),
        "quote": _text(optional=True),
        "note": _text(optional=True),
    },
    "events": _EVENTS,
    "claims": {
        "claim_id": _text(unique=True),
        "date": _date(),
        "quantity": _code(QUANTITIES),
        "comparison": _code(COMPARISONS),
        "value": _number(0, float("inf")),
        "place_id": _text(),
        "actor": _text(),
        "document_id": _text(),
        "quote": _text(),
    },
    "territory_claims": {
        "document_id": _text(),
        "start": _integer(0, 2**53),
        "end": _integer(0, 2**53),
        "actor": _text(),
        "measure": _code(MEASURES),
        "share_pct": _number(0, 100, optional=True),
        "area_km2": _number(0, 10**9, optional=True),
        "comparison": _code((*COMPARISONS, "less_than")),
        "toponym": _text(optional=True),
        "place_id": _text(optional=True),
        "earliest_date": _date(),
        "latest_date": _date(),
        "quote": _text(),
    },
    "documents": {
        "document_id": _text(unique=True),
        "title": _text(),
        "publisher": _text(),
        "agency": _text(optional=True),
        "published": _date(),
        "url": _URL,
        "language": _text(),
        "licence": _text(),
        "side": _text(optional=True),
        "note": _text(optional=True),
        "sha256": _text(),
        "text": _text(),
    },
    "sources": {
        "publisher": _text(unique=True),
        "side": _text(optional=True),
        "reliability": _code(RELIABILITIES, optional=True),
        "credibility": _code(CREDIBILITIES, optional=True),
        "note": _text(optional=True),
    },
    "rule_settings": {
        "setting": _text(unique=True),
        "value": _text(),
    },
    "mentions": {
        "document_id": _text(),
        "start": _integer(0, 2**53),
        "end": _integer(0, 2**53),
        "toponym": _text(),
        "place_id": _text(optional=True),
        "score": _number(0, 1),
        "margin": _number(0, 1),
        "match": _code(MATCHES, optional=True),
        "place_precision": _number(1, 7, optional=True),
        "signals": _text(optional=True),
    },
    "candidates": {
        "document_id": _text(),
        "start": _integer(0, 2**53),
        "rank": _integer(1, 5),
        "place_id": _text(),
        "name": _text(),
        "latitude": _number(-90, 90),
        "longitude": _number(-180, 180),
        "country_code": _pattern(*_COUNTRY_CODE, optional=True),
        "feature_code": _text(),
        "score": _number(0, 1),
        "match": _code(MATCHES),
        "signals": _text(),
    },
    "judged": _EVENTS | {"changes_map": _flag(), "rule": _text(), "corroborates": _text(optional=True)},
    "intervals": {
        "place_id": _text(),
        "start": _date(),
        "end": _date(optional=True),
        "actor": _text(optional=True),
        "contender": _text(optional=True),
        "status": _code(STATUSES),
        "assertion": _code(ASSERTIONS),
        "basis": _code(BASES),
        "undecided": _flag(),
        "event_id": _text(optional=True),
    },
    "control": {
        "place_id": _text(),
        "name": _text(optional=True),
        "name_local": _text(optional=True),
        "start": _date(),
        "end": _date(optional=True),
        "actor": _text(optional=True),
        "actor_name": _text(optional=True),
        "contender": _text(optional=True),
        "contender_name": _text(optional=True),
        "status": _code(STATUSES),
        "assertion": _code(ASSERTIONS),
        "basis": _code(BASES),
        "undecided": _flag(),
        "event_id": _text(optional=True),
        "rule": _text(optional=True),
        "document_id": _text(optional=True),
        "quote": _text(optional=True),
        "note": _text(optional=True),
        "area_basis": _text(optional=True),
    },
    "reviews": {
        "review_id": _text(unique=True),
        "item_id": _text(),
        "event_id": _text(optional=True),
        "decision": _code(DECISIONS),
        "reason": _text(optional=True),
        "place_id": _text(optional=True),
        "proposal": _text(optional=True),
        "confirms": _text(optional=True),
        "outcome_event_id": _text(optional=True),
        "assigned_to": _text(optional=True),
        "undoes": _text(optional=True),
    },
    "remembered_names": {
        "name_key": _text(unique=True),
        "toponym": _text(),
        "place_id": _text(),
        "document_id": _text(),
    },
    "learned": {
        "event_id": _text(unique=True),
        "place_id": _text(),
        "kind": _code(KNOWLEDGE),
        "known_date": _date(),
        "earliest_date": _date(),
        "latest_date": _date(),
        "days_late": _integer(0, 10**7),
        "supersedes": _text(optional=True),
        "actor_before": _text(optional=True),
        "status_before": _code(STATUSES),
        "actor_after": _text(optional=True),
        "status_after": _code(STATUSES),
        "reversal": _flag(),
    },
    "origins": {
        "file": _text(unique=True),
        "producer": _text(),
        "title": _text(),
        "citation": _text(),
        "url": _URL,
        "accessed": _date(),
        "licence": _text(),
        "note": _text(optional=True),
    },
    "gaps": {
        "file": _text(),
        "gap": _text(),
        "count": _integer(1, 10**15),
        "examples": _text(optional=True),
    },
}
LATER_COLUMNS = dict.fromkeys(("events", "judged"), ("actor_basis", "claimed_by", "share_pct", "pattern"))
"""By table: columns that files written before the table had them may lack; they are then empty."""

SCHEMAS: dict[str, pa.DataFrameSchema] = {
    name: pa.DataFrameSchema(columns, name=name, strict=True) for name, columns in _TABLES.items()
}
COLUMNS: dict[str, list[str]] = {name: list(columns) for name, columns in _TABLES.items()}
KINDS: dict[str, dict[str, str]] = {
    name: {column: definition.metadata["kind"] for column, definition in columns.items()}
    for name, columns in _TABLES.items()
}


def empty_table(name: str) -> pd.DataFrame:
    """The table without rows: every column in order and with its type."""
    return conform(name, pd.DataFrame(columns=COLUMNS[name]))


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the table's columns in order and with their types, rows numbered from 0.

    Raises KeyError for a missing column, but for LATER_COLUMNS; columns that the table does not have are left out.
    """
    dtypes = {column: DTYPES[kind] for column, kind in KINDS[name].items()}
    lacking = [column for column in LATER_COLUMNS.get(name, ()) if column not in frame]
    frame = frame.assign(**dict.fromkeys(lacking)) if lacking else frame
    return frame[COLUMNS[name]].astype(dtypes).reset_index(drop=True)
