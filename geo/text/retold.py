"""Summaries: what "by 24 July they had taken A, B and C" only tells again, with looser days."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from geo.text.events import Event

Group = tuple[date, date, list[Event]]
"""First and last day of a change, and the events that tell it."""


def with_summaries(groups: Sequence[Group]) -> list[Group]:
    """The changes, without those that only sum up another one, whose events they join.

    That is the last one before with the same outcome, if the text tells of no other in between.
    """
    of_place: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        of_place[group[2][0].place.key].append(group)
    kept = []
    for group in groups:
        meant = _meant(group, of_place[group[2][0].place.key]) if all(one.is_summary for one in group[2]) else None
        if meant is None:
            kept.append(group)
        else:
            meant[2].extend(group[2])
    return kept


def _meant(summary: Group, others: Sequence[Group]) -> Group | None:
    """The change that a summary means, None if it tells a new one."""
    told = summary[2][0]
    known = [one for one in others if one is not summary and one[1] <= summary[1] and one[2][0].kind == told.kind]
    last = max(known, key=lambda one: (one[1], one[0]), default=None)
    if last is None or last[2][0].is_summary:
        return None
    first = last[2][0]
    is_same = (first.to_actor, first.status) == (told.to_actor, told.status)
    return last if is_same and told.share_pct == first.share_pct else None
