"""The benchmark of place names: reading corpora, and its measures, by hand-made examples."""

import math
import zipfile

import pytest

from benchmarks.geoparsing_corpus import read_corpora
from benchmarks.geoparsing_scores import FURTHEST_KM, overlaps, recognition, resolution, strict_hits

TEXTS = ["Rain in Geneva.", "Aleppo and Homs", "Nothing."]
TOPONYMS = [[("Geneva", 46.2, 6.15)], [("Homs", 34.73, 36.71), ("Aleppo", 36.2, 37.16)], []]


def write_corpus(folder, shift):
    (folder / "text" / "MADE").mkdir(parents=True)
    (folder / "gold").mkdir()
    lines = []
    for number, (text, gold) in enumerate(zip(TEXTS, TOPONYMS, strict=True)):
        (folder / "text" / "MADE" / str(number)).write_text(text, encoding="utf-8")
        starts = [text.index(name) + shift for name, _, _ in gold]
        rows = zip(gold, starts, strict=True)
        lines.append("||".join(f"x,,{n},,{lat},,{lon},,{at},,{at + len(n)}" for (n, lat, lon), at in rows) + "||")
    (folder / "gold" / "MADE_gold.txt").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("shift", [0, 1, -1, 2])
def test_offsets_are_moved_until_they_cut_out_the_toponyms(tmp_path, shift):
    write_corpus(tmp_path, shift)
    [corpus] = read_corpora(tmp_path)
    assert (corpus.name, corpus.shift, len(corpus.documents)) == ("MADE", -shift, 3)
    for document in corpus.documents:
        assert [document.text[one.start : one.end] for one in document.gold] == [one.toponym for one in document.gold]
    assert [one.toponym for one in corpus.documents[1].gold] == ["Aleppo", "Homs"]


def test_an_archive_is_read_like_a_folder(tmp_path):
    write_corpus(tmp_path / "folder", 1)
    archive = tmp_path / "corpus.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in (tmp_path / "folder").rglob("*"):
            packed.write(file, file.relative_to(tmp_path / "folder"))
    assert read_corpora(archive) == read_corpora(tmp_path / "folder")


def test_a_folder_without_a_corpus_is_named(tmp_path):
    (tmp_path / "gold").mkdir()
    with pytest.raises(FileNotFoundError, match=r"_gold\.txt"):
        read_corpora(tmp_path)


def test_names_are_counted_strictly_and_by_overlap():
    found, gold = [(0, 6), (10, 20), (30, 35)], [(0, 6), (12, 15), (16, 20), (40, 45)]
    assert strict_hits(found, gold) == 1
    assert overlaps(found, gold) == [(0, 0), (1, 1)]
    assert recognition(1, 3, 4) == pytest.approx((1 / 3, 1 / 4, 2 / 7))
    assert recognition(0, 0, 0).f1 == 0


def test_unresolved_toponyms_are_wrong_among_all_and_absent_among_the_resolved():
    measured = resolution([0.0, 100.0, 5000.0, None])
    assert (measured.accuracy_all, measured.accuracy_resolved) == (0.5, pytest.approx(2 / 3))
    assert (measured.mean_km, measured.median_km) == (1700, 100)
    assert resolution([0.0, 0.0]).auc == 0
    assert resolution([FURTHEST_KM, FURTHEST_KM]).auc == pytest.approx(1)
    assert math.isnan(resolution([None]).mean_km)
