"""Where documents lie: files, folders of files, and archives with one JSON object a line (.jsonl, .jsonl.gz).

Found one after the other and in a fixed order, so that an archive of any size needs no more memory than a small one,
and a run that was interrupted finds the place where it stopped.
"""

import gzip
import io
import zlib
from collections.abc import Container, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from geo.errors import Problem

MAX_BYTES = 100_000_000
"""A file, or a line of an archive, that is longer is no document: something went wrong when it was written."""


class SourceFile(NamedTuple):
    """A file that holds documents.

    number: its place in the order of all files, from 0.
    name: its path below the folder that was given, with slashes.
    size_bytes, modified_ns: as the file system says; 0 where it does not.
    fault: why it cannot be read, or None.
    """

    number: int
    name: str
    path: Path
    size_bytes: int
    modified_ns: int
    fault: Problem | None = None


class Source(NamedTuple):
    """One document that waits to be read: a file of its own, or one line of an archive.

    line: number of the line in an archive, from 1; 0 for a file of its own.
    content: the bytes of that line; None for a file, which is opened when it is read.
    size_bytes: what it takes on disk; for a compressed archive about so.
    fault: what is already known to be wrong with it, or None.
    """

    file: SourceFile
    line: int
    content: bytes | None
    size_bytes: int
    fault: Problem | None = None

    @property
    def name(self) -> str:
        """The name of the file, and for an archive the line: `archive.jsonl:12`."""
        return f"{self.file.name}:{self.line}" if self.line else self.file.name


def find_files(path: Path, leave_out: Container[Path] = ()) -> Iterator[SourceFile]:
    """The files of a folder, subfolders included, in the order of their names; or the one file that path is.

    leave_out: resolved paths that are no documents, such as the file that is being written.
    Names that begin with a dot are left out as well, links to folders are not followed. A folder that cannot be
    listed stands for itself, with its fault. Raises FileNotFoundError for a path that does not exist.
    """
    if not path.exists():
        raise FileNotFoundError(2, "No such file or directory", str(path))
    found = _of_folder(path, "") if path.is_dir() else iter([_file(path, path.name)])
    kept = (file for file in found if file.fault or file.path.resolve() not in leave_out)
    return (file._replace(number=number) for number, file in enumerate(kept))


def find_sources(file: SourceFile, after_line: int = 0) -> Iterator[Source]:
    """The documents of a file, at least one; of an archive those after a line.

    The first fault of an archive itself, as against one of its lines, ends it.
    """
    if file.fault or not is_archive(file.path):
        yield Source(file, 0, None, file.size_bytes, file.fault or _too_long(file.name, None, file.size_bytes))
    else:
        yield from _of_archive(file, after_line)


def is_archive(path: Path) -> bool:
    """Whether a file holds one document a line."""
    return path.name.lower().endswith((".jsonl", ".jsonl.gz"))


def total_bytes(path: Path, leave_out: Container[Path] = ()) -> int:
    """What the files of `find_files` take on disk."""
    return sum(file.size_bytes for file in find_files(path, leave_out))


def _of_folder(folder: Path, prefix: str) -> Iterator[SourceFile]:
    try:
        children = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
    except OSError as error:
        yield SourceFile(0, prefix, folder, 0, 0, _unreadable(prefix, error))
        return
    for child in children:
        if not child.is_dir():
            yield _file(child, f"{prefix}{child.name}")
        elif not child.is_symlink():
            yield from _of_folder(child, f"{prefix}{child.name}/")


def _file(path: Path, name: str) -> SourceFile:
    try:
        state = path.stat()
    except OSError as error:
        return SourceFile(0, name, path, 0, 0, _unreadable(name, error))
    if not path.is_file():
        return SourceFile(0, name, path, 0, 0, Problem(name, None, None, "is no file that can be read: remove it"))
    return SourceFile(0, name, path, state.st_size, state.st_mtime_ns)


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, None, None, f"cannot be read ({error.strerror})")


def _too_long(name: str, line: int | None, size_bytes: int) -> Problem | None:
    message = f"is longer than {MAX_BYTES:,} bytes: split it"
    return Problem(name, line, None, message) if size_bytes > MAX_BYTES else None


def _of_archive(file: SourceFile, after_line: int) -> Iterator[Source]:
    line, is_empty = 0, True
    try:
        with file.path.open("rb") as raw:
            for line, content, size_bytes in _lines(raw, file.path.suffix.lower() == ".gz"):
                is_empty = is_empty and content is not None and not content.strip()
                if line > after_line and (content is None or content.strip()):
                    fault = _too_long(file.name, line, MAX_BYTES + 1) if content is None else None
                    yield Source(file, line, content, size_bytes, fault)
        fault = Problem(file.name, None, None, "is empty: remove it, or save it again") if is_empty else None
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        fault = Problem(file.name, line + 1, None, f"cannot be read from here on ({reason}): fetch it again")
    if fault and line + 1 > after_line:
        yield Source(file, line + 1, None, 0, fault)


def _lines(raw: IO[bytes], is_compressed: bool) -> Iterator[tuple[int, bytes | None, int]]:
    """Number, content and size on disk of each line; None for the content of one that is too long."""
    file = io.BufferedReader(gzip.GzipFile(fileobj=raw)) if is_compressed else raw
    line, position = 0, 0
    while content := file.readline(MAX_BYTES):
        line += 1
        is_cut = _is_cut(content)
        rest = content
        while _is_cut(rest):
            rest = file.readline(MAX_BYTES)
        yield line, None if is_cut else content, raw.tell() - position
        position = raw.tell()


def _is_cut(content: bytes) -> bool:
    """Whether what was read of a line ends before the line does."""
    return len(content) == MAX_BYTES and not content.endswith(b"\n")
