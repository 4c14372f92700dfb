"""Folders of datasets put into the store: by `python -m geo ingest`, and when an empty store is first used."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from geo.dataset import Dataset
from geo.errors import HoldlineError, StoreError
from geo.formats.datasets import DATASET_FILE, read_dataset, read_gazetteers
from geo.store.ingest import Ingested
from geo.store.ledger import Store


def ingest_folders(store: Store, folders: list[Path]) -> Iterator[tuple[str, Ingested | HoldlineError]]:
    """The name of each dataset with what was done, or why nothing was; one that is wrong does not keep out the others.

    Raises StoreError if the database cannot go on.
    """
    for folder in folders:
        try:
            yield folder.name, store.ingest(read_dataset(folder))
        except StoreError:
            raise
        except HoldlineError as error:
            yield folder.name, error


def stored_dataset(store: Store, dataset_id: str, data: Path) -> Dataset:
    """A dataset as the store holds it, with the gazetteers of its folder in `data`: those the store does not keep.

    Raises UnknownDatasetError, and DatasetError for gazetteers that cannot be read.
    """
    dataset = store.ledger(dataset_id).dataset()
    folder = data / dataset_id
    if not (folder / DATASET_FILE).is_file():
        return dataset
    return dataclasses.replace(dataset, gazetteers=read_gazetteers(folder))
