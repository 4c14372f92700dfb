"""The texts that the labels are about, and the news that should give no event."""

import hashlib
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd

from benchmarks.control_scores.labels import LabelError
from geo.formats.documents import document_of

_NEWS_PUBLISHED = {"LGL": "2009-07-01", "GeoVirus": "2017-01-01"}
"""The articles carry no date; these are days in the years they were collected from."""


def read_texts(labels: Path, folders: list[Path]) -> tuple[pd.DataFrame, list[str]]:
    """The documents of `documents.csv` that are in one of the folders, and the names of those that are in none.

    Columns document_id, campaign, split, published (datetime), title and text: the body of the Markdown file after its
    front matter, without spaces around it. Offsets count characters of it. Title and text are what `python -m geo
    events` reads of the file.
    Raises LabelError for a text that is not the one that was labelled (`sha256`, if the table has it).
    """
    index = pd.read_csv(labels / "documents.csv", dtype=str)
    rows, missing = [], []
    for row in index.to_dict("records"):
        name = row["document"]
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is None:
            missing.append(name)
            continue
        document = document_of(path.read_bytes(), path.name, path.suffix)
        text = document.text.strip()
        if "sha256" in row and hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise LabelError(f"{path} is not the text that was labelled: its offsets would be wrong.")
        published = datetime.fromisoformat(row["published"])
        rows.append((name, row["campaign"], row["split"], published, document.title, text))
    return pd.DataFrame(rows, columns=["document_id", "campaign", "split", "published", "title", "text"]), missing


def read_news(archive: Path) -> pd.DataFrame:
    """The articles of LGL and GeoVirus: columns as in `read_texts`, the corpus as split."""
    rows = []
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            parts = name.split("/")
            if parts[0] == "text" and len(parts) == 3 and parts[2]:
                text = files.read(name).decode("utf-8", errors="replace")
                published = datetime.fromisoformat(_NEWS_PUBLISHED[parts[1]])
                rows.append((f"{parts[1]}/{parts[2]}", None, parts[1], published, text))
    return pd.DataFrame(rows, columns=["document_id", "campaign", "split", "published", "text"])
