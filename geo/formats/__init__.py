"""Files in and out: one module for each format. The only code, with geo/store, that touches files."""
