"""Files in and out: one module for each format. The only code, with geo/store.py, that touches files."""
