"""Where a quote stands in the text it was taken from."""

import re


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Start and end of the first place where the quote stands word for word, or None.

    Line breaks and runs of spaces count as one space, since texts are wrapped and quotes are not.
    """
    words = quote.split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None
