"""Hostile archives: names that lead out of them, very much in little, and what is no archive at all."""

import gzip
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.corpus.kinds import Hostile, file_of
from tests.corpus.shapes import GOOD
from tests.formats.test_gazetteers import LINES

_DAY = "a_20210301.geojson"
_NAMES = {
    "a name that climbs": f"../../{_DAY}",
    "a name that climbs from within": f"a/../../{_DAY}",
    "a name from the root": f"/tmp/{_DAY}",
    "a name with a drive": f"C:\\{_DAY}",
    "a name that climbs in another system": f"..\\..\\{_DAY}",
    "a name with a line end": f"a\n{_DAY}",
    "a name that reads backwards": f"\u202e{_DAY}",
    "a name with an escape": f"\x1b[2J{_DAY}",
}


Make = Callable[[Path], Path]


def _zip(members: dict[str, bytes | str], file: str = "drawn.zip", method: int = zipfile.ZIP_DEFLATED) -> Make:
    """Makes an archive with these members."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / file, "w", method) as archive:
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name), content, method)
        return folder / file

    return make


def _changed(change: Callable[[bytes], bytes], file: str = "drawn.zip") -> Callable[[Path], Path]:
    """Makes a good archive and then changes its bytes."""

    def make(folder: Path) -> Path:
        path = _zip({_DAY: GOOD}, file)(folder)
        path.write_bytes(change(path.read_bytes()))
        return path

    return make


def _encrypted(content: bytes) -> bytes:
    """With the mark of encryption in both of its headers."""
    local, central = content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8
    changed = bytearray(content)
    changed[local] |= 1
    changed[central] |= 1
    return bytes(changed)


def _other_method(content: bytes) -> bytes:
    changed = bytearray(content)
    changed[content.index(b"PK\x01\x02") + 10] = 97
    return bytes(changed)


def _noisy(content: bytes) -> bytes:
    return content[:60] + b"\xff" * 40 + content[100:]


def _says_less(content: bytes) -> bytes:
    """With a size in its list that is not that of what is packed."""
    changed = bytearray(content)
    start = content.index(b"PK\x01\x02") + 24
    changed[start : start + 4] = (10).to_bytes(4, "little")
    return bytes(changed)


def _bomb(folder: Path) -> Path:
    path = folder / "drawn.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(11):
            with archive.open(f"a_202103{number + 1:02d}.geojson", "w") as file:
                for _ in range(100):
                    file.write(b" " * 1_000_000)
    return path


def _crowd(folder: Path) -> Path:
    return _zip({f"{number}.txt": b"" for number in range(20_001)}, method=zipfile.ZIP_STORED)(folder)


ZIPS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "that is empty": (_zip({}), r"drawn\.zip: holds no dated file"),
    "of no bytes": (file_of("drawn.zip", b""), r"drawn\.zip: is no zip"),
    "that is text": (file_of("drawn.zip", b"PK is what I would be"), r"drawn\.zip: is no zip"),
    "that is cut off": (_changed(lambda content: content[:-30]), r"drawn\.zip: is no zip"),
    "with noise in it": (
        _changed(_noisy),
        r"drawn\.zip: is no zip",
    ),
    "that wants a password": (_changed(_encrypted), r"drawn\.zip: .*wants a password"),
    "packed in an unknown way": (_changed(_other_method), r"drawn\.zip: .*unusual way"),
    "packed with LZMA": (_zip({_DAY: GOOD}, method=zipfile.ZIP_LZMA), r"drawn\.zip: .*unusual way"),
    "that says that it holds less": (_changed(_says_less), r"drawn\.zip: is no zip|a_20210301\.geojson"),
    "in a zip": (_zip({"inner.zip": b"PK\x05\x06" + b"\0" * 18}), r"drawn\.zip: holds no dated file"),
    "with a virtual layer": (_zip({_DAY: "<OGRVRTDataSource/>"}), _DAY),
    "with a wrong day": (_zip({"a_20211399.geojson": GOOD}), r"drawn\.zip: holds no dated file"),
    **{f"with {what}": (_zip({name: GOOD}), r"drawn\.zip: holds .* leads elsewhere") for what, name in _NAMES.items()},
}
DUMPS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "without its table": (_zip({"readme.txt": "a"}, "QQ.zip"), r"QQ\.zip: cannot be read as a GeoNames dump"),
    "in Latin-1": (_zip({"QQ.txt": "Ø".encode("latin-1")}, "QQ.zip"), r"QQ\.zip: cannot be read"),
    "that climbs": (_zip({"../QQ.txt": "a"}, "QQ.zip"), r"QQ\.zip: .*leads elsewhere"),
    "that is a shapefile": (_zip({"a.shp": b"\0\0\x27\x0a"}, "a.shp.zip"), r"a\.shp\.zip"),
    "of too few columns": (file_of("QQ.txt", "1\ta\tb\n"), r"QQ\.txt, row 1: has 3 columns"),
    "with a place off the Earth": (file_of("QQ.txt", LINES[3].replace("10.21", "95")), r"QQ\.txt, row 1, column lat"),
    "with a place nowhere": (file_of("QQ.txt", LINES[3].replace("10.21", "NaN")), r"QQ\.txt, row 1, column lat"),
    "with digits of another script": (file_of("QQ.txt", "٤" + LINES[3][1:]), r"QQ\.txt, row 1, column geonameid"),
    "with NUL in a name": (
        file_of("QQ.txt", LINES[3].replace("Tarnsted\tT", "T\0\tT")),
        r"QQ\.txt, row 1, column na",
    ),
    "without places": (file_of("QQ.txt", "\n\n"), r"QQ\.txt: has no places"),
    "as a table of another kind": (file_of("QQ.csv", "a,b\n1,2\n"), r"QQ\.csv, row 1, column"),
    "of an unknown kind": (file_of("QQ.parquet", b"PAR1"), r"QQ\.parquet: is not a gazetteer"),
}
_HEAD = "town,lat,lon,day,held_by\n"
_ROW = "Ashby,10.1,20.1,2021-03-01,Crown\n"
STATES: dict[str, tuple[bytes | str, str, str | None]] = {
    "empty": ("", "towns.csv", r"towns\.csv"),
    "of its header alone": (_HEAD, "towns.csv", r"towns\.csv"),
    "without a column": ("town,lat\nAshby,1\n", "towns.csv", r"towns\.csv, row 1, column lon: is missing"),
    "with an open quote": (_HEAD + '"Ashby', "towns.csv", r"towns\.csv: cannot be read as CSV"),
    "with rows of other lengths": (_HEAD + _ROW + "a,b,c,d,e,f,g\n", "towns.csv", r"towns\.csv: .*line 3"),
    "in UTF-16": ((_HEAD + _ROW).encode("utf-16"), "towns.csv", r"towns\.csv: is not in UTF-8"),
    "with zero bytes": ((_HEAD + _ROW).encode() + b"\0" * 90, "towns.csv", None),
    "with words that nobody knows": (_HEAD + _ROW.replace("Crown", "=cmd()"), "towns.csv", "does not say what '=cmd"),
    "compressed and cut off": (gzip.compress((_HEAD + _ROW * 99).encode())[:-9], "towns.csv.gz", r"towns\.csv\.gz"),
    "compressed by its name alone": (_HEAD + _ROW, "towns.csv.gz", r"towns\.csv\.gz: cannot be read"),
    "a zip by its name alone": (_HEAD + _ROW, "towns.zip", r"towns\.zip: is no zip"),
    "of places off the Earth": (_HEAD + _ROW.replace("10.1", "1e999"), "towns.csv", r"towns\.csv: has no row with"),
    "of year 0 and 9999": (_HEAD + _ROW.replace("2021", "0000") + _ROW.replace("2021", "9999"), "towns.csv", "no row"),
    "with names that are markup": (_HEAD + _ROW.replace("Ashby", "<script>\u202e"), "towns.csv", None),
}


def hostile_archives() -> Iterator[Hostile]:
    """Zips of polygons and of gazetteers, and tables of states, which may be compressed."""
    for name, (make, place) in ZIPS.items():
        yield Hostile(f"a zip {name}", "polygons", make, place)
    for name, (make, place) in DUMPS.items():
        yield Hostile(f"a gazetteer {name}", "gazetteer", make, place)
    for name, (content, file, place) in STATES.items():
        yield Hostile(f"states {name}", "states", file_of(file, content), place, slow=place is None)
    yield Hostile("a zip of 1.1 GB", "polygons", _bomb, r"drawn\.zip: unpacks to", slow=True)
    yield Hostile("a zip of 20,001 files", "polygons", _crowd, r"drawn\.zip: unpacks to", slow=True)
    yield Hostile("states of 1.1 GB, compressed", "states", _long_table, r"towns\.csv\.gz: unpacks to more", slow=True)


def _long_table(folder: Path) -> Path:
    path = folder / "towns.csv.gz"
    block = (_ROW * 30_000).encode()
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(_HEAD.encode())
        for _ in range(1_100_000_000 // len(block)):
            file.write(block)
    return path
