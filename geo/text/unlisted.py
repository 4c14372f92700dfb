"""Names that no gazetteer has, places by the words beside them: "the village of X", "X River", "in X, Ohio"."""

from bisect import bisect_right
from collections.abc import Iterator

from geo.text.data import read_data
from geo.text.name_facts import GIVEN_NAMES
from geo.text.names_in_lists import Run, in_lists, is_strange
from geo.text.names_in_text import Name
from geo.text.surroundings import hyphened
from geo.text.tokens import Words, is_capitalised

_WORDS = {name: frozenset(words.split()) for name, words in read_data("recognition.toml")["words"].items()}
_NOT_IN_NAME = _WORDS["before"] | _WORDS["never"] - frozenset(
    ["north", "south", "east", "west", "upper", "lower", "new", "old"]
)
_KINDS = _WORDS["settlements"] | _WORDS["kinds_in_plural"]
# "The Marsh Arab village of X": what stands before these and "of" only describes.
_SETTLED = frozenset(["village", "villages", "hamlet", "hamlets", "towns", "cities", "settlements"])
_LONGEST = 3
_LONGEST_HYPHENED = 6


def with_unlisted(words: Words, names: list[Name]) -> list[Name]:
    """The names and the unlisted ones between them, in order."""
    starts = [name.start for name in names]
    found: list[Name] = []
    others: list[Run] = []
    said = set[str]()
    following = 0
    for position in words.capitalised:
        whole = _last_of_run(words, position) if position >= following else None
        if whole is None:
            continue
        last = _feature_in(words, position, whole)
        start, end = words.starts[position], words.ends[last]
        beside = bisect_right(starts, start)
        is_free = (beside == 0 or names[beside - 1].end <= start) and (
            beside == len(names) or names[beside].start >= end
        )
        if is_free:
            own = list(_unlisted(words, position, last, names[beside] if beside < len(names) else None))
            found += own
            if own and _is_of_kind(words, position, last):
                said.add(own[0].key)
            if not own:
                others.append(Run(position, last))
        following = whole + 1
    found += [_name(words, run.first, run.last, "") for run in in_lists(words, [*names, *found], others)]
    taken = {name.start for name in found}
    for run in others if said else ():
        again = _name(words, run.first, run.last, "")
        if again.key in said and again.start not in taken and is_strange(words, run.first, run.last):
            found.append(again)
    return sorted([*names, *found]) if found else names


def _last_of_run(words: Words, first: int) -> int | None:
    """The last of the capitalised words in a row that start at one, None if no name can start with it."""
    if not words.texts[first][0].isupper() or words.key(first) in _NOT_IN_NAME:
        return None
    last = first
    while (joined := hyphened(words, last)) is not None:
        last = joined
    while (
        last + 1 < len(words)
        and words.gap(last) in (" ", "-")
        and words.texts[last + 1][0].isupper()
        and last not in words.owns
    ):
        last += 1
    return last


def _feature_in(words: Words, first: int, last: int) -> int:
    """Where the name of a river, a lake or the like ends in "Neches River Wildlife Refuge"; else the last word."""
    features = (position for position in range(first + 1, last) if words.key(position) in _WORDS["natural"])
    return next(features, last)


def _unlisted(words: Words, first: int, last: int, following: Name | None) -> Iterator[Name]:
    length = last - first + 1
    if length > (_LONGEST_HYPHENED if words.gap(first) == "-" else _LONGEST + 1):
        return
    last_key, first_key = words.key(last), words.key(first)
    is_hyphened = hyphened(words, first) is not None
    is_feature = length > 1 and (last_key in _WORDS["natural"] or first_key in _WORDS["natural_before"])
    if is_feature or is_hyphened or _is_of_kind(words, first, last):
        yield _name(words, first, last, "" if is_feature else "PPL")
    elif length <= _LONGEST and (
        (following and _lies_in(words, first, last, following)) or _is_located(words, first, last)
    ):
        yield _name(words, first, last, "PPL")


def _is_of_kind(words: Words, first: int, last: int) -> bool:
    """Whether the text says that it is a village, a district or the like."""
    before = words.key(first - 1) if first and words.gap(first - 1) == " " else ""
    if _is_called_one(words, last) and is_strange(words, first, last):
        return True
    if before == "of" and first > 1 and words.key(first - 2) in _KINDS:
        return not is_capitalised(words.texts[first - 2])
    if first < last and words.key(last) in _WORDS["said_of_unlisted"]:
        return bool(before) and is_strange(words, first, last - 1) and before in _WORDS["prepositions"]
    after = last + 1
    if after >= len(words) or words.gap(last) != " ":
        return False
    if before in ("a", "an") and words.key(after) in _WORDS["person_of_place"]:
        return is_strange(words, first, last)
    if words.key(after) in _SETTLED and after + 1 < len(words) and words.key(after + 1) == "of":
        return False
    if words.key(after) in _WORDS["kinds_in_plural"] | _WORDS["said_of_unlisted"] and is_strange(words, first, last):
        return True
    return (
        words.key(after) in _WORDS["said_of_unlisted"]
        and before in ("the", "in", "of", "from", "to", "near")
        and words.key(first) not in GIVEN_NAMES
    )


def _is_called_one(words: Words, last: int) -> bool:
    """ "X, a village"."""
    if last + 2 >= len(words) or words.gap(last) != ", " or words.texts[last + 1] not in ("a", "an", "the"):
        return False
    return words.texts[last + 2] in _WORDS["settlements"]


def _lies_in(words: Words, first: int, last: int, following: Name) -> bool:
    """ "in X, Ohio": after a preposition, before a country or a state."""
    if first == 0 or words.key(first - 1) not in _WORDS["prepositions"] or words.gap(first - 1) != " ":
        return False
    if following.start != words.ends[last] + 2 or words.gap(last)[:2] != ", ":
        return False
    return following.facts is not None and following.facts.is_area and words.key(first) not in GIVEN_NAMES


def _is_located(words: Words, first: int, last: int) -> bool:
    """ "in X" or "north of X", where X is no word of English and no name of a person."""
    if first == 0 or words.gap(first - 1) != " ":
        return False
    before = words.texts[first - 1]
    is_beside = before == "of" and first > 1 and words.key(first - 2) in _WORDS["compass"]
    if not is_beside and before not in ("in", "near", "outside"):
        return False
    return all(len(words.texts[position]) > 3 for position in range(first, last + 1)) and is_strange(words, first, last)


def _name(words: Words, first: int, last: int, feature: str) -> Name:
    key = " ".join(key for key in map(words.key, range(first, last + 1)) if key)
    return Name(words.starts[first], words.ends[last], key, "unlisted", feature, None)
