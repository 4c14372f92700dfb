"""What a verb or noun of change is found with in its sentence."""

from typing import NamedTuple

from geo.text.change_patterns import links
from geo.text.listed_places import ListedPlace

BY, FROM, TO, TAKER_GAP = (links("sentence_changes", name) for name in ("by", "from", "to", "taker_gap"))
"""What leads from a verb to a side: "by the", "from the", "to the", " the full control of"."""
RIGHT_BY = links("sentence_changes", "reduced_by")
"""The first right after a verb."""


class Parts(NamedTuple):
    """places: what it is about; end: where their words end. is_passive: whether they are its subject. are_driven:
    whether `refers_by` are words for those who are driven out. The other fields are as in `Change`.
    """

    places: tuple[ListedPlace, ...]
    end: int
    to_actors: tuple[str, ...] = ()
    from_actor: str | None = None
    refers_by: str = ""
    is_past_perfect: bool = False
    is_passive: bool = False
    are_driven: bool = False
