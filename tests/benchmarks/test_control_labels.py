"""Labels, texts and sides of the scorer."""

import hashlib
import re
from pathlib import Path

import pytest

from benchmarks.control_scores.labels import CHANGE, LabelError, read_labels
from benchmarks.control_scores.sides import Sides
from benchmarks.control_scores.texts import read_texts
from tests.benchmarks.control_labels import TEXT, row, write_labels


def test_a_sentence_that_tells_an_event_again_is_a_mention_of_it(tmp_path: Path) -> None:
    write_labels(
        tmp_path, row(), row(event="2", same_as="1", quote_start="28", quote_end="47", place_start="42", place_end="46")
    )
    (label,) = read_labels(tmp_path)
    assert [mention.place_start for mention in label.mentions] == [12, 42]


def test_a_label_knows_every_name_of_its_place(tmp_path: Path) -> None:
    (label,) = read_labels(write_labels(tmp_path, row(toponym="Alffa")))
    assert label.names == {"alpha", "alfa", "alffa"}


def test_the_first_day_of_by_is_open(tmp_path: Path) -> None:
    (label,) = read_labels(write_labels(tmp_path, row(date_form="by")))
    assert label.open_start


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row(kind="rumour")], "row 2: 'rumour' is no kind"),
        ([row(status="taken")], "row 2: 'taken' is no status"),
        ([row(latest_date="2020-05-02")], "row 2: a change needs an earliest_date and a latest_date"),
        ([row(earliest_date="3 May")], "row 2: Invalid isoformat string"),
        ([row(place_end="99")], "row 2: the place does not lie within the sentence"),
        ([row(), row()], "row 3: the event 1 is there twice"),
        ([row(), row(event="2", same_as="9")], "same_as names 9"),
    ],
)
def test_labels_that_cannot_be_used_are_refused(tmp_path: Path, rows: list[dict[str, str]], message: str) -> None:
    write_labels(tmp_path, *rows)
    with pytest.raises(LabelError, match=re.escape(f"made_up.csv{', ' if message[0] == 'r' else ': '}{message}")):
        read_labels(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    write_labels(tmp_path)
    (tmp_path / "made_up.csv").write_text("document,event\n", "utf-8")
    with pytest.raises(LabelError, match="the column same_as is missing"):
        read_labels(tmp_path)


def test_texts_are_the_body_and_missing_ones_are_told(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text(
        "document,campaign,split,published\nmade_up.md,made-up,test,2020-05-04\nnot_here.md,made-up,test,2020-05-04\n"
    )
    (tmp_path / "made_up.md").write_text(f"---\ntitle: Made up\n---\n\n{TEXT}\n", "utf-8")
    texts, missing = read_texts(tmp_path, [tmp_path])
    assert texts["text"].tolist() == [TEXT]
    assert missing == ["not_here.md"]


def test_another_text_than_the_labelled_one_is_refused(tmp_path: Path) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    (tmp_path / "documents.csv").write_text(
        f"document,campaign,split,published,sha256\nmade_up.md,made-up,test,2020-05-04,{digest}\n"
    )
    (tmp_path / "made_up.md").write_text(TEXT, "utf-8")
    assert len(read_texts(tmp_path, [tmp_path])[0]) == 1
    (tmp_path / "made_up.md").write_text(f"Yesterday: {TEXT}", "utf-8")
    with pytest.raises(LabelError, match="is not the text that was labelled"):
        read_texts(tmp_path, [tmp_path])


def test_a_side_has_one_id_in_a_campaign(tmp_path: Path) -> None:
    sides = Sides(write_labels(tmp_path))
    assert sides.side("made-up", "opposition") == sides.side("made-up", "Insurgents") == "rebels"
    assert sides.side("another", "opposition") == "opposition"
    assert sides.side("made-up", None) is None


def test_the_labels_of_the_project_fit_its_texts(project_root: Path) -> None:
    folder = project_root / "benchmarks" / "control_labels"
    texts, _ = read_texts(folder, [project_root / "benchmarks" / "control_texts"])
    lengths = dict(zip(texts["document_id"], texts["text"].map(len), strict=True))
    labels = [label for label in read_labels(folder) if label.document in lengths]
    ends = [mention.quote_end <= lengths[label.document] for label in labels for mention in label.mentions]
    assert all(ends)
    assert sum(label.kind == CHANGE for label in labels) > 100


def test_there_are_as_many_labels_as_asked_for(project_root: Path) -> None:
    labels = read_labels(project_root / "benchmarks" / "control_labels")
    assert sum(label.kind == CHANGE for label in labels) >= 250
    assert all(label.place_id for label in labels)
