"""Place names in texts: recognised, and resolved to places."""
import re
from geo.places.resolution import Query

_OWNS = re.compile(r"['’]s?\s+(?:\w+\s+)?(?:city\s+of\s+|of\s+)?")
_LIES_IN = re.compile(r",?\s+in\s+(?:the\s+)?(?:\w+\s+)?|\.?,\s+|\s+\w+\s+(?:of|in)\s+|\s+\(|,\s*")


def queries_of(text, names):
    out = []
    for i, name in enumerate(names):
        container = None
        if i + 1 < len(names) and names[i + 1].start - name.end < 30 and _LIES_IN.fullmatch(text, name.end, names[i + 1].start):
            container = i + 1
        elif i and name.start - names[i - 1].end < 30 and _OWNS.fullmatch(text, names[i - 1].end, name.start):
            container = i - 1
        written = text[name.start : name.end]
        out.append(Query(written, name.key, name.feature, container, is_other_word=name.kind in ("demonym", "abbreviation") ))
    return out
