"""The places that a spaCy model sees in a text, for whoever has one installed and asks for it.

Nothing here is needed: without a model the rules and the gazetteer decide alone.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

from geo.errors import HoldlineError

_LABELS = frozenset(["GPE", "LOC", "FAC"])
Spans = Callable[[str], list[tuple[int, int]]]


@lru_cache(maxsize=1)
def open_model(name: str) -> Spans:
    """What gives the character offsets of the places of a text, by an installed model such as en_core_web_sm.

    Raises HoldlineError when spaCy or the model is not installed.
    """
    try:
        pipeline = import_module("spacy").load(name)
    except ImportError as error:
        raise HoldlineError("spaCy is not installed: pip install spacy, and a model for it") from error
    except OSError as error:
        raise HoldlineError(f"spaCy has no model {name!r}: python -m spacy download {name}") from error
    return lambda text: list(place_spans(pipeline, text))


def place_spans(pipeline: Any, text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the GPE, LOC and FAC entities; none of a text that is longer than the pipeline takes."""
    if len(text) <= pipeline.max_length:
        for entity in pipeline(text).ents:
            if entity.label_ in _LABELS:
                yield entity.start_char, entity.end_char
