"""Text files as UTF-8, and what is wrong with a file that is not one."""

import stat
from pathlib import Path

from geo.errors import DatasetError, Problem


def read_text(path: Path) -> str:
    """The text of a UTF-8 file (a byte order mark is left out), line ends as they are in the file.

    Raises DatasetError when the file is missing, cannot be read, or is not UTF-8.
    """
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return decode_text(path.read_bytes(), path.name)
        problem = Problem(path.name, None, None, "the file cannot be read (it is a folder, a pipe or a device)")
    except FileNotFoundError:
        problem = Problem(path.name, None, None, "the file is missing: add it")
    except OSError as error:
        problem = Problem(path.name, None, None, f"the file cannot be read ({error.strerror})")
    raise DatasetError(str(path), [problem])


def decode_text(content: bytes, name: str) -> str:
    """The text that the bytes of a file are, as `read_text` gives it. Raises DatasetError when it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(name, line, None, "is not in UTF-8: save the file again as UTF-8")
        raise DatasetError(name, [problem]) from error
