"""Places: names compared across spellings, the gazetteer, and geocoders over it."""
