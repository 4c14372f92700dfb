"""The tables: their columns in order, types, units and allowed codes, and the check of one table.

In memory dates are `datetime64[s]` at midnight without a time zone, missing cells are NA/NaN/NaT.
Columns named `..._id` or after an actor, place or document hold ids; `geo.references` checks that they exist.

Code lists: date_precision and place_precision are those of the Uppsala Conflict Data Program (UCDP GED
codebook, `date_prec` and `where_prec`); feature_code is of GeoNames; country_code is ISO 3166-1 alpha-2; reliability
(of a source, A to F) and credibility (of what it tells, 1 to 6) are those of the Admiralty code (NATO AJP-2.1).
"""

import pandas as pd
import pandera.pandas as pa

from geo.columns import DTYPES, code, column, date, flag, integer, number, pattern, text

STATUSES = ("controlled", "contested", "mixed", "besieged", "unknown")
STATUSES_THAT_KEEP_THE_HOLDER = ("contested", "mixed", "besieged")
ASSERTIONS = ("assessed", "claimed", "disputed", "attempt", "hypothetical", "negated")
ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP = ("attempt", "hypothetical", "negated")
BASES = ("observed", "inferred")
ACTOR_BASES = ("stated", "inferred")
MATCHES = ("exact", "alias", "transliterated", "parent")
QUANTITIES = ("share_lost_pct", "area_left_km2")
MEASURES = ("lost", "held", "taken", "left")
PIECE_OF_GROUND = "AREA"
"""The feature code of ground that a source draws without naming it."""
COMPARISONS = ("about", "more_than")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
CREDIBILITIES = ("1", "2", "3", "4", "5", "6")
DECISIONS = ("accept", "correct", "reject", "defer", "assign", "undo")
KNOWLEDGE = ("report", "late_report", "correction", "withdrawal")
DATE_PRECISION_MAX_DAYS = {1: 1, 2: 6, 3: 7, 4: 31, 5: 366}

_URL = pattern(r"https?://\S+\Z", "is not a web address that begins with http:// or https://", optional=True)
_COUNTRY_CODE = (r"[A-Z]{2}\Z", "is not an ISO 3166 code of two capital letters")
_POSITIVE = pa.Check.gt(0, error="is not an area: it must be greater than 0, or empty")
_EVENTS: dict[str, pa.Column] = {
    "event_id": text(unique=True),
    "place_id": text(),
    "earliest_date": date(),
    "latest_date": date(),
    "date_precision": integer(1, 5),
    "from_actor": text(optional=True),
    "to_actor": text(optional=True),
    "status": code(STATUSES),
    "assertion": code(ASSERTIONS),
    "basis": code(BASES),
    "confidence": number(0, 1),
    "document_id": text(optional=True),
    "quote": text(optional=True),
    "note": text(optional=True),
    "recorded_at": date(),
    "recorded_by": text(),
    "supersedes": text(optional=True),
    "actor_basis": code(ACTOR_BASES, optional=True),
    "claimed_by": text(optional=True),
    "share_pct": number(0, 100, optional=True),
    "pattern": text(optional=True),
}
_SPAN: dict[str, pa.Column] = {"document_id": text(), "start": integer(0, 2**53), "end": integer(0, 2**53)}
_HOW_HELD: dict[str, pa.Column] = {
    "status": code(STATUSES),
    "assertion": code(ASSERTIONS),
    "basis": code(BASES),
    "undecided": flag(),
    "event_id": text(optional=True),
}
_TABLES: dict[str, dict[str, pa.Column]] = {
    "dataset": {
        "dataset_id": text(),
        "title": text(),
        "title_local": text(optional=True),
        "description": text(),
        "start_date": date(),
        "end_date": date(),
        "focus_place_id": text(),
        "country_code": pattern(*_COUNTRY_CODE),
        "reach_km": column("number", _POSITIVE, optional=True),
        "outline": text(optional=True),
        "second_person_above_km2": number(0, float("inf"), optional=True),
    },
    "places": {
        "place_id": text(unique=True),
        "name": text(),
        "name_local": text(optional=True),
        "aliases": text(optional=True),
        "latitude": number(-90, 90),
        "longitude": number(-180, 180),
        "feature_code": text(),
        "parent_place_id": text(optional=True),
        "country_code": pattern(*_COUNTRY_CODE, optional=True),
        "area_km2": column("number", _POSITIVE, optional=True),
        "place_precision": integer(1, 7),
    },
    "actors": {
        "actor_id": text(unique=True),
        "name": text(),
        "name_local": text(optional=True),
        "colour": pattern(r"#[0-9a-fA-F]{6}\Z", "is not a colour: write it as #rrggbb"),
        "side": text(),
        "aliases": text(optional=True),
    },
    "baseline": {
        "place_id": text(unique=True),
        "date": date(),
        "actor": text(optional=True),
        "status": code(STATUSES),
        "basis": code(BASES),
        "document_id": text(optional=True),
        "quote": text(optional=True),
        "note": text(optional=True),
    },
    "events": _EVENTS,
    "claims": {
        "claim_id": text(unique=True),
        "date": date(),
        "quantity": code(QUANTITIES),
        "comparison": code(COMPARISONS),
        "value": number(0, float("inf")),
        "place_id": text(),
        "actor": text(),
        "document_id": text(),
        "quote": text(),
    },
    "territory_claims": {
        **_SPAN,
        "actor": text(),
        "measure": code(MEASURES),
        "share_pct": number(0, 100, optional=True),
        "area_km2": number(0, 10**9, optional=True),
        "comparison": code((*COMPARISONS, "less_than")),
        "toponym": text(optional=True),
        "place_id": text(optional=True),
        "earliest_date": date(),
        "latest_date": date(),
        "quote": text(),
    },
    "documents": {
        "document_id": text(unique=True),
        "title": text(),
        "publisher": text(),
        "agency": text(optional=True),
        "published": date(),
        "url": _URL,
        "language": text(),
        "licence": text(),
        "side": text(optional=True),
        "note": text(optional=True),
        "sha256": text(),
        "text": text(),
    },
    "sources": {
        "publisher": text(unique=True),
        "side": text(optional=True),
        "reliability": code(RELIABILITIES, optional=True),
        "credibility": code(CREDIBILITIES, optional=True),
        "note": text(optional=True),
    },
    "rule_settings": {
        "setting": text(unique=True),
        "value": text(),
    },
    "mentions": {
        **_SPAN,
        "toponym": text(),
        "place_id": text(optional=True),
        "score": number(0, 1),
        "margin": number(0, 1),
        "match": code(MATCHES, optional=True),
        "place_precision": number(1, 7, optional=True),
        "signals": text(optional=True),
    },
    "candidates": {
        "document_id": text(),
        "start": integer(0, 2**53),
        "rank": integer(1, 5),
        "place_id": text(),
        "name": text(),
        "latitude": number(-90, 90),
        "longitude": number(-180, 180),
        "country_code": pattern(*_COUNTRY_CODE, optional=True),
        "feature_code": text(),
        "score": number(0, 1),
        "match": code(MATCHES),
        "signals": text(),
    },
    "judged": _EVENTS | {"changes_map": flag(), "rule": text(), "corroborates": text(optional=True)},
    "intervals": {
        "place_id": text(),
        "start": date(),
        "end": date(optional=True),
        "actor": text(optional=True),
        "contender": text(optional=True),
        **_HOW_HELD,
    },
    "control": {
        "place_id": text(),
        "name": text(optional=True),
        "name_local": text(optional=True),
        "start": date(),
        "end": date(optional=True),
        "actor": text(optional=True),
        "actor_name": text(optional=True),
        "contender": text(optional=True),
        "contender_name": text(optional=True),
        **_HOW_HELD,
        "rule": text(optional=True),
        "document_id": text(optional=True),
        "quote": text(optional=True),
        "note": text(optional=True),
        "area_basis": text(optional=True),
    },
    "reviews": {
        "review_id": text(unique=True),
        "item_id": text(),
        "event_id": text(optional=True),
        "decision": code(DECISIONS),
        "reason": text(optional=True),
        "place_id": text(optional=True),
        "proposal": text(optional=True),
        "confirms": text(optional=True),
        "outcome_event_id": text(optional=True),
        "assigned_to": text(optional=True),
        "undoes": text(optional=True),
    },
    "remembered_names": {
        "name_key": text(unique=True),
        "toponym": text(),
        "place_id": text(),
        "document_id": text(),
    },
    "learned": {
        "event_id": text(unique=True),
        "place_id": text(),
        "kind": code(KNOWLEDGE),
        "known_date": date(),
        "earliest_date": date(),
        "latest_date": date(),
        "days_late": integer(0, 10**7),
        "supersedes": text(optional=True),
        "actor_before": text(optional=True),
        "status_before": code(STATUSES),
        "actor_after": text(optional=True),
        "status_after": code(STATUSES),
        "reversal": flag(),
    },
    "origins": {
        "file": text(unique=True),
        "producer": text(),
        "title": text(),
        "citation": text(),
        "url": _URL,
        "accessed": date(),
        "licence": text(),
        "note": text(optional=True),
    },
    "gaps": {
        "file": text(),
        "gap": text(),
        "count": integer(1, 10**15),
        "examples": text(optional=True),
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
