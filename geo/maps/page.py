"""The map as a web page: one folium map, hosted by the dashboard or saved as one file that works offline.

Everything the page needs is inside it: Leaflet (from the XStatic-Leaflet package), our modules and style. The
dashboard's page fetches its data from an address of the same server; the saved file carries its data.
"""

import base64
import html
import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from geo.maps.payload import encode, extent_degrees
from geo.pipeline import Build

_WEB = resources.files("geo.maps") / "web"
_INK = resources.files("geo.maps") / "ink.json"
_LAND = resources.files("geo.maps") / "base" / "land.geojson"
_LEAFLET = resources.files("xstatic.pkg.leaflet") / "data"
_PACKAGE = "holdline/"


def dashboard_html(build: Build, data_url: str, network: bool = False) -> str:
    """Return the page that the dashboard hosts; constant for one data version.

    ``data_url`` is where the page fetches ``geo.maps.payload.encode(build)``; ``network`` offers a street map.
    """
    config = {"data": {"url": data_url}, "inHash": False, "network": network, "evidencePage": "evidence"}
    return _page(build, config)


def map_html(build: Build) -> str:
    """Return the map as one HTML document that needs no other file and no network."""
    data = base64.b64encode(encode(build)).decode()
    return _page(build, {"data": {"base64": data}, "inHash": True, "network": False, "evidencePage": None})


def _page(build: Build, config: dict[str, Any]) -> str:
    west, south, east, north = extent_degrees(build)
    the_map = OfflineMap(location=[(south + north) / 2, (west + east) / 2])
    the_map.add_child(TimeLayer(config))
    figure = the_map.get_root()
    assert isinstance(figure, Figure)
    figure.title = html.escape(f"{build.dataset.title} · Holdline")  # folium puts it into the page as it is
    return str(figure.render())


class OfflineMap(folium.Map):
    """A folium map with Leaflet inside the page, nothing from other servers and no tiles.

    folium's jQuery, Bootstrap and icon fonts are left out: nothing here uses them.
    """

    def __init__(self, location: list[float]) -> None:
        super().__init__(
            location=location, zoom_start=11, tiles=None, zoom_control=False, keyboard=False, zoom_snap=0.25
        )
        self._id = "holdline"  # folium's own is random, and the page must be the same for the same data
        self.default_js = [("leaflet", _data_url("text/javascript", _read(_LEAFLET / "leaflet.js")))]
        self.default_css = [("leaflet_css", _data_url("text/css", _read(_LEAFLET / "leaflet.css")))]


class TimeLayer(MacroElement):
    """Our layer on a folium map: style, modules (through an import map) and the call that starts them."""

    _template = Template("""
        {% macro header(this, kwargs) %}
            <style>{{ this.style }}</style>
            <script type="importmap">{{ this.import_map }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            import("{{ this.package }}main.js").then(
                (main) => main.start({{ this._parent.get_name() }}, {{ this.config | tojson }})
            ).then((holdline) => { window.holdline = holdline; });
        {% endmacro %}
        """)

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self._name = "TimeLayer"
        self._id = "holdline"
        self.package = _PACKAGE
        self.config = {**config, "land": json.loads(_read(_LAND))}
        self.style = _read(_WEB / "map.css")
        self.import_map = json.dumps({"imports": _modules()})


def _modules() -> dict[str, str]:
    """Every module of ours, and the inks that Python has too, under the names that the others import them by."""
    sources = sorted(_WEB.iterdir(), key=lambda file: file.name)
    constants = _data_url("text/javascript", f"export default {_read(_INK)};")
    modules = {
        _PACKAGE + source.name: _data_url("text/javascript", _with_bare_imports(_read(source)))
        for source in sources
        if source.name.endswith(".js")
    }
    return modules | {_PACKAGE + "ink_constants.js": constants}


def _with_bare_imports(module: str) -> str:
    """Name imported modules by package: a module in a data URL has no folder that ``./`` could mean."""
    return module.replace('from "./', f'from "{_PACKAGE}')


def _read(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _data_url(media_type: str, text: str) -> str:
    return f"data:{media_type};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"
