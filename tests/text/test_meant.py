"""Which place "the town", "it" or "both" means, of texts that name several."""

import pytest


@pytest.fixture(scope="module")
def taken(told_in):
    """The places that change hands in a text, with the day of the month."""

    def taken_in(text):
        events = [group[0] for group in told_in(text)]
        return [f"{event.place.toponym} {event.latest.day}" for event in events if event.kind == "change"]

    return taken_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 3 December rebels attacked the town of Kafr Zan. On 5 December they took the village of Tal Ban. "
            "The town fell on 8 December.",
            ["Tal Ban 5", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels entered Kafr Zan, a small town, and took Tal Ban and Ain Zan villages. "
            "The town fell on 8 December.",
            ["Kafr Zan 3", "Tal Ban 3", "Ain Zan 3", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels entered Kafr Zan, a small village, and took Tal Ban. The village fell on 8 December.",
            ["Kafr Zan 3", "Tal Ban 3", "Tal Ban 8"],
        ),
    ],
)
def test_the_town_is_none_that_the_text_calls_a_village(taken, text, expected):
    assert taken(text) == expected
