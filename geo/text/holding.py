"""Whether a statement of who holds a place tells a change: "by 15 May X was in rebel hands", "is now under control"."""

import re
from collections.abc import Callable
from datetime import date

from geo.text.change_days import new_since
from geo.text.change_patterns import links
from geo.text.dates import DateMention
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.verb_dates import day_of

_STILL, _NOW, _WHOLE = links("history", "still"), links("history", "now"), links("history", "whole")
_WHICH_IS = links("history", "which_is")
_ONLY, _ALSO = links("history", "only"), links("history", "also")
_HELD_ONLY = links("history", "held_only")
_HELD_BY, _IS = links("history", "held_by"), links("history", "is")
_OCCUPIED = re.compile(r"(?:was|were|been|being) (?:\w+ly |then |also )?occupied by ")
_NEXT_CLAUSE = re.compile(r"[,;] (?:although|though|while|whilst|whereas|but)\b|;")
_BEFORE, _AFTER = 40, 25


def new_holding(
    change: Change, reader: Reader, sentence: Sentence, days: tuple[date, date], is_gaining: Callable[[], bool]
) -> tuple[date, date] | None:
    """The days on which a side came to hold a place, None if it is not said to be new.

    days: of the statement. is_gaining: asked whether the side takes places there.
    """
    if days[0] == days[1] and _is_occupied_then(change, sentence):
        return days
    around = sentence.text[max(0, change.position - _BEFORE) : change.end + _AFTER]
    is_old = _STILL.search(_without_next(around, change)) is not None or _is_aside(change, sentence)
    if is_old or _has_only(change, sentence):
        return None
    day = day_of(change, sentence)
    if change.is_past_perfect and not _NOW.search(around) and not _has_begun(reader, change.sentence, day):
        return None
    is_by = day is not None and reader.words(change.sentence)[day.start : day.end].lower().startswith("by ")
    if change.is_part:
        is_new = days[0] == days[1] if change.share_pct is not None else is_by and is_gaining()
        return days if is_new else None
    since = new_since(change, reader, sentence)
    if since:
        return since
    if day is not None and (is_by or _NOW.search(around)):
        return days
    is_told_so = day is not None or _WHOLE.search(around) or _ALSO.search(around)
    is_on_a_day = days[0] == days[1] and bool(is_told_so)
    return days if is_on_a_day and is_gaining() else None


def _without_next(around: str, change: Change) -> str:
    """The words around a verb up to the clause after it: "held X, although the army still held Y" is no old state."""
    own = min(change.position, _BEFORE) + change.end - change.position
    following = _NEXT_CLAUSE.search(around, own)
    return around[: following.start()] if following else around


def _has_only(change: Change, sentence: Sentence) -> bool:
    """Whether it is told what a side had left: "only X was held by rebels", "rebels held only X and Y"."""
    return _ONLY.search(sentence.text, 0, change.position) is not None or _HELD_ONLY.match(change.words) is not None


def _has_begun(reader: Reader, number: int, day: DateMention | None) -> bool:
    """Whether a place has been held "since 3 May", a day that lies after others that the text has told before."""
    onset = day.onset[0] if day and day.onset else None
    told = (one.earliest for earlier in range(number) for one in reader.dates(earlier) if not one.is_aside)
    return onset is not None and any(one <= onset for one in told)


def _is_occupied_then(change: Change, sentence: Sentence) -> bool:
    """Whether it is told as what happened on a day: "was occupied by rebels on 2 May"."""
    dates = sentence.clauses.symbols("D", 0, sentence.verb_after(change.end))
    return bool(dates) and _OCCUPIED.match(change.words) is not None


def _is_aside(change: Change, sentence: Sentence) -> bool:
    """Whether a holder is told only in passing: "X, held by rebels, was shelled", "X, which is held by rebels"."""
    if _WHICH_IS.search(sentence.text, 0, change.position) and " now " not in change.words:
        return True
    return _HELD_BY.match(change.words) is not None and not _IS.search(sentence.text[: change.position])
