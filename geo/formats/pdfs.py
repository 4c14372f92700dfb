"""PDF: the text of its pages, one after the other. A scan without text has none; nothing is recognised here."""

import io
import logging

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError

from geo.errors import DocumentError, Problem

# Without a handler its complaints about small faults, which do not matter here, would go to the terminal.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

BETWEEN_PAGES = "\n\n"


def read_pdf(content: bytes, name: str) -> dict[str, str | None]:
    """title and text of a PDF.

    Raises DocumentError for one that wants a password, is damaged, or holds no text.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise DocumentError(Problem(name, None, None, "wants a password: save a copy that is not encrypted"))
        text = _text(reader, name)
        title = reader.metadata.title if reader.metadata else None
    except DocumentError:
        raise
    except DependencyError as error:
        message = "is encrypted in a way that is not supported: save a copy that is not encrypted"
        raise DocumentError(Problem(name, None, None, message)) from error
    except Exception as error:
        message = f"is no PDF, or a damaged one ({type(error).__name__}): save it again"
        raise DocumentError(Problem(name, None, None, message)) from error
    if not text.strip():
        message = "holds no text, it may be a scan: run a text recognition (OCR) over it first"
        raise DocumentError(Problem(name, None, None, message))
    return {"title": str(title) if title else None, "text": text}


def _text(reader: PdfReader, name: str) -> str:
    pages = []
    for number, page in enumerate(reader.pages, start=1):
        try:
            pages.append(page.extract_text())
        except Exception as error:
            message = f"page {number} cannot be read ({type(error).__name__}): save it again"
            raise DocumentError(Problem(name, None, None, message)) from error
    return BETWEEN_PAGES.join(pages)
