"""The words around a verb: whether it is passive, and whether what it says happened."""

import re
from typing import NamedTuple

from geo.text.change_patterns import BLOCKERS, FACTUAL, links

_WINDOW = 110
_GROUP = links("verb_groups", "group")
_BE = links("verb_groups", "be")
_TO, _TO_AND = links("verb_groups", "to"), links("verb_groups", "to_and")
_CLAUSE = re.compile(r"[;,:–—]| but | while | whilst | although | whereas ", re.IGNORECASE)
_HAVE = links("verb_groups", "have")
_PRESENT = links("verb_groups", "present")
_PERFECT = links("verb_groups", "perfect")
_NOT_YET, _UNTIL_DAY = links("verb_groups", "not_yet"), links("verb_groups", "until_day")
# "They held out until X was captured on <D>": it was.
_UNTIL = re.compile(r"\buntil (?:(?:it|they|both|the \w+)|(?:the )?(?:\w+ of )?<P\d+>(?: and <P\d+>)?) ?\Z")
_ON_DAY = re.compile(r"(?: by (?:the )?(?:[\w-]+ )?<A\d+>(?: \w+)?)?,? (?:(?:on|in) )?<D\d+>")
_DATES = re.compile(r"(?:(?:itself|themselves) |(?:(?:on|in|at|by) )?<D\d+>,? ?)*")
_SEEN = re.compile(
    r"\b(?:(?:saw|sees|seen) (?:the )?(?:\w+ ){0,3}<[AP]\d+>(?:[^.;,<>]{0,40}<[AP]\d+>)*|saw (?:them|it))$",
    re.IGNORECASE,
)


class VerbGroup(NamedTuple):
    """A verb with the words that belong to it.

    start: where they begin; verb: where they begin without dates, and "itself", before them. is_passive: whether the
    verb has an auxiliary of the passive. is_past_perfect: whether it has "had". is_bound: an -ing form or infinitive,
    whose subject stands further off.
    """

    start: int
    verb: int
    is_passive: bool
    is_past_perfect: bool
    is_bound: bool


def verb_group(text: str, start: int, end: int, forms: frozenset[str], is_report: bool = False) -> VerbGroup | None:
    """The group of the verb that stands at start..end; None if it does not say that something happened.

    forms: what the verb's form can be, see `Reading`. is_report: whether a base form is the present ("rebels seize").
    """
    window = text[max(0, start - _WINDOW) : start]
    found = _GROUP.search(window)
    group = found[0] if found else ""
    group = group if "base" in forms else _TO_AND.sub("", group)
    stated = _NOT_YET.sub("", group) if _UNTIL_DAY.match(text, end) else group
    while group[:1] in (",", " "):
        group = group[1:]
    group_start = start - len(group)
    before = text[:group_start].rstrip(" ,")
    governor = before[-30:]
    is_factual = FACTUAL.search(stated.rstrip(" ,")) is not None
    is_passive = _BE.search(group) is not None and bool(forms & {"participle", "past"})
    for blocker in BLOCKERS:
        if blocker.group and blocker.group.search(stated):
            return None
        if blocker.sentence and blocker.sentence.search(text[:start]):
            return None
        clause = _clause_before(text, group_start)
        if blocker.before and blocker.before.search(clause) and not _came_then(clause, stated, text, end):
            return None
        if blocker.after and not blocker.noun and blocker.after.search(text[end : end + 120]):
            return None
        bound = ("ing" in forms and not is_factual) or (forms == {"base"} and not is_factual)
        if blocker.governor and bound and "ing" in forms and blocker.governor.search(governor):
            return None
    if _TO.search(group) and not is_factual and not is_passive:
        return None
    if is_passive and _TO.search(group[: _BE.search(group).start()]) and not is_factual:  # type: ignore[union-attr]
        return None
    if "ing" in forms and not is_factual and _BE.search(group):
        return None
    if forms == {"participle"} and not is_passive and not _HAVE.search(group):
        return None
    is_seen = "base" in forms and not group and _SEEN.search(before) is not None
    if is_report and not group:
        return VerbGroup(group_start, group_start, False, False, False)
    is_present = "base" in forms and not _HAVE.search(group) and _PRESENT.search(before) is not None
    is_finite = is_factual or is_seen or is_present or re.search(r"\b(?:did|do|does)\b", group)
    if forms == {"base"} and not is_finite:
        return None
    is_bound = "ing" in forms or (is_factual and not re.search(r"^(?:\w+ )*(?:was|were|has|have|had)\b", group))
    verb = start - len(group) + _DATES.match(group).end()  # type: ignore[union-attr]
    return VerbGroup(
        group_start,
        verb,
        is_passive,
        _PERFECT.search(group) is not None,
        (is_bound and "ing" in forms) or group.lower().startswith("having"),
    )


def _came_then(clause: str, group: str, text: str, end: int) -> bool:
    """Whether a verb that ends there tells until when something went on: "they held out until X fell on <D>"."""
    return _UNTIL.search(clause) is not None and not _HAVE.search(group) and _ON_DAY.match(text, end) is not None


def has_happened(text: str, start: int, end: int) -> bool:
    """Whether a verb of any kind, at start..end, says that it happened: not "denied having forced"."""
    word = text[start:end].lower()
    form = "ing" if word.endswith("ing") else "past" if word.endswith(("ed", "led")) else "base"
    return verb_group(text, start, end, frozenset((form,)), is_report=word.endswith("s")) is not None


def is_denied(text: str, position: int) -> bool:
    """Whether the words before a position in its sentence or clause make what follows no report."""
    clause = _clause_before(text, position)
    return any(
        (blocker.sentence and blocker.sentence.search(text[:position]))
        or (blocker.before and blocker.before.search(clause))
        for blocker in BLOCKERS
    )


def _clause_before(text: str, position: int) -> str:
    """The words of the clause up to a position."""
    cut = 0
    for match in _CLAUSE.finditer(text, 0, position):
        cut = match.end()
    return text[cut:position]
