"""The words of a rewritten sentence by class, so that short patterns can tell its phrases; see `word_classes.toml`."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from geo.text.change_patterns import TRIGGER
from geo.text.data import any_of, read_data

_CLASSES = {word: tag for tag, words in read_data("word_classes.toml")["classes"].items() for word in words.split()}
_CLASS_OF = {word.replace("_", " "): tag for word, tag in _CLASSES.items()}
_LONG = any_of(word for word in _CLASS_OF if " " in word)
_TOKEN = re.compile(
    rf"<[AP]\d+>-(?:[a-z]+ed|[a-z]+ing|led|held|run|born|bound)\b|<([APDH])\d+>(?:-cent(?:re|er)\b|(?<=H\d>)-\w+|(?<=H\d\d>)-\w+)?|\b{_LONG}\b|['’]s?(?!\w)|\d[\d.,]*(?:-[a-z]+)+|\d[\d.,]*(?<![.,])|\w+(?:[-'’.](?!s\b)\w+)*|\S",
    re.IGNORECASE,
)
_MARKS = {",": "m", "–": "-", "—": "-", "-": "-", "'": "u", "’": "u", "'s": "u", "’s": "u"}
_NOUN_AFTER = "dhnbou"
_ADVERBIAL, _OBJECTS = "dn", "dyA"
_AFTERWARDS, _ADJECTIVES = "m.;c)", "bjJ"
_NAMING = "dhA"
_DETERMINERS, _SAID_OF = "dh", "AjJkfgqPbl"
# "<P> port of <P>": the name of a sea before that of the port.
_SEA_PORT = list("PfoP")
_ADJECTIVE = "j"
_PREPOSITIONS = "pia"
_ACTING = "yAg"
# Of a side that follows: nobody "advances rebels".
_MOVING = ("advancing", "retreating", "withdrawing", "fleeing")
_BACKERS, _BACKED = "PAJ", "AgjJ"
_HEADS = "kKf"
# "The bridge over <P>" is at <P>.
_SPANNING, _ACROSS, _AT = "Pf", ("over ", "across ", "spanning ", "above "), "a"
_BATTALION, _OBJECTS_OF = ("battalion", "Battalion"), tuple("dhPAnyk")
# What comes before a unit that is none that is taken: "by the 3rd", "a company of the".
_DRIVEN = re.compile(
    r"\w+ (?:was|were|had been) (?:\w+ly |then )?(?:thrown|driven|forced|pushed|ordered|withdrawn|repelled)\b"
)
_OF_UNIT = re.compile(
    r"\b(?:by|fell to|(?:compan(?:y|ies)|platoons?|men|troops|soldiers|units?|elements|patrols?|squads?|tanks) of) "
    r"(?:the |an? |its |their )?(?:[\w<>-]+ ){0,2}(?-i:\d+(?:st|nd|rd|th)|[A-Z][\w-]+|<A\d+>) $"
)
_FACILITY = "f"
# "Those who came from the north captured <P>."
_FROM_THE_NORTH, _NAMED_OBJECTS = re.compile("[pia]db$"), "dP"
_TWO_ADJECTIVES = re.compile("[dhnjlr][jl][jl][kKfqjJ]")


class Tags(NamedTuple):
    """The words of a sentence: one letter each, and where they start and end."""

    letters: str
    starts: list[int]
    ends: list[int]

    def number(self, position: int) -> int:
        """The number of the first word that starts at a position or after it."""
        return bisect_left(self.starts, position)

    def between(self, start: int, end: int) -> str:
        """The letters of the words that start within a span of characters."""
        return self.letters[self.number(start) : self.number(end)]

    def before(self, position: int) -> str:
        """The letters of the words before a position."""
        return self.letters[: self.number(position)]


def is_facility(word: str) -> bool:
    """Whether a word is one for what is built, such as a hospital."""
    return _CLASS_OF.get(word.lower()) == _FACILITY


def tag_words(text: str) -> Tags:
    """The words of a rewritten sentence with their classes."""
    found = [(match[1] or _letter(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    letters = [letter for letter, _, _ in found]
    for number, letter in enumerate(letters[:-1]):
        if letter == "v" and number > 1 and letters[number - 1] == "r" and letters[number - 2] in _DETERMINERS:
            is_said_of_noun = text[: found[number][1]].rstrip().endswith("ly") and letters[number + 1] in _SAID_OF
            letters[number] = "l" if is_said_of_noun else letter
        elif letter == "v" and number and letters[number - 1] in _PREPOSITIONS and letters[number + 1] == "P":
            letters[number] = "l" if text[found[number][1] : found[number][2]].endswith("ed") else letter
        elif letter == "v" and letters[number + 1] in _ACTING and text[found[number][1] :].startswith(_MOVING):
            letters[number] = "l"
        elif letter == "V" and number and letters[number - 1] in _BACKERS and letters[number + 1] in _BACKED:
            letters[number] = _ADJECTIVE if text[found[number][1] : found[number][2]] == "backed" else letter
        elif letter == "v" and number and letters[number - 1] in _NOUN_AFTER:
            is_verb = number > 1 and letters[number - 2] == "x" and letters[number - 1] in _ADVERBIAL
            is_verb |= text.startswith("This ", found[number - 1][1]) and letters[number + 1] in _OBJECTS
            is_verb |= (
                _FROM_THE_NORTH.search("".join(letters[max(0, number - 3) : number])) is not None
                and letters[number + 1] in _NAMED_OBJECTS
            )
            letters[number] = letter if is_verb else "l"
        elif letter == "v" and text[found[number][1] :][:8] == "fighting" and letters[number - 1] in _ADJECTIVES:
            letters[number] = "l"
        elif (
            letter == "n"
            and letters[number - 1 : number]
            and letters[number - 1] in _ACTING
            and letters[number + 1] == "v"
        ):
            is_first = text[found[number][1] : found[number][2]] == "first"
            letters[number] = "r" if is_first else letter
        elif letter == "l" and letters[number + 1] == "A" and letters[number - 1 : number] in (["A"], ["g"], ["y"]):
            letters[number] = "V"
        elif letter == "V" and letters[number + 1] in _AFTERWARDS and text[found[number][1] :][:8] == "included":
            letters[number] = "l"
        elif letter == "n" and letters[number + 1] in _NAMING and letters[number - 1 : number] not in (["d"], ["h"]):
            is_after = text[found[number][1] : found[number][2]].lower() == "following"
            letters[number] = "p" if is_after else letter
        elif letter == "S" and _joins_adjectives(letters, number):
            letters[number] = "j"
        elif letter == "j" and text[found[number][1] :][:6].lower() == "nearby" and letters[number + 1] in _AFTERWARDS:
            letters[number] = "r"
        elif letter == "f" and text[found[number][1] :][:7].lower() == "port of" and letters[number - 1] in _ADJECTIVES:
            letters[number] = "k"
        elif (
            letter == "f"
            and letters[number - 1 : number + 3] == _SEA_PORT
            and text.startswith("port", found[number][1])
        ):
            letters[number - 1 : number + 1] = "Jk"
        elif letter == "f" and _acts(text, letters, number, found[number][1]):
            letters[number] = "g"
        elif letter == "p" and letters[number - 1] in _SPANNING and text.startswith(_ACROSS, found[number][1]):
            letters[number] = _AT if "P" in letters[number + 1 : number + 3] else letter
        elif letter == "s" and letters[number + 1] in _HEADS and text[found[number][1] :][:5].lower() == "that ":
            letters[number] = "d"
    return Tags("".join(letters), [start for _, start, _ in found], [end for _, _, end in found])


def _acts(text: str, letters: list[str], number: int, start: int) -> bool:
    """Whether "the <A> garrison" or "the 3rd battalion" is who acts, and no base that is taken."""
    if text[start:].lower().startswith("garrison"):
        return letters[number - 1] == "A"
    if not text.startswith(_BATTALION, start):
        return False
    if letters[number - 1] == "A" and "".join(letters[max(0, number - 3) : number - 1]).rstrip("d")[-1:] not in (
        "v",
        "V",
    ):
        return True
    does = letters[number + 1] in "vV" and "".join(letters[number + 2 : number + 3]) in _OBJECTS_OF
    return does or _OF_UNIT.search(text, 0, start) is not None or _DRIVEN.match(text, start) is not None


def _joins_adjectives(letters: list[str], number: int) -> bool:
    """Whether a conjunction stands between two words that describe one noun: "the small but strategic town"."""
    around = "".join(letters[max(0, number - 2) : number] + letters[number + 1 : number + 3])
    return _TWO_ADJECTIVES.fullmatch(around) is not None


@lru_cache(maxsize=20_000)
def _letter(word: str) -> str:
    lower = word.lower()
    if word[0] == "<" and word[-1] != ">":
        return _ADJECTIVE
    if word in _MARKS:
        return _MARKS[word]
    if lower in _CLASS_OF:
        return _CLASS_OF[lower]
    if not word[0].isalnum():
        return word if len(word) == 1 else "-"
    if TRIGGER.fullmatch(lower):
        return "v"
    if word[0].isdigit():
        return "n"
    if lower.endswith("ly"):
        return "r"
    if lower.endswith(("ed", "ing")):
        return "l"
    return "J" if word[0].isupper() else "j"
