"""The map page: everything that moves on it moves in the browser."""

import streamlit as st

from ui.frame import open_page
from ui.load import map_page

page = open_page("Map")
with st.container(key="map"):
    st.iframe(map_page(page.built), height=600, alt="Map of who held what, day by day")
