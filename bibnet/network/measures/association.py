"""Observed over expected ties of a network of which only the pairs are known."""

import numpy as np

from bibnet.network.measures.weighted import WeightedNetwork


def association(network: WeightedNetwork) -> np.ndarray:
    """(c_ij / s_i) / (s_j / 2m) for each edge: c its weight, s strengths, m the sum of weights.

    The form of the collaboration index (C_xy / C_x) / (C_y / C_w) with links in place of works:
    a work of three countries is two links of each and three of the world, so that it equals the
    index only where every work has two units. It is van Eck and Waltman's (2009) association
    strength.
    """
    strength = network.strength.astype("float64")
    expected = strength[network.source] * strength[network.target] / strength.sum()
    found: np.ndarray = network.weight / expected
    return found
