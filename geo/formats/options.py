"""The keys of a table in a TOML file, read one by one with their type, so that every wrong one is named."""

from collections.abc import Mapping
from typing import Any

from geo.errors import Problem


class Options:
    """Reads keys; collects what is wrong with them.

    problems: everything found so far. A key that is wrong reads as its default.
    """

    def __init__(self, keys: object, file: str, table: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._table = table
        self._keys: Mapping[str, Any] = keys if isinstance(keys, Mapping) else {}
        self._read: list[str] = []
        if not isinstance(keys, Mapping):
            self.problems.append(Problem(file, None, table, f"is not a table: write it as [{table}]"))

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        return str(self._one(key, str, default, 'a text, like "abc"') or "")

    def number(self, key: str, default: float) -> float:
        """A number that is not negative."""
        value = self._one(key, (int, float), default, "a number of 0 or more")
        if isinstance(value, bool) or value < 0:
            self.problem(key, "is not a number of 0 or more")
            return default
        return float(value)

    def numbers(self, key: str, count: int) -> list[float] | None:
        """A list of so many numbers, None if the key is not there."""
        value = self._one(key, list, [], f"a list of {count} numbers")
        if not value and key not in self._keys:
            return None
        if len(value) != count or not all(isinstance(each, (int, float)) for each in value):
            self.problem(key, f"is not a list of {count} numbers")
            return None
        return [float(each) for each in value]

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of the words, by default the first."""
        value = self.text(key, choices[0])
        if value not in choices:
            self.problem(key, f"is not one of {', '.join(choices)}")
            return choices[0]
        return value

    def value(self, key: str) -> object:
        """Whatever stands there, None if nothing does."""
        self._read.append(key)
        return self._keys.get(key)

    def problem(self, key: str, message: str) -> None:
        """Notes that a key is wrong."""
        self.problems.append(Problem(self._file, None, f"{self._table}.{key}", message))

    def done(self) -> list[Problem]:
        """All problems, with those of keys that nobody asked for."""
        known = ", ".join(self._read)
        for key in self._keys:
            if key not in self._read:
                self.problem(key, f"is not a key of [{self._table}] ({known}): rename or remove it")
        return self.problems

    def _one(self, key: str, kind: Any, default: Any, form: str) -> Any:
        self._read.append(key)
        if key not in self._keys:
            if default is None:
                self.problem(key, f"is missing: write it as {form}")
            return default
        if not isinstance(self._keys[key], kind):
            self.problem(key, f"is not {form}")
            return default
        return self._keys[key]
