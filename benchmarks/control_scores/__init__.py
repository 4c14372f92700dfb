"""Scores of the extractor against labelled control changes; the labels are described in control_labels/README.md."""
