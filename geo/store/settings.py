"""The settings of the rules in a ledger: those that somebody has accepted, and when.

The first settings of a dataset are entered with it. Later ones are not taken from its folder by `ingest`: they wait
until a person has seen what they would change.
"""

import pandas as pd

from geo.control.differences import changed_settings
from geo.store.ledger import Store
from geo.store.rows import rows_of


def accept_settings(store: Store, dataset_id: str, proposed: pd.DataFrame, by: str) -> list[str]:
    """Enters the settings (table `rule_settings`) that are not those of the ledger; returns which ones.

    by: who stands behind it. Raises UnknownDatasetError, EditConflictError if others were accepted meanwhile.
    """
    ledger = store.ledger(dataset_id)
    last = {entry.key: entry.position for entry in ledger.entries("rule_settings")}
    changed = list(changed_settings(ledger.dataset().rule_settings, proposed)["setting"])
    rows = rows_of("rule_settings", proposed[proposed["setting"].isin(changed)])
    ledger.append(rows, by, expected={row.key: last.get(row.key, 0) for row in rows})
    ledger.refresh()
    return changed
