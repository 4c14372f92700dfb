"""The data page: what is loaded, and where every file of it came from."""

from markupsafe import Markup

from geo.places.world import ATTRIBUTION
from ui.fragments import code, definitions, figures, local_name, name, paragraph, show, source_link, table
from ui.frame import Page
from ui.tables import Row, is_given, rows
from ui.words import day


def show_dataset(page: Page) -> None:
    """Draw what is loaded: the dataset's names, its extent in numbers, its version."""
    dataset, build = page.dataset, page.build
    title = Markup("<h3>{}<br>{}</h3>").format(name(dataset.title), local_name(dataset.title_local))
    counts = {
        "places": len(dataset.places),
        "areas on the map": len(build.areas),
        "documents": len(dataset.documents),
        "place names read in them": len(build.mentions),
        "reported changes": len(build.events),
        "of them on the map": int(build.events["changes_map"].sum()),
        "days": (dataset.end_date - dataset.start_date).days + 1,
    }
    extent = f"{day(dataset.start_date)} to {day(dataset.end_date)}"
    version = Markup("Data version {}. The same input always gives the same version, and every link carries it.")
    show(
        title,
        paragraph(Markup("{}<br>{}").format(name(dataset.description), extent)),
        figures({term: f"{count:,}" for term, count in counts.items()}),
        paragraph(version.format(code(build.version)), "hl-muted hl-after"),
    )


def show_origins(page: Page) -> None:
    """Draw each of the dataset's files with its origin and licence, and whose gazetteer of the world is used."""
    world = paragraph(
        f"Names in documents are also looked up among the places of the world: {ATTRIBUTION}.", "hl-muted hl-after"
    )
    show(*(_origin(row) for row in rows(page.dataset.origins)), world)


def show_gaps(page: Page) -> None:
    """Draw what files do not tell, what of them could not be used and what is probably a slip, in numbers."""
    gaps = page.dataset.gaps
    head = ["File", "What was noticed", "Times", "Such as"]
    show(table(head, [[code(row.file), name(row.gap), name(f"{row.count:,}"), _examples(row)] for row in rows(gaps)]))


def _examples(row: Row) -> Markup:
    return name(row.examples) if is_given(row.examples) else Markup("")


def _origin(row: Row) -> Markup:
    facts = {
        "Producer": name(row.producer),
        "Citation": name(row.citation),
        "Accessed": day(row.accessed),
        "Licence": name(row.licence),
        **({"Note": name(row.note)} if is_given(row.note) else {}),
    }
    return Markup('<section class="hl-origin"><div>{}</div><div><h3>{}</h3>{}</div></section>').format(
        code(row.file), source_link(row.url, name(row.title)), definitions(facts)
    )
