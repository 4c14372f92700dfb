"""Which date of a sentence is that of a verb of change in it."""

import re

from geo.text.change_patterns import TRIGGER, links
from geo.text.dates import DateMention, date_precision
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change

ONLY_THE_YEAR = 5
"""The precision from which a date says no more than the year."""

_RESPECTIVELY = re.compile(r"<D\d+>,? respectively\b")
_CONTROL = re.compile(r"(?:'s)? (?:full |complete |firm )?(?:control|hands|grip|rule)\b")
_APART = re.compile(
    r"<P\d+>(?: [a-z]+)?(?:,? and [^,;<>]{0,30}(?:<P\d+>)?)?, "
    r"(?:the|an?|its|their|once|which|where|who|located|near|in|on) [^,;]*, "
    r"(?:early |late )?(?:on |in )?(?:the (?:night|morning|evening) of )?<D(\d+)>"
)
# "Took <P>, which fell on <D>, and <P>": the day of a place in a list.
_FELL_ON = re.compile(
    r"<P\d+>, which (?:fell|(?:was|were) (?:\w+ly |also |then )?(?:captured|taken|seized|liberated|overrun))"
    r"(?: to [^,;<>]{0,20}<A\d+>)? (?:only )?(?:on |in |by )?<D(\d+)>"
)
_AND_THE = re.compile(r"\band (?:the )?(?:\w+ )?\Z")
_BEFORE = 24
_BY_THE_WAY = re.compile(r"\b(?:which|that|who|where|when|having|whose|until) ")
# "took <P>, on <D> <P>": a date of the next place of a list.
_LEADS = re.compile(
    r"(?:,|\band),? (?:then |later )?(?:on |in |by )?(?P<date><D\d+>),? (?:the )?(?:\w+ of )?<P\d+>"
    r"(?= ?(?:[.,;)]|and\b|$))"
)
# "was captured, <P> on <D>": a date of the next place after a passive.
_OF_NEXT = re.compile(
    r"(?:,|,? and|,? but) (?:the )?(?:\w+ of )?<P\d+>,? (?:only )?(?:on |in |by )?(?P<date><D\d+>)"
    r"(?= ?(?:[.,;)]|and\b|$))"
)
# "fell to <A>, as did <P> on <D>": a date of what is only said likewise.
_OF_LIKE = re.compile(
    r", (?:and so|as) (?:also )?(?:did|was|were|had) (?:the )?(?:\w+ of )?<P\d+>,? (?:on |in |by )?(?P<date><D\d+>)"
)
_ASIDE = re.compile(r", (?:who|which|whose|where) [^,;]*,|\b(?:that|who|which) had [^,;]*,")
_BEGAN = re.compile(r"\b(?:launched|beg[au]n|started|opened|mounted)\b")
# "a truce signed <D> was broken": a date of the participle before it.
_OF_PARTICIPLE = re.compile(r"(?:ed|wn|en|un) (?:(?:on|in|at|by) )?<D\d+> (?:was|were|is|are|has|have|had|came|went)\b")
_OF_OTHERS = re.compile(r"\b(?:they|it|he|who|which|that|when|where) (?:had )?\S+ [^.;,]*(?:before|until|since) \Z")
_PRONOUN = 12
_PARTED = ("m", "c")
_LONG_AFTER, _AFTER_IT = links("verb_dates", "long_after"), links("verb_dates", "after_it")
_OTHER_CLAUSE = re.compile(";|, (?:while|whereas|and|but) ")
# "Regained all that they had lost on <D>, including X".
_THEY_LOST = re.compile(
    r"\b(?:they|it|<A\d+>) (?:had )?(?:lost|captured|seized|took|taken|gained|held|ceded)\b[^,;]*\Z"
)
_RELATIVE = re.compile(r"\b(?:which|whom?|where)\b[^,;.]{0,40}$")
# "After the capture of X, the army reached Y on <D>": the date is not that of the capture.
_LED_IN = re.compile(r"^(?:after|following|since|upon) [^,;.]*$", re.IGNORECASE)
_FOLLOWED, _AFTER_ANOTHER = links("verb_dates", "followed"), links("verb_dates", "after_another")
_CONTRAST, _HAS_VERB = re.compile(",? (?:although|though|whereas|but|only to) "), re.compile("[vVxz]")
_ANY_VERB, _OWN_VERB = re.compile("[vVxzl]"), re.compile("[vVz;S]|mc")
_REPORTED = links("verb_dates", "reported")
_IN_RELATIVE = re.compile(r"\b(?:which|who|whose|whom|where|in response to|in retaliation for) [^,;]*\Z")
_MARK = re.compile("[,;]")


def day_of(change: Change, sentence: Sentence) -> DateMention | None:
    """The date of a change: of what something else came days after, or that of its place in a list, or of its verb."""
    place_at = _place_at(change, sentence)
    is_taken = place_at > change.position and change.frame.status == "controlled" and not change.is_part
    fell = _FELL_ON.match(sentence.text, place_at) if is_taken else None
    own = sentence.clauses.dates[int(fell[1])] if fell else None
    return own or _base_of(change, sentence) or change.day or date_of(change, sentence)


def date_of(change: Change, sentence: Sentence) -> DateMention | None:
    """The date of a verb: one after it and its place and before the next verb, else the last before it, else any."""
    clauses = sentence.clauses
    is_led_in = change.frame.roles.startswith("noun") and _LED_IN.match(sentence.text[: change.position])
    if is_led_in or came_before(change, sentence):
        end = _clause_end(sentence.text, change.end)
        return next((clauses.dates[number] for at, number in clauses.symbols("D", change.position, end)), None)
    dates = [(at, clauses.dates[number]) for at, number in clauses.symbols("D")]
    dates = [(at, day) for at, day in dates if not _IN_RELATIVE.search(sentence.text, change.end, max(at, change.end))]
    dates = [(at, day) for at, day in dates if not _THEY_LOST.search(sentence.text, change.position, max(0, at))]
    own = [day for at, day in dates if change.position < at < _clause_end(sentence.text, change.end)]
    if own and all(day.precision >= ONLY_THE_YEAR for day in own):
        return own[0]
    dates = [(at, day) for at, day in dates if day.precision < ONLY_THE_YEAR] or dates
    if not dates:
        return None
    place_at = _place_at(change, sentence)
    own_words, apart = _CONTROL.match(sentence.text, change.end), _APART.match(sentence.text, place_at)
    if apart and place_at > change.position:
        return clauses.dates[int(apart[1])]
    stop = sentence.verb_after(own_words.end() if own_words else change.end)
    of_next = {lead.start("date") for lead in _OF_NEXT.finditer(sentence.text, change.end)}
    of_next |= {lead.start("date") for of in (_LEADS, _OF_LIKE) for lead in of.finditer(sentence.text, change.position)}
    after = [(at, day) for at, day in dates if change.position < at < stop and at not in of_next]
    after = [(at, day) for at, day in after if at > place_at] or after
    if any(at < change.position for at, _ in dates):
        of_others = _days_of_others(change, sentence)
        after = [(at, day) for at, day in after if all(day is not other for other in of_others)]
    after = [(at, day) for at, day in after if not _is_how_long(change, sentence, dates[0][0], day)]
    if after:
        at, day = after[0]
        return None if _is_told_by_the_way(change, sentence, at, day) else _respectively(change, sentence, at, day)
    before = [day for at, day in dates if at < change.position and not _goes_on(sentence, at, change.position, day)]
    if before:
        return next((day for day in reversed(before) if not _is_in_aside(sentence, day, change.position)), None)
    dates = [(at, day) for at, day in dates if not _is_of_other_verb(change, sentence, at)]
    if not dates:
        return None
    at, day = next(((at, day) for at, day in dates if day.onset is None), dates[0])
    if at > stop and _OF_OTHERS.search(sentence.text, stop - _PRONOUN, at):
        return None
    if day.onset is not None and change.kind == "change":
        return None
    return None if _is_told_by_the_way(change, sentence, at, day) else _respectively(change, sentence, at, day)


def came_before(change: Change, sentence: Sentence) -> bool:
    """Whether it came before what else the sentence tells: "retook X after it was seized", "days after they took Y", or
    in a relative clause, "on <D> they entered X, which rebels had captured".
    """
    before = sentence.text[: change.position]
    if _LONG_AFTER.search(before) or (change.place is None and _AFTER_IT.search(before)):
        return True
    return _RELATIVE.search(before) is not None and had_happened(change, sentence)


def had_happened(change: Change, sentence: Sentence) -> bool:
    """Whether "had" tells that it was over by the day of its sentence; "it was said that A had taken X" does not."""
    return change.is_past_perfect and not _REPORTED.search(sentence.text, 0, change.position)


def _is_how_long(change: Change, sentence: Sentence, first: int, day: DateMention) -> bool:
    """Whether "after two days" tells how long it took, as its only verb has a day: "on 6 May X fell after two days"."""
    is_counted = sentence.clauses.words[day.start : day.end].lower().startswith("after ")
    is_dated = first < change.position and not _ANY_VERB.search(sentence.gap(0, first))
    return is_counted and is_dated and not _OWN_VERB.search(sentence.gap(first, change.position))


def _days_of_others(change: Change, sentence: Sentence) -> list[DateMention]:
    """The days of other places that a comma parts from a verb: "X was captured on <D>, Y on <D>"."""
    parted = (
        phrase
        for phrase in sentence.places_after(change.end)
        if sentence.tags.before(phrase.start)[-1:] in _PARTED
        and all(one.place is not change.place for one in phrase.places)
    )
    return [one.day for phrase in parted for one in phrase.places if one.day]


def _base_of(change: Change, sentence: Sentence) -> DateMention | None:
    """Of the verb of "two days after the town fell" the day of that, None for others."""
    found = [(at, sentence.clauses.dates[number]) for at, number in sentence.clauses.symbols("D", 0, change.position)]
    at, day = found[-1] if found else (0, None)
    if day is None or day.base is None or _MARK.search(sentence.text, at, change.position):
        return None
    return day._replace(earliest=day.base[0], latest=day.base[1], precision=date_precision(*day.base), base=None)


def _is_told_by_the_way(change: Change, sentence: Sentence, at: int, day: DateMention) -> bool:
    """Whether a date that looks back is that of a clause after the verb ("took A, having failed two days earlier")."""
    looks_back = day.is_aside and day.precision < ONLY_THE_YEAR
    return looks_back and _BY_THE_WAY.search(sentence.text, change.end, max(change.end, at)) is not None


def _is_of_other_verb(change: Change, sentence: Sentence, at: int) -> bool:
    """Whether a date is that of the verb of a relative clause ("took A, which rebels say they held on Monday")."""
    relative = _BY_THE_WAY.search(sentence.text, change.end, max(change.end, at))
    contrast = _CONTRAST.search(sentence.text, change.end, max(change.end, at))
    is_contrast = contrast is not None and _HAS_VERB.search(sentence.gap(contrast.end(), at)) is not None
    is_before_it = _AFTER_ANOTHER.search(sentence.text[: max(0, at)], change.end) is not None
    return (
        is_contrast
        or _FOLLOWED.search(sentence.text, change.end, max(change.end, at)) is not None
        or is_before_it
        or (relative is not None and TRIGGER.search(sentence.text, relative.end(), at) is not None)
    )


def _is_in_aside(sentence: Sentence, day: DateMention, position: int) -> bool:
    """Whether a date stands in words that have ended before a verb ("A, which fell on Monday, took B")."""
    text = sentence.text
    asides = [match.span() for of in (_ASIDE, _OF_PARTICIPLE) for match in of.finditer(text, 0, position)]
    asides = [(start, end) for start, end in asides if not _BEGAN.search(text, start, end)]
    dates = [(at, sentence.clauses.dates[number]) for at, number in sentence.clauses.symbols("D")]
    at = next(at for at, one in dates if one is day)
    asides += [(start, _clause_end(text, start)) for start, one in dates if one.base is not None]
    return any(start < at < end < position for start, end in asides)


def _place_at(change: Change, sentence: Sentence) -> int:
    """Where the place of a change stands in the rewritten sentence, 0 if it has no name."""
    places = sentence.clauses.places
    found = [at for at, number in sentence.clauses.symbols("P") if places[number] is change.place]
    return found[0] if found else 0


def _goes_on(sentence: Sentence, at: int, position: int, day: DateMention) -> bool:
    """Whether a date before a verb is what another clause says has gone on since then."""
    return day.onset is not None and _OTHER_CLAUSE.search(sentence.text, at, position) is not None


def _respectively(change: Change, sentence: Sentence, at: int, day: DateMention) -> DateMention:
    """Of "A and B were taken on 5 and 12 May respectively" the day of the place."""
    if day.earliest == day.latest or not _RESPECTIVELY.match(sentence.text, at):
        return day
    named_at = _place_at(change, sentence) if change.place else sentence.text.rfind(change.noun, 0, at)
    is_second = _AND_THE.search(sentence.text, max(0, named_at - _BEFORE), max(0, named_at)) is not None
    only = day.latest if is_second else day.earliest
    return day._replace(earliest=only, latest=only, precision=1)


def _clause_end(text: str, position: int) -> int:
    mark = _MARK.search(text, position)
    return mark.start() if mark else len(text)
