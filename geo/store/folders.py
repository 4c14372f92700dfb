"""Folders of datasets put into the store: by `python -m geo ingest`, and when an empty store is first used."""

from collections.abc import Iterator
from pathlib import Path

from geo.errors import HoldlineError, StoreError
from geo.formats.datasets import read_dataset
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
