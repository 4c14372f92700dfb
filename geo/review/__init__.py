"""Review: what waits for a person, in which order, what they decide about it, and who may."""
