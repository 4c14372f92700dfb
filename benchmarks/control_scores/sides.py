"""One name for each side of a campaign, whatever the extractor calls it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from benchmarks.control_scores.campaigns import campaign_actors
from benchmarks.control_scores.matching import Found
from geo.text.side_names import adopted_by, table_names


class Sides:
    """The sides of each campaign by their id, their other ids and their aliases.

    A side that the extractor knows itself is that of a campaign whose name or alias is one of its names.

    labels: folder with `actors.csv`: actor_id, name, campaigns, ids and aliases, the last three parted by bars.
    """

    def __init__(self, labels: Path) -> None:
        frame = pd.read_csv(labels / "actors.csv", dtype=str, keep_default_na=False)
        self._of: dict[tuple[str, str], str] = {}
        for row in frame.to_dict("records"):
            for campaign in row["campaigns"].split("|"):
                self._of[campaign, _key(row["actor_id"])] = row["actor_id"]
                for name in [row["name"], *row["ids"].split("|"), *row["aliases"].split("|")]:
                    self._of.setdefault((campaign, _key(name)), row["actor_id"])
        for campaign in {campaign for campaign, _ in self._of}:
            for known, own in adopted_by(list(table_names(campaign_actors(frame, campaign)))).items():
                self._of.setdefault((campaign, _key(known)), own)

    def side(self, campaign: str, actor: str | None) -> str | None:
        """The side that an actor belongs to in a campaign; the actor itself if the campaign does not have it."""
        return None if actor is None else self._of.get((campaign, _key(actor)), actor)

    def normalised(self, found: Iterable[Found], campaigns: Mapping[str, str]) -> list[Found]:
        """Events with sides for actors; campaigns: of each document."""
        return [
            event._replace(
                from_actor=self.side(campaigns[event.document], event.from_actor),
                to_actor=self.side(campaigns[event.document], event.to_actor),
            )
            for event in found
        ]


def _key(name: str) -> str:
    return " ".join(name.replace("-", " ").casefold().split())
