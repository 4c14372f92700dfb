"""The settings of the rules: how they are read, and what they say about a source's rating."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from geo.schema import conform

UNJUDGED = ("F", "6")
"""The codes of reliability and credibility that mean: cannot be judged."""


@dataclass(frozen=True)
class Rating:
    """What the Admiralty code says of a source: reliability A to F, credibility 1 to 6; None where nobody rated it."""

    reliability: str | None = None
    credibility: str | None = None

    @property
    def is_unrated(self) -> bool:
        return self.reliability is None and self.credibility is None


@dataclass(frozen=True)
class Threshold:
    """The worst rating that is good enough, and whether a source that is not rated, or cannot be judged, is."""

    reliability: str
    credibility: str
    unjudged: bool
    unrated: bool

    def is_met_by(self, rating: Rating) -> bool:
        if rating.is_unrated:
            return self.unrated
        if rating.reliability in UNJUDGED or rating.credibility in UNJUDGED:
            return self.unjudged
        return (rating.reliability or "A") <= self.reliability and (rating.credibility or "1") <= self.credibility


@dataclass(frozen=True)
class RuleSettings:
    """The settings of one dataset; rule_settings.toml says what each means.

    apply_extracted: `extracted_events` is "apply". alone: what a source must be rated to change a place on its own
    word. together: to be one of two that agree. together_days, far_km, far_places: as they are called there.
    """

    apply_extracted: bool
    alone: Threshold
    together: Threshold
    together_days: int
    far_km: float
    far_places: float


@cache
def setting_texts() -> pd.DataFrame:
    """The settings in the order of rule_settings.toml: setting (id), default, allowed (a list), meaning."""
    text = files("geo.control").joinpath("rule_settings.toml").read_text("utf-8")
    return pd.DataFrame(tomllib.loads(text)["setting"]).rename(columns={"id": "setting"})


def settings_table(given: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Table `rule_settings` with every setting: as given, else its default."""
    texts = setting_texts()
    chosen = dict(zip(texts["setting"], texts["default"], strict=True)) | dict(given or {})
    return conform("rule_settings", texts[["setting"]].assign(value=[chosen[name] for name in texts["setting"]]))


def rule_settings(table: pd.DataFrame | None = None) -> RuleSettings:
    """The settings that a table `rule_settings` holds; one that it lacks, or all without a table, is its default."""
    given = {} if table is None else dict(table[["setting", "value"]].itertuples(index=False, name=None))
    value: dict[str, Any] = dict(settings_table(given).itertuples(index=False, name=None))
    return RuleSettings(
        apply_extracted=value["extracted_events"] == "apply",
        alone=_threshold(value, "alone"),
        together=_threshold(value, "together"),
        together_days=int(value["together_days"]),
        far_km=float(value["far_km"]),
        far_places=float(value["far_places"]),
    )


def _threshold(value: Mapping[str, str], use: str) -> Threshold:
    reliability, credibility = value[f"{use}_reliability"], value[f"{use}_credibility"]
    return Threshold(reliability, credibility, value[f"{use}_unjudged"] == "yes", value[f"{use}_unrated"] == "yes")
