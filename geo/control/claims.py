"""Published figures about territory, checked against the map."""

from decimal import Decimal
from functools import partial
from typing import get_args

import pandas as pd

from geo.control.hierarchy import places_within
from geo.control.intervals import control_intervals
from geo.control.records import When
from geo.control.shares import area_held_km2
from geo.control.states import states_on
from geo.schema import COLUMNS, COMPARISONS, conform

EXTRACTED = "x-"
"""What the ids of claims begin with that a program has read."""


def with_extracted(claims: pd.DataFrame, territory_claims: pd.DataFrame) -> pd.DataFrame:
    """The claims, and those read from texts that can be checked in the same way, with ids that begin with EXTRACTED.

    territory_claims: table of that name. Of it count shares lost and areas left of a known place, "about" or "more
    than" a figure, that the claims do not have from the same document.
    """
    known = set(claims[["document_id", "quantity", "value"]].itertuples(index=False, name=None))
    rows = []
    for number, claim in enumerate(territory_claims.to_dict("records"), start=1):
        is_share = claim["measure"] == "lost" and pd.notna(claim["share_pct"])
        is_area = claim["measure"] in ("left", "held") and pd.notna(claim["area_km2"])
        quantity, value = ("share_lost_pct", claim["share_pct"]) if is_share else ("area_left_km2", claim["area_km2"])
        is_checked = (is_share or is_area) and claim["comparison"] in COMPARISONS and pd.notna(claim["place_id"])
        if is_checked and (claim["document_id"], quantity, value) not in known:
            same = {name: claim[name] for name in ("comparison", "place_id", "actor", "document_id", "quote")}
            day = {"claim_id": f"{EXTRACTED}{number}", "date": claim["latest_date"]}
            rows.append({**day, **same, "quantity": quantity, "value": value})
    read = conform("claims", pd.DataFrame(rows, columns=COLUMNS["claims"]))
    return pd.concat([claims, read], ignore_index=True) if rows else claims


def check_claims(
    claims: pd.DataFrame,
    baseline: pd.DataFrame,
    judged: pd.DataFrame,
    places: pd.DataFrame,
    start_date: pd.Timestamp,
    end_date: pd.Timestamp,
) -> pd.DataFrame:
    """The claims with what the map says: computed_low, computed_high, computed_doubt, inside.

    computed_low, computed_high: the smaller and the larger of the two values with every change on its earliest and
    on its latest possible day. computed_doubt: the value with undecided places counted half. All are in the unit of
    the claim's quantity, of the claim's actor in the claim's place (all places if none is named):
    `area_left_km2` is the area held on the claim's date, `share_lost_pct` the part of the area held on start_date
    that is no longer held then. A contested place counts half.

    inside (nullable boolean): whether the claim can be true on the map. "about": the published value, read as
    rounded to its last digit, meets low..high. "more_than": high is greater than the value. NA, with the computed
    values NaN, where there is nothing to compare: a date outside start_date..end_date, or a share of nothing.
    """
    computed = {}
    for when in get_args(When):
        intervals = control_intervals(baseline, judged, start_date, end_date, when)
        value = partial(_computed, intervals, places, pd.Timestamp(start_date), pd.Timestamp(end_date))
        computed[when] = [value(claim) for _, claim in claims.iterrows()]
    values = pd.DataFrame(computed, index=claims.index, dtype="float64")
    checked = claims.assign(
        computed_low=values[["earliest", "latest"]].min(axis="columns"),
        computed_high=values[["earliest", "latest"]].max(axis="columns"),
        computed_doubt=values["doubt"],
    )
    inside = [_is_inside(claim) for _, claim in checked.iterrows()]
    return checked.assign(inside=pd.Series(inside, index=claims.index, dtype="boolean"))


def _computed(
    intervals: pd.DataFrame,
    places: pd.DataFrame,
    start_date: pd.Timestamp,
    end_date: pd.Timestamp,
    claim: pd.Series,
) -> float:
    if not start_date <= claim["date"] <= end_date:
        return float("nan")
    if pd.notna(claim["place_id"]):
        intervals = intervals[intervals["place_id"].isin(places_within(claim["place_id"], places))]
    left_km2 = area_held_km2(states_on(intervals, claim["date"]), places, claim["actor"])
    if claim["quantity"] == "area_left_km2":
        return left_km2
    before_km2 = area_held_km2(states_on(intervals, start_date), places, claim["actor"])
    return 100 * (1 - left_km2 / before_km2) if before_km2 > 0 else float("nan")


def _is_inside(claim: pd.Series) -> bool | None:
    if pd.isna(claim["computed_low"]):
        return None
    if claim["comparison"] == "more_than":
        return bool(claim["computed_high"] > claim["value"])
    margin = _half_of_last_digit(claim["value"])
    return bool(claim["computed_low"] - margin <= claim["value"] <= claim["computed_high"] + margin)


def _half_of_last_digit(value: float) -> float:
    """Half a unit of the last digit that a figure shows: 0.5 for 60, 0.05 for 3.5."""
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), 0)
