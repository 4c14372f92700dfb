"""Files that may be compressed (.gz, .zip), up to a limit: very little of it may unpack to very much."""

import gzip
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from geo.errors import DatasetError, Problem
from geo.formats.zips import MAX_BYTES, opened_zip

_AT_ONCE = 1_000_000


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The content of a file, unpacked if its ending says that it is compressed; a zip must hold one file.

    Raises DatasetError for a zip that cannot be used and for more than MAX_BYTES; OSError, EOFError and zlib.error for
    a file that cannot be read.
    """
    if path.exists() and not path.is_file():
        raise _fault(path, "is no file: correct its name")
    with ExitStack() as stack:
        if path.suffix.lower() == ".zip":
            archive, members = stack.enter_context(opened_zip(path))
            if len(members) != 1:
                raise _fault(path, f"holds {len(members)} files: pack the table alone")
            yield stack.enter_context(archive.open(members[0]))
        elif path.suffix.lower() == ".gz":
            _require_length(path)
            yield cast(IO[bytes], stack.enter_context(gzip.open(path)))
        else:
            yield stack.enter_context(path.open("rb"))


def _require_length(path: Path) -> None:
    """Unpacks once without keeping anything: whoever reads a table keeps all of it."""
    length = 0
    with gzip.open(path) as file:
        while content := file.read(_AT_ONCE):
            length += len(content)
            if length > MAX_BYTES:
                raise _fault(path, f"unpacks to more than {MAX_BYTES:,} bytes: split it")


def _fault(path: Path, message: str) -> DatasetError:
    return DatasetError(str(path), [Problem(path.name, None, None, message)])
