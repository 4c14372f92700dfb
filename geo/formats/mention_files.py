"""Mentions as JSON lines, written so that a run that was killed can carry on, without a line lost or doubled.

Beside `mentions.jsonl` stands, while the run lasts, `mentions.jsonl.progress`: how far it has come, and how long the
file was then. What the file holds beyond that is cut off when the run is taken up again.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, TextIO

from geo.errors import ResumeError
from geo.formats.sources import Source, SourceFile, find_sources
from geo.text.mention_rows import MentionRow

_SECONDS_BETWEEN_NOTES = 1.0
# Characters that JSON leaves as they are in a string, and that some readers take for the end of a line.
_OTHER_LINE_ENDS = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}
_AGAIN = "run it with --restart to begin again"


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    recipe: what it reads with (see `geo.archives.Recipe`).
    files: number of files before the one that was read last. digest: of their names, sizes and times, in order.
    current: name, size and time of the file that was read last. line: the last line read of it, 0 if it is no archive.
    read_bytes: what was read of the documents. size_bytes: length of the output.
    documents, mentions, waiting, skipped: what was counted.
    """

    recipe: str
    files: int = 0
    digest: str = ""
    current: str = ""
    line: int = 0
    read_bytes: int = 0
    size_bytes: int = 0
    documents: int = 0
    mentions: int = 0
    waiting: int = 0
    skipped: int = 0

    def after(self, sources: Iterable[Source], **counts: int) -> "Progress":
        """The progress once these sources, which follow in the order of their files, are done as well."""
        progress = replace(self, **{name: getattr(self, name) + count for name, count in counts.items()})
        for source in sources:
            stamp = _stamp(source.file)
            if progress.current and progress.current != stamp:
                progress = progress._closed()
            read_bytes = progress.read_bytes + source.size_bytes
            progress = replace(progress, current=stamp, line=source.line, read_bytes=read_bytes)
        return progress

    def _closed(self) -> "Progress":
        return replace(self, files=self.files + 1, digest=_chained(self.digest, self.current), current="", line=0)


def mention_lines(mentions: Iterable[MentionRow]) -> str:
    """Mentions as one JSON object a line; signals is an object, a missing value null."""
    lines = (json.dumps(_record(mention), ensure_ascii=False).translate(_OTHER_LINE_ENDS) for mention in mentions)
    return "".join(f"{line}\n" for line in lines)


def _record(mention: MentionRow) -> dict[str, object]:
    return mention._asdict() | {"signals": mention.signals or {}}


def remaining_sources(files: Iterable[SourceFile], done: Progress) -> Iterator[Source]:
    """The sources that a run has not read yet.

    Raises ResumeError when the files that it has read are not the same any more.
    """
    remaining = iter(files)
    if done.current:
        digest = ""
        for file in islice(remaining, done.files):
            digest = _chained(digest, _stamp(file))
        last = next(remaining, None)
        if last is None or (digest, _stamp(last)) != (done.digest, done.current):
            raise ResumeError(f"What was read before the interruption has changed since: {_AGAIN}.")
        if done.line:
            yield from find_sources(last, done.line)
    for file in remaining:
        yield from find_sources(file)


class MentionFile:
    """The output file of a run, with its progress beside it. Use it in a `with` statement.

    path: the file; what stands there is replaced, or carried on if a run with the same recipe was interrupted.
    recipe: what the run reads with.
    restart: begin again in any case.
    progress: how far the run has come.

    Raises ResumeError for an interrupted run that cannot be carried on.
    """

    def __init__(self, path: Path, recipe: str, restart: bool = False) -> None:
        self._path = path
        self._beside = path.with_name(f"{path.name}.progress")
        self.progress = Progress(recipe)
        if not restart and path.exists() and self._beside.exists():
            self.progress = self._interrupted(recipe)
        self._file: IO[bytes] = path.open("r+b" if self.progress.size_bytes else "wb")
        self._file.truncate(self.progress.size_bytes)
        self._file.seek(self.progress.size_bytes)
        self._note()

    @property
    def files(self) -> tuple[Path, Path]:
        """The files that the run itself writes, which are not to be read as documents."""
        return self._path.resolve(), self._beside.resolve()

    def write(self, lines: str, progress: Progress) -> None:
        """Adds lines, and notes once a second that the run has come so far."""
        data = lines.encode()
        self._file.write(data)
        self.progress = replace(progress, size_bytes=self.progress.size_bytes + len(data))
        if time.monotonic() - self._noted_at >= _SECONDS_BETWEEN_NOTES:
            self._note()

    def finish(self) -> None:
        """The run is complete: nothing is left to carry on."""
        self._file.flush()
        self._beside.unlink()

    def __enter__(self) -> "MentionFile":
        return self

    def __exit__(self, *_: object) -> None:
        if self._beside.exists():
            self._note()
        self._file.close()

    def _note(self) -> None:
        """Notes the progress, once what it speaks of is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        new = self._beside.with_name(f"{self._beside.name}.new")
        with new.open("w", encoding="utf-8") as note:
            json.dump(asdict(self.progress), note)
            note.flush()
            os.fsync(note.fileno())
        new.replace(self._beside)
        self._noted_at = time.monotonic()

    def _interrupted(self, recipe: str) -> Progress:
        try:
            progress = Progress(**json.loads(self._beside.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise ResumeError(f"{self._beside} is damaged: {_AGAIN}.") from error
        if progress.recipe != recipe:
            raise ResumeError(
                f"{self._path} was begun with other documents, options or place names: give the same ones, or {_AGAIN}."
            )
        if self._path.stat().st_size < progress.size_bytes:
            raise ResumeError(f"{self._path} is shorter than when the run was interrupted: {_AGAIN}.")
        return progress


class MentionStream:
    """A stream, such as the screen, as the output of a run: it cannot be carried on. Use it like `MentionFile`."""

    files: tuple[Path, ...] = ()

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.progress = Progress("")

    def write(self, lines: str, progress: Progress) -> None:
        """Adds lines."""
        self._stream.write(lines)
        self._stream.flush()
        self.progress = progress

    def finish(self) -> None:
        """There is nothing to do: a stream is left as it is."""

    def __enter__(self) -> "MentionStream":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.flush()


def _stamp(file: SourceFile) -> str:
    return json.dumps([file.name, file.size_bytes, file.modified_ns])


def _chained(digest: str, stamp: str) -> str:
    return hashlib.sha256((digest + stamp).encode()).hexdigest()
