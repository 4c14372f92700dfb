"""One mention of a place, opened: what it can mean, and what decided."""

import json
from collections.abc import Sequence
from contextlib import nullcontext
from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.places.gazetteer import Gazetteer
from geo.places.place import COUNTRY, DIVISION
from geo.places.world import PREPARING, World, is_prepared, open_world
from ui import words
from ui.fragments import code, join, link, name, paragraph, table
from ui.frame import Page
from ui.tables import Row, is_given, rows

_COMPARED = 3
_NAMED_REASONS = 3
_LEAST_DIFFERENCE = 0.005


class Mentions(NamedTuple):
    """The mentions of one document, with what explains them.

    mentions, candidates: rows of these tables. gazetteer: says what lies in what.
    """

    mentions: pd.DataFrame
    candidates: pd.DataFrame
    gazetteer: Gazetteer

    def of(self, mention: Row) -> list[Row]:
        """The candidates of a mention, best first."""
        return list(rows(self.candidates[self.candidates["start"] == mention.start].sort_values("rank")))


def mentions_of(page: Page, document: Row) -> Mentions:
    """The mentions in a document of the build."""
    mentions, candidates = page.build.mentions, page.build.candidates
    return Mentions(
        mentions[mentions["document_id"] == document.document_id],
        candidates[candidates["document_id"] == document.document_id],
        Gazetteer(page.build.places, _world()),
    )


def _world() -> World:
    """The places of the world; the first time ever somebody waits for them, and is told why."""
    with nullcontext() if is_prepared() else st.spinner(PREPARING):
        return open_world()


def is_waiting(mention: Row) -> bool:
    """Whether nothing decided what a name means, so that a person has to."""
    return not is_given(mention.place_id)


def mention_card(page: Page, document: Row, mention: Row, known: Mentions) -> Markup:
    """What a mention is taken for, its candidates, and the signals that decided between the best of them."""
    candidates = known.of(mention)
    parts = [_verdict(mention, candidates), _place_links(page, document, mention)]
    if candidates:
        parts += [_candidates(candidates, known.gazetteer), _comparison(candidates[:_COMPARED])]
    return Markup('<div class="hl-why">{}</div>').format(Markup("").join(parts))


def _verdict(mention: Row, candidates: Sequence[Row]) -> Markup:
    """The decision in a sentence, and the strongest reasons for it."""
    if is_waiting(mention):
        return paragraph(_waiting_sentence(mention, candidates))
    chosen = candidates[0] if candidates else None
    if mention.match == "parent":
        where = name(chosen.name) if chosen else code(mention.place_id)
        text = Markup("No gazetteer has this name. The text puts it in {}, and nobody knows where there: no point.")
        return paragraph(text.format(where))
    if chosen is None:
        return paragraph(Markup("Taken for {}.").format(code(mention.place_id)))
    taken = Markup("Taken for {}").format(_described(chosen))
    if len(candidates) == 1:
        return paragraph(Markup("{}, the only place of that name that it can mean here.").format(taken))
    reasons = words.listed([words.signal(signal) for signal in _reasons(candidates)])
    because = Markup(" because of {}").format(reasons) if reasons else Markup("")
    sentence = Markup("{}, not for {}{}: {:.2f} against {:.2f}.")
    return paragraph(sentence.format(taken, _described(candidates[1]), because, chosen.score, candidates[1].score))


def _waiting_sentence(mention: Row, candidates: Sequence[Row]) -> Markup:
    if not candidates:
        return Markup("No gazetteer has this name. It waits for review and is on no map.")
    best = Markup("The best candidate is {} with {:.2f}").format(_described(candidates[0]), candidates[0].score)
    ahead = (
        Markup(", {:.4f} ahead of any place elsewhere").format(mention.margin) if len(candidates) > 1 else Markup("")
    )
    return Markup("{}{}: not enough to decide. It waits for review and is on no map.").format(best, ahead)


def _place_links(page: Page, document: Row, mention: Row) -> Markup:
    if mention.place_id not in page.names.places:
        return Markup("")
    on_map = link(page.link(date=document.published, place=mention.place_id), "On the map")
    history = link(page.link("places", place=mention.place_id), "its names and history")
    return paragraph(join([on_map, history], ", "))


def _candidates(candidates: Sequence[Row], gazetteer: Gazetteer) -> Markup:
    columns = ["Rank", "Place", "Division", "Country", "What it is", "Match", "Score"]
    cells = [
        [
            str(candidate.rank),
            name(candidate.name),
            _containing(candidate, gazetteer, DIVISION),
            _containing(candidate, gazetteer, COUNTRY),
            Markup('<span title="{}">{}</span>').format(candidate.feature_code, words.feature(candidate.feature_code)),
            words.MATCH[candidate.match],
            f"{candidate.score:.2f}",
        ]
        for candidate in candidates
    ]
    return table(columns, cells, numbers=["Score"])


def _comparison(candidates: Sequence[Row]) -> Markup:
    """What each signal adds to the score of the best candidates, the one that divides them most first."""
    signals = [_signals(candidate) for candidate in candidates]
    columns = ["What counts", *(f"{candidate.rank}. {candidate.name}" for candidate in candidates)]
    cells = [
        [words.signal(signal), *(f"{each[signal]:+.2f}" if signal in each else "" for each in signals)]
        for signal in _by_difference(signals)
    ]
    return table(columns, cells, numbers=columns[1:])


def _reasons(candidates: Sequence[Row]) -> list[str]:
    """The signals that speak most for the first candidate against the second."""
    first, second = (_signals(candidate) for candidate in candidates[:2])
    ahead = {signal: value - second.get(signal, 0.0) for signal, value in first.items()}
    ahead |= {signal: -value for signal, value in second.items() if signal not in first}
    strongest = sorted(ahead, key=lambda signal: -ahead[signal])[:_NAMED_REASONS]
    return [signal for signal in strongest if ahead[signal] >= _LEAST_DIFFERENCE]


def _by_difference(signals: Sequence[dict[str, float]]) -> list[str]:
    def spread(signal: str) -> float:
        values = [each.get(signal, 0.0) for each in signals]
        return max(values) - min(values) if len(values) > 1 else abs(values[0])

    return sorted({signal for each in signals for signal in each}, key=lambda signal: (-spread(signal), signal))


def _signals(candidate: Row) -> dict[str, float]:
    return {str(signal): float(value) for signal, value in json.loads(candidate.signals).items()}


def _described(candidate: Row) -> Markup:
    return Markup("{} ({})").format(name(candidate.name), words.feature(candidate.feature_code))


def _containing(candidate: Row, gazetteer: Gazetteer, feature_code: str) -> Markup:
    """The division or country that a candidate lies in, as far as the gazetteer says."""
    found = [place.name for place in gazetteer.ancestors(candidate.place_id) if place.feature_code == feature_code]
    return name(found[0]) if found else Markup("")
