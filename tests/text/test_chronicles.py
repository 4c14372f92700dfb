"""The course of a chronicle: what is taken, held, lost and taken again, and on which days."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fighting went on at Zaban, which by 2 December was once again in rebel hands.",
            ["Zaban - opp controlled 2016-11-26/2016-12-02"],
        ),
        (
            "On 2 December rebels took Hanano, from which they were expelled a day later by government forces.",
            ["N1 gov? opp controlled 2016-12-02", "N1 opp gov controlled 2016-12-03"],
        ),
        (
            "Rebels attacked on 2 December. The Syrian army said Hanano had been in rebel hands since 4 December.",
            ["N1 gov? opp controlled 2016-12-04"],
        ),
        (
            "Rebels attacked on 2 December. The Syrian army bombed Hanano, which had been in rebel hands since 2012.",
            [],
        ),
        (
            "Rebels came on 2 December, with Hanano, which the Syrian army had held since 2012, falling on 4 December.",
            ["N1 gov? opp? controlled 2016-12-04"],
        ),
        (
            "On 1 December rebels seized Zaban and Rih from government forces. Rahab, Zaban and Rih were retaken on 3 "
            "December.",
            [f"{name} gov opp controlled 2016-12-01" for name in ("Zaban", "Rih")]
            + [f"{name} opp? gov? controlled 2016-12-03" for name in ("Zaban", "Rih", "Rahab")],
        ),
        (
            "On 2 December rebels took Tal Rih, with Hanano falling by 8 am.",
            ["Tal Rih - opp controlled 2016-12-02", "N1 - opp? controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took Hanano, leaving government forces in control of only the Shaar district.",
            ["N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels attacked government forces at Hanano. On 4 December it was in rebel hands.",
            ["N1 gov? opp controlled 2016-12-04"],
        ),
        (
            "On 2 December Hanano fell to government forces, followed on 4 December by Zaban. Rebels fled.",
            ["N1 opp? gov controlled 2016-12-02", "Zaban opp? gov controlled 2016-12-04"],
        ),
        (
            "The battle went on, with government forces entering Hanano on 2 December and losing it again to rebels.",
            ["N1 opp? gov contested 2016-12-02", "N1 gov opp controlled 2016-12-02"],
        ),
        (
            "Rebels fought government forces. Hanano was entered by government forces on 2 December and retaken on "
            "4 December.",
            ["N1 opp? gov contested 2016-12-02", "N1 opp? gov? controlled 2016-12-04"],
        ),
        (
            "On 2 December the Syrian army entered Hanano and rebels entered Shaar. On 4 December, Hanano was captured "
            "following heavy shelling.",
            [
                "N1 opp? gov contested 2016-12-02",
                "N2 gov? opp contested 2016-12-02",
                "N1 opp? gov? controlled 2016-12-04",
            ],
        ),
        (
            "In November rebels attacked Hanano and by the 27th had captured it from the Syrian army. On 2 December "
            "rebels seized Shaar, but the next day the Syrian army regained control.",
            [
                "N1 gov opp controlled 2016-11-01/2016-11-27",
                "N2 gov? opp controlled 2016-12-02",
                "N2 opp gov controlled 2016-12-03",
            ],
        ),
        (
            "On 2 December a rebel push led to the capture of Hanano, but on 3 December the Syrian army took it back, "
            "along with building blocks in the south of Shaar and the bridge at Zaban Rih.",
            [
                "N1 gov? opp controlled 2016-12-02",
                "N1 opp? gov controlled 2016-12-03",
                "N2 opp? gov contested 2016-12-03",
                "bridge of Zaban Rih opp? gov controlled 2016-12-03",
            ],
        ),
        (
            "On 2 December the Syrian army took Zaban's southern half and then lost it again to a counterattack by "
            "rebels. The army took Smith's part of the money.",
            ["Zaban opp? gov contested 2016-12-02", "Zaban gov opp controlled 2016-12-02"],
        ),
        (
            "On 3 December government forces took Hanano from rebels. On 4 December Shaar was taken, having "
            "been entered a day before.",
            [
                "N1 opp gov controlled 2016-12-03",
                "N2 opp? gov? controlled 2016-12-04",
                "N2 opp? gov? contested 2016-12-03",
            ],
        ),
        (
            "On 1 December rebels captured Shaar, but lost it on 3 December in an attack that was led by government "
            "forces. Hanano itself, the last district held by the rebels in the city, was captured on 4 December.",
            [
                "N2 gov? opp controlled 2016-12-01",
                "N2 opp gov controlled 2016-12-03",
                "N1 opp? gov? controlled 2016-12-04",
            ],
        ),
        (
            "Government forces fought rebels. On 2 December rebels launched an assault on Hanano, which they captured "
            "together with Shaar, the latter of which was lost again the next day.",
            [
                "N1 gov? opp controlled 2016-12-02",
                "N2 gov? opp controlled 2016-12-02",
                "N2 opp? gov? controlled 2016-12-03",
            ],
        ),
        (
            "On 2 December rebels entered Hanano, which was fully taken on 3 December, along with the nearby Zaban.",
            ["N1 - opp contested 2016-12-02", "N1 - opp? controlled 2016-12-03", "Zaban - opp? controlled 2016-12-03"],
        ),
        (
            "On 1 December rebels attacked the Syrian army. It was cold. It rained. It was dark. It was late. It was "
            "quiet. It was misty. Then rebels captured Hanano.",
            ["N1 gov? opp controlled 2016-12-01"],
        ),
        (
            "On 1 December rebels attacked Hanano and after three days of fighting captured it from the Syrian army.",
            ["N1 gov opp controlled 2016-12-04"],
        ),
        ("On 2 December government forces take Hanano from rebels.", ["N1 opp gov controlled 2016-12-02"]),
        ("On 2 December the Syrian army let rebels take Hanano.", []),
        (
            "The Syrian army attacked rebels in Shaar on Monday.\n\nIt is cold.\n\nThe Syrian army captured Hanano.",
            ["N1 opp? gov controlled 2016-12-12"],
        ),
        (
            "On 4 December rebels recaptured Hanano, after the Syrian army had taken the district on 1 December.",
            ["N1 gov? opp controlled 2016-12-04", "N1 opp? gov controlled 2016-12-01"],
        ),
        (
            "The Syrian army recaptured Hanano after rebels took the district on 1 December, it said on 4 December.",
            ["N1 opp? gov controlled 2016-12-04", "N1 gov? opp controlled 2016-12-01"],
        ),
        (
            "On 1 December rebels took Hanano from the Syrian army, then Shaar fell on 4 December.",
            ["N1 gov opp controlled 2016-12-01", "N2 gov? opp? controlled 2016-12-04"],
        ),
        (
            "Rebels fought the Syrian army. By 2 December they held the outskirts, having taken Hanano on 1 December.",
            ["N1 gov? opp controlled 2016-12-01"],
        ),
        (
            "By 2 December rebels were in control of Hanano, although the Syrian army still held Shaar.",
            ["N1 gov? opp controlled 2016-11-26/2016-12-02"],
        ),
        (
            "On 1 December Hanano was captured by rebels from government forces, and on 3 December Zan, cutting roads.",
            ["N1 gov opp controlled 2016-12-01", "Zan gov opp controlled 2016-12-03"],
        ),
        (
            "On 1 December Hanano was captured by rebels, Shaar on 3 December. The Syrian army fled.",
            ["N1 gov? opp controlled 2016-12-01", "N2 gov? opp controlled 2016-12-03"],
        ),
        (
            "Rebels fought the Syrian army. Having captured Hanano on 2 December, they moved on.",
            ["N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "On 1 December Hanano was lost to rebels and retaken by the Syrian army on 3 December. It freed 348 Za.",
            ["N1 gov? opp controlled 2016-12-01", "N1 opp? gov controlled 2016-12-03"],
        ),
        (
            "Rebels entered Hanano on 1 December, and it took until 3 December for the district to be cleared. The "
            "Syrian army fled.",
            ["N1 gov? opp contested 2016-12-01", "N1 gov? opp? controlled 2016-12-03"],
        ),
    ],
)
def test_the_course_of_a_chronicle_is_read(told, text, expected):
    assert told(text) == expected
