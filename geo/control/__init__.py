"""From events to the state of every place on any day: rules, intervals, as-of states, shares, check of claims."""
