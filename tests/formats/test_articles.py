"""Documents of every kind, as they lie in folders and archives: what is read, and what is said of the rest."""

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from geo.errors import DocumentError
from geo.formats import sources
from geo.formats.documents import DOCUMENT_COLUMNS, Document, document_of, document_table, iter_documents
from geo.formats.sources import find_files, find_sources

ARTICLE = "Fighting went on in Aleppo for a third day, and nobody could say who held the citadel. " * 5
PAGE = f"""<html lang="en"><head><title>Third day</title>
<meta property="article:published_time" content="2016-12-13T01:00:00Z"><meta property="og:site_name" content="RNZ">
</head><body><nav><a href="/">Paris</a> <a href="/">London</a></nav><article><h1>Third day</h1><p>{ARTICLE}</p>
</article><script>alert(1)</script></body></html>"""


def pdf(text: str, password: str | None = None) -> bytes:
    """A PDF with one page, on which a text stands."""
    commands = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode() if text else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(commands), commands),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
    if password is None:
        return body + end
    writer = PdfWriter(clone_from=io.BytesIO(body + end))
    writer.encrypt(password, algorithm="RC4-128")
    encrypted = io.BytesIO()
    writer.write(encrypted)
    return encrypted.getvalue()


def read(path: Path) -> tuple[list[Document], list[str]]:
    problems: list[str] = []
    documents = list(iter_documents(path, lambda problem: problems.append(str(problem))))
    return documents, problems


def test_markdown_is_read_from_behind_its_front_matter(tmp_path: Path) -> None:
    whole = "---\ntitle: Third day\npublished: 2016-12-13T08:00Z\nurl: https://example.org\n---\n\nAleppo.\r\n"
    (tmp_path / "a.md").write_bytes(whole.encode())
    [document], problems = read(tmp_path)
    assert problems == []
    assert (document.document_id, document.title, document.published) == ("a.md", "Third day", date(2016, 12, 13))
    assert document.text == "\n\nAleppo.\r\n"
    assert whole[document.offset :] == document.text


@pytest.mark.parametrize(
    "text", ["Prose.\n\n---\n\nMore.\n\n---\n\nEnd.", "---\nA line\n---\nof a play.", "--- x\n---\ny"]
)
def test_rules_in_markdown_are_not_front_matter(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert read(tmp_path)[0][0].text == text


def test_a_web_page_gives_its_main_text_and_what_its_head_says(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    [document], _ = read(tmp_path)
    assert (document.title, document.publisher, document.language) == ("Third day", "RNZ", "en")
    assert document.published == date(2016, 12, 13)
    assert "third day, and nobody" in document.text
    assert not any(word in document.text for word in ("Paris", "London", "alert"))


def test_a_web_page_in_another_charset_says_so_itself(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1256">').replace("Aleppo", "حلب")
    (tmp_path / "a.html").write_bytes(page.encode("windows-1256"))
    assert "حلب" in read(tmp_path)[0][0].text


def test_a_pdf_gives_the_text_of_its_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Fighting in Aleppo"))
    assert read(tmp_path)[0][0].text == "Fighting in Aleppo"


def test_an_archive_holds_a_document_a_line(tmp_path: Path) -> None:
    lines = [
        {"document_id": "x", "text": "Aleppo \ud800", "published": "2016-12-13", "publisher": 5},
        {"id": 7, "text": "Homs", "title": "Seven"},
        {"text": "Hama"},
    ]
    content = "\n\n".join(map(json.dumps, lines))
    (tmp_path / "b.jsonl").write_text(content, encoding="utf-8")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(content.encode()))
    documents, problems = read(tmp_path)
    assert problems == []
    assert [document.document_id for document in documents] == ["x", "7", "b.jsonl:5", "x", "7", "c.jsonl.gz:5"]
    assert (documents[0].text, documents[0].published, documents[0].publisher) == (
        "Aleppo \ufffd",
        date(2016, 12, 13),
        None,
    )
    assert documents[1].title == "Seven"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: is empty"),
        ("a.txt", b" \n", "a.txt: is empty"),
        ("a.md", b"---\ntitle: a\n---\n", "a.md: holds nothing but front matter"),
        ("a.md", b"---\ntitle: a: b\n---\nText", "a.md, row 2: the front matter is not valid YAML"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a.txt: is not text but binary"),
        ("a", b"\0\1\2", "a: is not text but binary"),
        ("a.txt", b"One\nt\xe9xt", "a.txt, row 2: is not in UTF-8"),
        ("a.html", b"<html><body><script>alert(1)</script></body></html>", "a.html: holds no main text"),
        ("a.html", b"<html><body>\xe9</body></html>", "a.html, row 1: is not in utf-8"),
        ("a.html", b"<meta charset='klingon'><p>Text</p>", "a.html: names a charset that is not known (klingon)"),
        ("a.pdf", b"%PDF-1.4 and no more", "a.pdf: is no PDF, or a damaged one"),
        ("a.pdf", pdf(""), "a.pdf: holds no text, it may be a scan"),
        ("a.pdf", pdf("Fighting", password="secret"), "a.pdf: wants a password"),
        ("a.docx", b"PK", "a.docx: is of a kind that is not read (.md, "),
        ("a.jsonl", b"", "a.jsonl: is empty"),
        ("a.jsonl", b"\n[]\n", "a.jsonl, row 2: has no text"),
        ("a.jsonl", b'{"text": 5}', "a.jsonl, row 1: has no text"),
        ("a.jsonl", b"\xff", "a.jsonl, row 1: is not a JSON object in UTF-8"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl, row 1: is not a JSON object"),
        ("a.txt", b"\x1c", "a.txt: holds nothing but spaces"),
        ("a.jsonl.gz", gzip.compress(b"\n" * 9, mtime=0)[:-9], "a.jsonl.gz, row 1: cannot be read from here on"),
        ("a.jsonl.gz", b"not compressed", "a.jsonl.gz, row 1: cannot be read from here on"),
    ],
)
def test_what_is_wrong_is_said_and_the_next_document_is_read(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "next.txt").write_text("Aleppo")
    documents, problems = read(tmp_path)
    assert [document.document_id for document in documents] == ["next.txt"]
    assert len(problems) == 1
    assert problems[0].startswith(message)


def test_a_pdf_without_a_password_of_its_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Fighting in Aleppo", password=""))
    assert read(tmp_path)[0][0].text == "Fighting in Aleppo"


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden", "b/.git/x.txt", "c"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Aleppo")
    (tmp_path / "b" / "round").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    documents, problems = read(tmp_path)
    assert [document.document_id for document in documents] == ["a.txt", "b/10.txt", "b/2.txt", "c"]
    assert problems == ["broken: cannot be read (No such file or directory)"]
    assert [document.document_id for document in read(tmp_path / "b" / "2.txt")[0]] == ["2.txt"]
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere")


def test_what_is_too_long_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 40)
    (tmp_path / "a.txt").write_text("Aleppo " * 10)
    (tmp_path / "b.jsonl").write_text('{"text": "A"}\n' + '{"text": "' + "long " * 30 + '"}\n{"text": "B"}\n')
    documents, problems = read(tmp_path)
    assert [document.text for document in documents] == ["A", "B"]
    assert problems == [
        "a.txt: is longer than 40 bytes: split it",
        "b.jsonl, row 2: is longer than 40 bytes: split it",
    ]


def test_an_archive_is_taken_up_after_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": str(number)}) for number in range(5)))
    [file] = find_files(tmp_path)
    assert [source.line for source in find_sources(file, after_line=3)] == [4, 5]


@pytest.mark.parametrize("kind", [".txt", ".md", ".html", ".pdf"])
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
)
@settings(max_examples=60)
def test_any_bytes_are_a_document_or_a_typed_error(kind: str, content: bytes) -> None:
    head = {".html": b"<html><p>", ".pdf": b"%PDF-1.4\n", ".md": b"---\n"}.get(kind, b"")
    for whole in (content, head + content):
        try:
            document = document_of(whole, f"a{kind}", kind)
        except DocumentError as error:
            assert error.problem.file.startswith("a")
        else:
            assert document.text.strip()
            document.text.encode()


def test_documents_as_a_table() -> None:
    table = document_table([Document("a", None, None, date(2016, 12, 13), None, None, "Aleppo", 3)])
    assert list(table) == DOCUMENT_COLUMNS
    assert table.loc[0, "published"] == pd.Timestamp("2016-12-13")
    assert pd.isna(table.loc[0, "title"])
    assert document_table([]).dtypes.equals(table.dtypes)


@pytest.mark.parametrize(
    ("name", "front_matter", "title"),
    [
        ("battle_of_al-bab_(2016).md", "", "battle of al-bab (2016)"),
        ("one.md", "---\nsubject: Battle of al-Bab\n---\n", "Battle of al-Bab"),
        ("one.md", "---\nsubject: A battle\ntitle: Al-Bab falls\n---\n", "Al-Bab falls"),
    ],
)
def test_a_document_without_a_title_is_called_after_its_subject_or_its_file(name, front_matter, title):
    assert document_of(f"{front_matter}{ARTICLE}".encode(), name, ".md").title == title
