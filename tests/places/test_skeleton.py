"""Skeletons and likeness: transliterations meet, other names stay apart, and any text has a skeleton."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.skeleton import likeness, skeleton

ANY_TEXT = st.text(st.characters())
COUNTRIES = st.sampled_from(["SY", "UA", None])


@pytest.mark.parametrize(
    ("country", "names"),
    [
        ("SY", ("Sheikh Saeed", "Shaykh Sa'id", "Sheikh Said", "Cheikh Saïd", "الشيخ سعيد")),
        ("SY", ("Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour", "دير الزور")),
        ("SY", ("Jarablus", "Djarabulus", "جرابلس")),
        ("SY", ("Ein Elniser", "Ayn an-Nasr", "عين النسر")),
        ("SY", ("Az-Zahraa", "الزهراء")),
        ("UA", ("Kyiv", "Kiev", "Київ", "Киев")),
        ("UA", ("Kharkiv", "Kharkov", "Харків", "Харьков")),
        ("UA", ("Luhansk", "Lugansk", "Луганськ")),
    ],
)
def test_spellings_of_one_name_meet_within_their_country(country, names):
    assert len({skeleton(name, country) for name in names}) == 1
    assert min(likeness(names[0], other, country) for other in names[1:]) > 0.7


@pytest.mark.parametrize(
    ("country", "one", "like", "unlike"),
    [
        ("SY", "Ar-Raqqa", "الرقة", "الحراك"),
        ("SY", "Sadad", "صدد", "الأسد"),
        ("SY", "Sheikh Said", "الشيخ سعيد", "الشيخ مقصود"),
        ("UA", "Kyiv", "Київ", "Ковель"),
    ],
)
def test_what_sounds_alike_is_more_alike(country, one, like, unlike):
    assert likeness(one, like, country) > 0.9 > likeness(one, unlike, country)


@given(ANY_TEXT, COUNTRIES)
def test_any_text_has_a_skeleton_of_ascii_letters(text, country):
    found = skeleton(text, country)
    assert found.isascii() and (not found or found.isalnum())


@given(ANY_TEXT, ANY_TEXT, COUNTRIES)
def test_likeness_is_a_share_and_takes_the_names_in_any_order(one, other, country):
    share = likeness(one, other, country)
    assert 0 <= share <= 1
    assert share == pytest.approx(likeness(other, one, country))


@given(ANY_TEXT, COUNTRIES)
def test_a_name_is_wholly_like_itself(text, country):
    assert likeness(text, text, country) == (1.0 if skeleton(text, country) else 0.0)
