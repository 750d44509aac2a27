"""How the earth is laid flat for a map, and which part of it the map shows.

Lambert's azimuthal equal-area projection about the middle of the points where they lie in half
the world or less (Snyder, Map projections, USGS 1987, eq. 24-2 to 24-4); Equal Earth beyond
(Savric, Patterson, Jenny 2018). Both keep areas.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]
EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
WIDEST_ROUND = 150.0  # degrees of longitude; points further apart are shown on a map of the world
FARTHEST = 100.0  # degrees from the middle that the azimuthal map still shows
MARGIN = 0.07  # of the extent, on every side
SMALLEST = 0.12  # radians: a map of one town shows its surroundings too
FLATTEST, TALLEST = 0.5, 0.85  # height over width
FLAT, ROUND = "Equal Earth", "Lambert azimuthal equal-area"


@dataclass(frozen=True)
class MapView:
    """A projection about a middle (degrees), and the part of its plane that is `width` px wide.

    `left` and `top` are the corner in radii of the earth, `scale` is px a radius.
    """

    latitude: float
    longitude: float
    whole: bool
    left: float
    top: float
    scale: float
    width: int
    height: int

    @property
    def name(self) -> str:
        """The name of the projection."""
        return FLAT if self.whole else ROUND

    def pixels(self, lat: Degrees, lon: Degrees) -> Degrees:
        """Return x and y in px, shape (n, 2); NaN where the projection shows nothing."""
        plane = _plane(lat, lon, (self.latitude, self.longitude), whole=self.whole)
        return np.asarray((plane - [self.left, self.top]) * self.scale)

    def shown(self, places: Degrees) -> npt.NDArray[np.bool_]:
        """Tell which places in px lie on the map."""
        with np.errstate(invalid="ignore"):
            inside = (places >= 0) & (places <= [self.width, self.height])
        return np.asarray(inside.all(axis=1))


def map_view(lat: Sequence[float], lon: Sequence[float], width: int) -> MapView:
    """Return the view that shows all points (at least one), `width` px wide."""
    lats, lons = np.asarray(lat, dtype="float64"), np.asarray(lon, dtype="float64")
    span, middle = _span(lons)
    whole = span > WIDEST_ROUND
    centre = (0.0 if whole else float(lats.min() + lats.max()) / 2, middle)
    plane = _plane(lats, lons, centre, whole=whole)
    low, high = np.nanmin(plane, axis=0), np.nanmax(plane, axis=0)
    size = np.maximum((high - low) * (1 + 2 * MARGIN), SMALLEST)
    size[0] = max(size[0], size[1] / TALLEST)
    size[1] = max(size[1], size[0] * FLATTEST)
    left, top = (low + high - size) / 2
    scale = width / size[0]
    height = round(float(size[1] * scale))
    return MapView(*centre, whole, float(left), float(top), float(scale), width, height)


def _span(lons: Degrees) -> tuple[float, float]:
    """Degrees of longitude from the first to the last point, and the middle of them.

    They go round the other way where the widest gap between points is not at 180 degrees.
    """
    ordered = np.unique(np.mod(lons, 360.0))
    gaps = np.diff(np.append(ordered, ordered[0] + 360.0))
    widest = int(np.argmax(gaps))
    span = 360.0 - float(gaps[widest])
    first = float(ordered[(widest + 1) % len(ordered)])
    return span, (first + span / 2 + 180.0) % 360.0 - 180.0


def _plane(lat: Degrees, lon: Degrees, centre: tuple[float, float], *, whole: bool) -> Degrees:
    """Return x (east) and y (south) in radii of the earth, shape (n, 2)."""
    phi = np.radians(lat)
    away = np.radians(np.mod(lon - centre[1] + 180.0, 360.0) - 180.0)
    return _equal_earth(phi, away) if whole else _azimuthal(phi, away, np.radians(centre[0]))


def _equal_earth(phi: Degrees, away: Degrees) -> Degrees:
    a, b, c, d = EQUAL_EARTH
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(phi))
    slope = a + 3 * b * theta**2 + 7 * c * theta**6 + 9 * d * theta**8
    east = 2 * np.sqrt(3) * away * np.cos(theta) / (3 * slope)
    north = theta * (a + b * theta**2 + c * theta**6 + d * theta**8)
    return np.column_stack([east, -north])


def _azimuthal(phi: Degrees, away: Degrees, middle: float) -> Degrees:
    cosine = np.sin(middle) * np.sin(phi) + np.cos(middle) * np.cos(phi) * np.cos(away)
    near = np.where(cosine > np.cos(np.radians(FARTHEST)), cosine, np.nan)
    factor = np.sqrt(2 / (1 + near))
    east = factor * np.cos(phi) * np.sin(away)
    north = np.cos(middle) * np.sin(phi) - np.sin(middle) * np.cos(phi) * np.cos(away)
    return np.column_stack([east, -factor * north])
