"""How sure events are, learned from the labels: examples, the fit, and what it is worth on campaigns left out."""
