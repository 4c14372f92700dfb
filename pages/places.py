"""The gazetteer: every place under all its names, and the history of control of each."""

import streamlit as st

from ui.fragments import heading, show
from ui.frame import open_page
from ui.gazetteer import choose_place, show_place

page = open_page("Places")
show(heading("Places", "The gazetteer of this dataset, and the places of the world that its documents name."))

results, detail = st.columns([5, 6], gap="large")
with results:
    place_id = choose_place(page)
with detail:
    show_place(page, place_id)
