"""Quotes are found word for word, however the text is wrapped."""

from hypothesis import given
from hypothesis import strategies as st

from geo.quotes import find_quote

words = st.lists(st.text(min_size=1).filter(lambda word: not any(c.isspace() for c in word)), min_size=1)


@given(words, st.sampled_from([" ", "\n", "\n\n", " \t"]), st.text(), st.text())
def test_a_quote_is_found_whatever_blanks_stand_between_its_words(
    words: list[str], blank: str, before: str, after: str
) -> None:
    found = find_quote(f"{before} {blank.join(words)} {after}", " ".join(words))
    assert found is not None
    start, end = found
    assert f"{before} {blank.join(words)} {after}"[start:end].split() == words


def test_other_words_are_not_found() -> None:
    assert find_quote("The army took Ostmere.", "the army took Ostmere") is None
    assert find_quote("The army took Ostmere.", "The army Ostmere") is None
    assert find_quote("a+b", "a.b") is None


def test_a_blank_quote_stands_nowhere() -> None:
    assert find_quote("some text", " \n") is None
