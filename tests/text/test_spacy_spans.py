"""Places that a spaCy model sees: they count where the rules see none. The model is a stand-in, none is installed."""

import sys
from types import SimpleNamespace

import pytest

from geo.errors import HoldlineError
from geo.text.spacy_spans import open_model, place_spans
from geo.text.toponyms import Reader


class Pipeline:
    """Sees Qarrinabad as a place, and Ahmad as a person."""

    max_length = 100

    def __call__(self, text):
        found = [("Qarrinabad", "GPE"), ("Ahmad", "PERSON"), ("Aleppo", "GPE")]
        spans = [(text.find(name), name, label) for name, label in found if name in text]
        ents = [SimpleNamespace(start_char=at, end_char=at + len(name), label_=label) for at, name, label in spans]
        return SimpleNamespace(ents=ents)


@pytest.fixture
def spacy(monkeypatch):
    def load(name):
        if name != "there":
            raise OSError(name)
        return Pipeline()

    open_model.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    yield
    open_model.cache_clear()


def test_only_places_count_and_only_of_texts_that_the_pipeline_takes():
    assert list(place_spans(Pipeline(), "Ahmad left Qarrinabad.")) == [(11, 21)]
    assert list(place_spans(Pipeline(), "Qarrinabad. " * 20)) == []


@pytest.mark.usefixtures("spacy")
def test_a_place_of_the_model_is_added_to_those_of_the_rules(gazetteer):
    text = "Ahmad saw Aleppo; Qarrinabad slept."
    plain = [text[name.start : name.end] for name, _ in Reader(gazetteer).read(text)]
    both = [text[name.start : name.end] for name, _ in Reader(gazetteer, also=open_model("there")).read(text)]
    assert (plain, both) == (["Aleppo"], ["Aleppo", "Qarrinabad"])


@pytest.mark.usefixtures("spacy")
def test_what_is_not_installed_is_said(monkeypatch):
    with pytest.raises(HoldlineError, match="no model 'missing'"):
        open_model("missing")
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(HoldlineError, match="spaCy is not installed"):
        open_model("there")
