"""Who took and who lost places in a chronicle that does not name both each time."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 2 December government forces captured two hills from rebels, and on 4 December Hanano was secured.",
            ["N1 opp? gov? controlled 2016-12-04"],
        ),
        (
            "On 2 December rebels took Hanano from government forces. Zaban, the last town, was also in their hands.",
            ["N1 gov opp controlled 2016-12-02", "Zaban gov? opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took Hanano from government forces. Shaar was also reported to have been seized.",
            ["N1 gov opp controlled 2016-12-02", "N2 gov? opp? controlled 2016-12-02"],
        ),
        (
            "Rebels were fought on 2 December, 10 soldiers of government forces being killed. They also took Hanano.",
            ["N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "Government forces attacked rebels. Hanano, taken without a fight on 2 December, was the limit of it.",
            ["N1 opp? gov? controlled 2016-12-02"],
        ),
        (
            "On 2 December, after the rebels' withdrawal from Hanano, the Syrian army moved on to Shaar.",
            ["N1 opp gov? controlled 2016-12-02"],
        ),
        (
            "On 2 December the Syrian army (SYA) attacked rebels. The SYA seized Hanano.",
            ["N1 opp? gov controlled 2016-12-02"],
        ),
        (
            "Hanano was taken by rebels on 1 December, and on 2 December the militants took part of Shaar as the army "
            "withdrew.",
            ["N1 - opp controlled 2016-12-01", "N2 - opp contested 2016-12-02"],
        ),
        (
            "On 2 December rebels stormed Hanano, the Syrian army said, and took Shaar. The army had to retake Shaar "
            "during the night. Rebels from the west seized Sakhour in the evening.",
            [
                "N1 gov? opp contested 2016-12-02",
                "N2 gov? opp controlled 2016-12-02",
                "N3 gov? opp controlled 2016-12-03",
            ],
        ),
        (
            "On 2 December the Syrian army took three of the four hills around Sakhour, as well as Hanano. The battle "
            "ended on 3 December with the rebels' withdrawal from Shaar. Talks began with the rebels' withdrawal from "
            "Sakhour as a demand.",
            ["N1 opp? gov controlled 2016-12-02", "N2 opp gov? controlled 2016-12-03"],
        ),
        (
            "On 2 December government forces took Hanano from rebels. Shaar was lost as well, as was Sakhour. On 3 "
            "December a further nine villages were taken by them, amongst which were Zaban and Rih.",
            [
                "N1 opp gov controlled 2016-12-02",
                "N2 opp? gov? controlled 2016-12-02",
                "N3 opp? gov? controlled 2016-12-02",
                "Zaban opp? gov? controlled 2016-12-03",
                "Rih opp? gov? controlled 2016-12-03",
            ],
        ),
        (
            "On 1 December rebels took Shaar from the Syrian army. They took Hanano, which the army left on the 3rd.",
            ["N2 gov opp controlled 2016-12-01", "N1 gov? opp controlled 2016-12-01"],
        ),
        (
            "- 2 December: Fighters of rebels, including some from Shaar, seize Hanano from the Syrian army.",
            ["N1 gov opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels held Hanano. When they fled to Shaar, government forces took the district.",
            ["N1 opp? gov controlled 2016-12-02"],
        ),
        (
            "On 4 December rebels entered Shaar, which saw raids of the Syrian army on 6 November. They took Hanano.",
            ["N2 gov? opp contested 2016-12-04", "N1 gov? opp controlled 2016-12-04"],
        ),
        (
            "Hanano fell to rebels on 2 December. Shaar was lost on 3 December, trapping the Syrian army in Sakhour.",
            ["N1 gov? opp controlled 2016-12-02", "N2 gov opp? controlled 2016-12-03"],
        ),
        (
            "On 1 December rebels took Hanano from the Syrian army; on 2 December the division's reserve took it back.",
            ["N1 gov opp controlled 2016-12-01"],
        ),
        (
            "On 2 December Hanano was taken from rebels by a company of the 9th Rifles of the Syrian army.",
            ["N1 opp gov? controlled 2016-12-02"],
        ),
        (
            "Government forces held Shaar. Rebels launched an attack. On 2 December their fighters took Hanano.",
            ["N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "On 1 December rebels attacked the Syrian army, which reacted by seizing Hanano the next day.",
            ["N1 opp? gov controlled 2016-12-02"],
        ),
        (
            "Rebels launched a main assault on Shaar, and Hanano was taken from the Syrian army on 2 December.",
            ["N1 gov opp? controlled 2016-12-02"],
        ),
        (
            "On 2 December Hanano was declared secure after the last rebels were driven from it by the Syrian army.",
            ["N1 opp gov? controlled 2016-12-02"],
        ),
    ],
)
def test_the_sides_of_a_chronicle_are_read(told, text, expected):
    assert told(text) == expected
