"""Marking passages never changes the text, whatever is in it."""

import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from ui.highlight import Passage, highlight

texts = st.text() | st.text(alphabet="<>&\"'ab \n\u200fش", max_size=40)
passages = st.lists(
    st.builds(
        Passage,
        start=st.integers(-3, 45),
        end=st.integers(-3, 45),
        kind=st.sampled_from(["toponym", "change"]),
        title=texts,
        href=st.none() | texts,
    ),
    max_size=6,
)


class Tags(HTMLParser):
    """Collects the names of the tags and the attributes in a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


@given(texts, passages)
def test_without_its_tags_the_result_is_the_text(text: str, marked: list[Passage]) -> None:
    stripped = re.sub(r"<[^>]*>", "", highlight(text, marked))
    assert html.unescape(stripped) == text


@given(texts, passages)
def test_nothing_but_marks_and_links_comes_out(text: str, marked: list[Passage]) -> None:
    tags = Tags(highlight(text, marked))
    assert tags.names <= {"mark", "a"}
    assert tags.attributes <= {"class", "title", "href"}


def test_overlapping_passages_are_cut_at_each_others_ends() -> None:
    sentence = Passage(0, 9, "change", "taken", "./?date=2016-12-12")
    toponym = Passage(3, 6, "toponym", "Bab", "./?place=1")
    assert highlight("abcdefghi", [sentence, toponym]) == (
        '<mark class="change" title="taken"><a href="./?date=2016-12-12">abc</a></mark>'
        '<mark class="change toponym" title="Bab"><a href="./?place=1">def</a></mark>'
        '<mark class="change" title="taken"><a href="./?date=2016-12-12">ghi</a></mark>'
    )


def test_a_passage_opens_after_its_last_piece() -> None:
    detail = Markup("<p>why</p>")
    sentence = Passage(0, 4, "change", "taken")
    toponym = Passage(2, 6, "toponym", "Bab", detail=detail)
    assert highlight("abcdef", [sentence, toponym]) == (
        '<mark class="change" title="taken">ab</mark><mark class="change toponym" title="taken">cd</mark>'
        '<details><summary><mark class="toponym" title="Bab">ef</mark></summary><p>why</p></details>'
    )


def test_passages_that_cross_keep_both_kinds_where_they_cross() -> None:
    marked = highlight("abcdef", [Passage(0, 4, "change", "x"), Passage(2, 6, "toponym", "y")])
    assert re.findall(r'class="([^"]*)" title="[^"]*">([^<]*)', marked) == [
        ("change", "ab"),
        ("change toponym", "cd"),
        ("toponym", "ef"),
    ]
