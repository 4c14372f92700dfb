"""Where documents lie: files, folders of files, and archives with one JSON object a line (.jsonl, .jsonl.gz).

Found one after the other and in a fixed order, so that an archive of any size needs no more memory than a small one.
"""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from geo.errors import Problem

MAX_BYTES = 100_000_000
"""A file, or a line of an archive, that is longer is no document: something went wrong when it was written."""


class Source(NamedTuple):
    """One document that waits to be read.

    name: path below the folder that was given, with slashes; for a line of an archive `archive.jsonl:12`.
    path: the file.
    line: number of the line in an archive, from 1; None for a file of its own.
    content: the bytes of that line; None for a file, which is opened when it is read.
    size_bytes: what it takes on disk; for a compressed archive about so.
    fault: what is already known to be wrong with it, or None.
    """

    name: str
    path: Path
    line: int | None = None
    content: bytes | None = None
    size_bytes: int = 0
    fault: Problem | None = None


def find_sources(path: Path) -> Iterator[Source]:
    """The documents of a file or folder, subfolders included, in the order of their names.

    Names that begin with a dot are left out, links to folders are not followed. A file whose form is unknown is
    found as well: reading it says so. Raises FileNotFoundError for a path that does not exist.
    """
    if not path.exists():
        raise FileNotFoundError(2, "No such file or directory", str(path))
    yield from _of_folder(path, "") if path.is_dir() else _of_file(path, path.name)


def is_archive(path: Path) -> bool:
    """Whether a file holds one document a line."""
    return path.name.lower().endswith((".jsonl", ".jsonl.gz"))


def total_bytes(path: Path) -> int:
    """What all documents of a file or folder take on disk."""
    if not path.is_dir():
        return path.stat().st_size
    return sum((Path(folder) / name).lstat().st_size for folder, _, names in os.walk(path) for name in names)


def _of_folder(folder: Path, prefix: str) -> Iterator[Source]:
    try:
        children = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
    except OSError as error:
        yield Source(prefix, folder, fault=Problem(prefix, None, None, f"the folder cannot be read ({error.strerror})"))
        return
    for child in children:
        if not child.is_dir():
            yield from _of_file(child, f"{prefix}{child.name}")
        elif not child.is_symlink():
            yield from _of_folder(child, f"{prefix}{child.name}/")


def _of_file(path: Path, name: str) -> Iterator[Source]:
    if is_archive(path):
        yield from _of_archive(path, name)
        return
    try:
        size = path.stat().st_size
    except OSError as error:
        yield Source(name, path, fault=Problem(name, None, None, f"the file cannot be read ({error.strerror})"))
        return
    too_long = Problem(name, None, None, f"is longer than {MAX_BYTES:,} bytes: split it") if size > MAX_BYTES else None
    yield Source(name, path, size_bytes=size, fault=too_long)


def _of_archive(path: Path, name: str) -> Iterator[Source]:
    """The lines of an archive that are not blank; the first fault of the file itself ends it."""
    number = 0
    try:
        with path.open("rb") as raw:
            for number, content, size in _lines(raw, path.suffix == ".gz"):
                where = f"{name}:{number}"
                if content is None:
                    fault = Problem(name, number, None, f"is longer than {MAX_BYTES:,} bytes: split it")
                    yield Source(where, path, number, size_bytes=size, fault=fault)
                elif content.strip():
                    yield Source(where, path, number, content, size)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        fault = Problem(name, number + 1, None, f"the archive cannot be read any further ({reason}): fetch it again")
        yield Source(f"{name}:{number + 1}", path, number + 1, fault=fault)


def _lines(raw: IO[bytes], is_compressed: bool) -> Iterator[tuple[int, bytes | None, int]]:
    """Number, content and size on disk of each line; None for the content of one that is too long."""
    file = io.BufferedReader(gzip.GzipFile(fileobj=raw)) if is_compressed else raw
    number, before = 0, 0
    while content := file.readline(MAX_BYTES):
        number += 1
        is_whole = len(content) < MAX_BYTES or content.endswith(b"\n")
        while not is_whole:
            rest = file.readline(MAX_BYTES)
            is_whole = len(rest) < MAX_BYTES or rest.endswith(b"\n")
            content = b""
        after = raw.tell()
        yield number, content or None, after - before
        before = after
