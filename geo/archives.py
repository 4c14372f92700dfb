"""Archives of documents to mentions: in pieces, by one process, several, or the workers of a Dask cluster.

Documents are independent, so a piece of some dozens of them is one task. Every process opens the gazetteer once for
itself, and imports no pandas: a table would take more memory than the places of the world. Results come in the order of
the documents, whoever computed them, and no more than a few pieces are under way at any time: memory does not grow with
the archive.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from geo.errors import DocumentError, HoldlineError, Problem
from geo.formats.documents import Document, read_source
from geo.formats.gazetteers import open_gazetteer_file
from geo.formats.mention_files import mention_lines
from geo.formats.sources import Source
from geo.places.gazetteer import Gazetteer
from geo.places.packed import PackedPlaces
from geo.places.world import open_world
from geo.text.mention_rows import MentionRow, mention_rows
from geo.text.toponyms import reader

_DOCUMENTS_A_PIECE = 64
_BYTES_A_PIECE = 2_000_000
_PIECES_A_WORKER = 4
_DASK_TIMEOUT = "10s"


@dataclass(frozen=True)
class Recipe:
    """What documents are read with; small, so that it goes to every worker.

    places: files of places (CSV, columns of table `places`) that come before all others, as a dataset's do.
    gazetteers: files of further places, see `geo.formats.gazetteers`.
    focus: ISO 3166-1 alpha-2 codes of the countries that the documents are about.
    model: of spaCy, whose places count besides; "" for none.
    """

    places: tuple[Path, ...] = ()
    gazetteers: tuple[Path, ...] = ()
    focus: tuple[str, ...] = ()
    model: str = ""


def own_places(recipe: Recipe) -> list[PackedPlaces]:
    """The places of a recipe's files; the first file counts. Raises DatasetError for a file that is wrong."""
    return [open_gazetteer_file(file, in_dataset=True) for file in recipe.places]


@lru_cache(maxsize=1)
def open_gazetteer(recipe: Recipe) -> Gazetteer:
    """The gazetteer of a recipe, opened once in a process. Raises DatasetError or BoundaryError for a wrong file."""
    return Gazetteer(own_places(recipe), open_world(), list(map(open_gazetteer_file, recipe.gazetteers)))


class Parsed(NamedTuple):
    """What came of one piece.

    lines: its mentions as JSON lines.
    documents, mentions, waiting: how many documents were read, mentions found, and mentions without a place.
    problems: what is wrong with the documents that were skipped.
    """

    lines: str
    documents: int
    mentions: int
    waiting: int
    problems: list[Problem]

    def counts(self) -> dict[str, int]:
        """The numbers that `Progress` counts."""
        counted = {"documents": self.documents, "mentions": self.mentions, "waiting": self.waiting}
        return counted | {"skipped": len(self.problems)}


def parse_piece(recipe: Recipe, sources: list[Source]) -> Parsed:
    """Reads some documents and finds their mentions; a document that cannot be read is a problem, not an error."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            documents.append(read_source(source))
        except DocumentError as error:
            problems.append(error.problem)
    gazetteer = open_gazetteer(recipe)
    try:
        mentions = find_rows(documents, gazetteer, recipe)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported, and the archive is read on
        if len(sources) > 1:
            return _together([parse_piece(recipe, [source]) for source in sources])
        message = f"could not be parsed ({type(error).__name__}: {error}): please report this, with the document"
        return Parsed("", 0, 0, 0, [_problem(sources[0], message)])
    waiting = sum(mention.place_id is None for mention in mentions)
    return Parsed(mention_lines(mentions), len(documents), len(mentions), waiting, problems)


def find_rows(documents: Iterable[Document], gazetteer: Gazetteer, recipe: Recipe) -> list[MentionRow]:
    """The mentions of documents, in their order, then by start; `geo.parsing` has the same as a table."""
    own = reader(gazetteer, frozenset(recipe.focus), recipe.model)
    return [row for one in documents for row in mention_rows(one.document_id, one.text, own, one.offset)]


def _together(parts: list[Parsed]) -> Parsed:
    return Parsed(
        lines="".join(part.lines for part in parts),
        documents=sum(part.documents for part in parts),
        mentions=sum(part.mentions for part in parts),
        waiting=sum(part.waiting for part in parts),
        problems=[problem for part in parts for problem in part.problems],
    )


def _problem(source: Source, message: str) -> Problem:
    return Problem(source.file.name, source.line or None, None, message)


def pieces(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """The sources in pieces of at most 64 documents, or fewer that are large."""
    piece: list[Source] = []
    size = 0
    for source in sources:
        piece.append(source)
        size += source.size_bytes if source.content is None else len(source.content)
        if len(piece) == _DOCUMENTS_A_PIECE or size >= _BYTES_A_PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


class Workers:
    """Reads pieces in other processes, in order. Use it in a `with` statement.

    open_executor: makes the executor, again after its processes have died.
    count: how many pieces are read at the same time.
    lost: what its futures raise when the process that read a piece died.
    """

    def __init__(
        self, open_executor: Callable[[], Executor], count: int, lost: tuple[type[Exception], ...] = (BrokenExecutor,)
    ) -> None:
        self._open, self._count, self._lost = open_executor, count, lost
        self._executor = open_executor()
        self._under_way: deque[tuple[list[Source], Future[Parsed]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def parse(self, recipe: Recipe, waiting: Iterable[list[Source]]) -> Iterator[tuple[list[Source], Parsed]]:
        """Each piece with what came of it. A document that ends the process which reads it is a problem."""
        coming, under_way = iter(waiting), self._under_way
        while True:
            for piece in islice(coming, self._count * _PIECES_A_WORKER - len(under_way)):
                under_way.append((piece, self._submit(recipe, piece)))
            if not under_way:
                return
            piece, future = under_way.popleft()
            try:
                parsed = future.result()
            except (*self._lost, CancelledError):  # type: ignore[misc]
                self._reopen()
                parsed = _together([self._alone(recipe, source) for source in piece])
                for position, (other, _) in enumerate(under_way):
                    under_way[position] = other, self._submit(recipe, other)
            yield piece, parsed

    def _submit(self, recipe: Recipe, piece: list[Source]) -> "Future[Parsed]":
        try:
            return self._executor.submit(parse_piece, recipe, piece)
        except self._lost:  # the pool has noticed by itself that a process died; the piece under way will say so
            self._reopen()
            return self._executor.submit(parse_piece, recipe, piece)

    def _alone(self, recipe: Recipe, source: Source) -> Parsed:
        try:
            return self._submit(recipe, [source]).result()
        except self._lost:
            self._reopen()
            message = "ended the process that read it (too little memory?): it was left out"
            return Parsed("", 0, 0, 0, [_problem(source, message)])

    def _reopen(self) -> None:
        self._close()
        self._executor = self._open()

    def _close(self) -> None:
        for _, future in self._under_way:
            future.cancel()
        self._executor.shutdown(wait=False)


def local_workers(count: int) -> Workers:
    """Processes on this machine; they end with this one, also when it is killed."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([__name__])
    return Workers(lambda: ProcessPoolExecutor(count, mp_context=context, initializer=_live_with_parent), count)


def dask_workers(address: str) -> Workers:
    """The workers of a Dask cluster, which must see the same files under the same paths.

    address: of the scheduler, such as tcp://10.0.0.1:8786.
    Raises HoldlineError when `distributed` is not installed, or the scheduler does not answer.
    """
    try:
        from distributed import Client  # an optional extra
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise HoldlineError("Dask is not installed: pip install -r requirements-dask.txt") from error
    try:
        client = Client(address, timeout=_DASK_TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise HoldlineError(f"No Dask scheduler answers at {address}: {error}") from error
    threads = sum(client.nthreads().values())
    return Workers(lambda: client.get_executor(pure=False), max(threads, 1), (KilledWorker,))


def _live_with_parent() -> None:
    """Ends this process when its parent is gone, and only then: a killed parent cannot tell its pool to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
