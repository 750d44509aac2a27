"""Where the circles of a network stand, and which of their names fit beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from bibnet.network.subnetwork.layout import force_directed
from bibnet.report.figures.text_width import shortened, text_width

Points = npt.NDArray[np.float64]
FORCE_STEPS = 1_500  # Fruchterman-Reingold settles well before, for up to 100 nodes
PUSH_STEPS = 120
NAME_SIZE = 11  # px
NAME_HEIGHT = 13
NAME_ROOMS = (190.0, 110.0)  # px, the longest name drawn, and a shorter try


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two rectangles share any area."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def inside(self, other: "Box") -> bool:
        """Tell whether this rectangle lies wholly within the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Name:
    """A name beside its circle: its text, where that is anchored, and its alignment."""

    index: int
    text: str
    x: float
    y: float
    align: str


def place_nodes(
    count: int, ties: Sequence[tuple[int, int, float]], *, frame: Box, seed: int
) -> Points:
    """Return x and y of each node in px: force-directed, evened out, scaled to the frame.

    `ties` are (node, node, strength). The same arguments give the same places; the seed sets the
    random start. No nodes give an array of shape (0, 2); one node stands in the middle.
    """
    if count == 0:
        return np.zeros((0, 2))
    ends = np.array([(first, second) for first, second, _strength in ties]).reshape(-1, 2)
    strengths = [strength for _first, _second, strength in ties]
    even = force_directed(count, ends, strengths, seed=seed, steps=FORCE_STEPS)
    low, size = np.array([frame.left, frame.top]), _size(frame)
    return np.asarray(low + even * size)


def push_apart(places: Points, radii: Points, frame: Box) -> Points:
    """Move circles that overlap apart, a little at a time, and keep them within the frame."""
    moved = places
    for _step in range(PUSH_STEPS):
        gap = moved[:, None, :] - moved[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2)) + np.eye(len(moved))
        wanted = radii[:, None] + radii[None, :] + 5
        overlap = np.where(distance < wanted, (wanted - distance) / 2, 0.0)
        np.fill_diagonal(overlap, 0.0)
        push = 0.5 * (gap / distance[:, :, None] * overlap[:, :, None]).sum(axis=1)
        pushed = np.clip(moved + push, [frame.left, frame.top], [frame.right, frame.bottom])
        if np.array_equal(pushed, moved):  # at rest: every further step would be this one
            break
        moved = pushed
    return moved


def place_names(
    names: Sequence[str], places: Points, radii: Points, *, order: Sequence[int], frame: Box
) -> list[Name]:
    """Choose, in `order`, the names that fit without touching a circle or another name.

    A name that has no room is tried again, cut shorter, after all others.
    """
    circles = [_circle_box(place, radius) for place, radius in zip(places, radii, strict=True)]
    taken: dict[int, tuple[Name, Box]] = {}
    for room in NAME_ROOMS:
        for index in (index for index in order if index not in taken):
            blocked = [*circles[:index], *circles[index + 1 :], *(box for _, box in taken.values())]
            spots = _spots(index, shortened(names[index], NAME_SIZE, room), circles[index])
            free = (spot for spot in spots if _is_free(spot[1], blocked, frame))
            taken.update((index, spot) for spot in islice(free, 1))
    return [name for name, _box in taken.values()]


def _size(frame: Box) -> Points:
    return np.array([frame.right - frame.left, frame.bottom - frame.top])


def _circle_box(place: Points, radius: float) -> Box:
    x, y = float(place[0]), float(place[1])
    return Box(x - radius, y - radius, x + radius, y + radius)


def _is_free(box: Box, blocked: Sequence[Box], frame: Box) -> bool:
    return box.inside(frame) and not any(box.overlaps(other) for other in blocked)


def _spots(index: int, name: str, circle: Box) -> list[tuple[Name, Box]]:
    """Return where a name may stand, sides before corners; each with the room it takes."""
    width, half = text_width(name, NAME_SIZE), NAME_HEIGHT / 2
    x, y = (circle.left + circle.right) / 2, (circle.top + circle.bottom) / 2
    corner = 0.75 * (circle.right - x) + 2
    spots = (
        (circle.right + 3, y, "left", circle.right + 3),
        (circle.left - 3, y, "right", circle.left - 3 - width),
        (x, circle.top - 3 - half, "center", x - width / 2),
        (x, circle.bottom + 3 + half, "center", x - width / 2),
        *((x + corner, y + s * (corner + half), "left", x + corner) for s in (-1, 1)),
        *((x - corner, y + s * (corner + half), "right", x - corner - width) for s in (-1, 1)),
    )
    return [
        (Name(index, name, at, level, align), Box(left, level - half, left + width, level + half))
        for at, level, align, left in spots
    ]
