"""The weights that are learned: what the fit gives, and that the file is what it writes."""

import numpy as np
import pytest

from benchmarks.control_learning.logistic import feature_names, fit, matrix, probabilities
from geo.text.confidence import ALWAYS, WEIGHTS
from geo.text.data import read_rows

EXAMPLES = [["a"], ["a"], ["a"], ["a"], ["b"], ["b"], ["b"], ["b"]]
RIGHT = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0])


def test_without_a_penalty_the_fit_gives_the_shares():
    rows = matrix(EXAMPLES, ["a"])
    found = probabilities(rows, fit(rows, RIGHT, 1e-9))
    assert found[0] == pytest.approx(0.75, abs=1e-4)
    assert found[-1] == pytest.approx(0.25, abs=1e-4)


def test_a_penalty_draws_to_the_mean():
    rows = matrix(EXAMPLES, ["a", "b"])
    assert np.abs(fit(rows, RIGHT, 10.0)[:2]).max() < np.abs(fit(rows, RIGHT, 0.1)[:2]).max()


def test_the_same_examples_give_the_same_weights():
    rows = matrix(EXAMPLES, ["a", "b"])
    assert fit(rows, RIGHT, 3.0).tolist() == fit(rows, RIGHT, 3.0).tolist()


def test_features_of_too_few_documents_have_no_column():
    assert feature_names([["a", "b"], ["a"], ["a", "c"], ["c"]], ["x", "y", "z", "z"], 2) == ["a"]
    assert matrix([["a", "b"], ["b"]], ["a"]).tolist() == [[1, 1], [0, 1]]


def test_the_file_has_each_feature_once_in_order_with_what_it_was_learned_from():
    rows = read_rows("confidence.csv")
    names = [row["feature"] for row in rows if row["feature"] != ALWAYS]
    assert len(set(names)) == len(names) == len(WEIGHTS) - 1
    assert names == sorted(names)
    assert all(0 <= int(row["right"]) <= int(row["events"]) for row in rows)
    assert all(int(row["events"]) >= 3 for row in rows)
