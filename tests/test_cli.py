"""The command line: what it prints, what it writes, and errors that are sentences."""

import io
import json
import shutil
import sqlite3
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.formats.builds import read_build


@dataclass(frozen=True)
class Built:
    """What `build` did with three datasets: status, printed text, and the folder of the builds."""

    status: int
    out: str
    err: str
    folder: Path


@pytest.fixture
def data(small_dataset_folder: Path) -> Path:
    return small_dataset_folder.parent


@pytest.fixture(scope="module")
def built(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """`build` on three datasets: one with broken files, one with two places on one point, and a good one."""
    data = tmp_path_factory.mktemp("data")
    for name in ("broken", "crowded", "small"):
        shutil.copytree(project_root / "tests" / "datasets" / "small", data / name)
    (data / "broken" / "actors.csv").unlink()
    (data / "broken" / "claims.csv").write_bytes(b"")
    places = data / "crowded" / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("10.03,20.03", "10.03,20.01"), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["build", "--data", str(data), "--out", str(data / "build")])
    return Built(status, out.getvalue(), err.getvalue(), data / "build")


def test_build_prints_a_line_for_each_dataset(built: Built) -> None:
    [line] = built.out.splitlines()
    version = read_build(built.folder / "small").version
    assert line.startswith("small: 8 places, 3 documents, 10 mentions, ")
    assert f" events, 12 intervals, version {version}, " in line
    assert line.endswith(" s")


def test_build_builds_what_it_can_and_says_what_is_wrong_with_the_rest(built: Built) -> None:
    assert built.status == 2
    assert "broken: not built. broken has 2 problems, nothing of it was loaded:" in built.err
    assert "\n- actors.csv: the file is missing: add it\n- claims.csv: is empty" in built.err
    assert "crowded: not built. " in built.err and "q4, q5" in built.err
    assert sorted(child.name for child in built.folder.iterdir()) == ["small"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["build", "big"], "There is no dataset 'big'"),
        (["build", "--areas", "nowhere.shp"], "nowhere.shp is not a file"),
        (["export", "small", "--format", "csv", "--out", "x.csv", "--builds", "nowhere"], "run `python -m geo build`"),
        (["geocode", ""], "empty"),
        (["geocode", "Geneva", "--country", "Switzerland"], "is not a country code"),
        (["events", "nowhere.md"], "nowhere.md: there is no such file or folder"),
    ],
)
def test_errors_are_sentences(data: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    own_data = [] if words[0] == "export" else ["--data", str(data)]
    assert main([*words, *own_data]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
    assert "Traceback" not in printed.err


def test_a_folder_that_cannot_be_written_is_explained(
    data: Path, built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("geo.cli.build.run", lambda *_: read_build(built.folder / "small"))
    assert main(["build", "--data", str(data), "--out", str(tmp_path / "file" / "out")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'file' / 'out'} cannot be used (Not a directory).\n"


@pytest.mark.parametrize("words", [[], ["paint"], ["export", "small", "--format", "pdf", "--out", "x"], ["geocode"]])
def test_wrong_usage_ends_with_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: python -m geo" in capsys.readouterr().err


def test_events_prints_one_json_object_a_line(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    file.write_text("League forces captured Quarrin from the Crown on 5 March 2021.", encoding="utf-8")
    assert main(["events", str(file), "--published", "2021-03-06", "--dataset", "small", "--data", str(data)]) == 0
    [event] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (event["place_id"], event["from_actor"], event["to_actor"]) == ("q1", "crown", "league")
    assert (event["earliest_date"], event["latest_date"]) == ("2021-03-05", "2021-03-05")
    assert (event["claimed_by"], event["actor_basis"]) == (None, "stated")


def test_events_of_a_text_without_a_day_asks_for_it(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.txt").write_text("Nothing happened.")
    assert main(["events", str(tmp_path / "report.txt"), "--data", str(data)]) == 1
    assert "published: has no value" in capsys.readouterr().err


def test_geocode_prints_places_or_says_that_there_is_none(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOLDLINE_NETWORK", raising=False)
    assert main(["geocode", "Kwarrin", "--data", str(data)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["place_id"] == "q1"
    assert main(["geocode", "Nowhereville on the Moon", "--data", str(data)]) == 1
    assert capsys.readouterr().err == "No place is known as 'Nowhereville on the Moon'.\n"


def test_export_writes_each_format(built: Built, tmp_path: Path) -> None:
    for name in ("html", "csv", "geojson", "gpkg"):
        out = str(tmp_path / f"map.{name}")
        assert main(["export", "small", "--format", name, "--out", out, "--builds", str(built.folder)]) == 0
    assert (tmp_path / "map.html").read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert (tmp_path / "map.csv").read_bytes().startswith("\ufeffplace_id,name".encode())
    assert json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    with sqlite3.connect(tmp_path / "map.gpkg") as database:
        assert database.execute("select count(*) from control").fetchone() == (12,)
