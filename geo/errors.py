"""Errors that speak to the user: what is wrong, where it is, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input file.

    file: name of the file.
    row: line number as a text editor shows it (the header is line 1), or None for the file as a whole.
    column: name of the column, or of the key in a file of keys; None for the row or the file as a whole.
    message: a sentence that says what is wrong and what to do.
    """

    file: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        has_columns = self.file.endswith(".csv") or (self.row is not None and not self.file.endswith((".toml", ".md")))
        kind = "column" if has_columns else "key"
        column = "" if self.column is None else f", {kind} {self.column}"
        return f"{self.file}{row}{column}: {self.message}"


class HoldlineError(Exception):
    """Base of every error that Holdline raises on purpose; its text is written for the user."""


class DatasetError(HoldlineError, ValueError):
    """A dataset, or one file of it, cannot be loaded.

    source: name of the dataset, or path of the file. problems: everything that was found.
    """

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = "".join(f"\n- {problem}" for problem in self.problems)
        super().__init__(f"{source} has {count}, nothing of it was loaded:{lines}")


class DocumentError(HoldlineError, ValueError):
    """One document cannot be read.

    problem: what is wrong with it, and where.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class ResumeError(HoldlineError, ValueError):
    """A run that was interrupted cannot be carried on: what it reads, or how, is no longer the same."""


class UnknownDatasetError(HoldlineError, LookupError):
    """No dataset or build of that name."""


class BoundaryError(HoldlineError, ValueError):
    """A boundary file cannot be used: it cannot be read, has no CRS, or holds no polygons."""


class BuildError(HoldlineError, ValueError):
    """A build folder is missing files, is damaged, or was written by another version of Holdline."""


class ExportError(HoldlineError, OSError):
    """An export cannot be written where it was asked for."""


class StoreError(HoldlineError):
    """Base of what can go wrong with the database; nothing of the write that failed is in it."""


class StoreFullError(StoreError, OSError):
    """There is no room left for the database."""


class StoreReadOnlyError(StoreError, PermissionError):
    """The database cannot be written."""


class StoreBusyError(StoreError, TimeoutError):
    """Somebody else holds the database for too long."""


class StoreLostError(StoreError, ConnectionError):
    """The database server cannot be reached, or the connection to it broke."""


class StoreDamagedError(StoreError, ValueError):
    """The file is not a database, or is damaged, or its contents are not what was written."""


class StoreVersionError(StoreError, ValueError):
    """The database was made by a newer Holdline."""


class EntryError(StoreError, ValueError):
    """A row cannot be entered in the ledger: it names what does not exist, or holds what cannot be kept."""


class EditConflictError(StoreError, RuntimeError):
    """Somebody else changed the row since it was read."""


class RoleError(HoldlineError, PermissionError):
    """The user has no right to do this, or there is no such user (any more)."""


class LoginError(HoldlineError, PermissionError):
    """Name and password do not fit, or too many tries were made."""


class ReviewError(HoldlineError, ValueError):
    """A decision cannot be made as it was given: it contradicts itself, its item, or an earlier decision."""


class BackupError(StoreError, OSError):
    """A backup cannot be written, read, or put in place of what is there."""
