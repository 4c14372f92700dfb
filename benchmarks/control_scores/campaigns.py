"""The sides of a campaign, as the extractor is given them."""

from typing import Any

import pandas as pd

from geo.schema import conform, empty_table


def campaign_actors(actors: pd.DataFrame, campaign: str | None) -> pd.DataFrame:
    """Table `actors` with the sides of a campaign, a name that two share being the first's."""
    actors = actors[[campaign in campaigns.split("|") for campaigns in actors["campaigns"]]]
    if actors.empty:
        return empty_table("actors")
    taken: set[str] = set()
    rows: list[dict[str, Any]] = []
    for row in actors.to_dict("records"):
        names = [name for name in row["aliases"].split("|") if name.casefold() not in taken]
        taken |= {name.casefold() for name in names}
        rows.append(row | {"name_local": None, "colour": "#000000", "aliases": "|".join(names)})
    return conform("actors", pd.DataFrame(rows))
