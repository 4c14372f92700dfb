"""`python -m geo parse`: what it writes, what it says, and that a killed run carries on."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo import archives
from geo.__main__ import main
from geo.places.gazetteer import Gazetteer
from tests.conftest import PROJECT_ROOT
from tests.places.samples import sample_places

FIELDS = [
    "document", "start", "end", "toponym", "place_id", "name", "latitude", "longitude", "country_code", "feature_code",
    "score", "match", "precision", "signals",
]  # fmt: skip
KILLED_RUN = """
import os, signal, sys
from geo import archives
from geo.__main__ import main
from geo.formats import mention_files
from tests.places.samples import sample_places

pieces = []
write = mention_files.MentionFile.write

def write_or_die(file, lines, progress):
    pieces.append(lines)
    if len(pieces) == 3:
        file._file.write(lines.encode()[:-20])
        file._file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    write(file, lines, progress)

mention_files.MentionFile.write = write_or_die
mention_files._SECONDS_BETWEEN_NOTES = 0.0
archives._DOCUMENTS_A_PIECE = 2
archives.own_places = lambda _: sample_places()
archives.open_world = lambda: None
main(sys.argv[1:])
"""
Parse = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: Third day\n---\nFighting in Aleppo.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff\xfe")
    (folder / "c.txt").write_text("Hanano, Aleppo, and حلب.", encoding="utf-8")
    (folder / "d.jsonl").write_text('{"id": 1, "text": "Aleppo"}\n{"id": 2, "text": "Nothing."}\n')
    return folder


@pytest.fixture
def parse(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Parse]:
    """Runs the command with the sample places instead of those of datasets and of the world."""
    monkeypatch.setattr(archives, "own_places", lambda _: sample_places())
    monkeypatch.setattr(archives, "open_world", lambda: None)
    monkeypatch.delenv("HOLDLINE_NETWORK", raising=False)
    archives.open_gazetteer.cache_clear()
    yield lambda *words: main(["parse", *map(str, words), "--data", str(tmp_path / "data")])
    archives.open_gazetteer.cache_clear()


def mentions(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_a_mention_a_line_and_what_was_skipped(
    parse: Parse, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mentions.jsonl"
    assert parse(folder, "--out", out, "--focus", "sy") == 0
    found = mentions(out)
    assert all(list(mention) == FIELDS for mention in found)
    assert [(mention["document"], mention["toponym"]) for mention in found] == [
        ("a.md", "Aleppo"),
        ("c.txt", "Hanano"),
        ("c.txt", "Aleppo"),
        ("c.txt", "حلب"),
        ("1", "Aleppo"),
    ]
    for mention in found[:4]:
        text = (folder / mention["document"]).read_text(encoding="utf-8")
        assert text[mention["start"] : mention["end"]] == mention["toponym"]
        assert isinstance(mention["signals"], dict)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "Skipped b.txt, row 1: is not in UTF-8: save the file again as UTF-8",
        "4 documents, 5 mentions, 0 of them waiting for review; 1 skipped",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "mentions.jsonl"]


def test_the_screen_gets_the_same(
    parse: Parse, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parse(folder, "--out", tmp_path / "mentions.jsonl")
    capsys.readouterr()
    assert parse(folder) == 0
    assert capsys.readouterr().out == (tmp_path / "mentions.jsonl").read_text(encoding="utf-8")


def test_its_own_output_is_no_document(parse: Parse, folder: Path) -> None:
    for _ in range(2):
        assert parse(folder, "--out", folder / "mentions.jsonl") == 0
        assert len(mentions(folder / "mentions.jsonl")) == 5


def test_a_killed_run_carries_on(parse: Parse, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive, out, whole = tmp_path / "a.jsonl", tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    lines = [json.dumps({"id": number, "text": f"{number} killed in Aleppo and Hanano"}) for number in range(11)]
    archive.write_text("\n".join(lines))
    parse(archive, "--out", whole)
    words = ["parse", archive, "--out", out, "--data", tmp_path / "data"]
    killed = subprocess.run([sys.executable, "-c", KILLED_RUN, *map(str, words)], cwd=PROJECT_ROOT, check=False)
    assert killed.returncode == -9
    assert not out.read_bytes().endswith(b"\n")
    assert parse(archive, "--out", out, "--focus", "SY") == 2
    assert "was begun with other documents, options or place names" in capsys.readouterr().err
    assert parse(archive, "--out", out) == 0
    assert out.read_bytes() == whole.read_bytes()
    assert "11 documents, 22 mentions" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "out.jsonl", "whole.jsonl"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("line.txt", "Fighting in Aleppo. " * 10_000),
        ("word.txt", "a" * 1_000_000),
        ("blank.txt", "\u00a0\u2003" * 100_000 + "Aleppo"),
        ("mixed.txt", "Алеппо حلب ⟨Aleppo⟩ 阿勒颇 \u202eAleppo\u202c\x01" * 100),
    ],
)
def test_odd_files_are_read(parse: Parse, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert parse(tmp_path / name, "--out", tmp_path / "out") == 0
    for mention in mentions(tmp_path / "out"):
        assert text[mention["start"] : mention["end"]] == mention["toponym"]


def test_nothing_to_read_is_status_1(parse: Parse, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a\x1b[2J.txt").touch()
    assert parse(tmp_path) == 1
    error = capsys.readouterr().err
    assert "0 documents, 0 mentions" in error
    assert "\x1b" not in error


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere"], "nowhere cannot be used (No such file or directory)"),
        (["documents", "--dataset", "atlantis"], "no dataset"),
        (["documents", "--gazetteer", "nowhere.csv"], "nowhere.csv: there is no such file"),
        (["documents", "--out", "nowhere/out"], "cannot be used (No such file or directory)"),
        (["https://example.org/"], "The network is off"),
    ],
)
def test_errors_are_sentences(
    parse: Parse,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(folder.parent)
    assert parse(*words) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--focus", "Syria"], ["--focus", "ZZ"], ["--workers", "0"], ["--workers", "two"]])
def test_wrong_options_end_with_status_2(parse: Parse, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse("a.txt", *words)
    assert ended.value.code == 2


def test_the_places_of_the_datasets_in_focus_count(parse: Parse, small_dataset_folder: Path, tmp_path: Path) -> None:
    recipes = []

    def noted(recipe: archives.Recipe) -> Gazetteer:
        recipes.append(recipe)
        return Gazetteer(sample_places())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archives, "open_gazetteer", noted)
        (tmp_path / "a.txt").write_text("Aleppo")
        country = next(
            line.split('"')[1]
            for line in (small_dataset_folder / "dataset.toml").read_text().splitlines()
            if line.startswith("country_code")
        )
        for words in ([], ["--focus", country], ["--dataset", "small"]):
            parse(tmp_path / "a.txt", *words)
    none, in_focus, named = recipes
    assert none == archives.Recipe()
    assert in_focus == named == archives.Recipe((small_dataset_folder / "places.csv",), focus=(country,))


def test_it_does_without_pandas(tmp_path: Path) -> None:
    """A third of the memory of a process that only parses would be pandas."""
    (tmp_path / "a.txt").write_text("Rain in Geneva.")
    program = "import sys; from geo.__main__ import main; main(); assert 'pandas' not in sys.modules"
    words = ["parse", str(tmp_path / "a.txt"), "--out", str(tmp_path / "mentions.jsonl")]
    subprocess.run([sys.executable, "-c", program, *words], cwd=PROJECT_ROOT, check=True)
    assert "Geneva" in (tmp_path / "mentions.jsonl").read_text()
