"""Table [areas] of dataset.toml: how far the ground of places goes where no boundaries are supplied."""

from dataclasses import dataclass, field
from pathlib import Path

import shapely

from geo.errors import BoundaryError, Problem
from geo.formats.boundaries import read_boundaries
from geo.formats.options import Options

TABLE = "areas"


@dataclass(frozen=True)
class AreaSettings:
    """How far the ground goes.

    cells: `reach_km` and `outline` as in table `dataset`. files: the outline's file, as if in the dataset's folder.
    """

    cells: dict[str, str] = field(default_factory=lambda: {"reach_km": "", "outline": ""})
    files: tuple[Path, ...] = ()


def parse_area_settings(folder: Path, keys: object, file: str) -> tuple[AreaSettings, list[Problem]]:
    """The settings of a dataset's folder, and what is wrong with them. keys: the table, empty if there is none."""
    options = Options(keys, file, TABLE)
    name, reach_km = options.text("outline", ""), options.number("reach_km", 0)
    problems = options.done()
    if reach_km == 0 and isinstance(keys, dict) and "reach_km" in keys and not problems:
        problems.append(Problem(file, None, f"{TABLE}.reach_km", "is 0: write a number of kilometres above 0"))
    outline = ""
    if name:
        try:
            outline = shapely.to_wkb(read_boundaries(folder / name).geometry.union_all(), hex=True)
        except BoundaryError as error:
            problems.append(Problem(file, None, f"{TABLE}.outline", str(error)))
    cells = {"reach_km": f"{reach_km:g}" if reach_km else "", "outline": outline}
    return AreaSettings(cells, (folder / Path(name).name,) if name else ()), problems
