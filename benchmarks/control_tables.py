"""The reading of short notes on who took a place: `python -m benchmarks.control_tables`.

The table (../shared/data/text/ukraine_control_text_gold_dev.csv, not part of the project) has a place, a note such as
"Captured by Russia 16 March 2022.", and who held the place while the note stood, in the judgement of its editors.
Rows are named by their number in the file and their place only.
"""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.report import write_part
from geo.schema import empty_table
from geo.text.actors import ActorLexicon
from geo.text.notes import Note, holder_of, read_notes
from geo.text.reports import CHANGE

TABLE = Path(__file__).parents[2] / "shared" / "data" / "text" / "ukraine_control_text_gold_dev.csv"
_SIDES = {"donetsk-pr": "Russia", "luhansk-pr": "Russia", "russia": "Russia", "ukraine": "Ukraine"}
_GOLD = {"Donetsk PR": "Russia", "Luhansk PR": "Russia", "Russia": "Russia", "Ukraine": "Ukraine"}
_GOLD["Ukraine?"] = "Ukraine"


class Row(NamedTuple):
    """One row: what was read from its note, and what the table says. verdict: see `_verdict`."""

    number: int
    place: str
    read: str
    gold: str
    verdict: str


def main() -> None:
    """Prints and keeps how many final holders are right, and the rows where note and table do not agree."""
    text = report(judged(pd.read_csv(TABLE)))
    print(text)
    write_part("control_tables", text)


def report(rows: list[Row]) -> str:
    """The part of RESULTS.md."""
    counts = Counter(row.verdict for row in rows)
    decided = counts["right"] + counts["wrong"]
    lines = [
        "# Reading notes in tables",
        "",
        "`python -m benchmarks.control_tables` measures this and writes this part. A table of places of Ukraine with a",
        "short note each, and who held the place in the judgement of its editors; rows by their number in the file.",
        "",
        f"{len(rows)} rows. The note decides who held the place last in {decided}; **{counts['right']} of them are",
        f"right, {counts['right'] / decided:.1%}** (to reach: 97 percent).",
        "",
        "| verdict | rows |",
        "|---|---:|",
        *(f"| {heading} | {counts[verdict]} |" for verdict, heading in _HEADINGS.items()),
        "",
        "| row | place | read | table | verdict |",
        "|---:|---|---|---|---|",
        *(
            f"| {row.number} | {row.place} | {row.read} | {row.gold} | {row.verdict} |"
            for row in rows
            if row.verdict not in ("right", "undecided")
        ),
    ]
    return "\n".join(lines)


_HEADINGS = {
    "right": "Right",
    "wrong": "Wrong",
    "silent": "Another holder, of whose taking the note does not tell (it is silent, or the table is wrong)",
    "earlier": "The table gave the holder that was read for a part of the time",
    "undecided": "The note does not decide who holds the place",
}


def judged(table: pd.DataFrame) -> list[Row]:
    """Each row with what was read; row numbers are those of the file, the first after the header being 2."""
    lexicon = ActorLexicon(empty_table("actors"), world=True)
    notes = [
        Note(str(number), row.place, row.text, pd.Timestamp(row.last_seen).date(), None, None, None)
        for number, row in enumerate(table.itertuples(), start=2)
    ]
    events = read_notes(notes, lexicon)
    of_row = dict(list(events.groupby("document_id")))
    rows = []
    for number, row in enumerate(table.itertuples(), start=2):
        told = of_row.get(str(number), events.iloc[:0])
        changes = told[told["kind"] == CHANGE]
        told = changes if len(changes) else told
        holder, status = holder_of(told)
        read = _SIDES.get(holder or "", holder or "nobody") if status != "contested" else "Contested"
        gold = _GOLD.get(row.held_by_majority, row.held_by_majority)
        named = [_SIDES.get(mention.actor_id, "") for mention in lexicon.find(row.text)]
        is_decided = status == "controlled" and told["assertion"].iloc[-1] == "assessed"
        verdict = _verdict(read, gold, row.held_by_counts, named) if is_decided else "undecided"
        rows.append(Row(number, row.place, read, gold, verdict))
    return rows


def _verdict(read: str, gold: str, counts: str, named: list[str]) -> str:
    """right; earlier: the table had it so for a time; silent: the side in the table is not the last that the note
    names, so it tells nothing of how that side came to hold the place; wrong otherwise."""
    if read == gold:
        return "right"
    if named and named[-1] == gold:
        return "wrong"
    return (
        "earlier" if any(_GOLD.get(part.split(":")[0].strip(), "") == read for part in counts.split(";")) else "silent"
    )


if __name__ == "__main__":
    main()
