"""How colours look to other eyes, and how far apart they are.

Colour blindness: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of
Color Vision Deficiency, IEEE Transactions on Visualization and Computer Graphics 15 (2009), table for severity 1.0.
The matrices apply to linear RGB. Difference: CIEDE2000, after G. Sharma, W. Wu, E. N. Dalal, The CIEDE2000
Color-Difference Formula, Color Research and Application 30 (2005).
"""

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Lab = tuple[float, float, float]

MACHADO = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE_D65 = np.array([0.95047, 1.0, 1.08883])


def seen(colour: Floats, eyes: str) -> Floats:
    """The colour (sRGB, 0 .. 255) as linear RGB, 0 .. 1, seen with these eyes."""
    encoded = np.asarray(colour, float) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.clip(MACHADO[eyes] @ linear, 0, 1)


def lab(linear: Floats) -> Lab:
    """CIELAB of linear RGB, white D65."""
    ratio = _TO_XYZ @ linear / _WHITE_D65
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def lightness(colour: Floats) -> float:
    """CIELAB lightness, 0 .. 100: what is left of a colour (sRGB, 0 .. 255) in grey print."""
    return lab(seen(colour, "usual"))[0]


def ciede2000(one: Lab, other: Lab) -> float:
    """The difference of two colours; about 1 is just noticeable side by side."""
    chroma = (math.hypot(*one[1:]) + math.hypot(*other[1:])) / 2
    stretch = 1.5 - 0.5 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    (l1, c1, h1), (l2, c2, h2) = _polar(one, stretch), _polar(other, stretch)
    hue_step = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue_difference = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(hue_step) / 2)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = h1 + hue_step / 2 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * _cos(mean_h - 30)
        + 0.24 * _cos(2 * mean_h)
        + 0.32 * _cos(3 * mean_h + 6)
        - 0.20 * _cos(4 * mean_h - 63)
    )
    from_middle = (mean_l - 50) ** 2
    scaled_l = (l2 - l1) / (1 + 0.015 * from_middle / math.sqrt(20 + from_middle))
    scaled_c = (c2 - c1) / (1 + 0.045 * mean_c)
    scaled_h = hue_difference / (1 + 0.015 * mean_c * t)
    turn = 30 * math.exp(-((((mean_h % 360) - 275) / 25) ** 2))
    rotation = -2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7)) * math.sin(math.radians(2 * turn))
    return math.sqrt(scaled_l**2 + scaled_c**2 + scaled_h**2 + rotation * scaled_c * scaled_h)


def _polar(colour: Lab, stretch: float) -> Lab:
    """Lightness, chroma and hue (degrees) with the red-green axis stretched."""
    lightness, a, b = colour
    return lightness, math.hypot(a * stretch, b), math.degrees(math.atan2(b, a * stretch)) % 360


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))
