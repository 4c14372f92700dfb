"""Texts: toponyms, dates and control changes read from documents. Patterns and word lists are data beside the code."""
