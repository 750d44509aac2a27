"""The interval of a proportion: so many hits among so many that were looked at."""

import math

Z_95 = 1.959963984540054  # of the normal distribution, two-sided


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; NaN where there is nothing to share (Wilson 1927)."""
    if not number:
        return math.nan, math.nan
    share, spread = hits / number, Z_95**2 / number
    middle = share + spread / 2
    half = Z_95 * math.sqrt(share * (1 - share) / number + spread / (4 * number))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return max(0.0, low), min(1.0, high)


def difference(hits: int, number: int, other_hits: int, other_number: int) -> tuple[float, float]:
    """95 % interval of hits / number - other_hits / other_number; NaN where either has no number.

    Newcombe's hybrid score interval (1998, Statistics in Medicine 17:873, method 10).
    """
    if not number or not other_number:
        return math.nan, math.nan
    one, other = hits / number, other_hits / other_number
    (low, high), (least, most) = wilson(hits, number), wilson(other_hits, other_number)
    below = math.hypot(one - low, most - other)
    above = math.hypot(high - one, other - least)
    return one - other - below, one - other + above
