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
BUSY = """({ pace: { inTurn } }) => new Promise((done) => {
    const times = [];
    const ask = inTurn(100)(() => times.push(performance.now()));
    const begin = performance.now();
    requestAnimationFrame(function frame() {
        const now = performance.now();
        ask();
        if (now - begin > 2500) return done(times);
        while (performance.now() - now < 60) {}
        requestAnimationFrame(frame);
    });
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


def test_where_frames_come_late_those_that_follow_give_way(modules: Modules) -> None:
    times = modules(BUSY)
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert min(waits[3:]) > 250, "three times as rare as asked for"
    assert len(times) >= 4, "but they still follow"


def test_rest_comes_once_after_the_last_move(modules: Modules) -> None:
    (waited,) = modules(RESTED)
    assert waited >= 65
