"""The queue holds what nobody has decided, and nothing else, in the order that its signals give."""

import dataclasses

import pandas as pd
import pytest

from geo.pipeline import Build
from geo.review.history import RECORD_COLUMNS
from geo.review.queue import QUEUE_COLUMNS, name_item_id, review_queue
from geo.review.roles import ROLES, least_role, may
from geo.schema import conform
from geo.store import tables

NOTHING = pd.DataFrame(columns=RECORD_COLUMNS, dtype=object)


def record(item_id: str, number: int, decision: str, **cells: object) -> dict[str, object]:
    return {"review_id": f"r{number}", "item_id": item_id, "decision": decision, "position": number} | cells


def records(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=RECORD_COLUMNS, dtype=object)


def item_of(queue: pd.DataFrame, kind: str) -> pd.Series:
    return queue[queue["kind"] == kind].iloc[0]


def test_each_kind_of_item_is_found_with_its_reason(waiting_build: Build) -> None:
    queue = review_queue(waiting_build, NOTHING)
    assert list(queue.columns) == QUEUE_COLUMNS
    assert queue["kind"].tolist() == ["disagreement", "disagreement", "candidate", "place"]
    assert set(queue.loc[queue["kind"] == "disagreement", "event_id"]) == {"e6", "e7"}
    candidate = item_of(queue, "candidate")
    assert "captured Ostmere" in candidate["quote"]
    assert candidate["area_km2"] == 2.5
    name = item_of(queue, "place")
    assert (name["toponym"], name["document_id"]) == ("Geneva", "herald-2021-03-01")
    text = waiting_build.dataset.documents.set_index("document_id").loc["herald-2021-03-01", "text"]
    assert text[name["start"] : name["end"]] == "Geneva"
    assert "Geneva, Switzerland" in name["quote"]
    assert queue["reason"].str.endswith(".").all()


@pytest.mark.parametrize("decision", ["accept", "reject", "correct"])
def test_the_first_decision_ends_a_disagreement_and_undo_brings_it_back(waiting_build: Build, decision: str) -> None:
    decided = record("e6", 1, decision)
    assert "disagreement" not in set(review_queue(waiting_build, records(decided))["kind"])
    proposal = record("e6", 1, decision, proposal="{}")
    assert set(review_queue(waiting_build, records(proposal))["item_id"]) >= {"e6", "e7"}
    undone = records(decided, record("e6", 2, "undo", undoes="r1"))
    assert set(review_queue(waiting_build, undone)["item_id"]) >= {"e6", "e7"}


def test_of_three_that_disagree_one_taken_back_leaves_two(waiting_build: Build) -> None:
    third = waiting_build.events[waiting_build.events["event_id"] == "e6"].assign(event_id="e9", to_actor="third")
    events = pd.concat([waiting_build.events, third], ignore_index=True)
    build = dataclasses.replace(waiting_build, events=conform("judged", events))

    def left(decision: str) -> set[str]:
        queue = review_queue(build, records(record("e9", 1, decision)))
        return set(queue.loc[queue["kind"] == "disagreement", "event_id"])

    assert left("reject") == {"e6", "e7"}
    assert left("accept") == set()


def test_a_change_far_from_its_new_holders_ground_is_flagged(waiting_build: Build) -> None:
    far = waiting_build.areas.copy()
    far.loc[far["place_id"] == "q3", "geometry"] = far.loc[far["place_id"] == "q3"].translate(3.0).to_numpy()
    events = waiting_build.events.copy()
    events.loc[events["event_id"] == "e3", ["rule", "changes_map"]] = ["neutral_assessment", True]
    build = dataclasses.replace(waiting_build, areas=far, events=conform("judged", events))
    item = item_of(review_queue(build, NOTHING), "implausible")
    assert item["place_id"] == "q3"
    assert "km away" in item["reason"]


def test_priority_grows_with_each_signal(waiting_build: Build) -> None:
    before = item_of(review_queue(waiting_build, NOTHING), "candidate")["priority"]
    places = waiting_build.places.copy()
    places.loc[places["place_id"] == "q2", "area_km2"] = 100.0
    larger = dataclasses.replace(waiting_build, places=places)
    assert item_of(review_queue(larger, NOTHING), "candidate")["priority"] > before
    events = waiting_build.events.copy()
    events.loc[events["rule"] == "awaits_review", "confidence"] = 0.0
    unsure = dataclasses.replace(waiting_build, events=events)
    assert item_of(review_queue(unsure, NOTHING), "candidate")["priority"] < before


@pytest.mark.parametrize("decision", ["accept", "correct", "reject"])
def test_what_is_decided_leaves_the_queue_and_comes_back_when_undone(waiting_build: Build, decision: str) -> None:
    item_id = item_of(review_queue(waiting_build, NOTHING), "candidate")["item_id"]
    decided = record(item_id, 1, decision)
    assert item_id not in set(review_queue(waiting_build, records(decided))["item_id"])
    undone = record(item_id, 2, "undo", undoes="r1")
    back = review_queue(waiting_build, records(decided, undone)).set_index("item_id").loc[item_id]
    assert (back["state"], back["seen"]) == ("open", 2)


def test_deferred_items_come_last_and_assigned_ones_say_to_whom(waiting_build: Build) -> None:
    first = review_queue(waiting_build, NOTHING)["item_id"].iloc[0]
    deferred = record(first, 1, "defer")
    assigned = record(first, 2, "assign", assigned_to="rita")
    last = review_queue(waiting_build, records(deferred, assigned)).iloc[-1]
    assert (last["item_id"], last["state"], last["assigned_to"]) == (first, "deferred", "rita")


def test_a_proposal_stays_in_the_queue(waiting_build: Build) -> None:
    first = review_queue(waiting_build, NOTHING)["item_id"].iloc[0]
    waiting = review_queue(waiting_build, records(record(first, 1, "accept", proposal="{}")))
    assert waiting.set_index("item_id").loc[first, "state"] == "proposed"


def test_names_are_one_item_a_document() -> None:
    assert name_item_id("d", "Sheikh Saïd") == name_item_id("d", "sheikh said") != name_item_id("e", "Sheikh Said")
    assert name_item_id("d", "???") != name_item_id("d", "!!!")


def test_roles_are_those_of_the_database_and_grow() -> None:
    assert ROLES == tables.ROLES
    assert [may(role, "decide") for role in ROLES] == [False, False, True, True]
    assert [may(role, "propose") for role in ROLES] == [False, True, True, True]
    assert not may("administrator", "read")
    assert least_role("manage") == "owner"
