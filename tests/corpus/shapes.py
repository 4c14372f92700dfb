"""Hostile polygons: coordinates that are none, that lie elsewhere, or that are instructions to fetch something."""

import gzip
import json
import struct
from collections.abc import Iterator

from tests.corpus.kinds import Hostile, file_of

RING = [[20.0, 10.0], [20.1, 10.0], [20.1, 10.1], [20.0, 10.1], [20.0, 10.0]]
_HERE = r"(layer\.geojson|_20210301\.geojson)"
_ON_FEATURE = _HERE + r".*feature 1\b"


def ring(*corners: tuple[float, float]) -> list[list[float]]:
    """A closed ring of longitude and latitude."""
    return [list(corner) for corner in (*corners, corners[0])]


def collection(geometry: object, **members: object) -> str:
    """GeoJSON with one feature. geometry: as JSON text, or as an object."""
    text = geometry if isinstance(geometry, str) else json.dumps(geometry)
    head = json.dumps({"type": "FeatureCollection", **members})[:-1]
    properties = '{"ADM1_EN": "Fell", "ADM1_PCODE": "QQ01", "side": "crown"}'
    return f'{head}, "features": [{{"type": "Feature", "properties": {properties}, "geometry": {text}}}]}}'


def polygon(*rings: object) -> str:
    """GeoJSON with one polygon. rings: as JSON text, or as objects."""
    texts = (each if isinstance(each, str) else json.dumps(each) for each in rings)
    return collection(f'{{"type": "Polygon", "coordinates": [{", ".join(texts)}]}}')


def _spiral(turns: int) -> list[list[float]]:
    corners = [(20 + n % 7 * 0.01 + n * 1e-6, 10 + n % 11 * 0.01) for n in range(turns)]
    return ring(*corners)


GOOD = polygon(RING)
SHAPES: dict[str, tuple[bytes | str, str | None]] = {
    "longitude NaN": (polygon("[[NaN, 10], [20.1, 10], [20.1, 10.1], [NaN, 10]]"), _HERE),
    "latitude Infinity": (polygon("[[20, Infinity], [20.1, 10], [20.1, 10.1], [20, Infinity]]"), _HERE),
    "longitude -Infinity": (polygon("[[-Infinity, 1], [20.1, 10], [20.1, 10.1], [-Infinity, 1]]"), _HERE),
    "longitude 1e999": (polygon("[[1e999, 10], [20.1, 10], [20.1, 10.1], [1e999, 10]]"), _HERE),
    "longitude 1e308": (polygon("[[1e308, 10], [20.1, 10], [20.1, 10.1], [1e308, 10]]"), _ON_FEATURE),
    "null for a number": (polygon("[[null, 10], [20.1, 10], [20.1, 10.1], [null, 10]]"), _HERE),
    "text for a number": (polygon('[["20", "10"], [20.1, 10], [20.1, 10.1], ["20", "10"]]'), _HERE),
    "one number a corner": (polygon("[[20], [20.1], [20.1], [20]]"), _HERE),
    "five numbers a corner": (polygon("[[20,10,1,2,3],[20.1,10,1,2,3],[20.1,10.1,1,2,3],[20,10,1,2,3]]"), None),
    "heights": (polygon("[[20,10,1e9],[20.1,10,0],[20.1,10.1,-1e9],[20,10,1e9]]"), None),
    "no rings": (polygon(), _ON_FEATURE),
    "an empty ring": (polygon("[]"), _ON_FEATURE),
    "a ring of one corner": (polygon([[20, 10]]), _HERE),
    "a ring of two corners": (polygon([[20, 10], [20.1, 10]]), _HERE),
    "a ring that is a line": (polygon(ring((20, 10), (20.1, 10), (20.2, 10))), _ON_FEATURE),
    "a ring that is a point": (polygon([[20, 10]] * 4), _ON_FEATURE),
    "a ring that is not closed": (polygon([[20, 10], [20.1, 10], [20.1, 10.1], [20, 10.1]]), _HERE + ".*not form"),
    "a ring that crosses itself": (polygon(ring((20, 10), (20.1, 10.1), (20.1, 10), (20, 10.1))), None),
    "a ring that crosses itself often": (polygon(_spiral(400)), None),
    "a hole outside": (polygon(RING, ring((30, 10), (30.1, 10), (30.1, 10.1))), None),
    "a hole as large as the polygon": (polygon(RING, RING), _ON_FEATURE),
    "a spike": (polygon(ring((20, 10), (20.1, 10), (25, 10), (20.1, 10), (20.1, 10.1))), None),
    "beyond the north pole": (polygon(ring((20, 80), (60, 80), (40, 95))), _ON_FEATURE),
    "around the north pole": (polygon(ring((-180, 80), (180, 80), (180, 90), (-180, 90))), None),
    "below the south pole": (polygon(ring((0, -91), (10, -80), (-10, -80))), _ON_FEATURE),
    "over the antimeridian": (polygon(ring((179, 10), (181, 10), (181, 11), (179, 11))), _ON_FEATURE),
    "over the antimeridian the other way": (polygon(ring((-179, 10), (-181, 10), (-181, 11))), _ON_FEATURE),
    "latitude and longitude swapped": (polygon(ring((-33.8, 151.2), (-33.9, 151.2), (-33.9, 151.3))), _ON_FEATURE),
    "metres": (polygon(ring((500000, 4000000), (500100, 4000000), (500100, 4000100))), _ON_FEATURE),
    "a point": (collection({"type": "Point", "coordinates": [20, 10]}), _ON_FEATURE),
    "a line": (collection({"type": "LineString", "coordinates": [[20, 10], [21, 10]]}), _ON_FEATURE),
    "a collection of shapes": (collection({"type": "GeometryCollection", "geometries": []}), _ON_FEATURE),
    "no geometry": (collection("null"), _ON_FEATURE),
    "a kind of shape that does not exist": (collection({"type": "Blob", "coordinates": []}), _HERE),
    "shapes nested 50,000 deep": (polygon("[" * 50_000 + "]" * 50_000), _HERE),
    "no features": ('{"type": "FeatureCollection", "features": []}', _HERE + " has no features"),
    "features that are none": ('{"type": "FeatureCollection", "features": [1, "a", null]}', _HERE),
    "features as text": ('{"type": "FeatureCollection", "features": "all"}', _HERE),
    "a list": ("[1, 2, 3]", _HERE),
    "a number": ("42", _HERE),
    "empty": (b"", _HERE),
    "only spaces": (b" \n\t ", _HERE),
    "cut off": (GOOD[:-40], _HERE),
    "twice in one file": (GOOD + GOOD, _HERE),
    "zero bytes": (b"\0" * 3000, _HERE),
    "UTF-16": (GOOD.encode("utf-16"), _HERE),
    "a mark of byte order": (b"\xef\xbb\xbf" + GOOD.encode(), None),
    "compressed": (gzip.compress(GOOD.encode()), _HERE),
    "an unknown CRS": (collection({"type": "Polygon", "coordinates": [RING]}, crs={"type": "name"}), None),
    "a CRS that is a file": (
        collection(
            {"type": "Polygon", "coordinates": [RING]},
            crs={"type": "link", "properties": {"href": "file:///etc/passwd"}},
        ),
        None,
    ),
    "a virtual layer": (
        '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/http://127.0.0.1:9/a.geojson'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        _HERE,
    ),
    "a virtual layer behind a brace": (
        '{"a": 1}<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
        "</OGRVRTDataSource>",
        _HERE,
    ),
    "a service of features": ("<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>", _HERE),
    "a command": (
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd ! write /tmp/a"}',
        _HERE,
    ),
    "a topology": ('{"type": "Topology", "objects": {}, "arcs": []}', _HERE),
}
_KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>%s</Document></kml>'
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
_PLACEMARK = (
    "<Placemark><name>%s</name><Polygon><outerBoundaryIs><LinearRing><coordinates>20,10 20.1,10 20.1,10.1 20,10"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
)
XML: dict[str, tuple[str, str]] = {
    "KML that laughs": (f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]>{_KML % (_PLACEMARK % "&l11;")}', "a.kml"),
    "KML with a file in it": (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_KML % (_PLACEMARK % "&x;")}',
        "a.kml",
    ),
    "KML with an address in it": (
        f'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">{_KML % (_PLACEMARK % "a")}',
        "a.kml",
    ),
    "KML nested 20,000 deep": (_KML % ("<Folder>" * 20_000), "a.kml"),
    "KML that is cut off": ((_KML % (_PLACEMARK % "a"))[:120], "a.kml"),
    "KML that is HTML": ("<html><body>Not found</body></html>", "a.kml"),
    "GML of a service": (
        '<wfs:WFS_Capabilities xmlns:wfs="http://www.opengis.net/wfs"><a href="http://127.0.0.1:9"/>'
        "</wfs:WFS_Capabilities>",
        "a.gml",
    ),
    "GML with an entity": ('<!DOCTYPE a [<!ENTITY x "y">]><FeatureCollection>&x;</FeatureCollection>', "a.gml"),
}
_SHP_HEAD = struct.pack(">i20xi", 9994, 2**30) + struct.pack("<ii", 1000, 5) + b"\xff" * 64
BINARY: dict[str, tuple[bytes, str]] = {
    "a shapefile of its head alone": (_SHP_HEAD, "a.shp"),
    "a shapefile of noise": (bytes(range(256)) * 40, "a.shp"),
    "a GeoPackage that is text": (b"These are notes.", "a.gpkg"),
    "a GeoPackage of its head alone": (b"SQLite format 3\0" + b"\xff" * 5000, "a.gpkg"),
    "a FlatGeobuf of its head alone": (b"fgb\x03fgb\x01" + b"\xff" * 5000, "a.fgb"),
    "a kind that is not read": (b"BEGIN:VCARD", "a.vcf"),
    "a virtual layer by its name": (b"<OGRVRTDataSource/>", "a.vrt"),
}


def hostile_shapes() -> Iterator[Hostile]:
    """Polygons as boundaries, as a layer of a gazetteer, and as dated polygons."""
    for number, (name, (content, place)) in enumerate(SHAPES.items()):
        yield Hostile(f"boundaries: {name}", "boundaries", file_of("layer.geojson", content), place)
        snapshot = file_of("drawn/a_20210301.geojson", content)
        yield Hostile(f"polygons: {name}", "polygons", lambda folder, make=snapshot: make(folder).parent, place)
        if number % 3 == 0:
            way = file_of("layer.geojson", content)
            yield Hostile(f"gazetteer: {name}", "gazetteer", way, place, may_load=True, slow=True)
    for name, (content, file) in {**XML, **BINARY}.items():
        yield Hostile(f"boundaries: {name}", "boundaries", file_of(file, content), rf"{file}")
