"""How a colour is decided, and how the map compares with published figures."""

from ui.fragments import heading, section, show
from ui.frame import open_page
from ui.method import show_check, show_prose, show_rules, show_settings

page = open_page("Method")
show(heading("Method", "How a colour is decided, and how the map compares with what was published."))
show_prose()

show(section("The rules, in order"))
show_rules()

show(section("What can be set"))
show_settings(page)

show(section("The map against published figures"))
show_check(page)
