from functools import lru_cache

import numpy as np


@lru_cache(maxsize=None)
def identity(n: int) -> np.ndarray:
    I = np.eye(n)
    I.setflags(write=False)
    return I


def threshold(x: np.ndarray) -> np.ndarray:
    return np.fromiter((v if v > -1 else 0 for v in x), dtype=float)


def threshold_jacobian(x: np.ndarray) -> np.ndarray:
    return identity(len(x))[:, :] * (np.asarray(x) > -1)[:, None]


def softmax(x: np.ndarray) -> np.ndarray:
    return (e := np.exp(np.subtract(x, max(x)))) / e.sum()


def softmax_jacobian(x: np.ndarray) -> np.ndarray:
    s = softmax(x)
    rows = (p * (identity(len(s))[i] - s) for i, p in enumerate(s))
    return np.vstack(list(rows))


def practice_6_1() -> np.ndarray:
    return identity(5) * [1, 0, 1, 1, 1]
