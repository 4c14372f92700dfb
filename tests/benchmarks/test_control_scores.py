"""How events are matched with labels and what the scores are."""

from datetime import date

import pytest

from benchmarks.control_scores.extractor import Run
from benchmarks.control_scores.labels import Label, Mention
from benchmarks.control_scores.matching import Found, match
from benchmarks.control_scores.report import Part, report
from benchmarks.control_scores.scores import Share, by_pattern, f1, outcome_of, recall_by, score
from tests.benchmarks.control_labels import BETA, GAMMA, found, label

BETA_LOST = label(
    event="2", mentions=(Mention(*BETA, 42, 46),), toponym="Beta", place_id="p-beta", names=frozenset({"beta"})
)
GAMMA_ATTEMPT = label(
    event="3", kind="attempt", mentions=(Mention(*GAMMA, 70, 75),), toponym="Gamma", names=frozenset({"gamma"})
)
GAMMA_FOUND = found(start=GAMMA[0], end=GAMMA[1], toponym="Gamma")


@pytest.mark.parametrize(
    ("event", "is_right"),
    [
        (found(), True),
        (found(toponym="al-Alpha"), True),
        (found(toponym="the town", place_id="p-alpha"), True),
        (found(toponym="Alpha road junction"), True),
        (found(toponym="Alpha road junction", place_id="p-junction"), False),
        (found(toponym="Alpha road junction", start=48, end=76), False),
        (found(toponym="Alphaville"), False),
        (found(latest=date(2020, 5, 4)), True),
        (found(latest=date(2020, 5, 5)), False),
        (found(earliest=date(2020, 5, 1)), False),
        (found(to_actor="army"), False),
        (found(to_actor=None), False),
        (found(toponym="Beta"), False),
        (found(document="another.md"), False),
        (found(status="contested", from_actor=None, assertion="claimed"), True),
    ],
)
def test_an_event_is_right_by_place_actor_and_day(event: Found, is_right: bool) -> None:
    outcome = match([label()], [event])
    assert bool(outcome.right) is is_right
    assert bool(outcome.wrong) is bool(outcome.missed) is not is_right


def test_days_within_a_longer_range_are_right_and_a_wider_range_is_not() -> None:
    week = label(earliest=date(2020, 5, 1), latest=date(2020, 5, 7))
    assert match([week], [found()]).right
    assert not match([label()], [found(earliest=date(2020, 5, 1), latest=date(2020, 5, 7))]).right


def test_where_the_first_day_is_open_only_the_last_counts() -> None:
    by = label(open_start=True, earliest=date(2020, 5, 1))
    assert match([by], [found(earliest=date(2020, 4, 3))]).right
    assert not match([by], [found(latest=date(2020, 5, 1), earliest=date(2020, 5, 1))]).right


def test_an_event_found_twice_is_right_once_and_not_wrong() -> None:
    outcome = match([label()], [found(), found(start=48, end=76)])
    assert len(outcome.right) == len(outcome.repeated) == 1
    assert not outcome.wrong


def test_of_two_labels_the_one_of_the_sentence_is_taken() -> None:
    again = label(event="2", mentions=(Mention(*BETA, 42, 46),))
    (pair,) = match([label(), again], [found(start=BETA[0], end=BETA[1])]).right
    assert pair[0].event == "2"


def test_what_labels_leave_open_is_neither_right_nor_wrong() -> None:
    outcome = match([label(kind="optional")], [found()])
    assert len(outcome.excused) == 1
    assert not outcome.right and not outcome.wrong and not outcome.missed


@pytest.mark.parametrize(
    ("event", "cause"),
    [
        (found(latest=date(2020, 6, 1)), "date"),
        (found(to_actor="army"), "to-actor"),
        (GAMMA_FOUND, "no change: attempt"),
        (found(toponym="Delta"), "another place of the sentence"),
        (found(start=90, end=99, toponym="Delta"), "unlabelled sentence"),
    ],
)
def test_wrong_events_say_why(event: Found, cause: str) -> None:
    assert [why for _, why in match([label(), GAMMA_ATTEMPT], [event]).wrong] == [cause]


@pytest.mark.parametrize(
    ("events", "cause"),
    [
        ([], "sentence not read"),
        ([found(toponym="Delta")], "place missed in a sentence that was read"),
        ([found(to_actor="army")], "to-actor"),
        ([found(latest=date(2020, 6, 1))], "date"),
    ],
)
def test_missed_labels_say_why(events: list[Found], cause: str) -> None:
    assert [why for _, why in match([label()], events).missed] == [cause]


def test_precision_recall_and_accuracies() -> None:
    labels = [label(), BETA_LOST, GAMMA_ATTEMPT]
    events = [
        found(status="contested", from_actor=None),
        found(start=BETA[0], end=BETA[1], toponym="Beta", latest=date(2020, 6, 1)),
        GAMMA_FOUND,
    ]
    scores = score(labels, events, outcome_of(labels, events))
    assert (scores.precision, scores.recall) == (Share(1, 3), Share(1, 2))
    assert f1(scores.precision, scores.recall) == pytest.approx(0.4)
    assert (scores.place_and_actor_precision, scores.place_and_actor_recall) == (Share(2, 3), Share(2, 2))
    assert scores.accuracies["to-actor"] == Share(2, 2)
    assert scores.accuracies["from-actor"] == scores.accuracies["from-actor, to be inferred"] == Share(1, 2)
    assert scores.accuracies["from-actor, stated"] == Share(0, 0)
    assert scores.accuracies["date within a day"] == Share(1, 2)
    assert scores.accuracies["status"] == Share(1, 2)
    assert scores.accuracies["assertion"] == Share(2, 2)


def test_calibration_puts_confidence_beside_what_was_right() -> None:
    events = [found(confidence=1.0), GAMMA_FOUND._replace(confidence=0.6)]
    scores = score([label()], events, outcome_of([label()], events))
    filled = [(low, share, mean) for low, _, share, mean in scores.calibration if share.of]
    assert filled == [(0.6, Share(0, 1), 0.6), (0.9, Share(1, 1), 1.0)]
    assert scores.brier == pytest.approx(0.18)


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert Share(5, 5).interval == pytest.approx((0.5655, 1.0), abs=1e-4)
    assert Share(0, 0).interval is None


def test_nothing_found_gives_no_precision() -> None:
    scores = score([label()], [], outcome_of([label()], []))
    assert scores.precision.value is None and scores.brier is None
    assert f1(scores.precision, scores.recall) is None


def test_breakdowns_count_by_pattern_and_by_label() -> None:
    labels = [label(), BETA_LOST._replace(feature="hill")]
    outcome = outcome_of(labels, [found(), GAMMA_FOUND._replace(pattern="stormed")])
    assert by_pattern(outcome) == {"took": Share(1, 1), "stormed": Share(0, 1)}
    assert recall_by(labels, outcome, lambda one: one.feature) == {"settlement": Share(1, 1), "hill": Share(0, 1)}


def _report(split: str, labels: list[Label], events: list[Found]) -> str:
    return report([Part("given", split, labels, Run(events, 1, 0.5), outcome_of(labels, events))], ["not_here.md"])


def test_errors_are_listed_for_develop_and_only_counted_for_test() -> None:
    labels, events = [label(), BETA_LOST], [GAMMA_FOUND]
    develop, test = _report("develop", labels, events), _report("test", labels, events)
    assert "| made_up.md | 48–76 | Gamma | rebels | 0.90 | unlabelled sentence |" in develop
    assert "Gamma" not in test and "Beta" not in test
    assert "| unlabelled sentence | 1 |" in test
    assert "Left out, because their texts are not here: not_here.md." in test


def test_news_gives_the_rate_of_false_events() -> None:
    part = Part("world", "news", [], Run([found()], 500, 1.0), outcome_of([], [found()]))
    scored = Part("world", "test", [label()], Run([], 1, 1.0), outcome_of([label()], []))
    assert "1 events in 500 articles: **2.0 per 1,000** (to reach: 2); 500 articles a second" in report(
        [scored, part], []
    )
