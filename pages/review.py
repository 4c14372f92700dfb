"""What waits for a person, most important first, and the decisions about it."""

from ui.fragments import heading, show
from ui.frame import open_page
from ui.review import show_review

page = open_page("Review")
show(heading("Review", "What programs have read and nobody has checked, and where reports disagree."))
show_review(page)
