"""The method page: how a colour is decided, and the map checked against published figures."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from geo.control.claims import EXTRACTED, check_claims, with_extracted
from geo.control.differences import STATE, changed_settings, effect_of_settings
from geo.control.rules import rule_texts
from geo.control.settings import setting_texts
from geo.errors import HoldlineError
from geo.formats.datasets import DATASET_FILE
from geo.formats.folders import data_folder
from geo.formats.rule_settings import read_rule_settings
from ui import words
from ui.fragments import code, join, link, name, paragraph, section, show, table, tag
from ui.frame import Page
from ui.tables import Row, rows

_PROSE = Path(__file__).parent / "method.html"
_MOST_DIFFERENCES = 50
_COMPARISONS = {"about": "about", "more_than": "more than"}


class Quantity(NamedTuple):
    """How a published quantity reads; gap_unit is the unit of a difference between two of them."""

    meaning: str
    unit: str
    gap_unit: str


_QUANTITIES = {
    "share_lost_pct": Quantity("share lost of the ground held at the start", " percent", " points"),
    "area_left_km2": Quantity("ground still held", " km²", " km²"),
}
_WHY_THEY_DIFFER = (
    "Published figures seldom say how they were measured: which ground counts as once held, since when, and whether "
    "contested ground counts as lost. The map counts whole places with their published areas, a contested place "
    "half, and only changes that a record gives a day for; so it follows events rather than running ahead of them. "
    "A difference is a finding about the figure, the records, or both. It is shown, and nothing was adjusted to "
    "remove it."
)


def show_prose() -> None:
    """Draw how a colour is decided, in plain words."""
    show(Markup(_PROSE.read_text("utf-8")))


def show_rules() -> None:
    """Draw the rules in the order in which they are asked."""
    listed = [
        (str(number), rule.name, rule.reason, tag("changes the map", on=True) if rule.changes_map else tag("no change"))
        for number, rule in enumerate(rows(rule_texts()), start=1)
    ]
    show(table(["No.", "Rule", "Why", "Effect"], listed))


def show_settings(page: Page) -> None:
    """Draw the settings of the rules, and what those that wait to be accepted would change."""
    values = dict(page.dataset.rule_settings.itertuples(index=False, name=None))
    listed = [
        (code(setting.setting), values.get(setting.setting, setting.default), setting.meaning)
        for setting in rows(setting_texts())
    ]
    show(table(["Setting", "Value", "What it means"], listed))
    try:
        _show_proposal(page)
    except HoldlineError as error:
        show(paragraph(str(error), "hl-alert"))


def _show_proposal(page: Page) -> None:
    dataset = page.dataset
    file = data_folder() / dataset.dataset_id / DATASET_FILE
    proposed = read_rule_settings(file) if file.is_file() else dataset.rule_settings
    changed = changed_settings(dataset.rule_settings, proposed)
    if changed.empty:
        return
    effect = effect_of_settings(dataset, page.build.events, page.build.intervals, proposed)
    others = join((Markup("{}: {}").format(code(row.setting), row.proposed) for row in rows(changed)), ", ")
    show(
        section("Settings that nobody has accepted yet"),
        paragraph(Markup("The folder of this dataset has other settings than this map: {}.").format(others)),
        paragraph(f"With them, {words.counted(effect['place_id'].nunique(), 'place')} would look different."),
    )
    if len(effect):
        differing = [_difference(page, row) for row in rows(effect.head(_MOST_DIFFERENCES))]
        show(table(["Place", "Days", "Now", "With these settings"], differing))
    accept = code(f"python -m geo rules {dataset.dataset_id} --accept")
    show(paragraph(Markup("An owner accepts them with {}.").format(accept), "hl-after"))


def _difference(page: Page, row: Row) -> list[Markup | str]:
    before, after = (
        words.state_sentence({column: getattr(row, f"{column}_{moment}") for column in STATE}, page.names.actor)
        for moment in ("before", "after")
    )
    place = link(page.link(date=row.first_date, place=row.place_id), name(page.names.places[row.place_id]))
    return [place, words.days(row.first_date, row.last_date), name(before), name(after)]


def show_check(page: Page) -> None:
    """Draw the published figures beside what the map gives for the same day."""
    dataset = page.dataset
    claims = with_extracted(dataset.claims, page.build.territory_claims)
    if claims.empty:
        show(paragraph("This dataset has no published figures to check the map against.", "hl-muted"))
        return
    checked = check_claims(
        claims, dataset.baseline, page.build.events, dataset.places, dataset.start_date, dataset.end_date
    ).sort_values(["date", "claim_id"])
    compared = [_compared(page, claim) for claim in rows(checked)]
    columns = ["Day", "What is claimed", "Claimed", "Computed", "Result", "Source"]
    show(table(columns, compared, numbers=["Claimed", "Computed"]), paragraph(_WHY_THEY_DIFFER, "hl-after"))


def _compared(page: Page, claim: Row) -> list[Markup | str]:
    quantity = _QUANTITIES[claim.quantity]
    actor, place = page.names.actor(claim.actor), page.names.places.get(claim.place_id, "")
    document = name(page.names.documents[claim.document_id])
    read = [tag("read by a program")] if claim.claim_id.startswith(EXTRACTED) else []
    quote = Markup('<span class="hl-muted" dir="auto">{}</span>').format(claim.quote)
    return [
        link(page.link(date=claim.date), words.day(claim.date)),
        Markup("{}, {}: {}").format(name(actor), name(place), quantity.meaning),
        f"{_COMPARISONS[claim.comparison]} {claim.value:g}{quantity.unit}",
        _computed(claim, quantity),
        _result(claim, quantity),
        join([quote, *read, link(page.link("evidence", document=claim.document_id), document)], Markup("<br>")),
    ]


def _computed(claim: Row, quantity: Quantity) -> str:
    """The computed value; a range where the day of a change is not known exactly."""
    if pd.isna(claim.computed_low):
        return "nothing to compare"
    low, high = f"{claim.computed_low:.1f}", f"{claim.computed_high:.1f}"
    return (low if low == high else f"{low} to {high}") + quantity.unit


def _result(claim: Row, quantity: Quantity) -> Markup:
    if pd.isna(claim.inside):
        return Markup("")
    if claim.inside:
        return tag("agrees", on=True)
    gap = (claim.computed_high if claim.value > claim.computed_high else claim.computed_low) - claim.value
    more_or_less = "more" if gap > 0 else "less"
    return Markup("{} the map has {:.1f}{} {}").format(tag("differs"), abs(gap), quantity.gap_unit, more_or_less)
