"""Hostile documents: encodings, bombs, depth, and files that are not what their names say."""

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.corpus.kinds import Hostile, file_of
from tests.hostile import HOSTILE_TEXTS

TEXT = "The League captured Ostmere on 5 March 2021."
_HTML = "<!doctype html><html><head><title>News</title></head><body><article>%s</article></body></html>"
_FRONT = "---\ntitle: %s\npublished: 2021-03-08\n---\n\n" + TEXT
_LAUGHS = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first being its catalogue; without a table of places, which readers rebuild."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R " + trailer + b">>\n%%EOF\n"


def stream(content: bytes, *, says: bytes = b"/Filter /FlateDecode") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), says, content)


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >>"


def _doubled(depth: int) -> bytes:
    """A tree of pages in which each names the next one ten times."""
    nodes = [b"<< /Type /Pages /Count 9 /Kids [%s] >>" % (b"%d 0 R " % (number + 3) * 10) for number in range(depth)]
    return pdf(_CATALOGUE, *nodes, b"<< /Type /Page /MediaBox [0 0 9 9] >>")


def _twice_packed(size: int) -> bytes:
    return zlib.compress(zlib.compress(b"0 0 m " * (size // 6), 9), 9)


PDFS: dict[str, bytes] = {
    "of its head alone": b"%PDF-1.7\n",
    "cut off": pdf(_CATALOGUE, _PAGES, _PAGE)[:90],
    "that is text": b"%PDF-1.7 is what I would be",
    "without pages": pdf(_CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"),
    "whose pages are its catalogue": pdf(b"<< /Type /Catalog /Pages 1 0 R >>"),
    "whose pages hold themselves": pdf(_CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "with a billion pages by its word": pdf(_CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", _PAGE),
    "with pages ten to the twelfth": _doubled(12),
    "whose stream is noise": pdf(_CATALOGUE, _PAGES, _PAGE, stream(b"\xff" * 400)),
    "whose stream is cut off": pdf(_CATALOGUE, _PAGES, _PAGE, stream(zlib.compress(b"BT " * 9000)[:-9])),
    "whose stream is very much zeros": pdf(_CATALOGUE, _PAGES, _PAGE, stream(zlib.compress(b"\0" * 200_000_000, 9))),
    "packed twice": pdf(
        _CATALOGUE,
        _PAGES,
        _PAGE,
        stream(_twice_packed(150_000_000), says=b"/Filter [/FlateDecode /FlateDecode]"),
    ),
    "with an unknown filter": pdf(_CATALOGUE, _PAGES, _PAGE, stream(b"x", says=b"/Filter /Rot13")),
    "nested 3,000 deep": pdf(_CATALOGUE, b"[" * 3000 + b"]" * 3000),
    "that wants a password": pdf(_CATALOGUE, _PAGES, _PAGE, trailer=b"/Encrypt << /Filter /Other /V 9 >>"),
    "with a script": pdf(b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"),
}
FILES: dict[str, tuple[bytes | str, str | None]] = {
    "a.txt": ("", "a.txt: is empty"),
    "b.txt": (b"\xef\xbb\xbf", "b.txt: holds nothing but spaces"),
    "c.txt": (" \n\t\u3000\u00a0 ", "c.txt: holds nothing but spaces"),
    "d.txt": (TEXT.encode("utf-16"), "d.txt"),
    "e.txt": ("Østmere".encode("latin-1"), "e.txt, row 1: is not in UTF-8"),
    "f.txt": (f"{TEXT}\r{TEXT}\r\n{TEXT}\n", None),
    "g.txt": ("\n".join(HOSTILE_TEXTS), None),
    "h.txt": ("x" * 300_000, None),
    "i.txt": (TEXT.encode() + b"\0" * 10, "i.txt: is not text but binary"),
    "j.txt": (b"a" * 9000 + b"\0", "j.txt: is not text but binary"),
    "k.txt": (b"\xed\xa0\x80 half a character", "k.txt, row 1: is not in UTF-8"),
    "l.txt": (gzip.compress(TEXT.encode()), "l.txt"),
    "m.docx": (b"PK\x03\x04" + b"\0" * 30, r"m\.docx: is of a kind that is not read"),
    "n.zip": (b"PK\x05\x06" + b"\0" * 18, r"n\.zip: is of a kind that is not read"),
    "o.exe": (b"MZ", r"o\.exe: is of a kind that is not read"),
    "p.md": (_FRONT % "'open", r"p\.md, row \d: the front matter"),
    "q.md": (_FRONT % ("[" * 5000), r"q\.md.*the front matter"),
    "r.md": (_FRONT % "!!python/object/apply:os.system ['true']", None),
    "s.md": (f"---\nl0: &l0 [ha]\n{_LAUGHS}---\n{TEXT}", None),
    "t.md": ("---\ntitle: a\n---\n", r"t\.md: holds nothing but front matter"),
    "u.md": ("---\n\x07: \x1b[31m\n---\n" + TEXT, r"u\.md.*the front matter"),
    "v.md": ("---\npublished: 9999-99-99\nurl: javascript:alert(1)\n---\n" + TEXT, None),
    "w.md": ("-" * 200_000 + "\n" + TEXT, None),
    "a.html": (_HTML % "", r"a\.html: holds no main text"),
    "b.html": (_HTML % ("<div>" * 20_000 + TEXT), r"b\.html"),
    "c.html": (b"<meta charset=no-such-thing>" + TEXT.encode(), r"c\.html: names a charset that is not known"),
    "d.html": (b"<meta charset=utf-16>" + TEXT.encode(), r"d\.html"),
    "e.html": ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>", r"e\.html"),
    "f.html": (_HTML % "&#0;&#xD800;&#x110000;", r"f\.html"),
    "g.html": ("<a " + "x=" * 50_000, r"g\.html"),
    "h.html": ("<meta charset=zlib_codec>" + TEXT, r"h\.html"),
    "i.xhtml": (f'<?xml version="1.0" encoding="utf-7"?><html><body><p>{TEXT}</p></body></html>', r"i\.xhtml"),
    "a.jsonl": ("", r"a\.jsonl.*is empty"),
    "b.jsonl": ("[" * 100_000, r"b\.jsonl, row 1: is not a JSON object"),
    "c.jsonl": ('{"text": 1}', r"c\.jsonl, row 1: has no text"),
    "d.jsonl": ('{"text": "a"}\n{"text"', r"d\.jsonl, row 2: is not a JSON object"),
    "e.jsonl": ('{"text": "\\ud800 \\u0000", "title": "\\udfff"}', None),
    "f.jsonl": ("[1, 2]", r"f\.jsonl, row 1: has no text"),
    "g.jsonl": (b"\xff\xfe", r"g\.jsonl, row 1"),
    "h.jsonl": ('{"text": "a", "document_id": {"a": 1}, "published": 0, "url": ["x"]}', None),
    "i.jsonl": ('{"text": ' + "9" * 5000 + "}", r"i\.jsonl, row 1"),
    "a.jsonl.gz": (gzip.compress(b'{"text": "a"}\n' * 9)[:-9], r"a\.jsonl\.gz, row \d+: cannot be read from here on"),
    "b.jsonl.gz": (b"not compressed", r"b\.jsonl\.gz, row 1: cannot be read"),
    "c.jsonl.gz": (b"", r"c\.jsonl\.gz"),
}
_ARTICLES = ("g.txt", "r.md", "s.md", "w.md")


def hostile_documents() -> Iterator[Hostile]:
    """Documents that are read one after the other, and some as those of a dataset."""
    for name, (content, place) in FILES.items():
        may_load = name.endswith("html")
        yield Hostile(f"document {name}", "document", file_of(name, content), place, may_load)
    for number, (name, content) in enumerate(PDFS.items()):
        make = file_of(f"{number}.pdf", content)
        yield Hostile(f"a PDF {name}", "document", make, rf"{number}\.pdf", slow=len(content) > 100_000)
    for name in _ARTICLES:
        yield Hostile(f"own document {name}", "own document", file_of(name, FILES[name][0]), name, may_load=True)
    for name, make in _NO_FILES.items():
        yield Hostile(f"document that is {name}", "document", make, r"a\.txt|a\.md", slow=False)
    yield Hostile("a line of 100 MB", "document", _long_line, r"a\.jsonl, row 1: is longer than", slow=True)
    yield Hostile("a line of 1 GB, compressed", "document", _bomb, r"a\.jsonl\.gz, row 1: is longer than", slow=True)
    yield Hostile("a document of 100 MB", "document", _long_text, r"a\.txt: is longer than", slow=True)


def _link_to_nothing(folder: Path) -> Path:
    (folder / "a.txt").symlink_to("/nowhere/at/all")
    return folder


def _link_to_itself(folder: Path) -> Path:
    (folder / "a.md").symlink_to(folder / "a.md")
    return folder


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.txt")
    return folder


_NO_FILES: dict[str, Callable[[Path], Path]] = {
    "a link to nothing": _link_to_nothing,
    "a link to itself": _link_to_itself,
    "a pipe": _pipe,
}


def _long_line(folder: Path) -> Path:
    path = folder / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"text": "')
        for _ in range(105):
            file.write("x" * 1_000_000)
        file.write('"}\n')
    return path


def _long_text(folder: Path) -> Path:
    path = folder / "a.txt"
    with path.open("wb") as file:
        file.truncate(100_000_001)
    return path


def _bomb(folder: Path) -> Path:
    path = folder / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(1000):
            file.write(b"x" * 1_000_000)
    return path
