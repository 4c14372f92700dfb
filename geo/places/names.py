"""Keys that compare the names of places across spellings and scripts."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M"))
_LETTERS = f"[^\\W_]+(?:[{_MARKS}]+[^\\W_]*)*"
APOSTROPHES = "'`´‘’‛′ʹʻʼʽʾʿ"
WORD = re.compile(f"{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*")
"""A word of any script with its combining marks; apostrophes inside it belong to it, hyphens do not."""

ABBREVIATED = {"st": "saint", "mt": "mount", "ft": "fort", "pt": "point"}
FULL = {full: short for short, full in ABBREVIATED.items()}
"""First words of names that are as often abbreviated."""
_ARABIC_IGNORED = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ARABIC_ARTICLE = re.compile("^ال(?=\\w{2})")
_ARABIC_FORMS = str.maketrans("اأإآٱىیئةەہؤکع", "aaaaaيييهههوك3")
_NOT_KEY = re.compile("[^a-z0-9]+")
_LONGEST_ARTICLE = 3
_LATIN_ARTICLE = re.compile(r"[aeu]l|[aeu](?P<sun>sh|th|dh|[tdrzsn])")


def spelling(name: str) -> str:
    """The name as one spelling: compatibility forms, case, spaces and kinds of apostrophe made equal.

    Two names with the same spelling are written alike; letters, hyphens and articles still count.

    >>> spelling("  SHA’AR ") == spelling("Sha'ar")
    True
    """
    if name.isascii():
        return " ".join(name.replace("`", "'").lower().split())
    plain = unicodedata.normalize("NFKC", re.sub(f"[{APOSTROPHES}]", "'", name))
    return " ".join(unicodedata.normalize("NFKC", plain.casefold()).split())


def word_key(word: str) -> str:
    """The key of one word: lower-case ASCII letters and digits, possibly none.

    Arabic script: diacritics and tatweel go; forms of alef, ya, waw, kaf and ha (with ta marbuta) become one
    letter each; the article goes when two letters or more remain. Then romanised with anyascii, but for alef
    and ayn, which it drops: they stay as `a` and `3`, so that Saeed (سعيد) is not Sayyid (سيد).
    """
    if not word.isascii():
        return _foreign_key(word)
    return word.lower() if word.isalnum() else _NOT_KEY.sub("", word.lower())


@lru_cache(maxsize=20_000)
def _foreign_key(word: str) -> str:
    word = _ARABIC_IGNORED.sub("", unicodedata.normalize("NFKC", word))
    word = anyascii(_ARABIC_ARTICLE.sub("", word).translate(_ARABIC_FORMS))
    return _NOT_KEY.sub("", word.lower())


def is_article(word: str, following: str) -> bool:
    """Whether a word's key is the Arabic article in Latin letters before the word with the other key.

    An assimilated article (ash-, as-, ad- ...) repeats the first consonant of its word, so `as` counts in
    "As-Sukkari" and not in "As Tal".
    """
    article = _LATIN_ARTICLE.fullmatch(word)
    return article is not None and following.startswith(article["sun"] or "")


def respelled(key: str) -> str:
    """The key with its first word written in full or abbreviated: "saint louis" for "st louis" and the reverse."""
    first, space, rest = key.partition(" ")
    return f"{ABBREVIATED.get(first) or FULL.get(first) or first} {rest}" if space else key


def name_key(name: str) -> str:
    """The key under which the spellings of one name meet: words of ASCII letters and digits, in order.

    Case, diacritics, apostrophes and hyphens do not count, nor articles as long as something remains; letters
    are otherwise kept, so that different names keep different keys. Any text is accepted; text without a
    letter or digit has the key "". The key of a key is the key itself.

    >>> name_key("Ash-Sha'ar"), name_key("Sha’ar"), name_key("al-Sakhour")
    ('shaar', 'shaar', 'sakhour')
    """
    keys = [key for key in map(word_key, WORD.findall(name)) if key]
    if len(keys) < 2 or min(map(len, keys)) > _LONGEST_ARTICLE:
        return " ".join(keys)
    kept: list[str] = []
    for word in reversed(keys):
        if not (kept and is_article(word, kept[-1])):
            kept.append(word)
    return " ".join(reversed(kept))
