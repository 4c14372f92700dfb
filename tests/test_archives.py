"""Archives in pieces: the same result whoever reads them, and documents that break a reader are left out."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from geo import archives
from geo.archives import Parsed, Recipe, Workers, local_workers, parse_piece, pieces
from geo.errors import HoldlineError
from geo.formats.sources import Source, find_files, find_sources
from geo.places.gazetteer import Gazetteer
from geo.text.mention_rows import MentionRow
from tests.places.samples import sample_places

RECIPE = Recipe()


class Here(Executor):
    """Reads in this process; a document called `deadly.txt` ends it."""

    is_dead = False

    def submit(self, function: Callable[..., Parsed], /, *arguments: object, **_: object) -> Future[Parsed]:
        future: Future[Parsed] = Future()
        sources: list[Source] = arguments[1]  # type: ignore[assignment]
        self.is_dead = self.is_dead or any(source.file.name == "deadly.txt" for source in sources)
        if self.is_dead:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(function(*arguments))
        return future


@pytest.fixture(autouse=True)
def sample_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    gazetteer = Gazetteer(sample_places())
    monkeypatch.setattr(archives, "open_gazetteer", lambda _: gazetteer)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(f"Report {number} from Aleppo and Hanano.")
    (tmp_path / "07.txt").write_bytes(b"\0")
    return tmp_path


def sources(folder: Path) -> Iterator[Source]:
    return chain.from_iterable(map(find_sources, find_files(folder)))


def lines(parsed: Iterator[tuple[list[Source], Parsed]]) -> str:
    return "".join(part.lines for _, part in parsed)


def test_pieces_are_small_and_leave_nothing_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [len(piece) for piece in pieces(sources(folder))] == [20]
    monkeypatch.setattr(archives, "_DOCUMENTS_A_PIECE", 8)
    assert [len(piece) for piece in pieces(sources(folder))] == [8, 8, 4]
    monkeypatch.setattr(archives, "_BYTES_A_PIECE", 60)
    found = list(pieces(sources(folder)))
    assert [source.name for piece in found for source in piece] == [source.name for source in sources(folder)]
    assert max(map(len, found)) == 3  # one of the files has a single byte


def test_a_piece_says_what_came_of_it(folder: Path) -> None:
    parsed = parse_piece(RECIPE, list(sources(folder)))
    assert (parsed.documents, parsed.mentions, parsed.waiting) == (19, 38, 0)
    assert [problem.file for problem in parsed.problems] == ["07.txt"]
    assert parsed.lines.count("\n") == 38
    assert parsed.counts() == {"documents": 19, "mentions": 38, "waiting": 0, "skipped": 1}


def test_a_document_that_the_parser_fails_on_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = archives.mention_rows

    def fail_on_five(document_id: str, text: str, *others: Any) -> list[MentionRow]:
        if "Report 5" in text:
            raise ZeroDivisionError("by five")
        return rows(document_id, text, *others)

    monkeypatch.setattr(archives, "mention_rows", fail_on_five)
    parsed = parse_piece(RECIPE, list(sources(folder)))
    assert parsed.documents == 18
    assert [problem.file for problem in parsed.problems] == ["05.txt", "07.txt"]
    assert "ZeroDivisionError: by five" in parsed.problems[0].message


def test_a_document_that_ends_its_process_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_DOCUMENTS_A_PIECE", 3)
    alone = lines((piece, parse_piece(RECIPE, piece)) for piece in pieces(sources(folder)))
    (folder / "deadly.txt").write_text("Aleppo")
    with Workers(Here, count=2) as workers:
        parsed = list(workers.parse(RECIPE, pieces(sources(folder))))
    assert lines(iter(parsed)) == alone
    problems = [problem for _, part in parsed for problem in part.problems]
    assert [problem.file for problem in problems] == ["07.txt", "deadly.txt"]
    assert "ended the process that read it" in problems[1].message


def test_no_more_pieces_are_under_way_than_needed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_DOCUMENTS_A_PIECE", 1)
    taken = []

    def noted() -> Iterator[list[Source]]:
        for piece in pieces(sources(folder)):
            taken.append(piece)
            yield piece

    with Workers(Here, count=1) as workers:
        next(workers.parse(RECIPE, noted()))
    assert len(taken) <= 4


def test_processes_give_the_same_in_the_same_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_DOCUMENTS_A_PIECE", 4)
    monkeypatch.undo()
    alone = lines((piece, parse_piece(RECIPE, piece)) for piece in pieces(sources(folder)))
    with local_workers(2) as workers:
        assert lines(workers.parse(RECIPE, pieces(sources(folder)))) == alone
        assert alone
        processes = list(workers._executor._processes)  # type: ignore[attr-defined]
    for process in processes:
        os.kill(process, signal.SIGKILL)


def test_a_cluster_gives_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: requirements-dask.txt")
    monkeypatch.undo()
    alone = lines((piece, parse_piece(RECIPE, piece)) for piece in pieces(sources(folder)))
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None, protocol="tcp"
        ) as cluster,
        archives.dask_workers(cluster.scheduler_address) as workers,
    ):
        assert lines(workers.parse(RECIPE, pieces(sources(folder)))) == alone


def test_a_cluster_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: requirements-dask.txt")
    monkeypatch.setattr(archives, "_DASK_TIMEOUT", "1s")
    with pytest.raises(HoldlineError, match="No Dask scheduler answers"):
        archives.dask_workers("tcp://127.0.0.1:9")
