"""Decisions reach the ledger whole or not at all, by those who may, on what they saw; and from there the map."""

import dataclasses
from collections.abc import Callable

import pytest

from geo.control.judging import judge_dataset
from geo.errors import EditConflictError, EntryError, ReviewError, RoleError
from geo.pipeline import Build, run
from geo.review.decisions import Decision
from geo.review.queue import review_queue
from geo.review.subjects import Subject, place_cells, subject_of
from geo.store.accounts import disable, set_role
from geo.store.ledger import Store
from geo.store.reviews import ReviewDesk
from geo.store.rows import Row
from geo.store.verify import verify

Find = Callable[..., Subject]


@pytest.fixture
def find(waiting_build: Build, desk: ReviewDesk) -> Find:
    """The subject of the first item of a kind: find("candidate")."""

    def first(kind: str, build: Build = waiting_build) -> Subject:
        queue = review_queue(build, desk.records())
        return subject_of(build, next(queue[queue["kind"] == kind].itertuples()))

    return first


def kinds(build: Build, desk: ReviewDesk) -> list[str]:
    return review_queue(build, desk.records())["kind"].tolist()


def rules(store: Store) -> dict[str, str]:
    """The rule that decides each event of the ledger."""
    held = store.ledger("small").dataset()
    judged = judge_dataset(held)
    return dict(zip(judged["event_id"], judged["rule"], strict=True))


def test_an_accepted_reading_becomes_a_record_of_the_user(
    store: Store, desk: ReviewDesk, find: Find, waiting_build: Build
) -> None:
    subject = find("candidate")
    record_id = desk.decide("rita", subject, Decision("accept", 0))
    events = store.ledger("small").dataset().events.set_index("event_id")
    made = events.loc[f"{record_id}.1"]
    assert (made["recorded_by"], made["supersedes"], made["to_actor"]) == ("rita", subject.item_id, "crown")
    assert rules(store)[f"{record_id}.1"] == "neutral_assessment"
    assert rules(store)[subject.item_id] == "superseded"
    assert "candidate" not in kinds(waiting_build, desk)
    assert "candidate" not in kinds(run(store.ledger("small").dataset()), desk)
    assert not any(verdict.faults for verdict in verify(store.engine))


def test_the_same_call_again_adds_nothing(store: Store, desk: ReviewDesk, find: Find) -> None:
    subject = find("candidate")
    first = desk.decide("rita", subject, Decision("accept", 0))
    before = store.ledger("small").entries()
    assert desk.decide("rita", subject, Decision("accept", 0)) == first
    assert store.ledger("small").entries() == before


def test_a_correction_replaces_what_was_read(store: Store, desk: ReviewDesk, find: Find) -> None:
    cells = {"place_id": "q1", "earliest_date": "2021-03-05", "latest_date": "2021-03-05"}
    record_id = desk.decide("rita", find("candidate"), Decision("correct", 0, cells=cells))
    made = store.ledger("small").dataset().events.set_index("event_id").loc[f"{record_id}.1"]
    assert (made["place_id"], made["date_precision"]) == ("q1", 1)


def test_a_place_of_the_world_is_added_with_the_correction(
    store: Store, desk: ReviewDesk, find: Find, waiting_build: Build
) -> None:
    world_place = next(each for each in waiting_build.places["place_id"] if each.startswith("gn"))
    decision = Decision("correct", 0, cells={"place_id": world_place})
    with pytest.raises(EntryError, match="not among the places"):
        desk.decide("rita", find("candidate"), decision)
    desk.decide("rita", find("candidate"), decision, place_cells(waiting_build, world_place))
    assert world_place in set(store.ledger("small").dataset().places["place_id"])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"latest_date": "2021-03-01"}, "before earliest_date"),
        ({"latest_date": "soon"}, "latest_date"),
        ({"status": "lost"}, "not a known code"),
        ({"to_actor": ""}, "needs an actor"),
        ({"recorded_by": "somebody"}, "cannot be corrected"),
        ({}, "Nothing was corrected"),
    ],
)
def test_a_wrong_correction_is_refused_whole(
    store: Store, desk: ReviewDesk, find: Find, cells: dict[str, str], message: str
) -> None:
    before = store.ledger("small").entries()
    with pytest.raises(ReviewError, match=message):
        desk.decide("rita", find("candidate"), Decision("correct", 0, cells=cells))
    assert store.ledger("small").entries() == before


def test_a_rejection_needs_a_reason_and_takes_the_reading_off_the_queue(
    store: Store, desk: ReviewDesk, find: Find, waiting_build: Build
) -> None:
    with pytest.raises(ReviewError, match="reason"):
        desk.decide("rita", find("candidate"), Decision("reject", 0))
    subject = find("candidate")
    desk.decide("rita", subject, Decision("reject", 0, "The sentence is about another Ostmere."))
    assert rules(store)[subject.item_id] == "superseded"
    assert "candidate" not in kinds(waiting_build, desk)


def test_of_reports_that_disagree_one_is_kept(store: Store, desk: ReviewDesk, find: Find) -> None:
    subject = find("disagreement")
    kept, other = subject.item_id, subject.rivals[0]["event_id"]
    assert {rules(store)[kept], rules(store)[other]} == {"contradicted"}
    desk.decide("rita", subject, Decision("accept", 0))
    assert rules(store)[kept] == "neutral_assessment"
    assert rules(store)[other] != "contradicted"


def test_undo_is_a_new_record_and_brings_the_item_back(
    store: Store, desk: ReviewDesk, find: Find, waiting_build: Build
) -> None:
    subject = find("candidate")
    record_id = desk.decide("rita", subject, Decision("accept", 0))
    length = len(store.ledger("small").entries())
    desk.undo("rolf", record_id, 1)
    assert len(store.ledger("small").entries()) == length + 2
    assert f"{record_id}.1" not in rules(store)
    assert rules(store)[subject.item_id] == "awaits_review"
    assert "candidate" in kinds(waiting_build, desk)
    desk.decide("rolf", find("candidate"), Decision("reject", 2, "No."))
    with pytest.raises(ReviewError, match="last decision"):
        desk.undo("rolf", record_id, 3)


def test_the_second_of_two_is_told_and_nothing_is_lost(store: Store, desk: ReviewDesk, find: Find) -> None:
    subject = find("candidate")
    desk.decide("rita", subject, Decision("accept", 0))
    before = store.ledger("small").entries()
    with pytest.raises(EditConflictError, match="rita"):
        desk.decide("rolf", subject, Decision("reject", 0, "No."))
    with pytest.raises(EditConflictError, match="rita"):
        desk.decide("rolf", subject, Decision("accept", 0))
    assert store.ledger("small").entries() == before
    with pytest.raises(ReviewError, match="decided already"):
        desk.decide("rolf", subject, Decision("reject", 1, "No."))


def test_an_event_that_was_changed_since_the_map_was_built_is_not_decided_on(
    store: Store, desk: ReviewDesk, find: Find
) -> None:
    subject = find("disagreement")
    cells = {**subject.event, "note": "looked at again"}
    store.ledger("small").append([Row("events", cells)], "ana")
    with pytest.raises(EditConflictError, match="ana"):
        desk.decide("rita", subject, Decision("accept", 0))


def test_who_may_not_decide_proposes_and_another_confirms(store: Store, desk: ReviewDesk, find: Find) -> None:
    subject = find("candidate")
    proposal = desk.decide("edit", subject, Decision("accept", 0, "Clear enough."))
    assert f"{proposal}.1" not in rules(store)
    with pytest.raises(RoleError, match="reviewer"):
        desk.confirm("edit", subject, 1)
    confirmed = desk.confirm("rita", subject, 1)
    events = store.ledger("small").dataset().events.set_index("event_id")
    assert events.loc[f"{confirmed}.1", "recorded_by"] == "rita"
    assert desk.records().iloc[-1]["confirms"] == proposal


def test_a_change_of_a_large_place_needs_a_second_person(store: Store, desk: ReviewDesk, find: Find) -> None:
    large = dataclasses.replace(find("candidate"), area_km2=5.1)
    proposal = desk.decide("rita", large, Decision("accept", 0))
    assert f"{proposal}.1" not in rules(store)
    with pytest.raises(RoleError, match="second person"):
        desk.confirm("rita", large, 1)
    desk.confirm("rolf", large, 1)
    assert rules(store)[large.item_id] == "superseded"
    unknown = dataclasses.replace(find("disagreement"), area_km2=None)
    desk.decide("rita", unknown, Decision("accept", 0))
    assert desk.records().iloc[-1]["proposal"]


def test_a_name_is_decided_and_remembered(desk: ReviewDesk, find: Find, waiting_build: Build) -> None:
    subject = find("place")
    with pytest.raises(ReviewError, match="which place"):
        desk.decide("rita", subject, Decision("accept", 0))
    desk.decide("rita", subject, Decision("accept", 0, place_id="gn2660646", remember=True))
    [remembered] = desk.remembered_names().to_dict("records")
    assert (remembered["toponym"], remembered["place_id"]) == ("Geneva", "gn2660646")
    assert "place" not in kinds(waiting_build, desk)


@pytest.mark.parametrize("user_id", ["vera", "nobody", "", "olga' or '1'='1"])
def test_nobody_writes_without_the_role(store: Store, desk: ReviewDesk, find: Find, user_id: str) -> None:
    subject, before = find("candidate"), store.ledger("small").entries()
    for decision in ("accept", "correct", "reject", "defer", "assign"):
        made = Decision(decision, 0, "because", cells={"place_id": "q1"}, assigned_to="rita")
        with pytest.raises(RoleError):
            desk.decide(user_id, subject, made)
    with pytest.raises(RoleError):
        desk.confirm(user_id, subject, 0)
    with pytest.raises(RoleError):
        desk.undo(user_id, "r1", 0)
    assert store.ledger("small").entries() == before


def test_a_role_that_was_taken_away_counts_at_once(store: Store, desk: ReviewDesk, find: Find) -> None:
    record_id = desk.decide("rita", find("candidate"), Decision("accept", 0))
    set_role(store.engine, "rita", "editor")
    with pytest.raises(RoleError, match="You are editor"):
        desk.undo("rita", record_id, 1)
    disable(store.engine, "rita")
    with pytest.raises(RoleError, match="disabled"):
        desk.decide("rita", find("place"), Decision("defer", 0))


def test_defer_and_assign_by_an_editor(desk: ReviewDesk, find: Find, waiting_build: Build) -> None:
    subject = find("candidate")
    desk.decide("edit", subject, Decision("assign", 0, assigned_to="rita"))
    deferred = desk.decide("edit", subject, Decision("defer", 1))
    item = review_queue(waiting_build, desk.records()).iloc[-1]
    assert (item["state"], item["assigned_to"], item["seen"]) == ("deferred", "rita", 2)
    desk.undo("edit", deferred, 2)
    with pytest.raises(RoleError):
        desk.decide("edit", subject, Decision("assign", 3, assigned_to="vera"))
