"""What follows a moving date: in turn, no two in one frame, and always in the end."""

from itertools import pairwise

from tests.browser.modules.conftest import Modules

FOLLOWED = """({ pace: { inTurn } }) => new Promise((done) => {
    const times = [[], [], []];
    const follow = inTurn(60);
    const asks = times.map((own) => follow(() => own.push(performance.now())));
    let left = 20;
    const move = setInterval(() => {
        for (const ask of asks) ask();
        if (--left > 0) return;
        clearInterval(move);
        const last = performance.now();
        setTimeout(() => done({ times, last }), 400);
    }, 10);
})"""
RESTED = """({ pace: { rested } }) => new Promise((done) => {
    const times = [];
    const ask = rested(() => times.push(performance.now()), 50);
    ask();
    setTimeout(ask, 20);
    const asked = performance.now();
    setTimeout(() => done(times.map((time) => time - asked)), 300);
})"""


def test_those_that_follow_take_turns(modules: Modules) -> None:
    seen = modules(FOLLOWED)
    for times in seen["times"]:
        assert times[-1] >= seen["last"], "the last date is followed"
        assert len(times) <= 8, "not at every move"
    every = sorted(time for times in seen["times"] for time in times)
    assert min(later - earlier for earlier, later in pairwise(every)) > 12


def test_rest_comes_once_after_the_last_move(modules: Modules) -> None:
    (waited,) = modules(RESTED)
    assert waited >= 65
