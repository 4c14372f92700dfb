"""Expressions of time: the examples of the data file, and what must hold for any text."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.data import read_data
from geo.text.date_leads import leads
from geo.text.dates import date_precision, read_dates, setting_of

DATA = read_data("date_patterns.toml")
EXAMPLES = [(pattern["id"], *example) for pattern in DATA["pattern"] for example in pattern["examples"]]
FOLLOWING = [example for entry in DATA["following"] for example in entry["examples"]]
EXPRESSIONS = [text for _, text, *_ in EXAMPLES]


@pytest.mark.parametrize(("pattern", "text", "published", "earliest", "latest"), EXAMPLES)
def test_every_pattern_reads_its_examples(pattern, text, published, earliest, latest):
    (found,) = read_dates(text, date.fromisoformat(published))
    assert (str(found.earliest), str(found.latest)) == (earliest, latest), pattern
    assert found.precision == date_precision(found.earliest, found.latest)


@pytest.mark.parametrize(("text", "before", "earliest", "latest"), FOLLOWING)
def test_the_next_day_counts_from_the_date_before_it(text, before, earliest, latest):
    first, second = read_dates(f"On {before} they came. {text}, they left.", date(2016, 12, 13))
    assert str(first.earliest) == before
    assert (str(second.earliest), str(second.latest)) == (earliest, latest)


def test_without_a_date_before_it_the_next_day_is_no_date():
    assert read_dates("The next day they left.", date(2016, 12, 13)) == []


def test_a_week_later_counts_from_the_day_by_the_way_in_its_sentence():
    text = "On 8 December they came. The hill, lost on 2 December, was retaken two days later. They slept."
    assert str(read_dates(text, date(2016, 12, 13))[2].latest) == "2016-12-04"


def test_a_story_is_told_in_the_year_of_its_setting():
    text = "The battle began on 28 December 2016. On 2 January it was over. Overnight the army left."
    setting = setting_of("Battle", text, date(2023, 8, 5))
    found = read_dates(text, date(2023, 8, 5), setting)
    assert [str(one.earliest) for one in found] == ["2016-12-28", "2017-01-02", "2017-01-02"]
    assert str(found[-1].latest) == "2017-01-03"


def test_a_year_in_the_title_sets_the_story_and_background_does_not_move_it():
    text = "The city fell on 5 May 2013. On 6 March the army came back."
    setting = setting_of("Offensive (March 2015)", text, date(2023, 8, 5))
    assert str(read_dates(text, date(2023, 8, 5), setting)[1].earliest) == "2015-03-06"


def test_a_story_of_many_days_may_go_on_to_publication():
    days = [
        "They came on 3 May 2015, in the last week of a truce.",
        *(f"On {day} July they fought." for day in range(1, 9)),
    ]
    text = " ".join([*days, "On 2 August 2016 they left."])
    setting = setting_of("Battle", text, date(2016, 8, 5))
    assert str(read_dates(text, date(2016, 8, 5), setting)[2].earliest) == "2015-07-01"
    assert setting_of("Battle", " ".join(days[:3]), date(2015, 7, 1)) is None


def test_a_story_begins_anew_after_its_summary():
    days = " ".join(f"On {day} July they fought." for day in range(1, 9))
    text = f"It lasted from 15 April 2013 until March 2015.\n\nOn 1 May they came. {days}"
    published = date(2015, 5, 5)
    found = read_dates(text, published, setting_of("Battle", text, published))
    assert [str(one.earliest) for one in found][2:4] == ["2013-05-01", "2013-07-01"]


@pytest.mark.parametrize("text", ["On Monday they left; it had begun on 5 May 2013.", "They left.", "5 December 2016"])
def test_news_has_no_setting(text):
    assert setting_of("News", text, date(2016, 12, 13)) is None


def test_expressions_are_read_inside_a_sentence_with_their_offsets():
    text = "Troops entered on Sunday; by 2 December, 2016, they held it, and since 5 December nothing moved."
    found = read_dates(text, date(2016, 12, 6))
    assert [text[one.start : one.end] for one in found] == ["Sunday", "by 2 December, 2016", "since 5 December"]
    assert [one.precision for one in found] == [1, 3, 2]


@pytest.mark.parametrize(
    "text",
    [
        "They may 3 times march on",
        "31 November",
        "2016-13-45",
        "Sundays",
        "in 20167",
        "sunday best",
        "B-52 aircraft",
        "taken by the 5th Marines",
    ],
)
def test_what_names_no_day_is_not_a_date(text):
    assert read_dates(text, date(2016, 12, 13)) == []


def test_of_a_day_that_does_not_exist_the_month_is_read():
    (found,) = read_dates("31 November 2016", date(2016, 12, 13))
    assert (found.earliest, found.latest, found.precision) == (date(2016, 11, 1), date(2016, 11, 30), 4)


def test_a_leap_day_without_a_year_is_the_last_one():
    (found,) = read_dates("29 February", date(2019, 5, 1))
    assert found.earliest == date(2016, 2, 29)


def test_spaces_may_be_line_breaks_and_a_timestamp_counts_as_its_day():
    (found,) = read_dates("on 12\nDecember,\n2016", pd.Timestamp("2016-12-13 18:00"))
    assert found.earliest == found.latest == date(2016, 12, 12)


def test_two_dates_joined_by_and_are_two_dates():
    found = read_dates("on 27 November and 2 December 2016", date(2016, 12, 13))
    assert [str(one.earliest) for one in found] == ["2016-11-27", "2016-12-02"]


@pytest.mark.parametrize(
    ("days", "precision"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (366, 5), (900, 5)]
)
def test_precision_follows_the_width_of_the_range(days, precision):
    first = date(2016, 1, 1)
    assert date_precision(first, date.fromordinal(first.toordinal() + days - 1)) == precision


@given(st.lists(st.sampled_from(EXPRESSIONS) | st.text(max_size=12), max_size=8).map(" ".join), st.dates())
def test_any_text_on_any_day_gives_sane_dates(text, published):
    found = read_dates(text, published)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.earliest <= mention.latest
        assert mention.precision == date_precision(mention.earliest, mention.latest)
    assert all(one.end <= other.start for one, other in pairwise(found))


STATED_FUTURE = ("tomorrow", "next ", "20", "19")


@given(st.sampled_from([text for text in EXPRESSIONS if not any(word in text for word in STATED_FUTURE)]), st.dates())
def test_no_date_is_after_publication_unless_the_text_says_so(text, published):
    assert all(mention.latest <= published for mention in read_dates(text, published))


NARRATIVES = {
    "a heading's year holds until the dates go on": (
        "## 2012: the old quarter\n\nOn 29 February they came. On 29 December they left.\n\n"
        "## 2013: the river\n\nThe assault began on 19 May.",
        "2014-06-01",
        ["2012-02-29", "2012-12-29", "2013-05-19"],
    ),
    "a year passes": (
        "## The war (November 2019)\n\nIt began on 28 November. On 12 March it was over.",
        "2020-12-12",
        ["2019-11-01", "2019-11-28", "2020-03-12"],
    ),
    "days count from the heading of a digest": (
        "## Sunday 16 February\n\nThey came on Friday and left yesterday.\n\n## 14 February\n\nThey came this morning.",
        "2025-02-21",
        ["2025-02-16", "2025-02-14", "2025-02-15", "2025-02-14", "2025-02-14"],
    ),
    "days count from the bold words of a paragraph, and only there": (
        "**16 January.** They left last night.\n\nThey are back since yesterday.",
        "2020-01-20",
        ["2020-01-16", "2020-01-15", "2020-01-19"],
    ),
    "a day without its month is one of the month that is named": (
        "They came on 12 October. Then came November, and war. On the 1st they left.",
        "2018-12-31",
        ["2018-10-12", "2018-11-01"],
    ),
    "what is told by the way is not what the next day counts from": (
        "They came on 16 October, to the base that was lost in June 2014. The next day they left.",
        "2017-10-20",
        ["2017-10-16", "2014-06-01", "2017-10-17"],
    ),
    "the name of a camp is no date": (
        "They took the 17 February camp on 3 May.",
        "2017-10-20",
        ["2017-05-03"],
    ),
    "by a day is after the date before it": (
        "They came on 20 June. By 7 July they had it.",
        "2018-08-01",
        ["2018-06-20", "2018-06-20"],
    ),
    "what has lasted since a day counts from publication, what had lasted from the story": (
        "They came on 17 January. The town has been theirs since the 14th; it had been besieged since the 5th.",
        "2021-02-25",
        ["2021-01-17", "2021-02-14", "2021-02-05"],
    ),
    "an earlier day in the same sentence is told by the way": (
        "They came on 18 April, though the town had been empty since 28 March. The same day they left.",
        "2018-08-01",
        ["2018-04-18", "2018-03-28", "2018-04-18"],
    ),
    "what had happened long before does not move the story": (
        "They came on 2 January 2009. They had crossed the river on 31 July 2008. The next day they left.",
        "2009-06-01",
        ["2009-01-02", "2008-07-31", "2009-01-03"],
    ),
    "days without marks are headings": (
        "January 2009\n\n2 January\n\nThey came.\n\n3 January\n\nThey left at night. Two days later they were back.",
        "2009-06-01",
        ["2009-01-01", "2009-01-02", "2009-01-03", "2009-01-05"],
    ),
    "of a story without weekdays the weekend is its own": (
        "They came on 19 December 2019. Over the weekend they left.",
        "2020-03-20",
        ["2019-12-19", "2019-12-21"],
    ),
}


@pytest.mark.parametrize(("text", "published", "earliest"), NARRATIVES.values(), ids=NARRATIVES)
def test_dates_count_from_where_the_text_has_come_to(text, published, earliest):
    published = date.fromisoformat(published)
    found = read_dates(text, published, setting_of("", text, published))
    assert [str(one.earliest) for one in found] == earliest


def test_since_keeps_the_day_on_which_it_began():
    (found,) = read_dates("It has been besieged since 5 December.", date(2016, 12, 13))
    assert (found.latest, found.onset) == (date(2016, 12, 13), (date(2016, 12, 5), date(2016, 12, 5)))
    *_, counted = read_dates("in July, three days later, since the 3rd", date(2000, 1, 1), date(1999, 6, 1))
    assert counted.onset is not None and counted.onset[0] == counted.earliest


def test_a_date_long_before_the_story_is_an_aside():
    text = "They came on 16 October, to the base that was lost in June 2014."
    assert [one.is_aside for one in read_dates(text, date(2017, 10, 20))] == [False, True]


def test_a_heading_ends_where_the_next_begins_and_bold_words_with_their_paragraph():
    text = "## 2 May\n\n**Two.** One.\n\nThree.\n\n## 2013\n\nFour."
    found = leads(text)
    assert [text[one.start : one.end].strip() for one in found] == ["## 2 May", "**Two.**", "## 2013"]
    assert [text[one.until :].split()[0] for one in found[:2]] == ["##", "Three."]
    assert [one.year for one in found] == [None, None, 2013]


PAST = [text for text in EXPRESSIONS if not any(word in text for word in STATED_FUTURE)]
PIECES = [*PAST, *(text for text, *_ in FOLLOWING), "\n\n## 1999: one\n\n", "\n\n**16 January.** ", "\n- 3 May: "]


@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map(", ".join), st.dates(min_value=date(2000, 1, 1)), st.booleans()
)
def test_no_story_goes_on_after_publication(text, published, is_story):
    setting = date(1999, 6, 1) if is_story else None
    found = read_dates(text, published, setting)
    assert all(one.earliest <= one.latest <= published for one in found)
    assert all(one.onset is None or one.onset[0] == one.earliest for one in found)
