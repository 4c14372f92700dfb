"""`[rules]` of a dataset.toml: the settings of the rules, where they differ from the defaults."""

from pathlib import Path

import pandas as pd

from geo.control.settings import setting_texts, settings_table
from geo.errors import DatasetError, Problem
from geo.formats.keyed import read_toml
from geo.validation import shown

SECTION = "rules"


def parse_rule_settings(section: object, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Table `rule_settings` with every setting, and all problems of the section. section: what stands in `[rules]`."""
    if not isinstance(section, dict):
        return settings_table(), [Problem(file, None, SECTION, f"is not a table: write it as [{SECTION}]")]
    allowed = setting_texts().set_index("setting")["allowed"]
    given: dict[str, str] = {}
    problems = []
    for key, value in section.items():
        if key not in allowed:
            message = f"is not a setting of the rules ({', '.join(allowed.index)}): rename or remove it"
        elif (text := _text(value)) not in allowed[key]:
            message = f"{shown(text)} is not a known code: use one of {', '.join(allowed[key])}"
        else:
            given[key] = text
            continue
        problems.append(Problem(file, None, shown(key) if key not in allowed else key, message))
    return settings_table(given), problems


def read_rule_settings(file: Path) -> pd.DataFrame:
    """Table `rule_settings` of a dataset.toml. Raises DatasetError for a file that cannot be read, or is wrong."""
    table, problems = parse_rule_settings(read_toml(file).get(SECTION, {}), file.name)
    if problems:
        raise DatasetError(str(file), problems)
    return table


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
