"""What people decide about an item, and the rows that it becomes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from geo.errors import ReviewError
from geo.formats.cells import from_text
from geo.references import check_references, date_precision
from geo.review.subjects import Cells, Subject
from geo.schema import COLUMNS, DECISIONS, DTYPES
from geo.validation import check_table

FINAL = ("accept", "correct", "reject")
CORRECTABLE = ("place_id", "earliest_date", "latest_date", "from_actor", "to_actor", "status", "assertion", "note")


@dataclass(frozen=True)
class Decision:
    """What somebody decided.

    decision: a code of `geo.schema.DECISIONS` but undo. seen: `ItemState.seen` of what they had before them. reason:
    in their words; a rejection needs one. cells: for `correct` the columns of the event (`CORRECTABLE`) that change,
    as text. place_id: what a name means, empty if no place. remember: offer it later. assigned_to: a user_id.
    """

    decision: str
    seen: int
    reason: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    place_id: str = ""
    remember: bool = False
    assigned_to: str = ""


def review_id(item_id: str, number: int) -> str:
    """The id of the record of that number (from 1) about an item: two people who write the same one are in conflict."""
    return f"r{hashlib.sha256(item_id.encode(errors='replace')).hexdigest()[:16]}-{number}"


def outcome_id(review: str, number: int) -> str:
    """The id of an event that a decision made."""
    return f"{review}.{number}"


def check_decision(subject: Subject, decision: Decision) -> None:
    """Raises ReviewError for what cannot be decided about this item."""
    if decision.decision not in DECISIONS or decision.decision == "undo":
        raise ReviewError(f"{decision.decision!r} is no decision: use accept, correct, reject, defer or assign.")
    if decision.decision == "reject" and not decision.reason.strip():
        raise ReviewError("A rejection needs a reason: write one, so that others can follow it.")
    if decision.decision == "assign" and not decision.assigned_to:
        raise ReviewError("Say to whom it is assigned.")
    unknown = set(decision.cells) - set(CORRECTABLE)
    if unknown:
        raise ReviewError(f"{min(unknown)} cannot be corrected in a review: edit the dataset instead.")
    if subject.kind == "place" and decision.decision in ("accept", "correct") and not decision.place_id:
        raise ReviewError("Say which place the name means, or reject it.")
    if subject.kind != "place" and decision.decision == "correct":
        corrected = {**(subject.event or {}), **decision.cells}
        if corrected == subject.event:
            raise ReviewError("Nothing was corrected: accept it as it is, or change something.")


def outcome_events(subject: Subject, decision: Decision, review: str, user_id: str, day: str) -> list[Cells]:
    """Rows of `events` that a decision adds; every one supersedes one that it is about. day: today, as YYYY-MM-DD.

    accept: a reading becomes a record of the user; of reports that contradict each other the others are taken back;
    a change that only looked implausible needs no new row. correct: the same with other cells. reject: taken back.
    Raises ReviewError for a row that cannot be kept.
    """
    if subject.event is None or decision.decision not in FINAL:
        return []
    if decision.decision == "reject":
        made = [_taken_back(subject.event, decision.reason)]
    elif decision.decision == "correct":
        made = [_with_precision({**subject.event, **decision.cells})]
    elif subject.kind == "candidate":
        made = [dict(subject.event)]
    else:
        note = f"Reports contradict each other; {subject.event['event_id']} was found right. {decision.reason}".strip()
        made = [_taken_back(rival, note) for rival in subject.rivals]
    events: list[Cells] = [
        {
            **cells,
            "event_id": outcome_id(review, number),
            "recorded_by": user_id,
            "recorded_at": day,
            "supersedes": cells["event_id"],
        }
        for number, cells in enumerate(made, start=1)
    ]
    if decision.decision == "correct":
        _require_valid(subject, events)
    return events


def proposal_text(decision: Decision) -> str:
    """A decision that waits for a second person, as it is kept."""
    return json.dumps(asdict(decision), ensure_ascii=False, sort_keys=True)


def proposed(text: str, seen: int) -> Decision:
    """The decision that somebody proposed, to be confirmed now."""
    kept: dict[str, Any] = json.loads(text)
    return Decision(**{**kept, "seen": seen})


def needs_second_person(subject: Subject, decision: Decision, above_km2: float | None) -> bool:
    """Whether the place is too large for one person to decide on; a place of unknown area counts as large."""
    if above_km2 is None or subject.event is None or decision.decision not in FINAL:
        return False
    return subject.area_km2 is None or subject.area_km2 > above_km2


def _taken_back(cells: Cells, note: str) -> dict[str, str]:
    return {**cells, "assertion": "negated", "note": note}


def _with_precision(cells: dict[str, str]) -> dict[str, str]:
    days = [pd.to_datetime(pd.Series([cells[name]]), errors="coerce") for name in ("earliest_date", "latest_date")]
    precision = date_precision(*days).iloc[0]
    return cells if pd.isna(precision) else {**cells, "date_precision": str(precision)}


def _require_valid(subject: Subject, events: list[Cells]) -> None:
    """Raises ReviewError with everything that is wrong with the rows themselves; what they name, the ledger checks."""
    rows = [dict(subject.event or {}), *events]
    cells = pd.DataFrame(rows, columns=COLUMNS["events"], dtype=DTYPES["text"]).fillna("")
    frame, problems = from_text("events", cells, "events")
    named = {(problem.row, problem.column) for problem in problems}
    problems += [p for p in check_table("events", frame, "events") if (p.row, p.column) not in named]
    if not problems:
        problems = check_references({"events": frame, "documents": subject.document})
    if problems:
        said = " ".join(f"{problem.column}: {problem.message}." for problem in problems)
        raise ReviewError(f"The correction cannot be kept. {said}")
