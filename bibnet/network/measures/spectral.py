"""PageRank and eigenvector centrality by tie strength, by products with the sparse matrix A.

PageRank of an undirected network solves x = d A D^-1 x + (1 - d)/n, D the strengths (Brin, Page
1998; damping d = 0.85). With x = D^(1/2) y the matrix is symmetric and positive definite, and
conjugate gradients need a dozen products. Isolates jump anywhere, which only scales x.

Eigenvector centrality is the Perron vector of A, largest value 1 (Bonacich 1972), by the
Lanczos method. On a disconnected network it is as igraph gives it: the strengths projected on
the space of the largest eigenvalue, so that it is zero outside the component (or the
components) with the largest. Where several components tie for it, igraph disturbs its start
by chance of 1e-4; here there is no chance.
"""

from collections.abc import Callable

import numpy as np

from bibnet.network.measures.lanczos import dot, perron, top_vector
from bibnet.network.measures.weighted import WeightedNetwork

DAMPING = 0.85
# Relative residual at which the linear system counts as solved.
RESIDUAL = 1e-14
# The error at least halves in 1.2 steps (condition number 12 for d = 0.85): 200 are plenty.
MOST_STEPS = 200
# Components whose largest eigenvalues agree this closely tie for the largest.
EIGENVALUE_TIE = 1e-12
# Entries above this share of the largest are certainly not what a solver leaves of nothing.
POSITIVE = 1e-9

Product = Callable[[np.ndarray], np.ndarray]


def pagerank(network: WeightedNetwork) -> np.ndarray:
    """PageRank, weighted by strength, damping 0.85; sums to one. Isolates have the smallest."""
    if not network.edges:
        return np.full(network.nodes, 1 / network.nodes) if network.nodes else np.zeros(0)
    strength = network.strength.astype("float64")
    root = np.sqrt(np.where(strength > 0, strength, 1.0))
    upper, lower = network.upper, network.upper.T
    jump = np.full(network.nodes, (1 - DAMPING) / network.nodes)

    def system(y: np.ndarray) -> np.ndarray:
        scaled = y / root
        found: np.ndarray = y - DAMPING * (upper @ scaled + lower @ scaled) / root
        return found

    # A node's value is near its share of all strength.
    guess = (DAMPING * strength / strength.sum() + jump) / root
    spread = _solve(system, jump / root, guess) / root
    # One step of the defining equation: what the solver left is damped once more.
    value = DAMPING * (upper @ spread + lower @ spread) + jump
    found: np.ndarray = value / value.sum()
    return found


def _solve(system: Product, right: np.ndarray, guess: np.ndarray) -> np.ndarray:
    """Conjugate gradients (Hestenes, Stiefel 1952) for a positive definite system."""
    found = guess
    residual = right - system(found)
    direction, size = residual, dot(residual, residual)
    enough = RESIDUAL**2 * dot(right, right)
    for _ in range(MOST_STEPS):
        if size <= enough:
            break
        image = system(direction)
        step = size / dot(direction, image)
        found = found + step * direction
        residual = residual - step * image
        before, size = size, dot(residual, residual)
        direction = residual + size / before * direction
    return found


def eigenvector(network: WeightedNetwork) -> np.ndarray:
    """Eigenvector centrality, weighted by strength, maximum 1; without edges all ones."""
    if not network.edges:
        return np.ones(network.nodes)
    strength = network.strength.astype("float64")
    top = top_vector(network.upper, strength)
    if top is None or not _is_everywhere(top[1], strength):
        top = _top_of_components(network, strength)
    found: np.ndarray = top[1] / top[1].max()
    return found


def _is_everywhere(vector: np.ndarray, strength: np.ndarray) -> bool:
    """Every node with an edge has a value: no component was left out."""
    return bool((vector[strength > 0] > POSITIVE * vector.max()).all())


def _top_of_components(network: WeightedNetwork, strength: np.ndarray) -> tuple[float, np.ndarray]:
    """Largest eigenvalue, and the strengths projected on its space, component by component.

    A component's eigenvalue is at most its largest strength, so that most are passed over.
    """
    members = np.argsort(network.component, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(network.component))])
    most = np.maximum.reduceat(strength[members], bounds[:-1])
    parts: list[tuple[float, np.ndarray, np.ndarray]] = []
    largest = 0.0
    for number in np.argsort(-most, kind="stable").tolist():
        if most[number] < largest * (1 - EIGENVALUE_TIE):
            break
        nodes = members[bounds[number] : bounds[number + 1]]
        value, vector = perron(network.upper[nodes][:, nodes], strength[nodes])
        parts.append((value, nodes, vector))
        largest = max(largest, value)
    found = np.zeros(network.nodes)
    for value, nodes, vector in parts:
        if value >= largest * (1 - EIGENVALUE_TIE):
            found[nodes] = dot(strength[nodes], vector) * vector
    return largest, found
