"""Animations that are drawn without a browser: which days, what they show, and always the same bytes."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from shapely.geometry import Point

from geo.__main__ import main
from geo.control.knowledge import control_as_known, known_on
from geo.control.states import states_on
from geo.crs import WGS84
from geo.formats.builds import write_build
from geo.maps import drawing, lettering
from geo.maps.animation import AnimationError, animation, frame_dates, frames
from geo.maps.as_known import build_as_known
from geo.maps.ground import SUPERSAMPLING, View, ground_of, over_land, paint, view_of
from geo.maps.ink import STATE, Ink, ink_of, rgb
from geo.maps.key import Legend
from geo.maps.lettering import broken, font, font_for, readable, shortened
from geo.pipeline import Build
from geo.schema import PIECE_OF_GROUND

FIRST, LAST = pd.Timestamp("2016-11-15"), pd.Timestamp("2016-12-13")
RED, BLUE = Ink("plain", (200, 40, 40), (0, 0, 0)), Ink("plain", (40, 40, 200), (0, 0, 0))


def days(build: Build, first: str | None, last: str | None, step: str) -> list[str]:
    ends = [None if day is None else pd.Timestamp(day) for day in (first, last)]
    return [f"{date:%m-%d}" for date in frame_dates(build, *ends, step)]  # type: ignore[arg-type]


def test_days_weeks_and_months_end_on_the_last_day(aleppo_build: Build) -> None:
    assert len(days(aleppo_build, None, None, "day")) == 38
    assert days(aleppo_build, "2016-11-15", "2016-12-02", "week") == ["11-15", "11-22", "11-29", "12-02"]
    assert days(aleppo_build, "2016-11-15", "2016-11-29", "week") == ["11-15", "11-22", "11-29"]
    assert days(aleppo_build, None, None, "month") == ["11-15", "12-15", "12-22"]
    assert days(aleppo_build, "2016-12-01", "2016-12-01", "day") == ["12-01"]
    year = replace(aleppo_build, dataset=replace(aleppo_build.dataset, end_date=pd.Timestamp("2017-12-31")))
    assert days(year, "2017-01-31", "2017-05-01", "month") == ["01-31", "02-28", "03-31", "04-30", "05-01"]


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("2016-11-14", None, "choose days between 2016-11-15 and 2016-12-22"),
        (None, "2017-01-01", "choose days between 2016-11-15 and 2016-12-22"),
        ("2016-12-02", "2016-12-01", "the first not after the last"),
    ],
)
def test_days_that_cannot_be_shown_are_refused(
    aleppo_build: Build, first: str | None, last: str | None, message: str
) -> None:
    with pytest.raises(AnimationError, match=message):
        days(aleppo_build, first, last, "day")


def test_too_many_pictures_ask_for_a_longer_step(aleppo_build: Build) -> None:
    decade = replace(aleppo_build, dataset=replace(aleppo_build.dataset, end_date=pd.Timestamp("2026-11-22")))
    with pytest.raises(AnimationError, match="choose a longer step"):
        days(decade, None, None, "day")
    assert len(days(decade, None, None, "month")) == 122


@pytest.mark.parametrize("width", [599, 2001])
def test_a_width_that_cannot_be_drawn_is_refused(aleppo_build: Build, width: int) -> None:
    with pytest.raises(AnimationError, match="choose one from 600 to 2000"):
        frames(aleppo_build, [FIRST], width)


def test_nothing_to_draw_is_an_error(aleppo_build: Build) -> None:
    with pytest.raises(AnimationError, match="no areas"):
        frames(replace(aleppo_build, areas=aleppo_build.areas.iloc[:0]), [FIRST])


@pytest.mark.parametrize("picture_format", ["gif", "webp"])
def test_an_animation_has_its_frames_and_is_the_same_every_time(small_build: Build, picture_format: str) -> None:
    first, second = (animation(small_build, step="week", picture_format=picture_format, width=600) for _ in range(2))  # type: ignore[arg-type]
    assert first == second
    with Image.open(BytesIO(first)) as picture:
        start, end = small_build.dataset.start_date, small_build.dataset.end_date
        assert picture.format == picture_format.upper()
        assert picture.size[0] == 600
        assert picture.n_frames == len(frame_dates(small_build, start, end, "week"))
        assert picture.info["loop"] == 0


def test_each_place_is_drawn_in_the_ink_of_its_state(aleppo_build: Build) -> None:
    view = view_of(aleppo_build.areas.geometry, 700)
    colours = aleppo_build.dataset.actors.set_index("actor_id")["colour"].to_dict()
    points = aleppo_build.places.set_index("place_id").geometry.to_crs(view.crs)
    [picture] = frames(aleppo_build, [LAST], round((700 + 48) / 0.7))
    top_left = map_corner(picture, view)
    states = states_on(aleppo_build.intervals, LAST)
    plain = states[states["status"].eq("controlled") & ~states["undecided"]]
    assert set(plain["actor"]) == {"opposition", "sdf", "syrian-government"}
    for state in plain.to_dict("records"):
        column, row = (int(at) // SUPERSAMPLING for at in view.pixels(points[state["place_id"]]))
        ink = ink_of({column: state[column] for column in STATE}, colours)
        expected = over_land(np.array(ink.first, np.uint8))
        drawn = picture.getpixel((top_left[0] + column, top_left[1] + row))
        assert np.abs(np.array(drawn) - expected).max() <= 2, state["place_id"]


def map_corner(picture: Image.Image, view: View) -> tuple[int, int]:
    assert picture.size[0] == 1069 and view.columns == 700 * SUPERSAMPLING
    return drawing.MARGIN, drawing.HEADER


def test_title_date_legend_and_sources_are_written(aleppo_build: Build) -> None:
    first, last = frames(aleppo_build, [FIRST, LAST], 1000)
    assert first.size == last.size
    width, height = first.size
    boxes = {
        "title": (16, 10, 400, 40),
        "date": (width - 250, 10, width - 10, 40),
        "legend": (round(width * 0.7), 80, width - 8, 300),
        "foot": (16, height - 40, 600, height),
    }
    for name, box in boxes.items():
        assert dark_share(first.crop(box)) > 0.01, name
    changed = {name: first.crop(box).tobytes() != last.crop(box).tobytes() for name, box in boxes.items()}
    assert changed == {"title": False, "date": True, "legend": True, "foot": False}


def dark_share(picture: Image.Image) -> float:
    return float((np.asarray(picture.convert("L")) < 140).mean())


def test_the_front_line_is_drawn_over_the_areas(small_build: Build) -> None:
    areas = small_build.areas.geometry
    ground = ground_of(areas, view_of(areas, 400))
    numbers = np.arange(len(areas)) % 2
    bare = paint(ground, [RED, BLUE], numbers, areas.iloc[:0])
    lined = paint(ground, [RED, BLUE], numbers, areas.boundary.iloc[:1])
    differs = np.any(np.asarray(bare) != np.asarray(lined), axis=-1)
    assert 0.001 < differs.mean() < 0.05
    assert np.asarray(lined)[differs].mean() < np.asarray(bare)[differs].mean()


def test_a_place_in_the_hole_of_another_is_drawn(small_build: Build) -> None:
    middle = Point(10, 50).buffer(0.01)
    around = Point(10, 50).buffer(0.03).difference(middle)
    areas = small_build.areas.iloc[:2].set_geometry([middle, around], crs=WGS84).geometry
    ground = ground_of(areas, view_of(areas, 300))
    picture = paint(ground, [RED, BLUE], np.array([0, 1]), areas.iloc[:0])
    center = picture.getpixel((picture.width // 2, picture.height // 2))
    assert np.abs(np.array(center) - over_land(np.array(RED.first, np.uint8))).max() <= 1


def test_areas_keep_their_size_in_the_projection(aleppo_build: Build) -> None:
    areas = aleppo_build.areas.geometry
    ground = ground_of(areas, view_of(areas, 800))
    drawn_m2 = np.bincount(ground.area.ravel())[1:] * ground.view.metres_per_pixel**2
    true_m2 = areas.to_crs(ground.view.crs).area.to_numpy()
    assert drawn_m2.sum() == pytest.approx(true_m2.sum(), rel=0.01)
    assert np.corrcoef(drawn_m2, true_m2)[0, 1] > 0.999


def test_the_legend_says_what_the_shares_are(aleppo_build: Build) -> None:
    lines = Legend(aleppo_build, [FIRST, LAST]).on(LAST)
    figures = {line.text: line.figures for line in lines if line.figures}
    assert figures["Armed opposition"] == ("4.8", "4.2 %")
    assert sum(float(share.removesuffix(" %")) for _, share in figures.values()) == pytest.approx(100, abs=0.2)
    texts = [line.text for line in lines if not line.figures]
    assert texts[:2] == ["a source names the place", "inferred from its position"]
    assert "besieged" not in texts


def test_the_legend_of_drawn_ground_names_no_place(aleppo_build: Build) -> None:
    pieces = aleppo_build.places.assign(feature_code=PIECE_OF_GROUND)
    texts = [line.text for line in Legend(replace(aleppo_build, places=pieces), [FIRST, LAST]).on(LAST)]
    assert "a source draws this ground" in texts
    assert "a source names the place" not in texts


@pytest.mark.parametrize(("longest", "bar"), [(1, 1), (9.9, 5), (1999, 1000), (2000, 2000), (730_000, 500_000)])
def test_a_scale_bar_has_a_round_length(longest: float, bar: int) -> None:
    assert drawing.round_length_m(longest) == bar


def test_text_fits_and_stays_readable() -> None:
    used = font(13)
    text = "Syrian Democratic Forces and the People's Protection Units"
    assert used.getlength(shortened(text, used, 150)) <= 150
    assert shortened("Aleppo", used, 150) == "Aleppo"
    lines = broken(text, used, 150)
    assert " ".join(lines) == text
    assert all(used.getlength(line) <= 150 for line in lines)
    assert broken("", used, 150) == []
    unwritable = "\U0010fffd"
    assert readable(f"a{unwritable}b", used) == "ab"
    assert font_for(unwritable, 13) is None


def test_colours_are_read_from_hex() -> None:
    assert rgb("#33639A") == (0x33, 0x63, 0x9A)


def test_the_command_line_writes_an_animation(small_build: Build, tmp_path: Path) -> None:
    write_build(small_build, tmp_path / "small")
    file = tmp_path / "small.gif"
    words = ["export", "small", "--builds", str(tmp_path), "--format", "gif", "--out", str(file)]
    first = f"{small_build.dataset.start_date:%Y-%m-%d}"
    assert main([*words, "--animate", "--from", first, "--to", first, "--step", "week", "--width", "640"]) == 0
    with Image.open(file) as picture:
        assert (picture.format, picture.size[0]) == ("GIF", 640)


@pytest.mark.parametrize("clock", ["recorded", "published"])
def test_a_build_as_known_shows_what_was_known(small_build: Build, clock: str) -> None:
    dataset = small_build.dataset
    known = known_on(dataset.events, dataset.documents, clock)
    for day in (known.min() - pd.Timedelta(days=1), known.median(), known.max()):
        shown = build_as_known(small_build, day, clock)
        assert set(shown.intervals["place_id"]) >= set(small_build.areas["place_id"])
        for date in pd.date_range(dataset.start_date, dataset.end_date, freq="5D"):
            expected = control_as_known(dataset, date, day, clock=clock)
            of_known = states_on(shown.intervals, date)
            pd.testing.assert_frame_equal(
                of_known[of_known["place_id"].isin(expected["place_id"])].reset_index(drop=True), expected
            )


def test_an_animation_says_what_was_known(small_build: Build) -> None:
    first = small_build.dataset.start_date
    dates = [first, small_build.dataset.end_date]
    early = build_as_known(small_build, first - pd.Timedelta(days=1))
    now, then = (list(frames(build, dates)) for build in (small_build, early))
    assert now[1].tobytes() != then[1].tobytes()
    known = animation(small_build, *dates, width=640, known_at=first - pd.Timedelta(days=1))
    assert known != animation(small_build, *dates, width=640)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "csv", "--known", "2021-03-04"], "--known goes with --animate"),
        (["--format", "gif"], "--animate goes with --format gif or webp"),
        (["--format", "csv", "--animate"], "--animate goes with --format gif or webp"),
        (["--format", "gif", "--animate", "--from", "tomorrow"], "'tomorrow' is not a day: write it as YYYY-MM-DD"),
    ],
)
def test_the_command_line_says_how_animations_are_asked_for(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "small", "--out", "x.gif", *options])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_hostile_names_are_drawn_as_text(hostile_build: Build) -> None:
    dataset = replace(
        hostile_build.dataset, title="<script>\nalert(1)\x00\u202e</script> " * 9, title_local="a\n\u0661"
    )
    [picture] = frames(replace(hostile_build, dataset=dataset), [dataset.start_date], 600)
    assert picture.size[0] == 600


@pytest.mark.parametrize("names", [(), ("no-such-font.ttf",)])
def test_without_fonts_on_the_system_pillows_own_is_used(
    small_build: Build, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    monkeypatch.setattr(lettering, "_ON_THE_SYSTEM", names)
    monkeypatch.setattr(lettering, "_OTHER_SCRIPTS", names)
    font.cache_clear()
    [picture] = frames(small_build, [small_build.dataset.start_date], 600)
    font.cache_clear()
    assert readable("km²", lettering.ImageFont.load_default(13)) == "km2"
    assert dark_share(picture.crop((16, 10, 400, 40))) > 0.01
