"""The file of mentions: whole lines only, and a run that was killed carries on where it stopped."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import ResumeError
from geo.formats import mention_files
from geo.formats.mention_files import MentionFile, Progress, mention_lines, remaining_sources
from geo.formats.sources import Source, find_files, find_sources
from geo.text.mention_rows import MentionRow


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    (folder / "b.jsonl").write_text("".join(f'{{"text": "b{number}"}}\n' for number in range(5)))
    (folder / "c.txt").write_text("c")
    (folder / "d.txt").write_text("d")
    return folder


@pytest.fixture(autouse=True)
def note_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mention_files, "_SECONDS_BETWEEN_NOTES", 0.0)


def names(sources: Iterator[Source]) -> list[str]:
    return [source.name for source in sources]


def everything(folder: Path) -> list[Source]:
    return list(chain.from_iterable(map(find_sources, find_files(folder))))


def run(folder: Path, out: Path, stop_after: int | None = None) -> None:
    """Writes the name of each source to the file; stops as if killed, in the middle of a line."""
    with MentionFile(out, "recipe") as file:
        for count, source in enumerate(remaining_sources(find_files(folder), file.progress)):
            if count == stop_after:
                file._file.write(b"half a li")
                return
            file.write(f"{source.name}\n", file.progress.after([source], documents=1))
        file.finish()


@pytest.mark.parametrize("stop_after", range(9))
def test_a_run_that_stopped_carries_on(documents: Path, tmp_path: Path, stop_after: int) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    run(documents, whole)
    run(documents, out, stop_after)
    run(documents, out)
    assert out.read_text() == whole.read_text()
    assert out.read_text().split() == ["a.txt", *(f"b.jsonl:{line}" for line in range(1, 6)), "c.txt", "d.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "out", "whole"]


@given(st.lists(st.integers(0, 8), max_size=4))
@settings(max_examples=20)
def test_progress_divides_the_sources_anywhere(tmp_path_factory: pytest.TempPathFactory, stops: list[int]) -> None:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "a.txt").write_text("a")
    (folder / "b.jsonl").write_text('{"text": "b"}\n' * 6)
    (folder / "c.jsonl").touch()
    whole = everything(folder)
    for stop in stops:
        done = Progress("recipe").after(whole[:stop])
        assert names(remaining_sources(find_files(folder), done)) == names(iter(whole[stop:]))


def test_what_a_run_counts_is_kept(documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(documents, out, 3)
    with MentionFile(out, "recipe") as file:
        assert (file.progress.documents, file.progress.size_bytes) == (3, len(out.read_text()))


@pytest.mark.parametrize("change", ["grown", "gone", "new", "shorter", "recipe", "damaged"])
def test_a_run_does_not_carry_on_with_something_else(documents: Path, tmp_path: Path, change: str) -> None:
    out = tmp_path / "out"
    run(documents, out, 7)
    if change == "grown":
        (documents / "b.jsonl").write_text('{"text": "b"}\n' * 9)
    elif change == "gone":
        (documents / "a.txt").unlink()
    elif change == "new":
        (documents / "aa.txt").write_text("a")
    elif change == "shorter":
        out.write_text("")
    elif change == "damaged":
        (tmp_path / "out.progress").write_text("{")
    with (
        pytest.raises(ResumeError, match="--restart"),
        MentionFile(out, "other" if change == "recipe" else "recipe") as file,
    ):
        list(remaining_sources(find_files(documents), file.progress))
    with MentionFile(out, "other", restart=True) as file:
        assert file.progress == Progress("other")
        assert out.read_text() == ""


def test_files_that_came_later_are_read(documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(documents, out, 7)
    (documents / "e.txt").write_text("e")
    run(documents, out)
    assert out.read_text().split()[-3:] == ["c.txt", "d.txt", "e.txt"]


def test_a_finished_file_is_replaced(documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(documents, out)
    before = out.read_text()
    run(documents, out)
    assert out.read_text() == before


def test_a_mention_is_one_object_with_its_signals() -> None:
    row = MentionRow("a", 0, 6, "Aleppo\n\u2028", *(None,) * 6, 0.5, None, None, None)
    place = ("h", "Homs", 34.7, 36.7, "SY", "PPLA")
    other = MentionRow("a", 9, 13, "Homs", *place, 0.9, "exact", 1, {"name": 0.3})
    lines = mention_lines([row, other]).splitlines()
    waiting, resolved = map(json.loads, lines)
    assert waiting == dict.fromkeys(MentionRow._fields) | {
        "document": "a",
        "start": 0,
        "end": 6,
        "toponym": "Aleppo\n\u2028",
        "score": 0.5,
        "signals": {},
    }
    assert resolved["signals"] == {"name": 0.3}
    assert isinstance(resolved["precision"], int)
