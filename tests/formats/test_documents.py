"""Documents: front matter, texts with stable offsets, and what is wrong with a file."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DatasetError
from geo.formats.documents import parse_documents, read_document
from geo.schema import COLUMNS

FRONT_MATTER = {
    "title": "A title",
    "publisher": "The Herald",
    "published": "2021-03-08",
    "language": "en",
    "licence": "CC0",
}


def write(path: Path, keys: dict[str, str], text: str = "Some text.") -> Path:
    front_matter = "".join(f"{key}: {value}\n" for key, value in keys.items())
    path.write_bytes(f"---\n{front_matter}---\n{text}\n".encode())
    return path


def problems(path: Path) -> list[str]:
    return [str(problem) for problem in parse_documents([path])[1]]


def test_a_document_is_its_front_matter_and_its_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "herald-1.md", FRONT_MATTER | {"side": "crown", "title": "2021"}, "\n\nOne.\r\nTwo.\rThree.\n\n"
    )
    table = read_document(path)
    assert list(table) == COLUMNS["documents"]
    document = table.iloc[0]
    assert document["document_id"] == "herald-1"
    assert document["title"] == "2021"
    assert document["published"] == pd.Timestamp("2021-03-08")
    assert document["text"] == "One.\nTwo.\nThree."
    assert document["sha256"] == hashlib.sha256(document["text"].encode()).hexdigest()
    assert document["side"] == "crown"
    assert pd.isna(document["url"])


def test_letters_are_not_composed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", FRONT_MATTER, "Hala\u0301b")
    assert read_document(path).loc[0, "text"] == "Hala\u0301b"


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_any_text_is_kept_but_for_the_blanks_around_it(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("documents") / "a.txt"
    path.write_bytes(f"x{text}x".encode())
    assert read_document(path, published="2021-03-08").loc[0, "text"] == f"x{text}x"


@pytest.mark.parametrize("key", FRONT_MATTER)
def test_each_key_that_is_needed_is_missed(tmp_path: Path, key: str) -> None:
    path = write(tmp_path / "a.md", {name: value for name, value in FRONT_MATTER.items() if name != key})
    assert problems(path) == [f"a.md, key {key}: has no value: fill it in"]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("published", "2021-02-30", "is not a date"),
        ("published", "yesterday", "is not a date"),
        ("url", "javascript:alert(1)", "is not a web address"),
        ("url", "file:///etc/passwd", "is not a web address"),
        ("url", "https://example.org/a b", "is not a web address"),
        ("title", "[1, 2]", "is neither text nor a date"),
        ("title", '"\\ud800"', "has half of a character"),
        ("publishd", "2021-03-08", "is not a key of this file"),
        ("sha256", "0", "is not a key of this file"),
        ("text", "x", "is not a key of this file"),
        ("document_id", "x", "is not a key of this file"),
    ],
)
def test_a_value_that_does_not_fit_is_named(tmp_path: Path, key: str, value: str, message: str) -> None:
    [problem] = problems(write(tmp_path / "a.md", FRONT_MATTER | {key: value}))
    assert problem.startswith(f"a.md, key {key}: ")
    assert message in problem


@pytest.mark.parametrize(
    "front_matter",
    ["title: a: b", "title: 'open", "!!python/object/apply:os.system [ls]", "title: &a [*a", "[" * 5000],
    ids=["colon", "quote", "python", "anchor", "deep"],
)
def test_front_matter_that_is_no_yaml_is_a_problem(tmp_path: Path, front_matter: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{front_matter}\n---\nText.\n")
    assert any("a.md" in problem for problem in problems(path))


def test_front_matter_may_not_blow_up(tmp_path: Path) -> None:
    levels = "\n".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 30))
    path = tmp_path / "a.md"
    path.write_text(f"---\na0: &a0 [x]\n{levels}\n---\nText.\n")
    assert len(problems(path)) == 30 + len(FRONT_MATTER)


def test_a_document_without_text_is_a_problem(tmp_path: Path) -> None:
    assert problems(write(tmp_path / "a.md", FRONT_MATTER, "\n \n")) == ["a.md, key text: has no value: fill it in"]


def test_plain_text_needs_its_day_of_publication(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("---\nnot front matter\n---\nText.")
    with pytest.raises(DatasetError, match=r"article\.txt, key published: has no value"):
        read_document(path)
    document = read_document(path, published="2021-03-08", publisher="RNZ").iloc[0]
    assert (document["title"], document["publisher"], document["language"]) == ("article", "RNZ", "und")
    assert document["text"] == "---\nnot front matter\n---\nText."


def test_overrides_replace_front_matter(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", FRONT_MATTER)
    assert read_document(path, published="2022-01-01").loc[0, "published"] == pd.Timestamp("2022-01-01")


def test_all_documents_are_checked_and_two_of_one_name_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [write(tmp_path / "a.md", FRONT_MATTER), write(tmp_path / "other" / "a.md", FRONT_MATTER)]
    paths += [write(tmp_path / "b.md", FRONT_MATTER | {"published": "soon"}), tmp_path / "missing.md"]
    found = [(problem.file, problem.column) for problem in parse_documents(paths)[1]]
    assert found == [("missing.md", None), ("a.md", "document_id"), ("a.md", "document_id"), ("b.md", "published")]
