"""Text on pictures: which font, and text cut or broken to a width."""

from functools import cache

from anyascii import anyascii
from PIL import ImageFont, features

_ON_THE_SYSTEM = ("NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf")
_OTHER_SCRIPTS = ("NotoNaskhArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansCJK-Regular.ttc")
_ELLIPSIS = "…"
_NO_CHARACTER = "\uffff"
Font = ImageFont.FreeTypeFont


@cache
def font(size: int) -> Font:
    """A font of the system, else Pillow's own, which has little more than ASCII."""
    own = ImageFont.load_default(size)
    assert isinstance(own, ImageFont.FreeTypeFont)  # with a size it is
    return _first_found(_ON_THE_SYSTEM, size) or own


def font_for(text: str, size: int) -> Font | None:
    """A font that can write the text as it should look, in any script; None where there is none here.

    Letters of Arabic and other scripts join and run from right to left; that needs the library raqm.
    """
    if not features.check("raqm"):
        return None
    found = (_first_found((name,), size) for name in (*_ON_THE_SYSTEM, *_OTHER_SCRIPTS))
    return next((each for each in found if each and not any(_is_missing(c, each) for c in text)), None)


def readable(text: str, used: Font) -> str:
    """The text in one line, with Latin letters in place of those that the font does not have."""
    one_line = " ".join(text.split())
    return "".join(anyascii(letter) if _is_missing(letter, used) else letter for letter in one_line)


def shortened(text: str, used: Font, width: float) -> str:
    """The text, readable, its end left out where it is wider than so many pixels."""
    whole = readable(text, used)
    if used.getlength(whole) <= width:
        return whole
    fits = next((n for n in range(len(whole), 0, -1) if used.getlength(whole[:n].rstrip() + _ELLIPSIS) <= width), 0)
    return whole[:fits].rstrip() + _ELLIPSIS


def broken(text: str, used: Font, width: float) -> list[str]:
    """The text, readable, in lines that are at most so many pixels wide; a longer word is shortened."""
    lines: list[str] = []
    for word in readable(text, used).split():
        if lines and used.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(shortened(word, used, width))
    return lines


@cache
def _is_missing(letter: str, used: Font) -> bool:
    """Whether the font would draw an empty box."""
    return not letter.isspace() and bytes(used.getmask(letter)) == bytes(used.getmask(_NO_CHARACTER))


@cache
def _first_found(names: tuple[str, ...], size: int) -> ImageFont.FreeTypeFont | None:
    for name in names:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None
