"""Holdline's library: from documents and curated tables to who held what, on which day, and how we know."""

__version__ = "0.1.0"
