"""The places that one document names, as plain rows: what a worker hands back, without a table."""

from typing import NamedTuple

from geo.text.toponyms import Policy, Reader, precision


class MentionRow(NamedTuple):
    """One mention; the fields are the columns of `geo.parsing`, signals as they are, None for one that waits."""

    document: str
    start: int
    end: int
    toponym: str
    place_id: str | None
    name: str | None
    latitude: float | None
    longitude: float | None
    country_code: str | None
    feature_code: str | None
    score: float
    match: str | None
    precision: int | None
    signals: dict[str, float] | None


def mention_rows(
    document_id: str,
    text: str,
    reader: Reader,
    offset: int = 0,
    policy: Policy = Policy(),  # noqa: B008
) -> list[MentionRow]:
    """The mentions of a document by their start.

    offset: number of characters in the document's file before the text.
    """
    rows = []
    for name, found in reader.read(text):
        if not policy.counts(name):
            continue
        best = found.best
        written = (document_id, name.start + offset, name.end + offset, text[name.start : name.end])
        if best is None:
            score = found.ranked[0].score if found.ranked else 0.0
            rows.append(MentionRow(*written, *(None,) * 6, score, None, None, None))
        else:
            place = best.place
            rows.append(
                MentionRow(
                    *written,
                    place_id=place.place_id,
                    name=place.name,
                    latitude=place.latitude,
                    longitude=place.longitude,
                    country_code=place.country_code,
                    feature_code=place.feature_code,
                    score=best.score,
                    match=best.match,
                    precision=precision(best),
                    signals=best.signals,
                )
            )
    return rows
