"""What a document calls its places: "the village of X", "X, a town on the coast", "the X and Y districts"."""

import re
from collections import defaultdict
from collections.abc import Iterable

from geo.text.clauses import Clauses, PlaceMention
from geo.text.data import read_data

_KINDS = {word: kind for kind, words in read_data("name_words.toml")["told_kinds"].items() for word in words.split()}
_KIND = rf"(?P<kind>{'|'.join(_KINDS)})"
_MORE = r"(?:,? (?:and|or) |, )(?:the )?<P\d+>"
# "the villages of <P0> and <P1>", "three towns, including <P0> and <P1>", "the town <P0>".
_BEFORE = re.compile(
    rf"\b(?!(?<=> )(?:district|neighbou?rhood|quarter)s? of ){_KIND}(?P<many>s)?"
    rf"(?: of| called|,? (?:including|namely|such as)|:)? (?:the )?(?P<named><P\d+>(?:{_MORE})*)"
)
# "<P0> and <P1> districts".
_AFTER = re.compile(
    rf"(?P<named>(?:<P\d+>(?:,? (?:and|or) |, )(?:the )?)*<P\d+>) {_KIND}(?P<many>s)?\b"
    r"(?!(?<!district)(?<!neighbourhood)(?<!neighborhood)(?<!quarter) of\b)"
)
# "<P0>, a small town in the north": not "<P0>, the village of <P1>".
_APPOSED = re.compile(
    rf"(?P<named><P\d+>)(?P<many>), (?:an?|the|another) (?:[\w-]+ ){{0,4}}?{_KIND}\b(?!(?<!capital) (?:of )?<P)"
)
# "the northern districts of <P0>".
_DISTRICTS_OF = re.compile(r"\w+s of ")
_PLACE = re.compile(r"<P(\d+)>")
_APART = ("village", "town", "quarter", "hill")
_ASKED = ("village", "town")
_PART, _AREA = "quarter", "area"


class ToldKinds:
    """The kinds of the places of a document by what it calls them. sentences: rewritten."""

    def __init__(self, sentences: Iterable[Clauses]) -> None:
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        for clauses in sentences:
            for pattern, of_one in ((_BEFORE, slice(0, 1)), (_AFTER, slice(-1, None)), (_APPOSED, slice(0, 1))):
                for match in pattern.finditer(clauses.text):
                    named = _PLACE.findall(match["named"])
                    if len(named) == 1 and _DISTRICTS_OF.match(match[0]):
                        continue
                    for number in named if match["many"] else named[of_one]:
                        place, kind = clauses.places[int(number)], _KINDS[match["kind"].lower()]
                        if kind != _AREA or not place.feature_code:
                            self._kinds[place.key].add(_PART if kind == _AREA else kind)

    def calls(self, noun: str, place: PlaceMention) -> bool:
        """Whether the document calls a place what a noun says."""
        return _KINDS.get(noun, noun) in self._kinds[place.key]

    def among(self, noun: str, places: list[PlaceMention]) -> list[PlaceMention]:
        """Those of the places that a noun means: "the city" is nothing that is only called a quarter."""
        if _KINDS.get(noun) in _ASKED:
            places = [place for place in places if self._kinds[place.key] != {_PART}]
        return self.not_otherwise(noun, places) or places

    def not_otherwise(self, noun: str, places: list[PlaceMention]) -> list[PlaceMention]:
        """Those of the places that the document nowhere calls something else than a noun says: "the town"."""
        if _KINDS.get(noun) not in _ASKED:
            return places
        return [place for place in places if self.calls(noun, place) or not self._kinds[place.key] & {*_APART}]
