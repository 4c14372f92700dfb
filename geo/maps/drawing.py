"""A still picture of the map: title, date, map, legend, scale bar, and where it all comes from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from geo.maps.ground import FRONT_WIDTH_PX, SUPERSAMPLING, View, over_land
from geo.maps.ink import FRONT, INK, RGB, TILE, Ink, tile
from geo.maps.lettering import Font, broken, font, font_for, readable, shortened

_BACKGROUND: RGB = (255, 255, 255)
_MUTED: RGB = (91, 107, 122)
_FAINT: RGB = (217, 214, 205)
_ACCENT: RGB = (47, 93, 124)
MARGIN = 16
HEADER = 66
_LEGEND_SHARE, _NARROWEST_LEGEND = 0.3, 240
_FIGURE_WIDTH = 50
_SWATCH_WIDTH, _SWATCH_HEIGHT = 26, 13
_LINE_HEIGHT = 17
_SCALE_BAR_SHARE = 0.2
_LARGE, _NORMAL, _SMALL = 21, 13, 11


@dataclass(frozen=True)
class LegendLine:
    """One line of the legend: what it looks like, what it means, and figures in columns at the right.

    ink: how the ground looks; None for the front line.
    """

    ink: Ink | None
    text: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What is the same on every picture of a series.

    title, title_local: the local one is left out where no font here can write it.
    figure_names: heads of the legend's columns of figures.
    sources: lines about data, documents and version, for the foot.
    width: of the whole picture in pixels.
    """

    title: str
    title_local: str
    figure_names: tuple[str, ...]
    sources: tuple[str, ...]
    width: int

    @property
    def map_width(self) -> int:
        """Width of the map on the picture, in pixels."""
        return self.width - self.legend_width - 3 * MARGIN

    @property
    def legend_width(self) -> int:
        """Width of the legend beside it, in pixels."""
        return max(round(self.width * _LEGEND_SHARE), _NARROWEST_LEGEND)


def compose(
    sheet: Sheet, view: View, the_map: Image.Image, date: str, done: float, legend: Sequence[LegendLine]
) -> Image.Image:
    """The picture of one day. done: how far into the series it is, 0 .. 1, for the bar under the title."""
    key, foot = _legend(sheet, legend), _foot(sheet)
    height = HEADER + max(the_map.height, key.height) + foot.height
    page = Image.new("RGB", (sheet.width, height), _BACKGROUND)
    _head(page, sheet, date, done)
    corner = (MARGIN, HEADER)
    page.paste(the_map, corner)
    page.paste(key, (2 * MARGIN + the_map.width, HEADER))
    page.paste(foot, (0, height - foot.height))
    pen = ImageDraw.Draw(page)
    pen.rectangle([*corner, corner[0] + the_map.width - 1, corner[1] + the_map.height - 1], outline=_FAINT)
    _scale_bar(pen, view, (MARGIN + 12, HEADER + the_map.height - 14), the_map.width * _SCALE_BAR_SHARE)
    return page


def round_length_m(longest_m: float) -> int:
    """The longest of 1, 2, 5, 10, 20, 50 ... metres that is no longer."""
    power = 10 ** math.floor(math.log10(max(longest_m, 1)))
    return int(next(step for step in (5, 2, 1) if step * power <= max(longest_m, 1)) * power)


def _head(page: Image.Image, sheet: Sheet, date: str, done: float) -> None:
    pen = ImageDraw.Draw(page)
    large = font(_LARGE)
    pen.text((sheet.width - MARGIN, 32), date, INK, large, anchor="rs")
    room = sheet.width - 3 * MARGIN - large.getlength(date)
    pen.text((MARGIN, 32), shortened(sheet.title, large, room), INK, large, anchor="ls")
    title_local = " ".join(sheet.title_local.split())
    local = font_for(title_local, _NORMAL)
    if local and local.getlength(title_local) <= room:
        pen.text((MARGIN, 50), title_local, _MUTED, local, anchor="ls")
    width = sheet.width - 2 * MARGIN
    pen.rectangle([MARGIN, HEADER - 8, MARGIN + width, HEADER - 6], fill=_FAINT)
    pen.rectangle([MARGIN, HEADER - 8, MARGIN + round(width * done), HEADER - 6], fill=_ACCENT)


def _legend(sheet: Sheet, lines: Sequence[LegendLine]) -> Image.Image:
    normal, small = font(_NORMAL), font(_SMALL)
    indent = _SWATCH_WIDTH + 8
    room = sheet.legend_width - indent
    figures = len(sheet.figure_names) * _FIGURE_WIDTH
    texts = [broken(line.text, normal, room - (figures if line.figures else 0)) for line in lines]
    rows = 1 + sum(len(text) for text in texts)
    page = Image.new("RGB", (sheet.legend_width, rows * _LINE_HEIGHT + 4 * len(lines) + MARGIN), _BACKGROUND)
    pen = ImageDraw.Draw(page)
    pen.text((0, 12), "Held by", _MUTED, small, anchor="ls")
    _figures(pen, sheet, sheet.figure_names, 12, small, _MUTED)
    top = _LINE_HEIGHT
    for line, text in zip(lines, texts, strict=True):
        page.paste(_swatch(line.ink), (0, top + 2))
        for number, part in enumerate(text):
            pen.text((indent, top + 13 + number * _LINE_HEIGHT), part, INK, normal, anchor="ls")
        _figures(pen, sheet, line.figures, top + 13, normal, INK)
        top += len(text) * _LINE_HEIGHT + 4
    return page


def _figures(
    pen: ImageDraw.ImageDraw, sheet: Sheet, figures: Sequence[str], baseline: int, used: Font, colour: RGB
) -> None:
    for column, figure in enumerate(reversed(figures)):
        right = sheet.legend_width - column * _FIGURE_WIDTH
        pen.text((right, baseline), readable(figure, used), colour, used, anchor="rs")


def _swatch(ink: Ink | None) -> Image.Image:
    size = (_SWATCH_WIDTH, _SWATCH_HEIGHT)
    if ink is None:
        swatch = Image.new("RGB", size, _BACKGROUND)
        middle = _SWATCH_HEIGHT // 2
        ImageDraw.Draw(swatch).line([0, middle, _SWATCH_WIDTH, middle], fill=FRONT, width=FRONT_WIDTH_PX)
        return swatch
    ground = over_land(tile(ink, SUPERSAMPLING)[0])
    repeats = [math.ceil(side / TILE) for side in (_SWATCH_HEIGHT, _SWATCH_WIDTH)]
    swatch = Image.fromarray(np.tile(ground, (*repeats, 1))).reduce(SUPERSAMPLING).crop((0, 0, *size))
    ImageDraw.Draw(swatch).rectangle([0, 0, _SWATCH_WIDTH - 1, _SWATCH_HEIGHT - 1], outline=_FAINT)
    return swatch


def _foot(sheet: Sheet) -> Image.Image:
    small = font(_SMALL)
    lines = [line for text in sheet.sources for line in broken(text, small, sheet.width - 2 * MARGIN)]
    foot = Image.new("RGB", (sheet.width, len(lines) * (_LINE_HEIGHT - 2) + MARGIN), _BACKGROUND)
    pen = ImageDraw.Draw(foot)
    for number, line in enumerate(lines):
        pen.text((MARGIN, 18 + number * (_LINE_HEIGHT - 2)), line, _MUTED, small, anchor="ls")
    return foot


def _scale_bar(pen: ImageDraw.ImageDraw, view: View, corner: tuple[int, int], longest: float) -> None:
    """A bar whose left bottom is at the corner, at most so many pixels long."""
    metres_per_pixel = view.metres_per_pixel * SUPERSAMPLING
    length_m = round_length_m(longest * metres_per_pixel)
    (left, bottom), right = corner, corner[0] + round(length_m / metres_per_pixel)
    text = f"{length_m} m" if length_m < 1000 else f"{length_m // 1000} km"
    small = font(_SMALL)
    wide = max(right, left + round(small.getlength(text))) + 6
    pen.rectangle([left - 6, bottom - 20, wide, bottom + 6], fill=_BACKGROUND)
    pen.line([left, bottom - 4, left, bottom, right, bottom, right, bottom - 4], fill=INK, width=1)
    pen.text((left + 3, bottom - 6), text, INK, small, anchor="ls")
