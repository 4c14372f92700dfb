"""Place names in texts: recognised (`recognition`), and resolved to places (`geo.places.resolution`)."""

import json
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.places.gazetteer import Gazetteer
from geo.places.resolution import Query, Ranked, Resolution, Resolver
from geo.text.containment import containers
from geo.text.kinds import kinds
from geo.text.marked_names import with_more
from geo.text.names_in_text import Name
from geo.text.origin import origins
from geo.text.recognition import Recogniser
from geo.text.spacy_spans import Spans, open_model

if TYPE_CHECKING:
    import pandas as pd

MOST_CANDIDATES = 5
_FULL_TRUST = 3.0
_TRUST_IN_PEOPLE = 0.4
"""An adjective says less of where a text is than a name: French lessons are given everywhere."""
_SOMEWHERE_IN = 3
"""UCDP where_prec of what lies somewhere in or around a settlement."""


class Policy(NamedTuple):
    """What counts as a mention of a place besides its plain name.

    demonyms: names of peoples and adjectives ("Syrian"). embedded: a place's name within another thing's
    ("University of Aleppo").
    """

    demonyms: bool = False
    embedded: bool = False

    def counts(self, name: Name) -> bool:
        """Whether a name is a mention."""
        is_demonym, is_embedded = "demonym" in name.kind, "embedded" in name.kind
        return (self.demonyms or not is_demonym) and (self.embedded or not is_embedded)


class Toponyms(NamedTuple):
    """What the place names of documents are: tables `mentions` and `candidates`."""

    mentions: "pd.DataFrame"
    candidates: "pd.DataFrame"


class Reader:
    """Reads the place names of one text after another, and keeps what it learns about names.

    focus: ISO 3166-1 alpha-2 codes of the countries that the texts are about.
    also: gives offsets of further places in a text (`geo.text.spacy_spans`), which count where no name was found.
    """

    def __init__(self, gazetteer: Gazetteer, focus: Collection[str] = (), also: Spans | None = None) -> None:
        self.recogniser = Recogniser(gazetteer)
        self._also = also
        self._resolver = Resolver(gazetteer, focus)

    def read(self, text: str) -> list[tuple[Name, Resolution]]:
        """The names of places in a text, demonyms and embedded ones included, and what each means."""
        names = self.recogniser.names(text)
        if self._also is not None:
            names = with_more(self.recogniser, text, names, self._also(text))
        return self.resolve(text, names)

    def resolve(self, text: str, names: Sequence[Name]) -> list[tuple[Name, Resolution]]:
        """Names of a text, in order, and what each means."""
        return list(zip(names, self._resolver.resolve(queries(text, list(names)), origins(text)), strict=True))


def queries(text: str, names: list[Name]) -> list[Query]:
    """What resolution is to know about the names of a text."""
    inside = containers(text, names)
    return [
        Query(
            text[name.start : name.end],
            name.key,
            feature,
            container,
            is_other_word="demonym" in name.kind or name.is_abbreviated,
            trust=min(1.0, name.evidence / _FULL_TRUST) * (_TRUST_IN_PEOPLE if "demonym" in name.kind else 1.0),
        )
        for name, feature, container in zip(names, kinds(text, names), inside, strict=True)
    ]


@lru_cache(maxsize=2)
def reader(gazetteer: Gazetteer, focus: frozenset[str], model: str = "") -> Reader:
    """The reader for a gazetteer and a focus: the last two are kept, with what they have learnt.

    model: of spaCy, "" for none. Raises HoldlineError if it is not installed.
    """
    return Reader(gazetteer, focus, open_model(model) if model else None)


def find_mentions(
    documents: "pd.DataFrame", gazetteer: Gazetteer, focus: Collection[str] | None = None
) -> "pd.DataFrame":
    """The places that documents name: the table `mentions` of `read_toponyms`."""
    return read_toponyms(documents, gazetteer, focus).mentions


def find_candidates(
    documents: "pd.DataFrame", gazetteer: Gazetteer, focus: Collection[str] | None = None
) -> "pd.DataFrame":
    """The places that each mention can mean: the table `candidates` of `read_toponyms`."""
    return read_toponyms(documents, gazetteer, focus).candidates


def read_toponyms(
    documents: "pd.DataFrame",
    gazetteer: Gazetteer,
    focus: Collection[str] | None = None,
    policy: Policy = Policy(),  # noqa: B008
) -> Toponyms:
    """The places that documents name, and for each name the places that it can mean.

    documents: columns document_id and text; rows are read in their order.
    focus: ISO 3166-1 alpha-2 codes of the countries that the documents are about, or None.

    Rows are ordered by document and by start; mentions do not overlap, and `text[start:end] == toponym`, with
    offsets in characters of the document's text. A possessive ending is not part of the toponym. Names of
    people ("Zaid al-Saleh"), of organisations ("Aleppo Media Centre") and of a people ("Syrian") are no
    mentions, unless the policy says so.

    score: 0 to 1, the sum of the signals, a JSON object of what each contributes (`resolution.toml` explains them).
    margin: 0 to 1, how far the score of the next place elsewhere lies below. match: exact, alias, transliterated, or
    parent for a name that no gazetteer has, which stands for the place that contains it, or around which the text's
    places lie; place_precision is then that of the containing place, at least 3 (UCDP where_prec). A mention without
    place_id could not be decided: it waits for review.
    candidates: at most five for each mention, best first.
    """
    import pandas as pd  # not by those who only ask the reader: it takes more memory than all places of the world

    from geo.schema import COLUMNS, conform

    own = reader(gazetteer, frozenset(focus or ()))
    mentions: list[tuple[Any, ...]] = []
    candidates: list[tuple[Any, ...]] = []
    for document_id, text in zip(documents["document_id"], documents["text"], strict=True):
        for name, found in own.read(text):
            if policy.counts(name):
                mentions.append((document_id, *_mention(text, name, found)))
                candidates += [(document_id, name.start, *row) for row in _candidates(found)]
    return Toponyms(
        conform("mentions", pd.DataFrame(mentions, columns=COLUMNS["mentions"])),
        conform("candidates", pd.DataFrame(candidates, columns=COLUMNS["candidates"])),
    )


def _mention(text: str, name: Name, found: Resolution) -> tuple[Any, ...]:
    written = (name.start, name.end, text[name.start : name.end])
    best = found.best
    if best is None:
        score = found.ranked[0].score if found.ranked else 0.0
        return *written, None, score, found.margin, None, None, None
    return *written, best.place.place_id, best.score, found.margin, best.match, precision(best), _json(best)


def precision(found: Ranked) -> int:
    """UCDP where_prec of what a name was resolved to, at least 3 for the place that stands for one in it."""
    own = found.place.place_precision
    return max(own, _SOMEWHERE_IN) if found.match == "parent" else own


def _candidates(found: Resolution) -> Iterator[tuple[Any, ...]]:
    for rank, one in enumerate(found.ranked[:MOST_CANDIDATES], start=1):
        place = one.place
        where = (place.latitude, place.longitude, place.country_code, place.feature_code)
        yield rank, place.place_id, place.name, *where, one.score, one.match, _json(one)


def _json(one: Ranked) -> str:
    return json.dumps(one.signals)
