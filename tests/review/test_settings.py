"""The size above which a change needs a second person: from dataset.toml through the ledger."""

from pathlib import Path

import pytest

from geo.errors import DatasetError
from geo.formats.datasets import read_dataset
from geo.review.decisions import Decision, needs_second_person
from geo.review.subjects import Subject
from geo.store.ledger import Store


def with_review(folder: Path, text: str) -> Path:
    file = folder / "dataset.toml"
    file.write_text(f"{file.read_text('utf-8')}\n{text}\n", "utf-8")
    return folder


def test_the_limit_is_read_and_kept(small_dataset_folder: Path, store: Store) -> None:
    assert read_dataset(small_dataset_folder).second_person_above_km2 is None
    folder = with_review(small_dataset_folder, "[review]\nsecond_person_above_km2 = 2")
    store.ingest(read_dataset(folder))
    assert store.ledger("small").dataset().second_person_above_km2 == 2.0


@pytest.mark.parametrize("value", ["-1", '"large"', "true", "[2]", "nan"])
def test_a_limit_that_is_none_is_refused(small_dataset_folder: Path, value: str) -> None:
    folder = with_review(small_dataset_folder, f"[review]\nsecond_person_above_km2 = {value}")
    with pytest.raises(DatasetError, match="second_person_above_km2"):
        read_dataset(folder)


@pytest.mark.parametrize(
    ("area_km2", "limit_km2", "decision", "needed"),
    [
        (5.0, 5.0, "accept", False),
        (5.1, 5.0, "reject", True),
        (None, 5.0, "correct", True),
        (9.0, 5.0, "defer", False),
        (9.0, None, "accept", False),
    ],
)
def test_who_is_needed(area_km2: float | None, limit_km2: float | None, decision: str, needed: bool) -> None:
    subject = Subject("i", "candidate", {"event_id": "e"}, (), "d", "", area_km2, None)
    assert needs_second_person(subject, Decision(decision, 0), limit_km2) == needed
