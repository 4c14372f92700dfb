"""Names whose offsets somebody else has marked: their keys and what is said about them, for resolution alone."""
from typing import NamedTuple
from geo.text.names_in_text import Name
from geo.text.recognition import Recogniser
from geo.text.tokens import Words
from geo.places.names import name_key

class Given(NamedTuple):
    name: Name
    given: bool

def given_names(recogniser, text, offsets):
    book = recogniser._book
    own = recogniser.names(text)
    by_start = {(n.start, n.end): n for n in own}
    out = []
    for s, e in offsets:
        n = by_start.get((s, e)) 
        if n is None or n.facts is None:
            n = recogniser.name_of(text, s, e) 
        out.append(Given(n, True))
    taken = sorted(offsets)
    for n in own:
        if not any(a < n.end and n.start < b for a, b in taken):
            out.append(Given(n, False))
    return sorted(out, key=lambda g: g.name.start)
