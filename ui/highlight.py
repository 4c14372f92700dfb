"""Passages of a text marked and linked, whatever the text contains and however the passages overlap."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup


@dataclass(frozen=True)
class Passage:
    """A stretch of a text that is to stand out: `text[start:end]`.

    kind: a CSS class, such as `toponym` or `change`
    title: what a reader sees on hovering
    href: where it leads, or None
    detail: what it opens to on a click, below its line, or None
    """

    start: int
    end: int
    kind: str
    title: str
    href: str | None = None
    detail: Markup | None = None


def highlight(text: str, passages: Iterable[Passage]) -> Markup:
    """`text` as HTML with its passages marked.

    Overlapping passages are cut at each other's ends; a piece carries the kinds of all passages that cover
    it, and the link and title of the shortest (of equally long ones, the first given). A passage with a detail opens
    at its last piece, which has its link and title. What reaches outside of the text is cut off.
    """
    inside = [_within(passage, len(text)) for passage in passages]
    covering = sorted((p for p in inside if p.start < p.end), key=lambda p: p.end - p.start)
    cuts = sorted({0, len(text), *(p.start for p in covering), *(p.end for p in covering)})
    pieces = (
        _piece(text[start:end], [p for p in covering if p.start <= start and end <= p.end], end)
        for start, end in pairwise(cuts)
    )
    return Markup("").join(pieces)


def _within(passage: Passage, length: int) -> Passage:
    return replace(passage, start=min(max(passage.start, 0), length), end=min(max(passage.end, 0), length))


def _piece(text: str, covering: list[Passage], end: int) -> Markup:
    """One piece of the text, which ends there, `covering` sorted with the shortest passage first."""
    if not covering:
        return Markup.escape(text)
    kinds = " ".join(sorted({passage.kind for passage in covering}))
    opening = next((passage for passage in covering if passage.detail is not None and passage.end == end), None)
    shown = opening or covering[0]
    inner = Markup('<a href="{}">{}</a>').format(shown.href, text) if shown.href else Markup.escape(text)
    mark = Markup('<mark class="{}" title="{}">{}</mark>').format(kinds, shown.title, inner)
    return Markup("<details><summary>{}</summary>{}</details>").format(mark, opening.detail) if opening else mark
