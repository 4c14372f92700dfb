"""What is seen of two colours, one over the other: the same however it is worked out."""

import numpy as np

from tests.browser.modules.conftest import Modules, packed, unpacked

OVER = """({ stamps: { over } }, [upper, lower]) => {
    const read = (text) => new Uint32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
    const under = read(lower);
    return packed(read(upper).map((colour, k) => over(colour, under[k])));
}"""


def test_over_an_opaque_colour_each_channel_is_the_weighted_mean(modules: Modules) -> None:
    alpha, upper, lower = np.meshgrid(np.arange(255), np.arange(0, 256, 5), np.arange(0, 256, 5), indexing="ij")
    mixed = np.rint((upper * alpha + lower * (255 - alpha)) / 255).astype(np.uint32)
    above, below = (
        (opacity << 24 | channel << 16 | (255 - channel) << 8 | channel).astype(np.uint32).ravel()
        for opacity, channel in ((alpha, upper), (255, lower))
    )
    seen = unpacked(modules(OVER, [packed(above, "<u4"), packed(below, "<u4")]), "<u4")
    assert np.array_equal(seen >> 24, np.full(len(seen), 255))
    for shift, channel in ((0, mixed), (8, 255 - mixed), (16, mixed)):
        assert np.array_equal(seen >> shift & 255, channel.ravel()), shift


def test_over_nothing_and_over_what_shines_through(modules: Modules) -> None:
    above = np.array([0x80204060, 0xFF204060, 0x80FFFFFF], "<u4")
    below = np.array([0, 0x80FFFFFF, 0x80000000], "<u4")
    seen = unpacked(modules(OVER, [packed(above, "<u4"), packed(below, "<u4")]), "<u4")
    assert [hex(colour) for colour in seen.tolist()] == ["0x80204060", "0xff204060", "0xc0aaaaaa"]
