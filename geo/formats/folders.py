"""Where datasets and builds lie: in HOLDLINE_DATA and HOLDLINE_BUILD.

By default that is `data` and `data/build` of the project.
"""

import os
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The folder that holds one folder for each dataset."""
    return Path(os.environ.get("HOLDLINE_DATA") or _PROJECT / "data")


def build_folder() -> Path:
    """The folder that holds one folder for each build, named like its dataset."""
    return Path(os.environ.get("HOLDLINE_BUILD") or _PROJECT / "data" / "build")
