"""What tests ask of a map, as functions of `holdline` (what main.js returns)."""

DAY = "(h) => h.timeline.day"
PICTURE = "(h) => h.areas._container.toDataURL()"
READING = (
    "({ actor, contender, status, assertion, undecided }) => [actor, contender, status, assertion, undecided].join()"
)
CHANGED = f"""(h) => {{
    const text = {READING};
    const {{ earlier, timeline }} = h.scene;
    const {{ states }} = h.data.header;
    return timeline.state.filter((state, place) => text(states[state]) !== text(states[earlier.state[place]])).length;
}}"""
