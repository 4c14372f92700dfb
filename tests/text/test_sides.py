"""Which side a text means where it names none beside the change."""

import pytest

from geo.text.actors import ActorLexicon
from tests.places.samples import sample_actors


@pytest.fixture(scope="module")
def takers(told_in):
    """Place and taker of each change of a text."""

    def takers_of(text):
        events = [group[0] for group in told_in(text)]
        return [(event.place.key, event.to_actor) for event in events if event.kind == "change"]

    return takers_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels and government forces fought for a month. On 2 December rebels went over to the attack, and "
            "Hanano was captured on the same day.",
            ("N1", "opp"),
        ),
        (
            "Rebels met government forces. Government forces had slept, government forces had eaten. The rebels were "
            "caught unprepared. Hanano fell on 2 December.",
            ("N1", "gov"),
        ),
        (
            "Rebels took Shaar on 1 December. Rebels took Salaheddine on 2 December. Government forces attacked. The "
            "rebels fled and Hanano was taken on 3 December.",
            ("N1", "gov"),
        ),
        (
            "Government forces entered Hanano on 1 December. Rebels took Shaar on 2 December. Rebels took Sakhour on "
            "2 December. Hanano was surrounded on 3 December.",
            ("N1", "opp"),
        ),
        (
            "Government forces took Shaar on 1 December. Hanano changed hands for the third time on 2 December, when "
            "it was seized by rebels.",
            ("N1", "opp"),
        ),
        (
            "## The rebel offensive\n\nGovernment forces, which sent for help, kept still. Hanano fell on 2 December.",
            ("N1", "opp"),
        ),
        (
            "Government forces fled. Some rebels sang, other rebels wept. Hanano fell on 2 December. Rebels slept.",
            ("N1", "opp"),
        ),
        (
            "Rebels attacked at dawn. Rebels stormed the road. "
            "Government forces conceded that Hanano had been captured on 2 December.",
            ("N1", "opp"),
        ),
        (
            "Rebels attacked. Rebels took Sakhour on 1 December. Rebels took Ramouseh on 1 December. On 2 December "
            "government forces captured Shaar. Hanano was also captured. By 3 December only Shaar was held by rebels.",
            ("N1", "gov"),
        ),
        (
            "On 2 December government forces reported Hanano captured by the enemy. Rebels were pleased.",
            ("N1", "opp"),
        ),
        (
            "Hanano, a district where rebels had kept an outpost, was wrested from them by night on 2 December. "
            "Government forces advanced.",
            ("N1", "gov"),
        ),
        (
            "Rebels attacked at dawn. The attackers broke in, and on 2 December government forces said that they had "
            "captured Hanano.",
            ("N1", "opp"),
        ),
        (
            "On 2 December rebels captured Hanano. The Syrian army sent tanks. Hanano was recaptured on 4 December.",
            ("N1", "gov"),
        ),
        (
            "Rebels attacked, rebels advanced. Government forces recaptured Shaar. Hanano was regained on 2 December.",
            ("N1", "gov"),
        ),
        (
            "Rebels sang. Rebels attacked, and Hanano, which the rebels had held in May, was captured on 2 December. "
            "Government forces wept.",
            ("N1", "gov"),
        ),
        (
            "Rebels took Shaar on 1 December. On 2 December government forces launched an offensive, during which "
            "Hanano was captured. Rebels took Sakhour on 3 December. Rebels advanced.",
            ("N1", "gov"),
        ),
        (
            "Rebels attacked, rebels advanced. The Syrian army's 4th Armoured Division fought. On 2 December the 4th "
            "Division captured Hanano.",
            ("N1", "gov"),
        ),
        (
            "Rebels attacked at dawn. On 2 December they said that Hanano had been captured, a claim denied by the "
            "army.",
            ("N1", "opp"),
        ),
        (
            "Rebels advanced. Hanano, the last district held by rebels, fell on 2 December. The Syrian army sang.",
            ("N1", "gov"),
        ),
        (
            "Rebels sang. Government forces met little resistance, and Hanano fell on 2 December.",
            ("N1", "gov"),
        ),
        (
            "A rebel attack on the road was repelled by the Syrian army. On 2 December Hanano was captured.",
            ("N1", "gov"),
        ),
        (
            "Rebels attacked. The Syrian army then began its own offensive, and Hanano was captured on 2 December.",
            ("N1", "gov"),
        ),
        (
            "Rebels advanced against Kurdish forces. On 2 December they withdrew from Hanano.",
            ("N1", "opp"),
        ),
        (
            "On 2 December the Syrian army withdrew from Hanano after weeks of fighting with rebels.",
            ("N1", "opp"),
        ),
        (
            "Rebels advanced. Hanano fell on 2 December. Government forces retook Shaar on 3 December, retook Sakhour "
            "on 5 December and retook Masakin Hanano on 6 December.",
            ("N1", "opp"),
        ),
        (
            "On 2 December rebels took Shaar after the Syrian army had withdrawn, and entered Hanano on 4 December.",
            ("N1", "opp"),
        ),
        (
            "Rebels said on 2 December that they took Shaar, the last government base, and entered Hanano.",
            ("N1", "opp"),
        ),
        ("On 2 December villagers and rebels raised the Syrian army flag over Hanano.", ("N1", "gov")),
        ("During the offensive rebels captured Hanano on 2 December.", ("N1", "opp")),
        (
            "Rebels captured Shaar, rebels attacked the road, rebels captured a hill. "
            "Government forces took Sheikh Said on 2 December. Hanano was seized the same day.",
            ("N1", "gov"),
        ),
        (
            "Rebels captured Hanano on 2 December. The militants were driven out of Hanano on 4 December. "
            "Government forces rested.",
            ("N1", "gov"),
        ),
        (
            "Rebels advanced. Hanano, which had been overrun on 2 December, was recaptured by the Syrian army.",
            ("N1", "opp"),
        ),
        (
            "Government forces gained Shaar, government forces gained the road. Rebels waited. "
            "In December the rebels attacked again: Hanano was captured on 2 December.",
            ("N1", "opp"),
        ),
        (
            "Rebels captured Hanano on 2 December from government forces. Elite units recaptured Hanano on 4 December.",
            ("N1", "gov"),
        ),
        (
            "Government forces advanced. On 4 December rebels retook Hanano, which had been lost on 2 December.",
            ("N1", "gov"),
        ),
        (
            "On 1 December rebels captured Shaar from government forces. Hanano, which had been seized on 2 December, "
            "was recaptured on 4 December.",
            ("N1", "opp"),
        ),
    ],
)
def test_a_side_that_is_not_named_is_taken_from_what_the_text_tells(takers, text, expected):
    assert expected in takers(text)


@pytest.mark.parametrize("begun", ["had been surrounded", "was entered"])
def test_who_takes_a_place_is_also_who_had_encircled_or_entered_it(takers, begun):
    text = "Government forces took Shaar on 1 December. Government forces took Sakhour on 1 December. "
    text += "Government forces took Salaheddine on 1 December. "
    text += f"Hanano {begun} on 2 December and was captured by rebels on 3 December."
    assert [side for place, side in takers(text) if place == "N1"] == ["opp", "opp"]


def test_who_leaves_one_place_does_not_take_the_next(takers):
    assert takers("Government forces left Shaar on 2 December, and Hanano fell.") == []


def test_those_who_are_driven_out_and_do_not_fight_lose_nothing(takers):
    text = "Rebels shelled Hanano. Its residents fled; they were driven out of Hanano on 2 December."
    assert takers(text) == []


def test_who_took_a_place_before_did_not_take_the_next_one_if_another_side_is_named_there(takers):
    text = "Rebels captured Shaar and a hill. Government forces took Sheikh Said on 2 December. "
    text += "Rebels went on: Hanano was seized."
    assert ("N1", "gov") not in takers(text)


def test_nobody_frees_what_they_hold(takers):
    text = "Rebels seized Hanano on 2 December. Hanano was liberated on 9 December."
    assert takers(text) == [("N1", "opp")]
    after = "Government forces went on. On 10 December government forces took Sheikh Said."
    assert ("N1", "gov") in takers(f"{text} {after}")


def test_the_north_is_a_side_only_with_a_capital():
    actors = sample_actors().iloc[:1].assign(aliases="the North")
    lexicon = ActorLexicon(actors)
    assert len(lexicon.find("The North attacked.")) == len(lexicon.find("A raid by the North.")) == 1
    assert not lexicon.find("A road from the north.")
