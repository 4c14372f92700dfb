"""Which event that was found is which labelled one, and why the others are wrong or missing."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from benchmarks.control_scores.labels import CHANGE, OPTIONAL, Label
from geo.places.names import name_key

_TOLERANCE = timedelta(days=1)


class Found(NamedTuple):
    """One event as the extractor gives it; start, end: offsets of its quote in the document."""

    document: str
    start: int
    end: int
    toponym: str
    place_id: str | None
    earliest: date
    latest: date
    from_actor: str | None
    to_actor: str | None
    status: str
    assertion: str
    confidence: float
    pattern: str


class Outcome(NamedTuple):
    """The events of some documents against their labels.

    right: pairs with the same place, to-actor and day, to within a day.
    read: pairs that are right or read from a sentence of the labelled event about its place; for the accuracies.
    place_and_actor: number of pairs with the same place and to-actor, whatever the day.
    repeated: found again though its label has its pair. excused: what labels leave open.
    wrong: (event, cause). missed: (label, cause).
    """

    right: list[tuple[Label, Found]]
    read: list[tuple[Label, Found]]
    place_and_actor: int
    repeated: list[Found]
    excused: list[Found]
    wrong: list[tuple[Found, str]]
    missed: list[tuple[Label, str]]


def match(labels: Iterable[Label], found: Iterable[Found]) -> Outcome:
    """Events paired with labels of kind "change", each once, the closest first."""
    labels, events = list(labels), list(found)
    changes = [label for label in labels if label.kind == CHANGE]
    right = _pairs(changes, events, is_right)
    done, used = {_key(label) for label, _ in right}, {id(event) for _, event in right}
    rest = [event for event in events if id(event) not in used]
    repeated = [event for event in rest if any(is_right(label, event) for label in changes)]
    others = [event for event in rest if event not in repeated]
    close = _pairs([label for label in changes if _key(label) not in done], others, same_sentence_and_place)
    in_pair = {id(event) for _, event in close}
    excused = [event for event in others if id(event) not in in_pair and _is_excused(labels, event)]
    wrong = [event for event in others if event not in excused]
    missed = [label for label in changes if _key(label) not in done]
    return Outcome(
        right=right,
        read=right + close,
        place_and_actor=len(_pairs(changes, events, same_place_and_actor)),
        repeated=repeated,
        excused=excused,
        wrong=[(event, _why_wrong(labels, event)) for event in wrong],
        missed=[(label, _why_missed(label, events)) for label in missed],
    )


def same_place(label: Label, event: Found) -> bool:
    """Whether both are about one place of one document.

    By its id, by one of its names or, where the extractor gives a name without an id, by a name in a sentence of the
    label that is a part of one of its names or holds one ("Palmyra Triangle road junction").
    """
    if label.document != event.document:
        return False
    if event.place_id is not None and event.place_id == label.place_id:
        return True
    found = name_key(event.toponym)
    if found in label.names:
        return True
    is_part = any(_holds(found, name) or _holds(name, found) for name in label.names)
    return event.place_id is None and is_part and in_sentence(label, event)


def _holds(name: str, part: str) -> bool:
    return bool(part) and f" {part} " in f" {name} "


def same_days(label: Label, event: Found) -> bool:
    """Whether the days found lie within the labelled ones, give or take one.

    Where the label's first day is open ("by 6 September") only the last one is compared.
    """
    if label.earliest is None or label.latest is None:
        return False
    if label.open_start:
        return abs(event.latest - label.latest) <= _TOLERANCE
    return event.earliest >= label.earliest - _TOLERANCE and event.latest <= label.latest + _TOLERANCE


def same_place_and_actor(label: Label, event: Found) -> bool:
    """Whether place and to-actor are the same."""
    return same_place(label, event) and label.to_actor == event.to_actor


def is_right(label: Label, event: Found) -> bool:
    """Whether place, to-actor and days are the same."""
    return same_place_and_actor(label, event) and same_days(label, event)


def in_sentence(label: Label, event: Found) -> bool:
    """Whether the event's quote overlaps a sentence of the label."""
    return label.document == event.document and any(
        event.start < mention.quote_end and mention.quote_start < event.end for mention in label.mentions
    )


def same_sentence_and_place(label: Label, event: Found) -> bool:
    """Whether the event was read from a sentence of the label, about its place."""
    return in_sentence(label, event) and same_place(label, event)


def _pairs(labels: list[Label], events: list[Found], fits: Callable[[Label, Found], bool]) -> list[tuple[Label, Found]]:
    """Pairs that fit, each label and each event at most once, those that agree most first."""
    possible = [(label, event) for label in labels for event in events if fits(label, event)]
    possible.sort(key=lambda pair: (-_agreement(*pair), pair[0].event, pair[1].start))
    taken_labels: set[tuple[str, str]] = set()
    taken_events: set[int] = set()
    pairs = []
    for label, event in possible:
        if _key(label) not in taken_labels and id(event) not in taken_events:
            taken_labels.add(_key(label))
            taken_events.add(id(event))
            pairs.append((label, event))
    return pairs


def _key(label: Label) -> tuple[str, str]:
    return label.document, label.event


def _agreement(label: Label, event: Found) -> float:
    return (
        4 * in_sentence(label, event)
        + 2 * (label.to_actor == event.to_actor)
        + 2 * same_days(label, event)
        + (label.status == event.status)
        + 0.5 * (label.from_actor == event.from_actor)
    )


def _is_excused(labels: list[Label], event: Found) -> bool:
    return any(
        label.kind == OPTIONAL and same_sentence_and_place(label, event) and label.to_actor == event.to_actor
        for label in labels
    )


def _why_wrong(labels: list[Label], event: Found) -> str:
    here = [label for label in labels if in_sentence(label, event)]
    about = [label for label in here if same_place(label, event)]
    changes = [label for label in about if label.kind == CHANGE]
    if any(label.to_actor == event.to_actor for label in changes):
        return "date"
    if changes:
        return "to-actor"
    if about:
        return f"no change: {about[0].kind}"
    return "another place of the sentence" if here else "unlabelled sentence"


def _why_missed(label: Label, events: list[Found]) -> str:
    read = [event for event in events if same_sentence_and_place(label, event)]
    if any(event.to_actor == label.to_actor for event in read):
        return "date"
    if read:
        return "to-actor"
    if any(in_sentence(label, event) for event in events):
        return "place missed in a sentence that was read"
    return "sentence not read"
