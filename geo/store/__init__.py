"""What lasts: the ledger in its database, and the cache of geocoding answers."""

from geo.store.geocode import CachedAnswer, GeocodeCache

__all__ = ["CachedAnswer", "GeocodeCache"]
