from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.control.judging import judge
from geo.control.rules import RULES, rule_texts
from geo.control.settings import rule_settings, settings_table
from geo.schema import ASSERTIONS, COLUMNS, conform, empty_table
from geo.validation import check_table
from tests.control.histories import UNTIMED, day, events_of

ACTORS = pd.DataFrame({"actor_id": ["army", "militia", "rebels"], "side": ["state", "state", "revolt"]})
DOCUMENTS = conform(
    "documents",
    pd.DataFrame(
        {
            "document_id": ["news", "ministry", "leaflet", "second"],
            "publisher": ["News", "Ministry", "Rebels today", "Second"],
            "side": [None, "state", "revolt", None],
        },
        columns=COLUMNS["documents"],
    ),
)
CAPTURE = {
    "event_id": "e1",
    "place_id": "north",
    "earliest_date": day(5),
    "from_actor": "rebels",
    "to_actor": "army",
    "document_id": "news",
}
EXTRACTED = {**CAPTURE, "event_id": "x1", "recorded_by": "extractor/1"}


def judged(*rows: dict[str, Any], extracted_events: str = "review") -> pd.DataFrame:
    events = events_of(*rows)[COLUMNS["events"]]
    settings = rule_settings(settings_table({"extracted_events": extracted_events}))
    return judge(events, DOCUMENTS, ACTORS, settings=settings).set_index("event_id")


def ruling(*rows: dict[str, Any], extracted_events: str = "review") -> tuple[str, bool]:
    """Rule and changes_map of the first event."""
    first = judged(*rows, extracted_events=extracted_events).iloc[0]
    return first["rule"], bool(first["changes_map"])


def test_every_rule_is_explained_in_the_order_in_which_it_is_asked() -> None:
    texts = rule_texts()
    assert texts["rule"].tolist() == [rule.__name__ for rule in RULES]
    assert texts["changes_map"].dtype == bool
    assert (texts[["name", "reason"]].map(len) > 5).all(axis=None)


@pytest.mark.parametrize("assertion", ["attempt", "hypothetical", "negated"])
def test_what_did_not_happen_changes_nothing(assertion: str) -> None:
    assert ruling({**CAPTURE, "assertion": assertion}) == ("not_a_change", False)


def test_a_superseded_event_no_longer_counts() -> None:
    assert ruling(CAPTURE, {**CAPTURE, "event_id": "e2", "supersedes": "e1"}) == ("superseded", False)


def test_a_withdrawal_supersedes_and_changes_nothing_itself() -> None:
    table = judged(CAPTURE, {**CAPTURE, "event_id": "e2", "supersedes": "e1", "assertion": "negated"})
    assert table["rule"].tolist() == ["superseded", "not_a_change"]


WITHDRAWAL = {**CAPTURE, "event_id": "e2", "supersedes": "e1", "assertion": "negated"}


@pytest.mark.parametrize("report", [{"assertion": "claimed"}, {"assertion": "disputed"}, {"document_id": "ministry"}])
def test_a_claim_that_was_withdrawn_stays_a_claim(report: dict[str, Any]) -> None:
    claim = {**CAPTURE, **report}
    assert judged(claim, WITHDRAWAL)["rule"].tolist() == ["withdrawn_claim", "not_a_change"]
    assert not judged(claim, WITHDRAWAL)["changes_map"].any()
    correction = {**CAPTURE, "event_id": "e3", "supersedes": "e1"}
    assert ruling(claim, WITHDRAWAL, correction) == ("superseded", False)
    assert ruling({**claim, "recorded_by": "extractor/1"}, WITHDRAWAL) == ("superseded", False)


def test_an_admitted_loss_that_was_withdrawn_no_longer_counts() -> None:
    assert ruling({**CAPTURE, "document_id": "leaflet", "assertion": "claimed"}, WITHDRAWAL) == ("superseded", False)


def test_an_extracted_event_that_agrees_with_a_curated_one_corroborates_it() -> None:
    curated = {**CAPTURE, "earliest_date": day(3), "latest_date": day(5)}
    table = judged(EXTRACTED, curated)
    assert table["rule"].tolist() == ["corroborates", "neutral_assessment"]
    assert table["corroborates"].tolist()[0] == "e1"
    assert table["corroborates"].isna().tolist() == [False, True]


def test_it_corroborates_the_earliest_of_several_that_agree() -> None:
    later = {**CAPTURE, "event_id": "a", "earliest_date": day(4), "latest_date": day(9)}
    assert judged(EXTRACTED, later, CAPTURE).loc["x1", "corroborates"] == "e1"


@pytest.mark.parametrize(
    "difference",
    [
        {"place_id": "south"},
        {"to_actor": "militia"},
        {"status": "contested"},
        {"earliest_date": day(6), "latest_date": day(7)},
        {"earliest_date": day(3), "latest_date": day(4)},
        {"assertion": "hypothetical"},
        {"recorded_by": "extractor/2"},
    ],
)
def test_an_extracted_event_that_agrees_with_no_curated_one_waits_for_review(difference: dict[str, Any]) -> None:
    assert ruling(EXTRACTED, {**CAPTURE, **difference}) == ("awaits_review", False)


def test_an_extracted_event_does_not_corroborate_what_was_replaced() -> None:
    correction = {**CAPTURE, "event_id": "e2", "supersedes": "e1", "place_id": "south"}
    assert ruling(EXTRACTED, CAPTURE, correction) == ("awaits_review", False)


def test_extracted_events_count_where_the_dataset_says_so() -> None:
    assert ruling(EXTRACTED, extracted_events="apply") == ("neutral_assessment", True)
    assert ruling(EXTRACTED, CAPTURE, extracted_events="apply") == ("corroborates", False)


@pytest.mark.parametrize("document_id", ["news", "ministry", "leaflet"])
def test_a_disputed_change_is_not_drawn(document_id: str) -> None:
    disputed = {**CAPTURE, "document_id": document_id, "assertion": "disputed"}
    assert ruling(disputed) == ("disputed", False)


@pytest.mark.parametrize("assertion", ["assessed", "claimed"])
@pytest.mark.parametrize(
    ("document_id", "from_actor", "to_actor", "expected"),
    [
        ("leaflet", "rebels", "army", ("party_against_itself", True)),
        ("ministry", "militia", "rebels", ("party_against_itself", True)),
        ("ministry", "rebels", "army", ("party_for_itself", False)),
        ("ministry", "army", "militia", ("party_for_itself", False)),
        ("ministry", None, "rebels", ("party_for_itself", False)),
        ("leaflet", "army", "militia", ("party_for_itself", False)),
        ("leaflet", "rebels", None, ("party_against_itself", True)),
    ],
)
def test_a_party_is_believed_against_its_own_side_only(
    document_id: str, from_actor: str | None, to_actor: str | None, expected: tuple[str, bool], assertion: str
) -> None:
    report = {"document_id": document_id, "from_actor": from_actor, "to_actor": to_actor, "assertion": assertion}
    assert ruling({**CAPTURE, **report}) == expected


def test_what_a_neutral_source_passes_on_stays_a_claim() -> None:
    assert ruling({**CAPTURE, "assertion": "claimed"}) == ("claim", False)


@pytest.mark.parametrize("document_id", ["news", None])
def test_an_assessment_that_no_party_makes_changes_the_map(document_id: str | None) -> None:
    assert ruling({**CAPTURE, "document_id": document_id}) == ("neutral_assessment", True)


def test_rows_and_index_stay_and_nothing_given_is_changed() -> None:
    events = events_of(CAPTURE, EXTRACTED)[COLUMNS["events"]].set_axis([7, 3])
    before = events.copy(deep=True)
    table = judge(events, DOCUMENTS, ACTORS)
    pd.testing.assert_frame_equal(events, before)
    pd.testing.assert_frame_equal(table[COLUMNS["events"]], before)
    assert check_table("judged", conform("judged", table), "judged.csv") == []


def test_no_events() -> None:
    table = judge(empty_table("events"), empty_table("documents"), empty_table("actors"))
    pd.testing.assert_frame_equal(table, empty_table("judged"))


@st.composite
def reports(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = st.sampled_from(("army", "militia", "rebels", None))
    return [
        {
            "event_id": f"e{number}",
            "place_id": draw(st.sampled_from(("north", "south"))),
            "earliest_date": day(draw(st.integers(1, 4))),
            "from_actor": draw(names),
            "to_actor": draw(names),
            "assertion": draw(st.sampled_from(("assessed", *ASSERTIONS))),
            "document_id": draw(st.sampled_from(("news", "ministry", "leaflet", None))),
            "recorded_by": draw(st.sampled_from(("curator", "extractor/1"))),
            "supersedes": f"e{draw(st.integers(0, 9))}" if draw(st.booleans()) else None,
        }
        for number in range(draw(st.integers(1, 5)))
    ]


@UNTIMED
@given(reports(), st.sampled_from(("review", "apply")))
def test_rulings_do_not_depend_on_the_order_of_rows(rows: list[dict[str, Any]], extracted_events: str) -> None:
    forward = judged(*rows, extracted_events=extracted_events)
    backward = judged(*reversed(rows), extracted_events=extracted_events)
    pd.testing.assert_frame_equal(backward.loc[forward.index], forward)


@UNTIMED
@given(reports())
def test_only_an_unreplaced_assessment_or_admission_changes_the_map(rows: list[dict[str, Any]]) -> None:
    changing = judged(*rows).query("changes_map")
    assert set(changing["rule"]) <= {"party_against_itself", "independent_sources", "neutral_assessment"}
    assert set(changing["assertion"]) <= {"assessed", "claimed"}
    assert set(changing["recorded_by"]) <= {"curator"}
    assert not changing.index.isin([row["supersedes"] for row in rows]).any()


OTHER_REPORT = {**CAPTURE, "event_id": "e2", "to_actor": "militia", "document_id": "second"}


def test_two_documents_that_name_different_holders_on_one_day_are_disputed() -> None:
    table = judged(CAPTURE, OTHER_REPORT)
    assert table["rule"].tolist() == ["contradicted", "contradicted"]
    assert not table["changes_map"].any()


@pytest.mark.parametrize(
    "other",
    [
        {"from_actor": "army"},
        {"to_actor": "army"},
        {"document_id": "news"},
        {"earliest_date": day(6)},
        {"assertion": "claimed"},
        {"status": "contested"},
    ],
    ids=["one after the other", "same holder", "same document", "other days", "a claim", "no other holder"],
)
def test_reports_that_go_together_do_not_contradict_each_other(other: dict[str, Any]) -> None:
    assert ruling(CAPTURE, OTHER_REPORT | other) == ("neutral_assessment", True)


def test_a_correction_ends_a_contradiction() -> None:
    correction = {**OTHER_REPORT, "event_id": "e3", "to_actor": "army", "supersedes": "e2"}
    assert judged(CAPTURE, OTHER_REPORT, correction)["rule"].tolist() == [
        "neutral_assessment", "superseded", "neutral_assessment",
    ]  # fmt: skip
