"""Zip archives: what one may hold before anything of it is unpacked."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import DatasetError, Problem

MAX_BYTES = 1_000_000_000
MAX_FILES = 20_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def checked_members(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """The files of an archive. path: its own.

    Raises DatasetError for one that holds too much, is encrypted, is packed in an unusual way, or has a file whose
    name leads out of it.
    """
    members = [member for member in archive.infolist() if not member.is_dir()]
    total = sum(member.file_size for member in members)
    if total > MAX_BYTES or len(members) > MAX_FILES:
        raise _fault(
            path,
            f"unpacks to {total:,} bytes in {len(members):,} files, at most {MAX_BYTES:,} bytes in {MAX_FILES:,} files "
            "are read: split it",
        )
    for member in members:
        parts = Path(member.filename.replace("\\", "/")).parts
        if ".." in parts or parts[:1] == ("/",) or ":" in member.filename or not member.filename.isprintable():
            raise _fault(path, f"holds {member.filename!r}, a name that leads elsewhere: pack it again")
        if member.flag_bits & _ENCRYPTED:
            raise _fault(path, f"holds {member.filename!r}, which wants a password: pack it without one")
        if member.compress_type not in _METHODS:
            raise _fault(path, f"holds {member.filename!r}, packed in an unusual way: pack it again as a plain zip")
    return members


@contextmanager
def opened_zip(path: Path) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """An archive with its `checked_members`. Raises DatasetError also for what is wrong with it while it is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, checked_members(archive, path)
    except DatasetError:
        raise
    except FileNotFoundError as error:
        raise _fault(path, "is missing: add it, or correct its name") from error
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, ValueError) as error:
        raise _fault(path, f"is no zip that can be read ({error}): save it again") from error


def _fault(path: Path, message: str) -> DatasetError:
    return DatasetError(str(path), [Problem(path.name, None, None, message)])
