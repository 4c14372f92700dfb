"""All reported changes of control, the ground each actor held from day to day, and what was learned when."""

import streamlit as st

from ui.changes import COLUMNS, change_table, choose_changes
from ui.chart import draw_share_chart
from ui.fragments import heading, section, show
from ui.frame import open_page
from ui.learned import show_learned

page = open_page("Changes")
show(heading("Changes of control", "Every change that was recorded, and what it did to the map."))

show(section("Ground held, day by day"))
draw_share_chart(page.build)

show(section("All changes"))
chosen = choose_changes(page, change_table(page))
st.dataframe(chosen, column_config=COLUMNS, column_order=list(COLUMNS), hide_index=True)

show_learned(page)
