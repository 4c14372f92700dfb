"""What a step costs with many places, beside what it costs with fewer: the pages opened in turn, several times.

So both have the same machine. Beside the page's own code there is the processor time of its main thread, with style,
layout and drawing in it; other programs do not make that longer, or hardly.
"""

import statistics
from collections.abc import Sequence

import numpy as np
from playwright.sync_api import Browser, CDPSession

from benchmarks.subject import Conditions, Figures, Subject, opened

ROUNDS = 5
FIRST, STEPS = list(range(550, 600)), list(range(600, 800))
DAYS = "(days) => measure.days(subject, days, 60000)"
NOTHING = "(days) => measure.days({ setDay() {} }, days, 60000)"


def step_costs(browser: Browser, subjects: Sequence[Subject], rounds: int = ROUNDS) -> list[Figures]:
    """The figures of each subject, medians over the rounds, in milliseconds.

    script_mean, script_p50, script_p95: the page's own code in a step; processor: time of the main thread's processor,
    less that of the same time without steps.
    """
    runs: dict[str, list[Figures]] = {subject.address: [] for subject in subjects}
    for number in range(rounds):
        for subject in subjects if number % 2 == 0 else subjects[::-1]:
            runs[subject.address].append(_cost(browser, subject))
    return [
        {"size": subject.place_count, **{name: statistics.median(run[name] for run in own) for name in own[0]}}
        for subject, own in ((subject, runs[subject.address]) for subject in subjects)
    ]


def _cost(browser: Browser, subject: Subject) -> Figures:
    with opened(browser, subject, Conditions()) as (page, _):
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.evaluate(DAYS, FIRST)
        before = _processor_s(session)
        rows = page.evaluate(DAYS, STEPS)["rows"]
        between = _processor_s(session)
        page.evaluate(NOTHING, STEPS)
        idle_s = _processor_s(session) - between
        script = np.array([row["script"] for row in rows])
        return {
            "script_mean_ms": float(script.mean()),
            "script_p50_ms": float(np.quantile(script, 0.5)),
            "script_p95_ms": float(np.quantile(script, 0.95)),
            "processor_ms": 1000 * (between - before - idle_s) / len(rows),
        }


def _processor_s(session: CDPSession) -> float:
    """Processor time that the page's main thread has used for its tasks."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))
