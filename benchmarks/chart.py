"""A small line chart with two logarithmic axes, as SVG."""

import math
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 50, 50
COLOURS = ["#3D6A9E", "#D9952B", "#6B2F55", "#4C9A8B", "#7a7f2e", "#8d8f92"]
INK, FAINT = "#1c2733", "#d9d6cd"
LABEL_HEIGHT = 16


@dataclass(frozen=True)
class Line:
    """A line of the chart: its name, its points (x, y), and whether it stands out."""

    name: str
    points: list[tuple[float, float]]
    strong: bool = False


def chart(title: str, y_name: str, x_name: str, lines: list[Line]) -> str:
    """The chart as an SVG document; every line is named at its end."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    across, up = _Axis(xs, LEFT, WIDTH - RIGHT), _Axis(ys, HEIGHT - BOTTOM, TOP)
    parts = [_text(LEFT, 22, title, weight=600), _text(LEFT, 40, f"{y_name}, logarithmic scale")]
    for value in across.ticks:
        parts.append(_rule(across.at(value), TOP, across.at(value), HEIGHT - BOTTOM))
        parts.append(_text(across.at(value), HEIGHT - BOTTOM + 18, f"{value:,}", anchor="middle"))
    for value in up.ticks:
        parts.append(_rule(LEFT, up.at(value), WIDTH - RIGHT, up.at(value)))
        parts.append(_text(LEFT - 8, up.at(value) + 4, f"{value:,}", anchor="end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x_name, anchor="middle"))
    taken: list[float] = []
    for line, colour in sorted(zip(lines, COLOURS, strict=False), key=lambda pair: pair[0].points[-1][1]):
        places = [(across.at(x), up.at(y)) for x, y in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        width = 3 if line.strong else 1.5
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        end_x, end_y = places[-1]
        end_y = min([end_y, *(y - LABEL_HEIGHT for y in taken)])
        taken.append(end_y)
        parts.append(_text(end_x + 10, end_y + 4, line.name, colour=colour, weight=600 if line.strong else 400))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


class _Axis:
    """A logarithmic axis from the power of ten below the values to the one above them."""

    def __init__(self, values: list[float], begin: float, end: float) -> None:
        self.low, self.high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        self.begin, self.end = begin, end
        self.ticks = [10**power for power in range(self.low, self.high + 1)]

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / max(1, self.high - self.low)
        return self.begin + share * (self.end - self.begin)


def _text(x: float, y: float, text: str, colour: str = INK, anchor: str = "start", weight: int = 400) -> str:
    style = f'fill="{colour}" text-anchor="{anchor}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{FAINT}"/>'
