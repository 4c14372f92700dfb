"""Pieces of HTML that the pages are made of.

Everything here returns `Markup`: text that is put into it is escaped, and only `Markup` reaches `st.html`.
Names from a dataset never go through Streamlit's Markdown (labels, captions, `st.write`): its additions
(colours, formulas, icons, addresses turned into links) cannot all be escaped. Names stand in `<bdi>`, so that a
right-to-left name, or a direction mark in it, does not reorder what stands beside it.
"""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from ui.links import web_address
from ui.tables import is_given

NONE = Markup('<span class="hl-none">none</span>')


def show(*fragments: Markup) -> None:
    """Draw the fragments, one below the other."""
    st.html(Markup('<div class="hl">{}</div>').format(Markup("").join(fragments)))


def join(fragments: Iterable[Markup | str], separator: Markup | str = " ") -> Markup:
    """The fragments in a row; plain strings are escaped."""
    return Markup.escape(separator).join(fragments)


def heading(title: str, lede: str = "") -> Markup:
    """A page's title and the sentence that says what it is for."""
    below = Markup('<p class="hl-lede">{}</p>').format(lede) if lede else Markup("")
    return Markup("<h1>{}</h1>{}").format(name(title), below)


def section(title: str) -> Markup:
    """The title of a part of a page."""
    return Markup("<h2>{}</h2>").format(name(title))


def paragraph(text: Markup | str, css_class: str = "") -> Markup:
    """A paragraph, with one of the classes of style.css."""
    return Markup('<p class="{}" dir="auto">{}</p>').format(css_class, text)


def name(text: str) -> Markup:
    """A name, kept apart from the direction of the text around it."""
    return Markup("<bdi>{}</bdi>").format(text)


def local_name(text: object) -> Markup:
    """A name in the place's own script, set off; nothing if it is missing."""
    return Markup('<bdi class="hl-local">{}</bdi>').format(text) if is_given(text) else Markup("")


def code(text: str) -> Markup:
    """Something to type, or an id."""
    return Markup('<code class="hl-code">{}</code>').format(text)


def link(href: str, text: Markup | str) -> Markup:
    """A link within the dashboard."""
    return Markup('<a href="{}">{}</a>').format(href, text)


def source_link(url: object, text: Markup | str) -> Markup:
    """A link to a source on the web, opened beside the dashboard; only text if `url` is not http or https."""
    address = web_address(url) if isinstance(url, str) else None
    if address is None:
        return Markup.escape(text)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, text)


def swatch(colour: str) -> Markup:
    """A small square of an actor's colour (#rrggbb)."""
    return Markup('<span class="hl-swatch" style="background-color:{}"></span>').format(colour)


def tag(text: str, on: bool = False) -> Markup:
    """A short word in a rounded box, in the accent colour if `on`."""
    return Markup('<span class="hl-tag{}">{}</span>').format(" on" if on else "", text)


def definitions(pairs: Mapping[str, Markup | str]) -> Markup:
    """A list of names and what they are."""
    rows = (Markup("<dt>{}</dt><dd>{}</dd>").format(term, meaning) for term, meaning in pairs.items())
    return Markup("<dl>{}</dl>").format(Markup("").join(rows))


def figures(pairs: Mapping[str, str]) -> Markup:
    """A few numbers in a row, each over its name."""
    cells = (Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term, value) for term, value in pairs.items())
    return Markup('<dl class="hl-figures">{}</dl>').format(Markup("").join(cells))


def table(columns: Sequence[str], rows: Iterable[Sequence[Markup | str]], numbers: Sequence[str] = ()) -> Markup:
    """A table to read; `numbers` are the columns set flush right. On a narrow screen each row becomes a list."""
    classes = ["hl-number" if column in numbers else "" for column in columns]
    heads = map(Markup('<th class="{}">{}</th>').format, classes, columns)
    cell = Markup('<td class="{}" data-column="{}"><div>{}</div></td>')
    filled = (Markup("").join(map(cell.format, classes, columns, row)) for row in rows)
    body = Markup("").join(map(Markup("<tr>{}</tr>").format, filled))
    return Markup('<table class="hl-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        Markup("").join(heads), body
    )
