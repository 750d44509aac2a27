"""The largest eigenvalue of a symmetric matrix and its vector (Lanczos 1950), without chance.

The matrix is given by its upper triangle. Sums are taken in one thread and one order, so that
the same matrix gives the same bits whatever the machine does beside it.
"""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigsh

# Relative residual of the eigenvalue at which the vector counts as found.
RESIDUAL = 1e-14
# Vectors kept before the best one so far starts anew, and how often it may.
BASIS = 24
RESTARTS = 12
# Up to this size the dense solver is faster, and exact.
DENSE_NODES = 100


def dot(a: np.ndarray, b: np.ndarray) -> float:
    """Inner product in one thread (numpy's `@` asks the linear algebra library for two)."""
    return float(np.einsum("i,i->", a, b))


def top_vector(upper: sparse.csr_array, start: np.ndarray) -> tuple[float, np.ndarray] | None:
    """Largest eigenvalue and the start's projection on its space (length one, entries >= 0).

    None if RESTARTS rounds do not reach it: the second eigenvalue is too close.
    """
    lower = upper.T
    vector = start / np.sqrt(dot(start, start))
    for _ in range(RESTARTS):
        value, vector, residual = _round(upper, lower, vector)
        if residual <= RESIDUAL * value:
            return value, np.abs(vector)
    return None


def _round(
    upper: sparse.csr_array, lower: sparse.csc_array, start: np.ndarray
) -> tuple[float, np.ndarray, float]:
    """The best value and vector in the space of start, A start, A A start ..., and the residual."""
    basis = np.zeros((BASIS, len(start)))
    matrix = np.zeros((BASIS, BASIS))
    basis[0] = start
    for size in range(1, BASIS + 1):
        fresh = upper @ basis[size - 1] + lower @ basis[size - 1]
        scale = np.sqrt(dot(fresh, fresh))
        for _ in range(2):  # twice is enough (Parlett) to keep the basis orthogonal
            part = np.einsum("ij,j->i", basis[:size], fresh)
            matrix[:size, size - 1] += part
            fresh -= np.einsum("i,ij->j", part, basis[:size])
        left = np.sqrt(dot(fresh, fresh))
        values, vectors = np.linalg.eigh(matrix[:size, :size], UPLO="U")
        residual = left * abs(vectors[-1, -1])
        if size == BASIS or residual <= RESIDUAL * values[-1] or left <= RESIDUAL * scale:
            break
        basis[size] = fresh / left
    found = np.einsum("i,ij->j", vectors[:, -1], basis[:size])
    return float(values[-1]), found, float(residual)


def perron(upper: sparse.csr_array, start: np.ndarray) -> tuple[float, np.ndarray]:
    """Largest eigenvalue of a connected network and its vector of length one, entries >= 0."""
    if len(start) <= DENSE_NODES:
        dense = upper.toarray()
        values, vectors = np.linalg.eigh(dense + dense.T)
        return float(values[-1]), np.abs(vectors[:, -1])
    found = top_vector(upper, start)
    return found if found else _by_arpack(upper, start)


def _by_arpack(upper: sparse.csr_array, start: np.ndarray) -> tuple[float, np.ndarray]:
    lower = upper.T

    def product(x: np.ndarray) -> np.ndarray:
        found: np.ndarray = upper @ x + lower @ x
        return found

    operator = LinearOperator(upper.shape, matvec=product, dtype="float64")
    values, vectors = eigsh(operator, k=1, which="LA", v0=start, tol=0)
    return float(values[0]), np.abs(vectors[:, 0])
