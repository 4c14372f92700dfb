"""What a hostile input is: how it is made, which way it comes in, and what is said about it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Hostile(NamedTuple):
    """One hostile input.

    name: what is wrong with it. way: how it comes in, a key of `tests.corpus.ways.WAYS`.
    make: given an empty folder, writes the input there and returns what the way is given.
    place: a regular expression for the place of the fault in what is said; None if it is to be taken in as it is.
    may_load: it may be taken in as well as refused. slow: it is large, or reads a whole dataset.
    """

    name: str
    way: str
    make: Callable[[Path], object]
    place: str | None
    may_load: bool = False
    slow: bool = False


def file_of(name: str, content: bytes | str) -> Callable[[Path], Path]:
    """Makes a file of this name with this content."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make
