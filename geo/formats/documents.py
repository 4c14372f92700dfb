"""Documents: Markdown with front matter, plain text, HTML, PDF, and archives with one JSON object a line.

Two readers. `iter_documents` takes whatever lies in a folder, one document after the other, and says of each one
that it cannot read what is wrong with it. `read_document` and `parse_documents` read the documents of a dataset
(.md, .txt), which must be complete: title, publisher, published, language, licence, and if there is something to
say agency, url, side and note.
All values are read as text, nothing in a document is ever run or fetched. What only tables, PDF or HTML need is
imported where it is needed: a process that reads an archive of plain text is half as large without.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from geo.errors import DatasetError, DocumentError, Problem
from geo.formats.sources import Source, find_files, find_sources
from geo.formats.textfiles import decode_text, read_text

if TYPE_CHECKING:
    import pandas as pd

    from geo.formats.keyed import KeyedFile

_NOT_GIVEN = {"publisher": "not given", "language": "und", "licence": "not given"}
_FACTS = ("title", "publisher", "published", "url", "language")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_FRONT_MATTER = re.compile(r"\A\s*^-{3,}[ \t]*\r?\n(.*?)^-{3,}[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d-])")


@dataclass(frozen=True)
class Document:
    """One document as it was read; None for what it does not say about itself.

    document_id: its name below the folder that was read, or the id that an archive gives it.
    published: the day of publication.
    url: where it was published, as the document says; never checked, never fetched.
    language: as the document says, by rule a BCP 47 tag such as `en`.
    text: what was read of it; no character is changed, nothing is stripped. Of HTML the main text, of a PDF the
        text of its pages, of Markdown what follows the front matter.
    offset: number of characters in the file's text before `text` (the front matter of Markdown, else 0).
    """

    document_id: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    language: str | None
    text: str
    offset: int = 0


DOCUMENT_COLUMNS = list(Document.__dataclass_fields__)


def iter_documents(path: Path, report: Callable[[Problem], object]) -> Iterator[Document]:
    """The documents of a file, an archive or a folder of both, in the order of their names.

    report: called with the problem of each document that cannot be read; the others follow.
    Memory does not grow with the number of documents. Raises FileNotFoundError for a path that does not exist.
    """
    for source in chain.from_iterable(map(find_sources, find_files(path))):
        try:
            yield read_source(source)
        except DocumentError as error:
            report(error.problem)


def read_source(source: Source) -> Document:
    """The document of a source. Raises DocumentError with what is wrong with it, and where."""
    if source.fault:
        raise DocumentError(source.fault)
    if source.content is not None:
        return _archived(source, source.content)
    kind = source.file.path.suffix.lower()
    if kind not in _KINDS:
        known = ", ".join(filter(None, [*_KINDS, ".jsonl", ".jsonl.gz"]))
        raise _fault(source.name, f"is of a kind that is not read ({known}): save it as one of these")
    try:
        content = source.file.path.read_bytes()
    except OSError as error:
        raise _fault(source.name, f"the file cannot be read ({error.strerror})") from error
    return document_of(content, source.name, kind)


def document_of(content: bytes, name: str, kind: str, **known: str) -> Document:
    """The document that the bytes of a file are. kind: its suffix, one of .md, .txt, .html, .pdf.

    known: what is known of it otherwise (such as its url), where it does not say so itself; `charset` of HTML.
    Raises DocumentError.
    """
    if not content.strip():
        raise _fault(name, "is empty: remove it, or save it again")
    keys = _KINDS[kind](content, name, **known)
    if not keys["text"].strip():
        raise _fault(name, "holds nothing but spaces: remove it, or save it again")
    offset = keys.pop("offset", 0)
    told = {**known, **{key: value for key, value in keys.items() if value}}
    return _document(name, Path(name).stem.replace("_", " "), told, offset)


def document_table(documents: Iterable[Document]) -> "pd.DataFrame":
    """Documents as a table with DOCUMENT_COLUMNS; published as datetime64[s], missing values NA/NaT."""
    import pandas as pd

    from geo.schema import DTYPES

    table = pd.DataFrame([asdict(document) for document in documents], columns=DOCUMENT_COLUMNS)
    kinds = dict.fromkeys(DOCUMENT_COLUMNS, "text") | {"published": "date", "offset": "integer"}
    return table.astype({column: DTYPES[kind] for column, kind in kinds.items()})


def _plain(content: bytes, name: str, **_: str) -> dict[str, Any]:
    return {"text": _decoded(content, name)}


def _markdown(content: bytes, name: str, **_: str) -> dict[str, Any]:
    """The keys of the front matter, if there is one, and the text after it."""
    whole = _decoded(content, name)
    keys, start = _front_matter(name, whole)
    keys.setdefault("title", keys.get("subject"))
    if not whole[start:].strip():
        raise _fault(name, "holds nothing but front matter: add the text")
    return {**keys, "text": whole[start:], "offset": start}


def _webpage(content: bytes, name: str, charset: str | None = None, **_: str) -> dict[str, Any]:
    from geo.formats.webpages import read_webpage

    return read_webpage(content, name, charset)


def _pdf(content: bytes, name: str, **_: str) -> dict[str, Any]:
    from geo.formats.pdfs import read_pdf

    return read_pdf(content, name)


_KINDS: Mapping[str, Callable[..., dict[str, Any]]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".text": _plain,
    "": _plain,
    ".html": _webpage,
    ".htm": _webpage,
    ".xhtml": _webpage,
    ".pdf": _pdf,
}


def _archived(source: Source, content: bytes) -> Document:
    """One line of an archive: an object with `text`, and whatever else of a document's fields it has."""
    try:
        keys = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _fault(source.file.name, "is not a JSON object in UTF-8: write one object a line", source.line) from error
    text = keys.get("text") if isinstance(keys, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise _fault(source.file.name, 'has no text: write it like {"document_id": "a", "text": "…"}', source.line)
    document_id = keys.get("document_id", keys.get("id"))
    given = str(document_id) if isinstance(document_id, (str, int)) and document_id != "" else source.name
    return _document(given, given, keys)


def _document(document_id: str, title: str, keys: Mapping[str, Any], offset: int = 0) -> Document:
    facts = {key: _whole(keys[key]) for key in _FACTS if isinstance(keys.get(key), str) and keys[key].strip()}
    published = facts.pop("published", None)
    return Document(
        document_id=_whole(document_id),
        title=facts.pop("title", _whole(title)),
        publisher=facts.get("publisher"),
        published=_day(published),
        url=facts.get("url"),
        language=facts.get("language"),
        text=_whole(keys["text"]),
        offset=offset,
    )


def _whole(text: str) -> str:
    """The text with NUL and halves of characters, which cannot be kept, replaced; its length stays the same."""
    return _UNSTORABLE.sub("\ufffd", text)


def _day(text: str | None) -> date | None:
    """The day that a text begins with, YYYY-MM-DD, also with a time behind it."""
    stated = _DATE.match(text.strip()) if text else None
    try:
        return date.fromisoformat(stated[0]) if stated else None
    except ValueError:
        return None


def _decoded(content: bytes, name: str) -> str:
    if b"\0" in content:
        raise _fault(name, "is not text but binary (it holds zero bytes): give it the suffix of its kind")
    try:
        return decode_text(content, name)
    except DatasetError as error:
        raise DocumentError(error.problems[0]) from error


def _fault(name: str, message: str, line: int | None = None) -> DocumentError:
    return DocumentError(Problem(name, line, None, message))


def read_document(path: Path, **overrides: str) -> "pd.DataFrame":
    """Table `documents` with the one document of a file; `overrides` replace its front matter.

    A .txt file has no front matter: its `published` day must be given, its title is the name of the file.
    Raises DatasetError with everything that is wrong with the file.
    """
    from geo.schema import conform

    frame, problems = parse_documents([path], **overrides)
    if problems:
        raise DatasetError(str(path), problems)
    return conform("documents", frame)


def parse_documents(paths: Iterable[Path], **overrides: str) -> tuple["pd.DataFrame", list[Problem]]:
    """Table `documents` as far as it can be typed, its index named `file`, and all problems of the files.

    If one of them could not be read at all, the table comes without columns, as in `parse_table`.
    """
    from geo.formats.keyed import keyed_table

    problems: list[Problem] = []
    files: list[KeyedFile] = []
    for path in paths:
        try:
            files.append(_keyed_file(path, overrides))
        except DatasetError as error:
            problems += error.problems
        except DocumentError as error:
            problems.append(error.problem)
    frame, unfit = keyed_table("documents", files)
    return frame[[]] if problems else frame, problems + unfit


def _keyed_file(path: Path, overrides: Mapping[str, str]) -> "KeyedFile":
    """The front matter, the text without the blank space around it, and what follows from the text."""
    from geo.formats.keyed import KeyedFile

    content = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    keys: dict[str, object] = {"title": path.stem, **_NOT_GIVEN}
    if path.suffix.lower() != ".txt":
        keys, start = _front_matter(path.name, content)
        content = content[start:]
    text = content.strip()
    digest = hashlib.sha256(text.encode()).hexdigest()
    return KeyedFile(path.name, {**keys, **overrides}, {"document_id": path.stem, "sha256": digest, "text": text})


def _front_matter(name: str, content: str) -> tuple[dict[str, object], int]:
    """The keys of the front matter, all values as text, and where the text after it begins.

    No keys and 0 where there is none. Raises DocumentError when it is no YAML.
    """
    found = _FRONT_MATTER.match(content)
    if found is None:
        return {}, 0
    try:
        keys = yaml.load(found[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = None if where is None else content.count("\n", 0, found.start(1)) + where.line + 1
        message = "the front matter is not valid YAML: put values that hold a colon or a quote between quotes"
        raise _fault(name, message, line) from error
    return (keys, found.end()) if isinstance(keys, dict) else ({}, 0)
