"""Twelve made-up areas in which every kind of state and of change occurs, for tests of what is drawn."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

BLUE, RED = 0, 1
COLOURS = ["#3d6a9e", "#b5533c"]
COLUMNS, ROWS, DAY_COUNT = 4, 3, 14


@dataclass(frozen=True)
class State:
    """How one place stands, as in header.states."""

    actor: int = -1
    contender: int = -1
    status: str = "controlled"
    assertion: str = "assessed"
    basis: str = "observed"
    undecided: bool = False


UNKNOWN = State(status="unknown", basis="inferred")
BLUE_HELD, RED_HELD = State(BLUE), State(RED)
STATES = [
    UNKNOWN,
    BLUE_HELD,
    RED_HELD,
    State(BLUE, basis="inferred"),
    State(RED, basis="inferred"),
    State(BLUE, RED, "contested"),
    State(BLUE, RED, undecided=True),
    State(RED, BLUE, undecided=True),
    State(BLUE, status="besieged"),
    State(BLUE, RED, "besieged", undecided=True),
    State(BLUE, RED, "mixed"),
    State(BLUE, RED, assertion="claimed"),
]
EVENTFUL: list[list[tuple[int, State]]] = [
    [(0, BLUE_HELD), (2, State(BLUE, RED, undecided=True)), (5, RED_HELD)],
    [(0, RED_HELD), (4, State(BLUE, basis="inferred"))],
    [(0, State(BLUE, basis="inferred")), (3, State(BLUE, RED, "contested")), (9, RED_HELD)],
    [(0, BLUE_HELD)],
    [(0, State(RED, basis="inferred")), (3, State(RED, BLUE, undecided=True)), (4, State(BLUE, basis="inferred"))],
    [
        (0, State(BLUE, status="besieged")),
        (4, State(BLUE, RED, "besieged", undecided=True)),
        (6, BLUE_HELD),
        (7, State(BLUE, RED, "mixed")),
    ],
    [(2, RED_HELD), (11, UNKNOWN)],
    [(0, State(BLUE, RED, assertion="claimed")), (10, State(BLUE, RED, "contested"))],
    [(0, RED_HELD), (1, BLUE_HELD), (2, RED_HELD), (3, BLUE_HELD), (12, State(RED, BLUE, undecided=True))],
    [(0, RED_HELD)],
    [(0, BLUE_HELD), (5, State(BLUE, basis="inferred"))],
    [(0, State(RED, basis="inferred")), (8, State(BLUE, RED, "mixed"))],
]
"""First day and state of each interval of each of the twelve places."""


def patchwork() -> npt.NDArray[np.object_]:
    """Twelve crooked areas that touch each other, one with a hole, in mercator units around 0, 0."""
    random = np.random.default_rng(5)
    corner = np.stack(np.meshgrid(np.arange(COLUMNS + 1.0), np.arange(ROWS + 1.0)), axis=-1)
    corner = 0.5 + (corner + random.uniform(-0.2, 0.2, corner.shape)) / 4096
    quads = np.stack([corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1]], axis=2)
    shapes = np.asarray(shapely.polygons(quads.reshape(-1, 4, 2)))
    hole = shapely.box(*(shapely.get_coordinates(shapely.centroid(shapes[4]))[0] + [[-4e-5], [4e-5]]).ravel())
    shapes[4] = shapely.difference(shapes[4], hole)
    return shapes


def state_on(place: int, day: int) -> State:
    return next((state for first, state in reversed(EVENTFUL[place]) if first <= day), UNKNOWN)
