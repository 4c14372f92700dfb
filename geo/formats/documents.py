"""Documents: Markdown with front matter (.md), or bare text (.txt) without it.

Keys of the front matter: title, publisher, published, language, licence, and if there is something to say
agency, url, side and note.
All values are read as text, nothing in a document is ever run or fetched.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import frontmatter
import pandas as pd
import yaml
from frontmatter.default_handlers import YAMLHandler

from geo.errors import DatasetError, Problem
from geo.formats.keyed import KeyedFile, keyed_table
from geo.formats.textfiles import read_text
from geo.schema import conform

_NOT_GIVEN = {"publisher": "not given", "language": "und", "licence": "not given"}


class _TextHandler(YAMLHandler):
    """Front matter whose values all stay text: `2016-12-13`, `yes` and `12` as they are written."""

    def load(self, fm: str, **kwargs: object) -> Any:
        return super().load(fm, Loader=yaml.BaseLoader, **kwargs)


def read_document(path: Path, **overrides: str) -> pd.DataFrame:
    """Table `documents` with the one document of a file; `overrides` replace its front matter.

    A .txt file has no front matter: its `published` day must be given, its title is the name of the file.
    Raises DatasetError with everything that is wrong with the file.
    """
    frame, problems = parse_documents([path], **overrides)
    if problems:
        raise DatasetError(str(path), problems)
    return conform("documents", frame)


def parse_documents(paths: Iterable[Path], **overrides: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Table `documents` as far as it can be typed, its index named `file`, and all problems of the files.

    If one of them could not be read at all, the table comes without columns, as in `parse_table`.
    """
    problems: list[Problem] = []
    files: list[KeyedFile] = []
    for path in paths:
        try:
            files.append(_keyed_file(path, overrides))
        except DatasetError as error:
            problems += error.problems
    frame, unfit = keyed_table("documents", files)
    return frame[[]] if problems else frame, problems + unfit


def _keyed_file(path: Path, overrides: Mapping[str, str]) -> KeyedFile:
    """The front matter, the text without the blank space around it, and what follows from the text."""
    content = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    keys: dict[str, object] = {"title": path.stem, **_NOT_GIVEN}
    if path.suffix.lower() != ".txt":
        keys, content = _front_matter(path, content)
    text = content.strip()
    digest = hashlib.sha256(text.encode()).hexdigest()
    return KeyedFile(path.name, {**keys, **overrides}, {"document_id": path.stem, "sha256": digest, "text": text})


def _front_matter(path: Path, content: str) -> tuple[dict[str, object], str]:
    try:
        return frontmatter.parse(content, handler=_TextHandler())
    except (yaml.YAMLError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = None if where is None else where.line + 1
        message = "the front matter is not valid YAML: put values that hold a colon or a quote between quotes"
        raise DatasetError(str(path), [Problem(path.name, line, None, message)]) from error
