"""`python -m geo rules`: the settings of the rules, and what a change of them would do to the map."""

import argparse
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import closing
from typing import Any

import pandas as pd

from geo.cli.options import Commands, add_command, add_data
from geo.cli.store_options import add_accept, open_store
from geo.control.differences import STATE, changed_settings, effect_of_settings
from geo.control.settings import setting_texts
from geo.formats.datasets import DATASET_FILE, choose_datasets
from geo.formats.rule_settings import read_rule_settings
from geo.maps.words import days, state_sentence
from geo.pipeline import Build, run
from geo.store.folders import stored_dataset
from geo.store.ledger import Store
from geo.store.settings import accept_settings

_MOST_PLACES = 20


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "rules", "settings of the rules: show them, and what a change would do")
    command.set_defaults(run=rules)
    command.add_argument("datasets", nargs="*", metavar="DATASET", help="names of datasets (default: all)")
    add_accept(command, "--accept")
    command.add_argument("--all", action="store_true", help=f"list all places, not only {_MOST_PLACES}")
    add_data(command)


def rules(arguments: argparse.Namespace) -> int:
    """For each dataset its settings and who accepted them; those that its folder proposes, with what they change."""
    with closing(open_store(arguments.data)) as store:
        for folder in choose_datasets(arguments.data, arguments.datasets):
            proposed = read_rule_settings(folder / DATASET_FILE)
            dataset = stored_dataset(store, folder.name, arguments.data)
            if changed_settings(dataset.rule_settings, proposed).empty:
                print(f"{folder.name}: the map follows the settings of the folder.")
                _print_settings(store, folder.name)
            else:
                print_proposal(run(dataset), proposed, arguments.accept, every_place=arguments.all)
                if arguments.accept:
                    accept_settings(store, folder.name, proposed, arguments.by)
                    print(f"  Accepted by {arguments.by}. Now build the map: python -m geo build {folder.name}")
    return 0


def print_proposal(build: Build, proposed: pd.DataFrame, accepts: bool, every_place: bool = False) -> bool:
    """Prints the settings (table `rule_settings`) that are not those of the build, and which places would look
    different, on which days and how; returns whether there are any such settings.

    accepts: they are accepted next. every_place: not only the first ones.
    """
    dataset = build.dataset
    changed = changed_settings(dataset.rule_settings, proposed)
    if changed.empty:
        return False
    print(f"{dataset.dataset_id}: the folder has other settings of the rules than those that were accepted.")
    for row in changed.itertuples():
        print(f"  {row.setting}: {row.accepted} -> {row.proposed}")
    effect = effect_of_settings(dataset, build.events, build.intervals, proposed)
    for line in _effect_lines(build, effect, every_place):
        print(f"  {line}")
    if not accepts:
        print(f"  The map stays as it was. To accept them: python -m geo rules {dataset.dataset_id} --accept")
    return True


def _effect_lines(build: Build, effect: pd.DataFrame, every_place: bool) -> Iterator[str]:
    """What a change would do (`effect_of_settings`), in words."""
    count = effect["place_id"].nunique()
    yield f"{count} {'place looks' if count == 1 else 'places look'} different{':' if count else '.'}"
    places = build.places.set_index("place_id")["name"]
    actors = dict(build.dataset.actors[["actor_id", "name"]].itertuples(index=False, name=None))

    def name(actor: object) -> str:
        return actors.get(str(actor), "a side that is not named")

    for number, (place_id, stretches) in enumerate(effect.groupby("place_id", sort=True)):
        if number == _MOST_PLACES and not every_place:
            yield f"  and {count - _MOST_PLACES} more (python -m geo rules {build.dataset.dataset_id} --all)"
            return
        yield f"  {places[place_id]} ({place_id})"
        for stretch in stretches.to_dict("records"):
            before, after = (_words(stretch, moment, name) for moment in ("before", "after"))
            yield f"    {days(stretch['first_date'], stretch['last_date'])}: {before} -> {after}"


def _words(stretch: Mapping[Hashable, Any], moment: str, name: Callable[[object], str]) -> str:
    state = {column: stretch[f"{column}_{moment}"] for column in STATE}
    return state_sentence(state, name) if pd.notna(state["status"]) else "Not on the map"


def _print_settings(store: Store, dataset_id: str) -> None:
    last = {entry.key: entry for entry in store.ledger(dataset_id).entries("rule_settings")}
    values = dict(store.ledger(dataset_id).dataset().rule_settings.itertuples(index=False, name=None))
    for setting, meaning in setting_texts()[["setting", "meaning"]].itertuples(index=False, name=None):
        entry = last.get(setting)
        since = f"{entry.recorded_by}, {entry.stored_at:%Y-%m-%d}" if entry else "default"
        print(f"  {setting} = {values.get(setting)} ({since}): {meaning}")
