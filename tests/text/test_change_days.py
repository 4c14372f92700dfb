"""Which day of a text is that of a change."""

import pytest

CASES = {
    "of a list, the date after the place": (
        "Rebels captured Hanano on 3 November and Sakhour, the last part of the north, on 5 November.",
        ["Hanano 2016-11-03", "Sakhour 2016-11-05"],
    ),
    "of a place in a list, the day on which it is told to have fallen": (
        "Rebels captured Hanano on 3 November, then Ramouseh, which fell on 5 November, and Sakhour on 8 November.",
        ["Hanano 2016-11-03", "Ramouseh 2016-11-05", "Sakhour 2016-11-08"],
    ),
    "of what is entered without a fight": (
        "On 2 November rebels took Shaar. Hanano was entered by rebels without a fight on 5 November.",
        ["Shaar 2016-11-02", "Hanano 2016-11-05"],
    ),
    "respectively": (
        "Hanano and Ramouseh were captured by rebels on 5 and 12 November respectively.",
        ["Hanano 2016-11-05", "Ramouseh 2016-11-12"],
    ),
    "respectively, after a list with a date": (
        "Rebels seized two districts – Hanano and Ramouseh – in the north on Dec. 2 and 7, respectively.",
        ["Hanano 2016-12-02", "Ramouseh 2016-12-07"],
    ),
    "a date that looks back in a clause after the verb is that clause's": (
        "## 10 December\n\nRebels captured Hanano, having failed there the day before yesterday.",
        ["Hanano 2016-12-10"],
    ),
    "since a day is on that day": (
        "Hanano has been under rebel control since Sunday.",
        ["Hanano 2016-12-11"],
    ),
    "the first sentence of news has the day of the next": (
        "Rebels have captured Hanano. They had come in on Sunday. Clashes began on 1 May, 2 May, 3 May and 4 May.",
        ["Hanano 2016-12-11"],
    ),
    "a date of a participle in the subject is not that of the verb": (
        "On Friday a truce signed two weeks ago was broken when rebels captured Hanano from the army.",
        ["Hanano 2016-12-09"],
    ),
    "troops after the verb do not end its clause": (
        "Hanano, which the army entered on Thursday, was taken by rebels and rebel forces "
        "backed by allied forces on Saturday.",
        ["Hanano 2016-12-10"],
    ),
    "what comes after a later year in a history is not of the day before that": (
        "In 1995 rebels fought. A truce was signed on 3 May 1997.\n\nIn 1999 they rose again.\n\nRebels took Hanano. ",
        [],
    ),
    "a day without a year in a history is of the year before it in the sentence, else of none": (
        "In 1995 rebels fought the army. The first gain in 1995 was the capture of Hanano by rebels, in July. "
        "In 1999 it was rebuilt.\n\nRebels took Ramouseh in August. The war ended in 2001.\n\n",
        ["Hanano 1995-07-01", "Ramouseh 1995-08-01"],
    ),
    "a war of another year that is told by the way is not of the day of its news": (
        "On Sunday rebels captured Hanano, their base in a 2012 revolt that briefly took Ramouseh from the army.",
        ["Hanano 2016-12-11"],
    ),
    "what has come about at some time since a day is too uncertain to be told": (
        "Rebels left Hanano on 5 December. The army has since captured Ramouseh from the rebels.",
        [],
    ),
    "news without a date is of the days since the last that was told": (
        "The army shelled the north on Sunday.\n\nRebels have captured Hanano.",
        ["Hanano 2016-12-11"],
    ),
    "years after a change is not the week of the change": (
        "Two years after rebels captured Hanano, it is in ruins.",
        [],
    ),
    "what has no date is news where it has just come about, or stands first": (
        "Rebels captured Hanano. It is a district. It lies in the north. It has a school. It has a mill.\n\n"
        "Rebels entered Ramouseh. They have captured Sakhour.",
        ["Hanano 2016-12-12", "Sakhour 2016-12-07"],
    ),
    "what is told to be days before is on those days": (
        "On 8 December rebels captured Hanano, two days after they had captured Ramouseh.",
        ["Hanano 2016-12-08", "Ramouseh 2016-12-06"],
    ),
    "a summary tells nothing new of what is told with its own days": (
        "By 10 December rebels had captured Hanano and Ramouseh.\n\nOn 1 December rebels captured Hanano.",
        ["Ramouseh 2016-12-04", "Hanano 2016-12-01"],
    ),
    "what comes after what had come about by a day is of that day, unless it had come about too": (
        "On 1 December rebels came. By 10 December they had captured Hanano. They also took Ramouseh, and Sakhour "
        "was captured, too. The rebels had also captured Shaar.",
        ["Hanano 2016-12-01", "Ramouseh 2016-12-10", "Sakhour 2016-12-10", "Shaar 2016-12-01"],
    ),
    "a time of day that a sentence begins with is of the day before it": (
        "On 5 December rebels came. By noon they had captured Hanano. By midday on 7 December Ramouseh was captured.",
        ["Hanano 2016-12-05", "Ramouseh 2016-12-05"],
    ),
    "what was lost after it was told can be taken again until a summary": (
        "On 5 December rebels captured Hanano. Government forces retook it on 6 December. By 10 December rebels "
        "had recaptured Hanano.",
        ["Hanano 2016-12-05", "Hanano 2016-12-06", "Hanano 2016-12-06"],
    ),
    "days of fighting come after the day before them": (
        "On 5 December rebels attacked. After two days of heavy fighting, rebels captured Hanano.",
        ["Hanano 2016-12-07"],
    ),
    "headings may be months and days": (
        "## October\n\n### 14\n\nRebels captured Hanano.\n\n### 16–17\n\nRebels captured Ramouseh.",
        ["Hanano 2016-10-14", "Ramouseh 2016-10-16"],
    ),
    "the end of the war in the summary is not where its sections begin": (
        "It lasted from 3 May to the end of August 2016.\n\n## Start\n\nNo village had been taken by rebels on "
        "4 May; on the 5th Hanano was captured by rebels.",
        ["Hanano 2016-05-05"],
    ),
    "what had been lost in a month was lost before": (
        "On 3 February 2016 rebels captured Hanano, and on 5 February Ramouseh, which they had lost in August.",
        ["Hanano 2016-02-03", "Ramouseh 2016-02-05"],
    ),
    "a month of the year that was named last": (
        "On 3 June 2016 rebels captured Hanano. Fighting began in 2013; in May of that year, rebels took Ramouseh.",
        ["Hanano 2016-06-03"],
    ),
    "a weekday in a chronicle is of the days that its paragraph has come to": (
        "The war of 2016 lasted long. They fought on 1 May, 2 May, 3 May, 4 May, 5 May, 6 May, 7 May and 8 May. "
        "On Tuesday, rebels captured Hanano. They left on 12 May.",
        ["Hanano 2016-05-10"],
    ),
    "a weekday after all days of a chronicle is of the week of the news": (
        "The war of 2016 lasted long. They fought on 1 May, 2 May, 3 May, 4 May, 5 May, 6 May, 7 May and 8 May. "
        "On Tuesday, rebels captured Hanano.",
        ["Hanano 2016-12-13"],
    ),
    "lines that are spans of days": (
        "1 to 6 October 2016\n\nRebels captured Hanano.\n\n9 October 2016\n\nRebels captured Ramouseh.",
        ["Hanano 2016-10-01", "Ramouseh 2016-10-09"],
    ),
    "the first two days of a month, and the rest of it": (
        "On 3 October 2016 they met. Hanano was captured by rebels in the first two days of November. Ramouseh was "
        "captured by rebels before the month was out.",
        ["Hanano 2016-11-01", "Ramouseh 2016-11-02"],
    ),
    "a look back by the way does not move the days that the text has come to": (
        "On 8 December rebels came. A truce had ended on 3 December. The next day, rebels captured Hanano.",
        ["Hanano 2016-12-09"],
    ),
    "a day of the month goes on rather than back": (
        "On 3 November rebels came. Hanano was captured by rebels on the 21st.",
        ["Hanano 2016-11-21"],
    ),
    "what came over the next days ends at the next date": (
        "On 3 December rebels came. Over the next days, they captured Hanano. On 5 December they captured Ramouseh.",
        ["Hanano 2016-12-04", "Ramouseh 2016-12-05"],
    ),
    "an attack that began on a day is dated by it": (
        "On 3 October rebels came.\n\nA rebel attack, which began on 3 December, brought Hanano under rebel control.",
        ["Hanano 2016-12-03"],
    ),
    "the date of troops is not that of their deeds": (
        "On 8 December, as troops that had taken Ramouseh on 5 December rested, rebels captured Hanano.",
        ["Ramouseh 2016-12-05", "Hanano 2016-12-08"],
    ),
    "days after the fall of a place count from its own date": (
        "On 25 November rebels captured Hanano. A truce failed on 1 December.\n\nA week after the fall of Hanano, "
        "rebels captured Ramouseh.",
        ["Hanano 2016-11-25", "Ramouseh 2016-12-02"],
    ),
    "a date after what is said of the last place of a list is that place's": (
        "Rebels captured Hanano on 3 December and Ramouseh, the last town of the army in Aleppo, on 8 December.",
        ["Hanano 2016-12-03", "Ramouseh 2016-12-08"],
    ),
    "a day that was planned does not move the story": (
        "On 3 December 2015 rebels came. They vowed that the province would be theirs by March. The next day, rebels "
        "captured Hanano.",
        ["Hanano 2015-12-04"],
    ),
    "a claim of the previous week": (
        "On 8 December, it was reported that rebels had captured Hanano the previous week.",
        ["Hanano 2016-11-28"],
    ),
    "days after what was told come after it": (
        "A general was killed on 5 December. Rebels captured Hanano two days after his death.",
        ["Hanano 2016-12-07"],
    ),
    "days count from a date that follows in their clause": (
        "Two days after rebels captured Hanano on 5 December, they entered Ramouseh.",
        ["Hanano 2016-12-05", "Ramouseh 2016-12-07"],
    ),
    "the day before counts from a date that follows": (
        "After rebels had captured Hanano the day before, they entered Ramouseh on 8 December.",
        ["Hanano 2016-12-07", "Ramouseh 2016-12-08"],
    ),
    "days of an offensive count from its beginning": (
        "On 5 December rebels launched an offensive. A truce failed on 6 December. On the third day of the offensive, "
        "they captured Hanano. Five days into the offensive, they captured Ramouseh.",
        ["Hanano 2016-12-07", "Ramouseh 2016-12-10"],
    ),
    "the last date of a list is not that of what stands before it, where the sentence begins with a day": (
        "On 3 December rebels captured Hanano, and Ramouseh the next day. "
        "On 6 December they captured Sakhour, followed two days later by Shaar.",
        ["Hanano 2016-12-03", "Ramouseh 2016-12-04", "Sakhour 2016-12-06", "Shaar 2016-12-08"],
    ),
    "days of fighting count from an attack, not from the day on which they were over": (
        "On 3 December rebels attacked Hanano, which fell after a two-day battle. "
        "On 8 December they captured Ramouseh after a week of fighting. Sakhour was captured by them at noon.",
        ["Hanano 2016-12-05", "Ramouseh 2016-12-08", "Sakhour 2016-12-08"],
    ),
    "overnight is after the day that a story has come to": (
        "On 3 November rebels attacked. Hanano was captured by them overnight. "
        "They said that the rest would be theirs by 12 November. Ramouseh was captured by them.",
        ["Hanano 2016-11-03", "Ramouseh 2016-11-03"],
    ),
    "overnight in a sentence with a day is of that day, also where the text was published soon after": (
        "On 1 December rebels attacked. On 8 December they captured Hanano after the army had left it overnight, and "
        "at the same time they captured Ramouseh.",
        ["Hanano 2016-12-08", "Ramouseh 2016-12-08"],
    ),
    "what was regained has not the day on which it was lost": (
        "On 3 December rebels attacked. On 8 December they recaptured all of the ground they had lost since 5 "
        "December, including Hanano and Ramouseh.",
        ["Hanano 2016-12-08", "Ramouseh 2016-12-08"],
    ),
    "what a relative clause had told has not the day of its sentence": (
        "On 8 December rebels captured Hanano, which had been captured by the army long before. "
        "On 8 December they captured Ramouseh in the east, then on 9 December Shaar.",
        ["Hanano 2016-12-08", "Ramouseh 2016-12-08", "Shaar 2016-12-09"],
    ),
    "the first day of a phase is counted from the phase": (
        "On 1 December rebels began an offensive. They launched its second phase on 8 December. On the third day they "
        "captured Hanano.",
        ["Hanano 2016-12-10"],
    ),
    "a date of the next place is not that of the one before it": (
        "Rebels fought the army. On 2 December Hanano was captured by rebels, Ramouseh on 3 December and Shaar, after "
        "a siege by several brigades, on 9 December.",
        ["Hanano 2016-12-02", "Ramouseh 2016-12-03", "Shaar 2016-12-09"],
    ),
    "the first day of an offensive is not that of the sentence which names it": (
        "On 3 December rebels began an offensive. On 8 December they captured Hanano, while Shaar had been captured on "
        "the first day of the offensive. The capture of Ramouseh on 9 December was followed by that of Sakhour on "
        "10 December.",
        ["Hanano 2016-12-08", "Shaar 2016-12-03", "Ramouseh 2016-12-09", "Sakhour 2016-12-10"],
    ),
    "what went on until a place was taken on a day tells that it was": (
        "Rebels attacked the army on 3 December. They besieged Hanano until it was captured on 8 December. They "
        "want to go on until Sakhour is captured on 20 December.",
        ["Hanano 2016-12-03", "Hanano 2016-12-08"],
    ),
    "nothing is counted from the day since which something goes on": (
        "On 8 December rebels captured Hanano, the tenth such place since 3 December. Two days later they took Shaar.",
        ["Hanano 2016-12-08", "Shaar 2016-12-10"],
    ),
    "what a sentence begins with came before its day": (
        "On 3 December rebels captured Hanano from the army. Following the capture of Hanano, they moved on and on "
        "8 December they captured Ramouseh.",
        ["Hanano 2016-12-03", "Ramouseh 2016-12-08"],
    ),
    "days by which something was promised are not those of what comes next": (
        "On 3 December rebels promised that it would be theirs in a matter of days. They captured Hanano at noon.",
        ["Hanano 2016-12-03"],
    ),
    "a clause of its own does not take over since when another goes on": (
        "Ramouseh has been quiet since 5 December; Hanano was captured by rebels this morning.",
        ["Hanano 2016-12-13"],
    ),
}


@pytest.fixture(scope="module")
def days(told_in):
    def days_in(text):
        return [f"{group[0].place.toponym} {group[0].earliest}" for group in told_in(text)]

    return days_in


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_the_day_of_a_change(days, text, expected):
    assert days(text) == expected
