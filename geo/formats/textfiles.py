"""Text files as UTF-8, and what is wrong with a file that is not one."""

from pathlib import Path

from geo.errors import DatasetError, Problem


def read_text(path: Path) -> str:
    """The text of a UTF-8 file (a byte order mark is left out), line ends as they are in the file.

    Raises DatasetError when the file is missing, cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(path.name, line, None, "is not in UTF-8: save the file again as UTF-8")
    except FileNotFoundError:
        problem = Problem(path.name, None, None, "the file is missing: add it")
    except OSError as error:
        problem = Problem(path.name, None, None, f"the file cannot be read ({error.strerror})")
    raise DatasetError(str(path), [problem])
