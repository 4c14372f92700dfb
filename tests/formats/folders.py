"""Folders of datasets that tests change, and what reading them then says."""

from pathlib import Path

import pytest

from geo.errors import DatasetError
from geo.formats.datasets import read_dataset


def replace(file: Path, old: str, new: str) -> None:
    """Put other words into a file, which must have the old ones."""
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    """Every problem that reading the dataset reports; it must report one."""
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)
    return [str(problem) for problem in caught.value.problems]
