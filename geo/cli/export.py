"""`python -m geo export`: a built dataset as one file for other programs, a map, or an animation."""

import argparse
from pathlib import Path
from typing import get_args

from geo.cli.options import Commands, add_command, day
from geo.control.knowledge import Clock
from geo.formats import exports
from geo.formats.builds import read_build
from geo.formats.folders import build_folder
from geo.maps import animation
from geo.maps.page import map_html

_EXPORTS = {
    "html": lambda build: map_html(build).encode(),
    "csv": exports.to_csv,
    "geojson": exports.to_geojson,
    "gpkg": exports.to_geopackage,
}


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "export", "save a built dataset as one file")
    command.set_defaults(run=export, parser=command)
    command.add_argument("dataset", metavar="DATASET", help="its name, as `build` printed it")
    command.add_argument(
        "--format", choices=[*sorted(_EXPORTS), *animation.FORMATS], required=True, help="kind of the file"
    )
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where it goes; a file of that name is replaced"
    )
    command.add_argument(
        "--builds", type=Path, default=build_folder(), metavar="DIR", help="where the builds are (default: %(default)s)"
    )
    group = command.add_argument_group("animation (gif, webp)")
    group.add_argument("--animate", action="store_true", help="draw a range of days, one after the other")
    group.add_argument("--from", dest="first", type=day, metavar="DATE", help="first day (default: the dataset's)")
    group.add_argument("--to", dest="last", type=day, metavar="DATE", help="last day (default: the dataset's)")
    group.add_argument(
        "--step", choices=animation.STEPS, default="day", help="from picture to picture (default: a day)"
    )
    widths = f"{animation.NARROWEST} to {animation.WIDEST} (default: {animation.DEFAULT_WIDTH})"
    group.add_argument("--width", type=int, default=animation.DEFAULT_WIDTH, metavar="PIXELS", help=widths)
    group.add_argument("--known", type=day, metavar="DATE", help="as known at the end of that day (default: now)")
    group.add_argument("--clock", choices=get_args(Clock), default="recorded", help="when a report became known")


def export(arguments: argparse.Namespace) -> int:
    """Writes one built dataset as a file for other programs, as a map that is one file, or as an animation."""
    if arguments.known is not None and not arguments.animate:
        arguments.parser.error("--known goes with --animate; the map and the saved file have every day to choose")
    if arguments.animate != (arguments.format in animation.FORMATS):
        arguments.parser.error("--animate goes with --format gif or webp, and these two with --animate")
    result = read_build(arguments.builds / arguments.dataset)
    if arguments.animate:
        days = (arguments.first, arguments.last)
        known = (arguments.known, arguments.clock)
        data = animation.animation(result, *days, arguments.step, arguments.format, arguments.width, *known)
    else:
        data = _EXPORTS[arguments.format](result)
    exports.save(data, arguments.out)
    return 0
