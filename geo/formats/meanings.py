"""What a word of a source stands for: the mapping from its holders to our actors and codes, in dataset.toml.

    "Ukraine" = "ukraine"                                                    # holds it
    "Contested" = { status = "contested", between = ["ukraine", "russia"] }  # the holder before keeps it
    "Ukraine?" = { claimed_by = "ukraine" }                                  # the state before stays, a claim stands
    "" = { status = "unknown" }

`between` names the two sides of contested, mixed or besieged ground; the first is the holder where none was named
before.
"""

from collections.abc import Collection, Mapping

import pandas as pd

from geo.errors import Problem
from geo.schema import DTYPES, STATUSES_THAT_KEEP_THE_HOLDER
from geo.validation import shown

MEANING_COLUMNS = ["status", "assertion", "first", "second"]
_ADVICE = (
    'write it as "actor_id", { status = "contested", between = ["actor_id", "actor_id"] } (or mixed, besieged), '
    '{ claimed_by = "actor_id" } or { status = "unknown" }'
)


def parse_meanings(mapping: object, actors: Collection[str], file: str, key: str) -> tuple[pd.DataFrame, list[Problem]]:
    """MEANING_COLUMNS by the source's word, and all problems of the mapping. actors: the actor_ids that exist."""
    if not isinstance(mapping, Mapping):
        return _frame({}), [Problem(file, None, key, "is not a table: write it as [" + key + "]")]
    meanings: dict[str, tuple[str, str, str | None, str | None]] = {}
    problems = []
    for word, value in mapping.items():
        meaning = _meaning(value)
        if meaning is None:
            problems.append(Problem(file, None, f"{key}.{shown(word)}", f"cannot be read: {_ADVICE}"))
            continue
        unknown = [actor for actor in meaning[2:] if actor is not None and actor not in actors]
        for actor in unknown:
            advice = f"{shown(actor)} is not the actor_id of any of the actors: correct it, or add it there"
            problems.append(Problem(file, None, f"{key}.{shown(word)}", advice))
        meanings[word] = meaning
    return _frame(meanings), problems


def _meaning(value: object) -> tuple[str, str, str | None, str | None] | None:
    match value:
        case str(actor):
            return "controlled", "assessed", actor, None
        case {"status": "unknown", **rest} if not rest:
            return "unknown", "assessed", None, None
        case {"claimed_by": str(actor), **rest} if not rest:
            return "controlled", "claimed", actor, None
        case {"status": str(status), "between": [str(first), str(second)], **rest} if not rest:
            return (
                (status, "assessed", first, second)
                if status in STATUSES_THAT_KEEP_THE_HOLDER and first != second
                else None
            )
    return None


def _frame(meanings: Mapping[str, tuple[str, str, str | None, str | None]]) -> pd.DataFrame:
    index = pd.Index(list(meanings), dtype=DTYPES["text"])
    return pd.DataFrame(list(meanings.values()), index=index, columns=MEANING_COLUMNS, dtype=DTYPES["text"])
