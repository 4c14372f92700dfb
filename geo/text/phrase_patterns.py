"""The patterns of `phrases.toml`, ready to match: over the letters of words, and over the words themselves."""

import re

from geo.text.data import expanded, filled, read_data

_DATA = read_data("phrases.toml")
_KIND = re.compile(r"\[[^]]*\]|k")


def letter_pattern(name: str) -> re.Pattern[str]:
    """A pattern of [phrases] or [gaps], over the letters that `word_tags` gives words."""
    return re.compile(_LETTERS[name])


def text_pattern(name: str) -> re.Pattern[str]:
    """A pattern of [text], over the rewritten sentence itself."""
    return re.compile(_TEXT[name])


def _with_plurals(expression: str) -> str:
    """A pattern in which k, for a kind of place, is also K, for several."""
    return _KIND.sub(lambda match: match[0].replace("k", "kK") if match[0] != "k" else "[kK]", expression)


_WORDS = expanded(_DATA["words"])
_LETTERS = {
    name: _with_plurals(filled(expression, _WORDS))
    for section in ("phrases", "gaps")
    for name, expression in _DATA[section].items()
}
_TEXT = expanded(_DATA["text"])
PERSONS = frozenset(_DATA["lists"]["persons"].split())
SHARES: dict[str, float] = _DATA["shares"]
"""Words for a share, such as "two-thirds" -> percent."""
