"""Which places "both" or "the latter two" means."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 3 December rebels took Hanano and Shaar, but both were retaken by the Syrian army on 5 December.",
            ["Hanano 3", "Shaar 3", "Hanano 5", "Shaar 5"],
        ),
        (
            "On 3 December rebels took Hanano, Ban and Shaar. The Syrian army retook the latter two on 5 December.",
            ["Hanano 3", "Ban 3", "Shaar 3", "Ban 5", "Shaar 5"],
        ),
        (
            "On 2 December rebels fought in Hanano. Shaar was quiet. Both districts fell to rebels on 3 December.",
            [],
        ),
        (
            "On 2 December rebels attacked Hanano and Shaar. Both were taken on 3 December.",
            ["Hanano 3", "Shaar 3"],
        ),
        (
            "On 2 December rebels attacked Hanano, Ban and Shaar. Both were taken on 3 December.",
            [],
        ),
        (
            "On 2 December rebels attacked Hanano. Two days later they took the districts.",
            [],
        ),
    ],
)
def test_a_plural_means_the_places_that_were_told_of_together(told_in, text, expected):
    events = [group[0] for group in told_in(text) if group[0].kind == "change"]
    assert [f"{event.place.toponym} {event.latest.day}" for event in events if event.status == "controlled"] == expected
