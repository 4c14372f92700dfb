"""What is loaded, where it came from, and how to take it along."""

from ui.downloads import show_downloads
from ui.fragments import heading, section, show
from ui.frame import open_page
from ui.origins import show_dataset, show_gaps, show_origins

page = open_page("Data")
show(heading("Data", "What this map is made of, where each file came from, and how to take it with you."))

show(section("Loaded"))
show_dataset(page)

if len(page.dataset.gaps):
    show(section("What to know about the files"))
    show_gaps(page)

show(section("Take it with you"))
show_downloads(page)

show(section("Where it came from"))
show_origins(page)
