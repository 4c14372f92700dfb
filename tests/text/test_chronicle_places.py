"""Which places a chronicle tells of: lists, parts, names, and words that stand for a place."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At the southern part of Aleppo, the Zaban base was captured by rebels on 2 December.",
            ["Zaban base - opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels had taken all of the districts but Hanano from government forces.",
            [],
        ),
        (
            "Rebels attacked Zaban. On 2 December they took Kafr Rih, with the town falling by the evening.",
            ["Kafr Rih - opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took Zaban and Tal Rih, both suburbs of Aleppo, and retook Observatory 45.",
            [f"{name} - opp controlled 2016-12-02" for name in ("Zaban", "Tal Rih", "Observatory 45")],
        ),
        (
            "On 2 December rebels took two villages from government forces west of Aleppo, among them Zaban and Rih.",
            [f"{name} gov? opp controlled 2016-12-02" for name in ("Zaban", "Rih")],
        ),
        (
            "Rebels attacked the town of Tal Rih on 2 December, fighting in the Zaban area, and entered the town.",
            ["Tal Rih - opp contested 2016-12-02"],
        ),
        (
            "On 2 December rebels defended Hanano and Shaar, which was captured by the Syrian army on 3 December.",
            ["N2 opp? gov controlled 2016-12-03"],
        ),
        (
            "On 2 December the Syrian army took Hanano from rebels and, on 3 December, Kafr Naha reported shelling.",
            ["N1 opp gov controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took Western Zaban from government forces. Umm Lahab and its farms were lost.",
            [f"{name} controlled 2016-12-02" for name in ("Western Zaban gov opp", "Umm Lahab gov? opp?")],
        ),
        (
            "Hanano was captured by the Syrian army on 2 December, together with Zaban, Tal Rih and part of Shaar.",
            [f"{name} - gov controlled 2016-12-02" for name in ("N1", "Zaban", "Tal Rih")]
            + ["N2 - gov contested 2016-12-02"],
        ),
        (
            "Rebels had crossed the river and on 2 December taken Zaban. Its commander Omar Dalu was seized later.",
            ["Zaban - opp controlled 2016-12-02"],
        ),
        (
            "Government forces fled on 2 December. Rih and Hanano, the two districts close by, were overrun by rebels.",
            ["Rih gov? opp controlled 2016-12-02", "N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "On 2 December Zaban, Tal Rih and three hills were taken by rebels, as well as Shaar district and Hanano.",
            [f"{name} - opp controlled 2016-12-02" for name in ("Zaban", "Tal Rih", "N2", "N1")],
        ),
        (
            "On 2 December rebels captured two districts in the north of the town, Zaban and al-Rih, and nine villages "
            "around Aleppo, among which Umm Lahab.",
            [f"{name} - opp controlled 2016-12-02" for name in ("Zaban", "al-Rih", "Umm Lahab")],
        ),
        (
            "On 2 December rebels attacked the Shi'ite towns of Zaban and Tal Rih and seized both following an army "
            "withdrawal, thus securing the Alawite village of Umm Lahab.",
            [f"{name} - opp controlled 2016-12-02" for name in ("Zaban", "Tal Rih", "Umm Lahab")],
        ),
        (
            "On 2 December the Syrian army retook all districts that had been captured by rebels, including Hanano "
            "and, according to a spokesman, Shaar.",
            ["N1 opp? gov controlled 2016-12-02", "N2 opp? gov controlled 2016-12-02"],
        ),
        (
            "The town of Zaban on the Northern border was captured by rebels on 2 December. Tal Rih and the central "
            "market were seized by the Syrian army on 3 December, before rebels took the former back on 4 December.",
            [
                "Zaban gov? opp controlled 2016-12-02",
                "Tal Rih opp? gov controlled 2016-12-03",
                "Tal Rih gov? opp controlled 2016-12-04",
            ],
        ),
        (
            "On 2 December rebels captured a strip of land near the border, which included the villages of Zaban and "
            "Tal Rih, from the Syrian army. The army retook the hills around Zaban.",
            ["Zaban gov opp controlled 2016-12-02", "Tal Rih gov opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels attacked Zaban to cut the road from Aleppo to Kafr Naha. The city was captured on "
            "3 December. The Syrian army retook several hills and, according to a statement, the village of Tal Rih.",
            ["Zaban gov? opp? controlled 2016-12-03", "Tal Rih opp? gov controlled 2016-12-03"],
        ),
        (
            "On 2 December rebels entered the Grey Sea port of Zaban. Smith, Jones and three villagers were captured.",
            ["Zaban - opp contested 2016-12-02"],
        ),
        (
            "On 2 December Hanano was taken by rebels, along with parts of Shaar. On 3 December they "
            "took all of the northern section of Sakhour. A truce held, but it collapsed on 4 December.",
            [
                "N1 - opp controlled 2016-12-02",
                "N2 - opp contested 2016-12-02",
                "N3 - opp contested 2016-12-03",
            ],
        ),
        (
            "On 2 December rebels captured the Shaar high-rise buildings. Most of the positions were taken by them on "
            "3 December, including Sakhour. Rebels entered Hanano, most of which was captured on 4 December.",
            [
                "N2 - opp contested 2016-12-02",
                "N3 - opp? controlled 2016-12-03",
                "N1 - opp contested 2016-12-03",
                "N1 - opp? contested 2016-12-04",
            ],
        ),
        (
            "On 1 December rebels took Shaar and came within two kilometres of Hanano. On 2 December they stormed the "
            "district and took full control of it.",
            ["N2 - opp controlled 2016-12-01", "N1 - opp contested 2016-12-02", "N1 - opp controlled 2016-12-02"],
        ),
        (
            "On 2 December government forces took the villages of Kafr Naha,[3] Ain Zan[4] and Tal Rih from rebels.",
            [f"{name} opp gov controlled 2016-12-02" for name in ("Kafr Naha", "Ain Zan", "Tal Rih")],
        ),
        (
            "On 2 December rebels were also able to seize three villages on the coast, including Ras Lan and Bir Sid.",
            ["Ras Lan - opp controlled 2016-12-02", "Bir Sid - opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took Hanano and Shaar fled the Syrian army.",
            ["N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took the southern port of Marj from the Syrian army.",
            ["Marj gov opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels fought the Syrian army and took two villages around it, among them Bir Sid and Zan.",
            ["Bir Sid gov? opp controlled 2016-12-02", "Zan gov? opp controlled 2016-12-02"],
        ),
        ("On 2 December rebels of Hanano captured Ahmed Hassan. On 3 December Ali Omar surrendered to rebels.", []),
        ("On 2 December rebels captured Ahmed Zan from the army.", ["Ahmed Zan - opp controlled 2016-12-02"]),
        (
            "On 2 December Zan and Hanano, north of Shaar, were recaptured by rebels from the Syrian army.",
            ["Zan gov opp controlled 2016-12-02", "N1 gov opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took the Kenyan base at Bir Sid from the Syrian army.",
            ["Kenyan base of Bir Sid gov opp controlled 2016-12-02"],
        ),
        (
            "Jabal Zan, a mountainous area in Aleppo which commands the roads, was taken by rebels on 2 December, and "
            "Shaar followed on 4 December.",
            ["Jabal Zan - opp controlled 2016-12-02", "N2 -? opp? controlled 2016-12-04"],
        ),
        (
            "By 2 December Zan, Bab Rih and Hanano were again under the control of rebels. The Syrian army fled.",
            [f"{name} gov? opp controlled 2016-11-26/2016-12-02" for name in ("Zan", "Bab Rih", "N1")],
        ),
        (
            "On 2 December rebels, who already held Sakhour, took the Aleppo districts of Hanano and Shaar.",
            ["N1 - opp controlled 2016-12-02", "N2 - opp controlled 2016-12-02"],
        ),
        (
            "In the north Tal Zan, a fortified hill, was taken by rebels on 2 December; on 3 December they took two "
            "outposts, among them Bir Sid.",
            ["Tal Zan - opp controlled 2016-12-02", "Bir Sid - opp controlled 2016-12-03"],
        ),
        (
            "On 2 December rebels took Tel Zan after hours of fighting, and Tal Rih, a hill. The Syrian army fled.",
            [f"{name} gov? opp controlled 2016-12-02" for name in ("Tel Zan", "Tal Rih")],
        ),
        (
            "On 1 December rebels captured Hanano and Shaar; all but the latter were recovered by the Syrian army.",
            ["N1 gov? opp controlled 2016-12-01", "N2 gov? opp controlled 2016-12-01"],
        ),
    ],
)
def test_the_places_of_a_chronicle_are_read(told, text, expected):
    assert told(text) == expected
