"""Short chronicles: several places, days and sides in one text."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fighting went on at Zaban, which by 2 December was once again in rebel hands.",
            ["Zaban - opp controlled 2016-11-26/2016-12-02"],
        ),
        (
            "At the southern part of Aleppo, the Zaban base was captured by rebels on 2 December.",
            ["Zaban base - opp controlled 2016-12-02"],
        ),
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
            "On 2 December rebels had taken all of the districts but Hanano from government forces.",
            [],
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
            "Rebels attacked Zaban. On 2 December they took Kafr Rih, with the town falling by the evening.",
            ["Kafr Rih - opp controlled 2016-12-02"],
        ),
        (
            "Rebels were fought on 2 December, 10 soldiers of government forces being killed. They also took Hanano.",
            ["N1 gov? opp controlled 2016-12-02"],
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
            "Rebels attacked the town of Tal Rih on 2 December, fighting in the Zaban area, and entered the town.",
            ["Tal Rih - opp contested 2016-12-02"],
        ),
        (
            "On 2 December rebels took Hanano, leaving government forces in control of only the Shaar district.",
            ["N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "Government forces attacked rebels. Hanano, taken without a fight on 2 December, was the limit of it.",
            ["N1 opp? gov? controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels attacked government forces at Hanano. On 4 December it was in rebel hands.",
            ["N1 gov? opp controlled 2016-12-04"],
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
            "On 2 December Hanano fell to government forces, followed on 4 December by Zaban. Rebels fled.",
            ["N1 opp? gov controlled 2016-12-02", "Zaban opp? gov controlled 2016-12-04"],
        ),
        (
            "The battle went on, with government forces entering Hanano on 2 December and losing it again to rebels.",
            ["N1 opp? gov contested 2016-12-02", "N1 gov opp controlled 2016-12-02"],
        ),
        (
            "Hanano was taken by rebels on 1 December, and on 2 December the militants took part of Shaar as the army "
            "withdrew.",
            ["N1 - opp controlled 2016-12-01", "N2 - opp contested 2016-12-02"],
        ),
        (
            "Rebels fought government forces. Hanano was entered by government forces on 2 December and retaken on "
            "4 December.",
            ["N1 opp? gov contested 2016-12-02", "N1 opp? gov? controlled 2016-12-04"],
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
            "On 2 December the Syrian army entered Hanano and rebels entered Shaar. On 4 December, Hanano was captured "
            "following heavy shelling.",
            [
                "N1 opp? gov contested 2016-12-02",
                "N2 gov? opp contested 2016-12-02",
                "N1 opp? gov? controlled 2016-12-04",
            ],
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
            "On 2 December the Syrian army took three of the four hills around Sakhour, as well as Hanano. The battle "
            "ended on 3 December with the rebels' withdrawal from Shaar. Talks began with the rebels' withdrawal from "
            "Sakhour as a demand.",
            ["N1 opp? gov controlled 2016-12-02", "N2 opp gov? controlled 2016-12-03"],
        ),
        (
            "On 2 December the Syrian army took Zaban's southern half and then lost it again to a counterattack by "
            "rebels. The army took Smith's part of the money.",
            ["Zaban opp? gov contested 2016-12-02", "Zaban gov opp controlled 2016-12-02"],
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
            "On 3 December government forces took Hanano from rebels. On 4 December Shaar was taken, having "
            "been entered a day before.",
            [
                "N1 opp gov controlled 2016-12-03",
                "N2 opp? gov? controlled 2016-12-04",
                "N2 opp? gov? contested 2016-12-03",
            ],
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
            "On 1 December rebels took Shaar and came within two kilometres of Hanano. On 2 December they stormed the "
            "district and took full control of it.",
            ["N2 - opp controlled 2016-12-01", "N1 - opp contested 2016-12-02", "N1 - opp controlled 2016-12-02"],
        ),
        (
            "On 2 December government forces took the villages of Kafr Naha,[3] Ain Zan[4] and Tal Rih from rebels.",
            [f"{name} opp gov controlled 2016-12-02" for name in ("Kafr Naha", "Ain Zan", "Tal Rih")],
        ),
        (
            "On 1 December rebels attacked the Syrian army. It was cold. It rained. It was dark. It was late. It was "
            "quiet. It was misty. Then rebels captured Hanano.",
            ["N1 gov? opp controlled 2016-12-01"],
        ),
        (
            "On 1 December rebels took Shaar from the Syrian army. They took Hanano, which the army left on the 3rd.",
            ["N2 gov opp controlled 2016-12-01", "N1 gov? opp controlled 2016-12-01"],
        ),
        (
            "On 1 December rebels attacked Hanano and after three days of fighting captured it from the Syrian army.",
            ["N1 gov opp controlled 2016-12-04"],
        ),
        ("On 2 December government forces take Hanano from rebels.", ["N1 opp gov controlled 2016-12-02"]),
        (
            "- 2 December: Fighters of rebels, including some from Shaar, seize Hanano from the Syrian army.",
            ["N1 gov opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels were also able to seize three villages on the coast, including Ras Lan and Bir Sid.",
            ["Ras Lan - opp controlled 2016-12-02", "Bir Sid - opp controlled 2016-12-02"],
        ),
        ("On 2 December the Syrian army let rebels take Hanano.", []),
        (
            "On 2 December rebels took Hanano and Shaar fled the Syrian army.",
            ["N1 gov? opp controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took the southern port of Marj from the Syrian army.",
            ["Marj gov opp controlled 2016-12-02"],
        ),
        (
            "The Syrian army attacked rebels in Shaar on Monday.\n\nIt is cold.\n\nThe Syrian army captured Hanano.",
            ["N1 opp? gov controlled 2016-12-12"],
        ),
        (
            "On 2 December rebels held Hanano. When they fled to Shaar, government forces took the district.",
            ["N1 opp? gov controlled 2016-12-02"],
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
            "On 2 December rebels fought the Syrian army and took two villages around it, among them Bir Sid and Zan.",
            ["Bir Sid gov? opp controlled 2016-12-02", "Zan gov? opp controlled 2016-12-02"],
        ),
        (
            "On 4 December rebels entered Shaar, which saw raids of the Syrian army on 6 November. They took Hanano.",
            ["N2 gov? opp contested 2016-12-04", "N1 gov? opp controlled 2016-12-04"],
        ),
        ("On 2 December rebels of Hanano captured Ahmed Hassan. On 3 December Ali Omar surrendered to rebels.", []),
        ("On 2 December rebels captured Ahmed Zan from the army.", ["Ahmed Zan - opp controlled 2016-12-02"]),
        (
            "On 2 December Zan and Hanano, north of Shaar, were recaptured by rebels from the Syrian army.",
            ["Zan gov opp controlled 2016-12-02", "N1 gov opp controlled 2016-12-02"],
        ),
        (
            "Hanano fell to rebels on 2 December. Shaar was lost on 3 December, trapping the Syrian army in Sakhour.",
            ["N1 gov? opp controlled 2016-12-02", "N2 gov opp? controlled 2016-12-03"],
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
            "Rebels fought the Syrian army. By 2 December they held the outskirts, having taken Hanano on 1 December.",
            ["N1 gov? opp controlled 2016-12-01"],
        ),
        (
            "On 1 December rebels took Hanano from the Syrian army; on 2 December the division's reserve took it back.",
            ["N1 gov opp controlled 2016-12-01"],
        ),
        (
            "By 2 December rebels were in control of Hanano, although the Syrian army still held Shaar.",
            ["N1 gov? opp controlled 2016-11-26/2016-12-02"],
        ),
        (
            "On 2 December Hanano was taken from rebels by a company of the 9th Rifles of the Syrian army.",
            ["N1 opp gov? controlled 2016-12-02"],
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
            "Rebels fought the Syrian army. Having captured Hanano on 2 December, they moved on.",
            ["N1 gov? opp controlled 2016-12-02"],
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
            "On 1 December Hanano was lost to rebels and retaken by the Syrian army on 3 December. It freed 348 Za.",
            ["N1 gov? opp controlled 2016-12-01", "N1 opp? gov controlled 2016-12-03"],
        ),
        (
            "Rebels launched a main assault on Shaar, and Hanano was taken from the Syrian army on 2 December.",
            ["N1 gov opp? controlled 2016-12-02"],
        ),
        (
            "On 2 December rebels took Tel Zan after hours of fighting, and Tal Rih, a hill. The Syrian army fled.",
            [f"{name} gov? opp controlled 2016-12-02" for name in ("Tel Zan", "Tal Rih")],
        ),
        (
            "Rebels entered Hanano on 1 December, and it took until 3 December for the district to be cleared. The "
            "Syrian army fled.",
            ["N1 gov? opp contested 2016-12-01", "N1 gov? opp? controlled 2016-12-03"],
        ),
        (
            "On 2 December Hanano was declared secure after the last rebels were driven from it by the Syrian army.",
            ["N1 opp gov? controlled 2016-12-02"],
        ),
        (
            "On 1 December rebels captured Hanano and Shaar; all but the latter were recovered by the Syrian army.",
            ["N1 gov? opp controlled 2016-12-01", "N2 gov? opp controlled 2016-12-01"],
        ),
    ],
)
def test_a_chronicle_is_read(told, text, expected):
    assert told(text) == expected
