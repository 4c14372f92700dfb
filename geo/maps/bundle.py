"""Our modules of ``web/`` as one script, which runs from a page and from a saved file alike.

Each module becomes a function of its own that runs when it is first asked for, so that names of different modules
never meet: ``holdlineModule("main.js").start(...)``. The modules' text stays as it is, but for import and export.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_MAPS = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(import|export)\b.*$|import\.meta|\bimport\((?!\")", re.MULTILINE)
_END = re.compile("</script|<!--", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*(/?\*|//).*$", re.MULTILINE)


@cache
def bundle() -> str:
    """Return the script of all modules, and of the inks that Python has too."""
    modules = {file.name: file.read_text(encoding="utf-8") for file in (_MAPS / "web").glob("*.js")}
    inks = (_MAPS / "ink.json").read_text(encoding="utf-8")
    return script_of({**modules, "ink_constants.js": f"export const constants = {inks};\n"})


def script_of(modules: Mapping[str, str]) -> str:
    """Return modules, given by name, as one script. Raises ``ValueError`` for what it cannot take into one."""
    functions = ",\n".join(f"{json.dumps(name)}() {{\n{_body(name, modules[name])}\n}}" for name in sorted(modules))
    return (
        'var holdlineModule = (() => {\n"use strict";\nconst ready = {};\nconst modules = {\n'
        f"{functions}\n}};\n"
        "const holdlineModule = (name) => (ready[name] ??= modules[name]());\nreturn holdlineModule;\n})();\n"
    )


def _body(name: str, text: str) -> str:
    """A module as the body of a function that returns what it exports."""
    exported = [match[2] for match in _EXPORT.finditer(text)]
    text = _IMPORT.sub(_required, text)
    text = _EXPORT.sub(r"\1", text)
    left = _OTHER.search(_COMMENT.sub("", text)) or _END.search(text)
    if left:
        raise ValueError(f"{name}: cannot bundle `{left[0]}`: write it as the other modules do")
    return f"{text}return {{ {', '.join(exported)} }};"


def _required(match: re.Match[str]) -> str:
    return f'const {{{match[1].replace(" as ", ": ")}}} = holdlineModule("{match[2]}");'
