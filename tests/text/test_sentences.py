"""Sentences: where they end, which block they stand in, and any text at all."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.sentences import sentences


def texts(text):
    return [text[one.start : one.end] for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Mr Ban and Lt. Gen. Saleh met. They left.", ["Mr Ban and Lt. Gen. Saleh met.", "They left."]),
        ("The U.S. said no. J. Smith said yes.", ["The U.S. said no.", "J. Smith said yes."]),
        ("About 3.5 km² were left. It fell.", ["About 3.5 km² were left.", "It fell."]),
        ('He said "No." She left.', ['He said "No."', "She left."]),
        ("A line\nthat goes on. Another\none", ["A line\nthat goes on.", "Another\none"]),
        ("Heading\n\nText.", ["Heading", "Text."]),
        (
            "The advance\nThe army left its camp in the hills before dawn and went north.",
            ["The advance", "The army left its camp in the hills before dawn and went north."],
        ),
        ("2 May\nThey left.\n3 May\nThey came back.", ["2 May", "They left.", "3 May", "They came back."]),
        ("2 May\nThey left.", ["2 May\nThey left."]),
        ("# Heading\nText. More.", ["# Heading", "Text.", "More."]),
        ("- one\n- two\n1. three", ["- one", "- two", "1. three"]),
        ("سقط الحي؟ نعم. انتهى", ["سقط الحي؟", "نعم.", "انتهى"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_text_has_these_sentences(text, expected):
    assert texts(text) == expected


def test_paragraphs_and_headings_are_known():
    found = sentences("## 27 November\n\nOne. Two.\n\nThree.")
    assert [one.is_heading for one in found] == [True, False, False, False]
    assert [one.paragraph for one in found] == [0, 1, 1, 2]


def test_lines_that_are_dates_or_stand_above_prose_are_headings():
    found = sentences(
        "2 May\n\nThey left.\n\n3 May 2015[edit]\n\n"
        "The way back\nThey came back from the hills before it was dark.[2] They stayed."
    )
    assert [one.is_heading for one in found] == [True, False, True, True, False, False]


def test_what_is_no_prose_is_cut():
    lengths = [len(piece) for piece in texts("word " * 2000 + "x" * 5000)]
    assert max(lengths) <= 2000
    assert sum(lengths) > 14_000


@given(st.text(st.characters() | st.sampled_from(".!?\n# -")))
def test_sentences_hold_every_word_of_any_text(text):
    found = sentences(text)
    assert all(one.start < one.end for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join("".join(texts(text)).split()) == "".join(text.split())
    assert all(piece == piece.strip() for piece in texts(text))
