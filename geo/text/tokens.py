"""The words of a text with their keys and offsets."""

from functools import lru_cache
from typing import NamedTuple

from geo.places.names import WORD, is_article, word_key

cached_key = lru_cache(maxsize=100_000)(word_key)


class Token(NamedTuple):
    """A word of a text.

    text: the word as it is written.
    key: its `word_key`; "" for an Arabic article that is joined to the next word.
    start, end: character offsets.
    """

    text: str
    key: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether the word starts with a capital letter, or its script has none."""
        return self.text[0].isupper() or self.text.upper() == self.text.lower()


def tokenize(text: str) -> list[Token]:
    """The words of a text in order; words without letters or digits that can be romanised are left out."""
    found = [Token(match[0], cached_key(match[0]), *match.span()) for match in WORD.finditer(text)]
    tokens = [token for token in found if token.key]
    for position in range(len(tokens) - 2, -1, -1):
        token, following = tokens[position], tokens[position + 1]
        if is_article(token.key, following.key) and text[token.end : following.start] in ("-", " "):
            tokens[position] = token._replace(key="")
    return tokens
