"""What the folder said before: edits of its rows, and nothing else."""

import dataclasses

import pandas as pd

from geo.schema import conform
from geo.store.ledger import Store


def test_each_cell_that_was_edited_is_told_before_and_after(filled: Store) -> None:
    ledger = filled.ledger("small")
    assert ledger.edits().empty
    dataset = ledger.dataset()
    events = dataset.events.copy()
    [first, gone] = events["event_id"].iloc[[0, -1]]
    events.loc[events["event_id"] == first, ["note", "confidence"]] = ["seen again", 0.25]
    events = events[events["event_id"] != gone]
    places = dataset.places.assign(name=dataset.places["name"].where(dataset.places["place_id"] != "q2", "Eastmere"))
    changed = {"events": conform("events", events), "places": conform("places", places)}
    filled.ingest(dataclasses.replace(dataset, **changed))
    edits = ledger.edits()
    told = {(row.table, row.key, row.column): (row.before, row.after) for row in edits.itertuples()}
    assert told["places", "q2", "name"] == (dataset.places.set_index("place_id")["name"]["q2"], "Eastmere")
    assert told["events", first, "confidence"][1] == "0.25"
    assert told["events", first, "note"][1] == "seen again"
    assert {key for table, key, column in told if pd.isna(column)} == {gone}
    assert len(told) == 4
    assert set(edits["place_id"]) >= {"q2", events["place_id"].iloc[0]}
    assert (edits["known_date"] <= pd.Timestamp.now("UTC").tz_localize(None)).all()
