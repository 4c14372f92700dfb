"""The documents, with what was read in them marked in their text."""

import streamlit as st

from ui.evidence import choose_document, show_changes, show_document
from ui.fragments import heading, section, show
from ui.frame import open_page

page = open_page("Evidence")
show(heading("Evidence", "What each document says, and what was recorded from it."))

document = choose_document(page)
if document is not None:
    text, changes = st.columns([7, 4], gap="large")
    with text:
        show_document(page, document)
    with changes:
        show(section("Changes recorded from it"))
        show_changes(page, document)
