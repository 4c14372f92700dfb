"""The words of a text with their keys and offsets."""

import re
from functools import lru_cache
from itertools import accumulate

from geo.places.names import APOSTROPHES, WORD, is_article, word_key

cached_key = lru_cache(maxsize=30_000)(word_key)

_WORDS_AND_GAPS = re.compile(f"({WORD.pattern})")
_POSSESSIVE = re.compile(f"[{APOSTROPHES}][sS]?$")


class Words:
    """The words of a text by their position; a possessive ending does not belong to its word.

    texts, starts, ends: each word as it is written and its character offsets.
    capitalised: positions of the words that start with a capital letter, or whose script has none.
    owns: positions of the words that carry a possessive ending.
    """

    __slots__ = ("_gaps", "capitalised", "ends", "owns", "starts", "text", "texts")

    def __init__(self, text: str) -> None:
        pieces = _WORDS_AND_GAPS.split(text)
        bounds = list(accumulate(map(len, pieces)))
        self.text = text
        self.texts = pieces[1::2]
        self.starts = bounds[0:-1:2]
        self.ends = bounds[1::2]
        self.owns: set[int] = set()
        self._gaps = ["\n", *pieces[2:-1:2], "\n"]
        for position in [position for position, word in enumerate(self.texts) if not word.isalnum()]:
            self._cut_possessive(position, self.texts[position])
        capitals = {first for first in {word[0] for word in self.texts} if is_capitalised(first)}
        self.capitalised = [position for position, word in enumerate(self.texts) if word[0] in capitals]

    def _cut_possessive(self, position: int, word: str) -> None:
        ending = _POSSESSIVE.search(word)
        if ending and ending.start():
            self.texts[position] = word[: ending.start()]
            self.ends[position] = self.starts[position] + ending.start()
            self.owns.add(position)
            if position + 1 < len(self.texts):
                self._gaps[position + 1] = ending[0] + self._gaps[position + 1]

    def __len__(self) -> int:
        return len(self.texts)

    def key(self, position: int) -> str:
        """The `word_key` of a word; "" if none of its letters can be romanised."""
        return cached_key(self.texts[position])

    def gap(self, position: int) -> str:
        """What stands between a word and the next one, possessive ending included; "\\n" at either end of the text."""
        return self._gaps[position + 1]

    def is_capitalised(self, position: int) -> bool:
        """Whether the word starts with a capital letter, or its script has none."""
        return is_capitalised(self.texts[position])

    def is_article(self, position: int) -> bool:
        """Whether the word is the Arabic article of the next one, joined to it by a hyphen or a space."""
        if position + 1 >= len(self.texts) or len(self.texts[position]) > 3:
            return False
        return self.gap(position) in ("-", " ", "‑") and is_article(self.key(position), self.key(position + 1))

    def starts_sentence(self, position: int) -> bool:
        """Whether nothing, a line break, a full stop or an opening mark stands before the word."""
        before = self.gap(position - 1).rstrip(" \t'\"“‘(")
        return (not before and self.gap(position - 1) != " ") or before[-1:] in (
            ".",
            "!",
            "?",
            ":",
            "\n",
            "•",
            "”",
            '"',
        )


def is_capitalised(word: str) -> bool:
    """Whether a word starts with a capital letter, or its script has none."""
    first = word[0]
    return first.isupper() or (not first.islower() and first.isalpha())
