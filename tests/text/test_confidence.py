"""How sure events are: their features, what the weights make of them, and what is left out."""

from datetime import date
from math import exp

import pytest

from geo.text.actors import ActorLexicon
from geo.text.changes import extract_events, histories
from geo.text.clauses import PlaceMention
from geo.text.confidence import ALWAYS, LEAST, WEIGHTS, confidence_of, contributions, judge
from geo.text.events import Event
from geo.text.toponyms import find_mentions
from tests.places.samples import documents, sample_actors, sample_places

EVENT = Event(
    0, "change", "took", PlaceMention(0, 6, "Hanano", "N1", "PPLX"), date(2016, 12, 2), date(2016, 12, 2),
    "opp", "stated", "gov", "stated", "controlled", "assessed", None, None, 0.9,
)  # fmt: skip


@pytest.fixture(scope="module")
def features_of_all(small_gazetteer):
    """The features of the events of a text."""

    def found(text):
        frame = documents(text, published="2016-12-13")
        mentions = find_mentions(frame, small_gazetteer)
        (_, history, numbers), *_ = histories(frame, mentions, sample_places(), ActorLexicon(sample_actors()))
        return history.evidence(history.read(numbers))

    return found


@pytest.fixture(scope="module")
def features_of(features_of_all):
    """The features of the first event of a text."""
    return lambda text: features_of_all(text)[0]


@pytest.fixture(scope="module")
def features_of_last(features_of_all):
    """The features of the last event of a text."""
    return lambda text: features_of_all(text)[-1]


def test_an_event_has_the_features_of_how_it_was_read(features_of):
    assert features_of("Rebels captured most of Hanano on 2 December.") == [
        "days: in a list",
        "days: precision 1",
        "frame: took",
        "place: a part",
        "place: after the verb, not far",
        "place: of kind PPL",
        "taker: stated",
        "taker: stated, roles: take",
    ]


def test_what_is_inferred_is_a_feature(features_of):
    found = features_of("Rebels fought the Syrian army. On 2 December Hanano was captured.")
    assert "taker: inferred" in found
    assert "taker: inferred, nobody named" in found


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Rebels attacked Hanano on 1 December.", ["just before, alone", "just before, alone"]),
        ("The Syrian army fought rebels in Shaar and Hanano.", ["just before, of several", "just before, of several"]),
        ("Rebels attacked Hanano on 1 December. It rained.", ["before, alone", "before, alone"]),
    ],
)
def test_how_far_back_and_how_clear_is_what_words_stand_for(features_of, before, expected):
    found = features_of(f"{before} They took the district on 2 December.")
    place, taker = (name.partition("meant, ")[2] for name in found if ": meant" in name)
    assert [place, taker] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels took Hanano on 2 December. On that day Hanano was captured.", "told twice"),
        ("Rebels took Hanano. On 2 December they took Shaar.", "event before: the same side, stated"),
        ("Rebels attacked. On 2 December they took Shaar.", "taker: by a pronoun, named before it: it first"),
        ("Rebels met the army. It rained. On 2 December they took Shaar.", "taker: by a pronoun, roles: take"),
        ("Rebels came. It rained. Then they took Shaar.", "taker: by a pronoun, named before it: nobody"),
    ],
)
def test_what_stands_around_an_event_is_a_feature(features_of_last, text, expected):
    assert expected in features_of_last(text)


def test_how_early_it_was_does_not_matter_where_only_the_last_day_is_told(features_of):
    found = features_of("On 1 November rebels came. By 30 November they had captured Hanano.")
    assert "days: precision 1" in found


def test_what_goes_on_from_a_day_is_surer_than_what_only_stands_after_it(features_of):
    plain = features_of("On 2 December rebels attacked. Rebels captured Hanano.")
    in_sequence = features_of("On 2 December rebels attacked. Rebels also captured Hanano.")
    assert "days: carried on" in plain
    assert set(in_sequence) - set(plain) == {"days: carried on, in sequence"}
    assert confidence_of(in_sequence) > confidence_of(plain)


def test_features_are_the_same_however_often_a_text_is_read(features_of):
    text = "On 2 December rebels took Hanano, which the Syrian army had held; it fell a day later."
    assert features_of(text) == features_of(text)


def test_weights_make_a_probability():
    features = ["taker: stated", "days: precision 1", "no feature at all"]
    log_odds = WEIGHTS[ALWAYS] + sum(weight for _, weight in contributions(features))
    assert confidence_of(features) == pytest.approx(1 / (1 + exp(-log_odds)))


def test_what_a_text_states_is_surer_than_what_is_inferred(features_of):
    stated = features_of("Rebels captured Hanano from the Syrian army on 2 December.")
    inferred = features_of("Rebels fought the Syrian army. On 2 December, after a month, Hanano was captured.")
    assert confidence_of(stated) > confidence_of(inferred)


def test_features_that_decide_most_come_first():
    sizes = [abs(weight) for _, weight in contributions([name for name in WEIGHTS if name != ALWAYS])]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_not_likely_enough_is_not_told():
    against = [name for name, weight in WEIGHTS.items() if weight < 0]
    assert confidence_of(against) < LEAST
    assert judge(EVENT, against) is None


def test_what_speaks_against_an_event_is_told_with_it():
    one = min((name for name in WEIGHTS if name != ALWAYS), key=lambda name: WEIGHTS[name])
    for_it = [name for name, weight in WEIGHTS.items() if weight > 0 and name != ALWAYS]
    judged = judge(EVENT, [one, *for_it])
    assert judged is not None
    assert judged.reasons == (one,)


def test_statements_of_who_holds_a_place_stay():
    held = EVENT._replace(kind="hold")
    assert judge(held, [name for name, weight in WEIGHTS.items() if weight < 0]) == held


def test_the_note_says_what_makes_an_event_less_sure(small_gazetteer):
    frame = documents("Rebels captured most of Hanano from the army on 2 December.", published="2016-12-13")
    events = extract_events(frame, find_mentions(frame, small_gazetteer), sample_places(), sample_actors())
    assert events["note"].str.contains("Less sure because of: place: a part").any()
