"""Bringing the map of one dataset up to date with its ledger."""

from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from geo.errors import StoreBusyError
from geo.formats.builds import write_build
from geo.formats.folders import data_folder
from geo.pipeline import Build, run
from geo.store.accounts import require
from geo.store.engine import reading
from geo.store.folders import stored_dataset
from geo.store.ledger import Store

STEPS = ("Reading the ledger", "Computing the map", "Writing the map")


def rebuild(
    store: Store, dataset_id: str, folder: Path, user_id: str, progress: Callable[[str], None] = print
) -> Build:
    """Builds a dataset from the store into `folder`, in place of what stood there, and returns the build.

    It is computed anew as a whole, as by `python -m geo build --from-store`: all documents are read again, which is
    most of the time. Readers see the old map until the new one is complete. progress: told each of `STEPS`.
    user_id: who asks for it. Raises RoleError if they may not, StoreBusyError while another process builds the same
    dataset, UnknownDatasetError, and what `run` raises.
    """
    with reading(store.engine) as connection:
        require(connection, user_id, "update")
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder.parent / f".{folder.name}.lock", timeout=0):
            progress(STEPS[0])
            dataset = stored_dataset(store, dataset_id, data_folder())
            store.ledger(dataset_id).refresh()
            progress(STEPS[1])
            built = run(dataset)
            progress(STEPS[2])
            write_build(built, folder)
    except Timeout as error:
        raise StoreBusyError(f"The map of {dataset_id} is being updated already: wait until it is done.") from error
    return built
