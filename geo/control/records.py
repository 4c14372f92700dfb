"""The records of each place in the order in which they count: its baseline, changes of the map, and claims.

A change of the map:

- `controlled`: to_actor holds the place. `unknown`: nobody knows who holds it.
- `contested`, `mixed` and `besieged`: the place keeps its holder. That is the event's from_actor, also where it
  disagrees with the holder known so far (the event's own word counts from its day on, the days before stay as they
  were); where from_actor is missing, the holder known so far. to_actor is the contender, the other party present
  or the besieger.

A claim (`rules.RULES_OF_CLAIMS`) leaves the place with its holder and in its status. It speaks for its to_actor, and
a disputed event whose to_actor holds the place already for its from_actor; a claim that names no side is not read.
The last claim stands until the next change of the map, or until it is withdrawn: by an event that says it did not
happen (`negated`) and supersedes it. Newer beats older only among equals: the last dispute stands the same way, and
while it does, no claim is shown. A standing claim is shown unless it speaks for the holder. A place shows no more than
two sides, so where it is contested, mixed or besieged only a claim of its contender is shown.

Order: the day, then withdrawals before claims before changes (what is assessed outweighs a claim of the same day),
then latest_date, then event_id. A baseline row is the state on its date, before the events of that day. Until its
baseline row or first change a place is `unknown` (assessed, inferred: nothing has been reported).
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.control.rules import RULES_OF_CLAIMS, RULES_OF_DISPUTES
from geo.schema import DTYPES, STATUSES_THAT_KEEP_THE_HOLDER

When = Literal["doubt", "earliest", "latest"]
Integers = npt.NDArray[np.int64]
UNREPORTED, BASELINE, WITHDRAWAL, CLAIM, CHANGE = range(5)
_RECORDED = [
    "place_id", "event_id", "earliest_date", "latest_date", "from_actor", "to_actor", "status", "assertion", "basis",
]  # fmt: skip
_NOT_REPORTED = {"status": "unknown", "assertion": "assessed", "basis": "inferred"}


def records_in_order(baseline: pd.DataFrame, judged: pd.DataFrame, start: pd.Timestamp, when: When) -> pd.DataFrame:
    """One row per record of a place, sorted by place_id and by the order in which they count.

    Columns: place_id, event_id, earliest_date, latest_date, from_actor, to_actor, status, assertion, basis as in
    events; day (of the change, or from which a claim stands), step (UNREPORTED to CHANGE),
    actor (who holds the place from then on), contender (the other side of the state or of the claim), state (number
    of the row whose state the place then has) and claim (of the row with the claim that is shown, -1 if none).
    A claim's assertion is `claimed` or `disputed`, that of a change `assessed`: a rule found it good enough.
    when: "doubt" has a claim with a range of days twice, on its first and on its last day.
    """
    held = baseline[["place_id", "status", "basis"]].assign(
        day=baseline["date"], from_actor=baseline["actor"], to_actor=baseline["actor"], assertion="assessed"
    )
    changes = judged.loc[judged["changes_map"].astype(bool), _RECORDED]
    claims = judged.loc[judged["rule"].isin(RULES_OF_CLAIMS) & judged["to_actor"].notna(), [*_RECORDED, "rule"]]
    day = "earliest_date" if when == "earliest" else "latest_date"
    stated = pd.concat(
        [
            held.assign(step=BASELINE),
            _withdrawals(claims, judged, day).assign(step=WITHDRAWAL),
            _claims(claims, when).assign(step=CLAIM),
            changes.assign(day=changes[day], step=CHANGE, assertion="assessed"),
        ],
        ignore_index=True,
    )
    place_ids = pd.Series(stated["place_id"].unique(), dtype=DTYPES["text"])
    unreported = pd.DataFrame({"place_id": place_ids, **_NOT_REPORTED, "step": UNREPORTED})
    unreported["day"] = min(start, stated["day"].min()) if len(stated) else start
    records = pd.concat([unreported, stated], ignore_index=True)
    records = records.sort_values(["place_id", "day", "step", "latest_date", "event_id"], ignore_index=True)
    return _with_claims(_with_holder(records))


def _claims(claims: pd.DataFrame, when: When) -> pd.DataFrame:
    is_disputed = claims["rule"].isin(RULES_OF_DISPUTES) | (claims["assertion"] == "disputed")
    claims = claims.assign(assertion=np.where(is_disputed, "disputed", "claimed"), day=claims["latest_date"])
    if when == "latest":
        return claims
    first = claims.assign(day=claims["earliest_date"])
    if when == "earliest":
        return first
    return pd.concat([first, claims[claims["earliest_date"] < claims["latest_date"]]])


def _withdrawals(claims: pd.DataFrame, judged: pd.DataFrame, day: str) -> pd.DataFrame:
    """The claims that were withdrawn, on the day of their withdrawal."""
    withdrawing = judged[(judged["assertion"] == "negated") & judged["supersedes"].notna()]
    withdrawn_on = withdrawing.groupby("supersedes")[day].min().rename("day")
    return claims.merge(withdrawn_on, left_on="event_id", right_index=True)


def _with_holder(records: pd.DataFrame) -> pd.DataFrame:
    """Adds state, actor and contender; those of claims for the time being are those of the state beneath."""
    row = np.arange(len(records))
    is_state = ~records["step"].isin((WITHDRAWAL, CLAIM))
    keeps_holder = records["status"].isin(STATUSES_THAT_KEEP_THE_HOLDER)
    named = records["to_actor"].mask(keeps_holder, records["from_actor"]).mask(records["status"] == "unknown")
    # Every place begins with an unreported row, which names its (missing) holder, so nothing leaks between places.
    names_holder = is_state & ~(keeps_holder & named.isna())
    state = np.maximum.accumulate(np.where(is_state, row, 0))
    actor = named.take(np.maximum.accumulate(np.where(names_holder, row, 0))).set_axis(records.index)
    contender = records["to_actor"].where(keeps_holder & (records["to_actor"] != actor)).take(state)
    return records.assign(state=state, actor=actor, contender=contender.set_axis(records.index))


def _with_claims(records: pd.DataFrame) -> pd.DataFrame:
    """Adds claim, and the side that each claim speaks for as its contender."""
    row, is_claim = np.arange(len(records)), records["step"] == CLAIM
    denies_holder = (records["assertion"] == "disputed") & (records["to_actor"] == records["actor"])
    side = records["to_actor"].mask(denies_holder, records["from_actor"])
    status = records["status"].take(records["state"].to_numpy()).set_axis(records.index)
    has_room = ~status.isin(STATUSES_THAT_KEEP_THE_HOLDER) | (side == records["contender"])
    is_shown = (is_claim & side.notna() & (side != records["actor"]) & has_room).to_numpy(bool)

    withdrawal = pd.Series(row, index=records["event_id"])[(records["step"] == WITHDRAWAL).to_numpy(bool)]
    withdrawn_at = np.full(len(records), len(records))
    withdrawn_at[is_claim] = withdrawal.reindex(records.loc[is_claim, "event_id"]).fillna(len(records))
    is_state = ~records["step"].isin((WITHDRAWAL, CLAIM))
    claim = np.full(len(records), -1)
    for among in (is_claim, is_claim & (records["assertion"] == "disputed")):
        last = _last(records, is_state | among)
        stands = is_shown[last] & (row < withdrawn_at[last])
        claim = np.where(stands, last, claim)
    return records.assign(contender=records["contender"].mask(is_claim, side), claim=claim)


def _last(records: pd.DataFrame, counts: pd.Series) -> Integers:
    """For each row the last row that counts; of one event that comes twice in a row, the first."""
    row = np.arange(len(records))
    before = np.append(0, np.maximum.accumulate(np.where(counts, row, 0)))[:-1]
    goes_on = (records["step"] == CLAIM) & (
        records["event_id"] == records["event_id"].take(before).set_axis(records.index)
    )
    return np.maximum.accumulate(np.where(counts & ~goes_on, row, 0))
