"""`python -m geo` ingest, verify, backup, restore, and build from the store."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from geo.__main__ import main
from geo.formats.builds import read_build
from geo.pipeline import Build
from geo.store.engine import store_url, writing
from geo.store.ledger import Store
from geo.store.rows import Row, rows_of


@pytest.fixture(autouse=True)
def own_store(small_dataset_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of datasets of our own; the store lies in it."""
    monkeypatch.setenv("HOLDLINE_DATA", str(small_dataset_folder.parent))
    monkeypatch.delenv("HOLDLINE_DATABASE_URL", raising=False)


@pytest.fixture
def data(small_dataset_folder: Path) -> list[str]:
    return ["--data", str(small_dataset_folder.parent)]


def test_the_store_is_a_file_beside_the_datasets_that_is_filled_and_sound(
    data: list[str], small_dataset_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = small_dataset_folder.parent / "holdline.sqlite"
    assert main(["ingest", *data]) == 0
    first, where = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"small: [0-9]+ rows added, 0 corrected, 0 withdrawn, 0 as before", first)
    assert where == f"The store is {file}."
    assert file.exists()

    events = small_dataset_folder / "events.csv"
    events.write_text(events.read_text("utf-8").replace("Crown alone", "Crown only"), "utf-8")
    assert main(["ingest", "small", "--anew", *data]) == 0
    assert capsys.readouterr().out.startswith("small: 0 rows added, 1 corrected, 0 withdrawn, ")

    assert main(["verify"]) == 0
    said = capsys.readouterr().out
    head = said.split("head ")[1].strip()
    assert main(["verify", "--head", head]) == 0
    assert main(["backup", str(tmp_path / "saved")]) == 0
    assert main(["restore", str(tmp_path / "saved")]) == 2
    assert main(["restore", str(tmp_path / "saved"), "--overwrite"]) == 0
    printed = capsys.readouterr()
    assert printed.out == said * 3
    assert "is not empty" in printed.err


def test_what_is_wrong_with_a_folder_is_told_and_the_others_are_ingested(
    data: list[str], small_dataset_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = small_dataset_folder.parent / "broken"
    broken.mkdir()
    (broken / "dataset.toml").write_text("title = ", encoding="utf-8")
    assert main(["ingest", *data]) == 2
    printed = capsys.readouterr()
    assert "broken: not ingested. broken has " in printed.err
    assert printed.out.startswith("small: ")


def test_a_store_that_was_tampered_with_is_told(data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", *data]) == 0
    store = Store(store_url())
    with writing(store.engine) as connection:
        connection.execute(text("drop trigger entries_no_update"))
        connection.execute(text("update entries set recorded_by = 'nobody' where position = 3"))
    store.close()
    capsys.readouterr()
    assert main(["verify"]) == 2
    assert "database: the trigger entries_no_update" in (said := capsys.readouterr().err)
    assert "small: entry 3 (" in said


def test_a_head_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["verify", "--head", "small:3"])
    assert "is not LEDGER:POSITION:HASH" in capsys.readouterr().err


def test_an_empty_store_is_filled_when_it_is_first_built_from(
    data: list[str], tmp_path: Path, small_build: Build
) -> None:
    assert main(["build", "--from-store", "--out", str(tmp_path / "stored"), *data]) == 0
    assert read_build(tmp_path / "stored" / "small").version == small_build.version


def _events(folder: Path) -> dict[str, str]:
    """By event_id who recorded each event of a build."""
    events = read_build(folder / "small").events
    return dict(zip(events["event_id"], events["recorded_by"], strict=True))


@pytest.mark.slow
def test_what_people_decide_stays_on_the_map_over_later_builds(
    data: list[str], small_dataset_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "built"), *data]
    assert main(["build", *out]) == 0
    store = Store(store_url())
    ledger = store.ledger("small")
    [row] = [row for row in rows_of("events", ledger.dataset().events) if row.key == "e1"]
    ledger.append([Row("events", {**row.cells, "event_id": "by-ana", "supersedes": "e1", "note": "Seen."})], "ana")
    store.close()
    events = small_dataset_folder / "events.csv"
    events.write_text(events.read_text("utf-8").replace("Crown alone", "Crown only"), "utf-8")
    for _ in range(2):
        assert main(["build", *out]) == 0
        built = read_build(tmp_path / "built" / "small").events.set_index("event_id")
        assert built.loc["e1", "rule"] == "superseded"
        assert built.loc["by-ana", "note"] == "Seen."
        assert built["note"].str.contains("Crown only").any() or built["quote"].str.contains("Crown only").any()
    assert main(["verify"]) == 0
    assert main(["build", "--no-store", *out]) == 0
    assert "by-ana" not in _events(tmp_path / "built")
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_changed_settings_of_the_rules_wait_until_somebody_accepts_them(
    data: list[str], small_dataset_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "built"), *data]
    assert main(["build", *out]) == 0
    before = read_build(tmp_path / "built" / "small").version
    settings = small_dataset_folder / "dataset.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("[rules]", "[rules]\nalone_unrated = false"), "utf-8")
    capsys.readouterr()

    assert main(["build", *out]) == 0
    told = capsys.readouterr().out
    assert "  alone_unrated: yes -> no\n" in told
    assert re.search(r"^ {4}.+ \(q[0-9]\)\n {6}.+2021.*: .+ -> .+claimed by", told, re.M)
    assert "python -m geo rules small --accept" in told
    assert read_build(tmp_path / "built" / "small").version == before
    assert main(["rules", *data]) == 0
    assert "alone_unrated: yes -> no" in capsys.readouterr().out

    assert main(["build", "--accept-rules", "--by", "anna", *out]) == 0
    assert read_build(tmp_path / "built" / "small").version != before
    capsys.readouterr()
    assert main(["rules", *data]) == 0
    assert re.search(r"^  alone_unrated = no \(anna, ", capsys.readouterr().out, re.M)
    assert main(["build", *out]) == 0
    assert "->" not in capsys.readouterr().out

    settings.write_text(text, "utf-8")
    assert main(["rules", "--accept", "--by", "ben", *data]) == 0
    assert "Accepted by ben." in capsys.readouterr().out
    assert main(["build", *out]) == 0
    assert read_build(tmp_path / "built" / "small").version == before
    assert main(["verify"]) == 0


def test_a_store_that_cannot_be_opened_is_no_reason_to_forget_what_it_holds(
    data: list[str], small_dataset_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_dataset_folder.parent / "holdline.sqlite").write_bytes(b"no database at all" * 100)
    assert main(["build", "--out", str(tmp_path / "built"), *data]) == 2
    assert "--no-store" in capsys.readouterr().err
    assert main(["build", "--no-store", "--out", str(tmp_path / "built"), *data]) == 0
