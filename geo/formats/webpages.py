"""HTML: the main text of a page and what its head says about it, without menus, comments and advertisements."""

import codecs
import logging
import re
from typing import Any

from trafilatura import bare_extraction

from geo.errors import DocumentError, Problem

# Without a handler its complaints about broken markup, which we report ourselves, would go to the terminal.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_HEAD_BYTES = 2048
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_LANGUAGE = re.compile(r"""<html\b[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z][\w-]{1,34})""", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\n+")  # trafilatura ends each paragraph and each heading with one
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_webpage(content: bytes, name: str, charset: str | None = None) -> dict[str, str | None]:
    """title, publisher, published (YYYY-MM-DD), url, language and the main text of a page, None where it is silent.

    A blank line stands between the paragraphs of the text.

    charset: what the server says; otherwise the page's own word counts, and UTF-8 if it has none. The date is
    only taken from where pages state it, never guessed from the text.
    Raises DocumentError when the bytes are not in the charset, or no main text is found.
    """
    page = _XML_DECLARATION.sub("", _decoded(content, name, charset))
    try:
        found: Any = bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:
        message = f"is HTML that cannot be read ({type(error).__name__}): open it in a browser and save it again"
        raise DocumentError(Problem(name, None, None, message)) from error
    if found is None or not (found.text or "").strip():
        message = "holds no main text: save the article itself, as text or with its full page"
        raise DocumentError(Problem(name, None, None, message))
    language = _LANGUAGE.search(page, 0, _HEAD_BYTES)
    return {
        "title": found.title,
        "publisher": found.sitename,
        "published": found.date,
        "url": found.url,
        "language": language[1] if language else None,
        "text": _LINE_ENDS.sub("\n\n", found.text),
    }


def _decoded(content: bytes, name: str, charset: str | None) -> str:
    if content.startswith(codecs.BOM_UTF8):
        charset = "utf-8-sig"
    stated = _CHARSET.search(content, 0, _HEAD_BYTES) or _XML_ENCODING.match(content)
    encoding = charset or (stated[1].decode("ascii", "replace") if stated else "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(name, line, None, f"is not in {encoding}, as it should be: save the page again as UTF-8")
    except (LookupError, ValueError):
        problem = Problem(name, None, None, f"names a charset that is not known ({encoding}): save it as UTF-8")
    raise DocumentError(problem)
