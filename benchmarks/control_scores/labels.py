"""The labels: which changes of control a person reads in which words, and what only looks like one."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from geo.places.names import name_key

CHANGE, OPTIONAL = "change", "optional"
KINDS = (
    *(CHANGE, OPTIONAL, "baseline", "territory-claim", "attempt", "plan", "hypothetical", "negated", "background"),
    *("unnamed", "persons", "goods", "figurative", "other"),
)
STATUSES = ("controlled", "contested", "mixed", "besieged", "unknown")
COLUMNS = (
    *("document", "event", "same_as", "quote_start", "quote_end", "place_start", "place_end", "toponym", "place"),
    *("feature", "earliest_date", "latest_date", "date_form", "from_actor", "from_basis", "to_actor", "status"),
    *("assertion", "claimed_by", "share_pct", "kind", "note"),
)
_INDEX = ("documents", "actors")
_OPEN_START = ("by", "summary")


class LabelError(ValueError):
    """A file of labels that cannot be used; the message says where and why."""


class Mention(NamedTuple):
    """Where a document says it: character offsets of the sentence and, in the same text, of the place's name."""

    quote_start: int
    quote_end: int
    place_start: int
    place_end: int


class Label(NamedTuple):
    """One event, or one thing that looks like it, of one document with all the sentences that say it.

    names: `name_key` of every name of the place. from_actor, to_actor: None if the text does not tell.
    open_start: whether the first day is a guess ("by 6 September"), so that only the last one counts.
    """

    document: str
    event: str
    kind: str
    mentions: tuple[Mention, ...]
    toponym: str
    place_id: str
    names: frozenset[str]
    feature: str
    earliest: date | None
    latest: date | None
    open_start: bool
    from_actor: str | None
    from_basis: str
    to_actor: str | None
    status: str
    assertion: str


def read_labels(folder: Path) -> list[Label]:
    """The labels of a folder: every CSV in it that is neither an index nor a table of places or actors.

    Raises LabelError for a missing column, an unknown code, a date or offset that is none, an event id used twice
    or a `same_as` without its event.
    """
    labels: list[Label] = []
    names = place_names(folder)
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in _INDEX and not path.stem.startswith("places_"):
            labels += _file_labels(path, names)
    return labels


def place_names(folder: Path) -> dict[str, frozenset[str]]:
    """place_id -> `name_key` of each of its names, of all `places_*.csv`."""
    frames = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in sorted(folder.glob("places_*.csv"))]
    return {
        place_id: frozenset(map(name_key, [name, *filter(None, aliases.split("|"))]))
        for frame in frames
        for place_id, name, aliases in frame[["place_id", "name", "aliases"]].itertuples(index=False, name=None)
    }


def _file_labels(path: Path, names: dict[str, frozenset[str]]) -> list[Label]:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    missing = [column for column in COLUMNS if column not in frame]
    if missing:
        raise LabelError(f"{path.name}: the column {missing[0]} is missing.")
    repeats: dict[str, list[Mention]] = {}
    firsts: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(frame.to_dict("records"), start=2):
        try:
            mention = _mention(row)
            _check(row)
        except ValueError as error:
            raise LabelError(f"{path.name}, row {number}: {error}") from error
        if row["same_as"]:
            repeats.setdefault(row["same_as"], []).append(mention)
        elif row["event"] in firsts:
            raise LabelError(f"{path.name}, row {number}: the event {row['event']} is there twice.")
        else:
            firsts[row["event"]] = row | {"mention": mention}
    unknown = sorted(set(repeats) - set(firsts))
    if unknown:
        raise LabelError(f"{path.name}: same_as names {unknown[0]}, which is no event of this file.")
    return [_label(row, repeats.get(event, []), names) for event, row in firsts.items()]


def _mention(row: dict[str, Any]) -> Mention:
    mention = Mention(*(int(row[column]) for column in Mention._fields))
    if not (0 <= mention.quote_start <= mention.place_start < mention.place_end <= mention.quote_end):
        raise ValueError("the place does not lie within the sentence")
    return mention


def _check(row: dict[str, Any]) -> None:
    if row["kind"] not in KINDS:
        raise ValueError(f"{row['kind']!r} is no kind: use one of {', '.join(KINDS)}")
    if row["kind"] == CHANGE and row["status"] not in STATUSES:
        raise ValueError(f"{row['status']!r} is no status: use one of {', '.join(STATUSES)}")
    earliest, latest = _day(row["earliest_date"]), _day(row["latest_date"])
    if row["kind"] == CHANGE and (earliest is None or latest is None or earliest > latest):
        raise ValueError("a change needs an earliest_date and a latest_date in this order")


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _label(row: dict[str, Any], repeats: Iterable[Mention], names: dict[str, frozenset[str]]) -> Label:
    return Label(
        document=row["document"],
        event=row["event"],
        kind=row["kind"],
        mentions=(row["mention"], *repeats),
        toponym=row["toponym"],
        place_id=row["place"],
        names=names.get(row["place"], frozenset()) | {name_key(row["toponym"])},
        feature=row["feature"],
        earliest=_day(row["earliest_date"]),
        latest=_day(row["latest_date"]),
        open_start=row["date_form"] in _OPEN_START,
        from_actor=row["from_actor"] or None,
        from_basis=row["from_basis"],
        to_actor=row["to_actor"] or None,
        status=row["status"],
        assertion=row["assertion"],
    )
