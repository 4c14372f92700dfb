"""What a document tells of one place: an event."""

from datetime import date
from typing import NamedTuple

from geo.text.clauses import PlaceMention


class Event(NamedTuple):
    """A change, or a statement of who holds a place, with everything that the document tells of it.

    sentence: number of its sentence. kind: change or hold. to_basis, from_basis: stated, inferred or "".
    reasons: what speaks most against it, the strongest first. is_summary: whether its days sum up what came about until
    then ("by 6 May they had taken A"), so that it can be told elsewhere with its own days.
    """

    sentence: int
    kind: str
    pattern: str
    place: PlaceMention
    earliest: date
    latest: date
    from_actor: str | None
    from_basis: str
    to_actor: str | None
    to_basis: str
    status: str
    assertion: str
    claimed_by: str | None
    share_pct: float | None
    confidence: float
    reasons: tuple[str, ...] = ()
    is_summary: bool = False
