"""How codes, dates and events read in a sentence; states: `geo.maps.words`."""

from collections.abc import Sequence

import pandas as pd

from geo.control.rules import EXTRACTOR_PREFIX
from geo.maps.words import day, days, state_sentence

__all__ = ["day", "days", "state_sentence"]

DATE_PRECISION = {1: "exact day", 2: "two to six days", 3: "about a week", 4: "about a month", 5: "about a year"}
PLACE_PRECISION = {
    1: "exact place",
    2: "near a known point",
    3: "a district (second order)",
    4: "a province (first order)",
    5: "a larger or vague area",
    6: "a country",
    7: "at sea or in the air",
}
BASIS = {"observed": "a source names the place", "inferred": "inferred from its position"}
ASSERTION = {
    "assessed": "assessed",
    "claimed": "a claim",
    "disputed": "disputed",
    "attempt": "an attempt",
    "hypothetical": "a possibility",
    "negated": "denied",
}

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}

MATCH = {
    "exact": "the name itself",
    "alias": "another name",
    "transliterated": "written differently",
    "parent": "what contains it",
}
_FEATURES = {
    "PPL": "a town or village",
    "PPLA": "seat of a first-order division",
    "PPLA2": "seat of a second-order division",
    "PPLA3": "seat of a third-order division",
    "PPLA4": "seat of a fourth-order division",
    "PPLC": "a capital",
    "PPLX": "a part of a town",
    "ADM1": "a first-order division",
    "ADM2": "a second-order division",
    "ADM3": "a third-order division",
    "PCLI": "a country",
    "CONT": "a continent",
    "RGN": "a region",
    "SEA": "a sea",
    "OCN": "an ocean",
}
_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "ku": "Kurdish",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
}
_SIGNALS = {
    "population": "how many people live there",
    "country": "being a country",
    "region": "being a region of the world",
    "division": "being a first-order division",
    "division_of_city": "the rule that a city and its division, called alike, mean the city",
    "small_division": "being a division that is called so with the word",
    "capital": "being a capital",
    "alias": "whether this is its main name",
    "transliterated": "how closely the name fits",
    "dataset": "being a place of this dataset",
    "focus": "the country in focus",
    "container": "the place named beside it, which contains it",
    "said_kind": "the kind of place that the text says it is",
    "same_country": "other places of the text in the same country",
    "same_division": "other places of the text in the same division",
    "near": "other places of the text near it",
    "full_name": "the country's full name elsewhere in the text",
    "origin": "words that say where the text was written",
}


def feature(code: str) -> str:
    """A GeoNames feature code in words; one that is not known stays a code."""
    return _FEATURES.get(code, code)


def language(code: str) -> str:
    """An ISO 639-1 code in words; one that is not known stays a code."""
    return _LANGUAGES.get(code, code)


def recorded_by(who: str) -> str:
    """Who entered a record: a person, or a program that read it in a text."""
    return f"read by a program ({who})" if who.startswith(EXTRACTOR_PREFIX) else f"recorded by {who}"


def rating(reliability: str | None, credibility: str | None) -> str:
    """A rating in the Admiralty code, as in "Rated B2: usually reliable, probably true"; empty if there is none."""
    given = [
        (code, meanings[code])
        for code, meanings in ((reliability, RELIABILITY), (credibility, CREDIBILITY))
        if code is not None and not pd.isna(code)
    ]
    codes, phrases = "".join(code for code, _ in given), ", ".join(phrase for _, phrase in given)
    return f"Rated {codes}: {phrases}" if given else ""


def signal(signal_name: str) -> str:
    """A signal of `geo.places.resolution` as a phrase that can follow "because of"; a new one keeps its name."""
    return _SIGNALS.get(signal_name, signal_name.replace("_", " "))


def counted(number: int, what: str) -> str:
    """A number of things: 1 place, 2 places."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def listed(phrases: Sequence[str]) -> str:
    """Phrases in a row, with `and` before the last."""
    return " and ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)


def date_range(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    """One day, or the range of days that something happened in."""
    return day(earliest) if earliest == latest else f"between {day(earliest)} and {day(latest)}"


def change_sentence(status: str, from_actor: str, to_actor: str) -> str:
    """What an event says happened to its place."""
    sentences = {
        "controlled": f"Passes from {from_actor} to {to_actor}",
        "contested": f"Contested: {to_actor} against {from_actor}",
        "mixed": f"Mixed: {from_actor} and {to_actor}",
        "besieged": f"Besieged by {to_actor}",
        "unknown": "No longer known who holds it",
    }
    return sentences[status]
