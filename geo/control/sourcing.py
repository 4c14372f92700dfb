"""Who stands behind each report, how well they are rated, and which reports come from independent sources.

Behind a report stand the publisher of its document, the agency that the document names, and whoever the report names
as saying so (`claimed_by`). Two reports are independent if nobody stands behind both, and not both belong to the side
that gains. Of a report without a document, and of a claim that names nobody, it is not known who stands behind it: it
is independent of nothing.
"""

import numpy as np
import pandas as pd

from geo.control.settings import Rating, Threshold
from geo.schema import DTYPES

_VOICES = ("publisher", "agency", "claimer")
_SAME_CHANGE = ["place_id", "to_actor", "status"]
_ORDER = ["latest_date", "earliest_date", "event_id"]


def backing(events: pd.DataFrame, documents: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Indexed like the events: publisher, agency, claimer (names in one spelling), source_side, claimer_side,
    reliability and credibility.

    The side of a document is its own, else that of its publisher. A report is rated like the worst of its publisher
    (or, where that is not rated, its agency) and whom it names.
    """
    pairs = events[["document_id", "claimed_by"]]
    numbers = [pd.factorize(pairs[column], use_na_sentinel=False) for column in pairs]
    combination = numbers[0][0] * len(numbers[1][1]) + numbers[1][0]
    _, first, which = np.unique(combination, return_index=True, return_inverse=True)
    distinct = _backing(pairs.take(first).reset_index(drop=True), documents, actors, sources)
    return distinct.take(which).set_axis(events.index)


def _backing(
    reports: pd.DataFrame, documents: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """`backing` of each document_id with each claimed_by, numbered from 0."""
    cited = documents.set_index("document_id").reindex(reports["document_id"]).reset_index(drop=True)
    rated = sources.assign(name=_spelling(sources["publisher"])).drop_duplicates("name").set_index("name")
    voices = pd.DataFrame(
        {
            "publisher": _spelling(cited["publisher"]),
            "agency": _spelling(cited["agency"]),
            "claimer": _spelling(reports["claimed_by"]),
        }
    )
    side_of_actor = _found(reports["claimed_by"], actors.set_index("actor_id")["side"])
    of_publisher = {column: _found(voices["publisher"], rated[column]) for column in ("reliability", "credibility")}
    unrated = of_publisher["reliability"].isna() & of_publisher["credibility"].isna()
    worst = {}
    for column, cell in of_publisher.items():
        of_document = cell.where(~unrated, _found(voices["agency"], rated[column]))
        worst[column] = _later(of_document, _found(voices["claimer"], rated[column]))
    return voices.assign(
        source_side=cited["side"].fillna(_found(voices["publisher"], rated["side"])),
        claimer_side=side_of_actor.fillna(_found(voices["claimer"], rated["side"])),
        **worst,
    ).astype(DTYPES["text"])


def meets(threshold: Threshold, backed: pd.DataFrame) -> pd.Series:
    """Whether the rating of each row of `backing` is good enough."""
    rated = (backed["reliability"].notna() | backed["credibility"].notna()).to_numpy(bool)
    ratings = backed.loc[rated, ["reliability", "credibility"]].astype(object)
    pairs = ratings.where(ratings.notna(), None).itertuples(index=False, name=None)
    answers = np.full(len(backed), threshold.is_met_by(Rating()))
    answers[rated] = [threshold.is_met_by(Rating(*pair)) for pair in pairs]
    return pd.Series(answers, index=backed.index)


def agreeing(reports: pd.DataFrame, days_between: int) -> pd.DataFrame:
    """Pairs of reports of the same change by independent sources: event_id, event_id_other, each pair both ways round.

    reports: events that could confirm each other, with the columns of `backing`, and to_side. days_between: how many
    days may lie between them. The second of each pair is in the order of the days.
    """
    known = reports["publisher"].notna() & (reports["claimer"].notna() | (reports["assertion"] == "assessed"))
    gains = reports["to_side"].notna() & (
        (reports["source_side"] == reports["to_side"]) | (reports["claimer_side"] == reports["to_side"])
    )
    compared = reports.assign(gains=gains)[known & reports["to_actor"].notna()]
    compared = compared[[*_SAME_CHANGE, *_ORDER, *_VOICES, "gains"]].sort_values(_ORDER)
    pairs = compared.merge(compared, on=_SAME_CHANGE, suffixes=("", "_other"))
    between = pd.Timedelta(days=days_between)
    fits = (pairs["event_id"] != pairs["event_id_other"]) & ~(pairs["gains"] & pairs["gains_other"])
    fits &= (pairs["earliest_date"] - between <= pairs["latest_date_other"]) & (
        pairs["earliest_date_other"] - between <= pairs["latest_date"]
    )
    for voice in _VOICES:
        for other in _VOICES:
            fits &= ~(pairs[voice] == pairs[f"{other}_other"]).fillna(False).astype(bool)
    return pairs.loc[fits].sort_values([f"{column}_other" for column in _ORDER])


def confirmed_by(pairs: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Of reports that agree (`agreeing`), which one counts, and which ones support it: event_id -> the other one.

    The one that is certain first counts, so that the change is on the map once: those that come after it support it.
    One that agrees only with a supporter does neither: it may tell of another change.
    """
    keys = [list(zip(*(pairs[f"{column}{other}"] for column in _ORDER), strict=True)) for other in ("", "_other")]
    is_after = np.array([mine > theirs for mine, theirs in zip(*keys, strict=True)], dtype=bool)
    named = pairs[["event_id", "event_id_other"]]
    leading = named[~named["event_id"].isin(named.loc[is_after, "event_id"])]
    leads = leading.drop_duplicates("event_id")
    supporting = named[named["event_id_other"].isin(leads["event_id"])].drop_duplicates("event_id")
    counts, supports = (dict(table.itertuples(index=False, name=None)) for table in (leads, supporting))
    return counts, supports


def _found(names: pd.Series, cells: pd.Series) -> pd.Series:
    """The cell of each name, missing where there is none."""
    return names.map(cells).astype(DTYPES["text"])


def _spelling(names: pd.Series) -> pd.Series:
    return names.astype(DTYPES["text"]).str.strip().str.casefold()


def _later(one: pd.Series, other: pd.Series) -> pd.Series:
    """The later of two letters or digits, row by row; the one that is there where the other is missing."""
    return one.where(other.isna() | (one >= other).fillna(False).astype(bool), other)
