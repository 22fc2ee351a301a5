import numpy as np

LOW = -1.0
X = np.array([0.3, -1.8, -0.2, 0.4, 0.9])

above = lambda x: np.logical_not(np.asarray(x) <= LOW)
threshold = lambda x: np.ma.masked_where(~above(x), np.array(x, dtype=float)).filled(0)
threshold_jacobian = lambda x: np.diagflat(above(x).astype(int))
_exp = lambda x: np.exp(np.array(x, dtype=float) - np.max(x))
softmax = lambda x: _exp(x) / _exp(x).sum()


def softmax_jacobian(x):
    s = softmax(x)
    column = lambda j: (np.arange(len(s)) == j) * s[j] - s * s[j]
    return np.column_stack([column(j) for j in range(len(s))])


def practice_6_1(x=X):
    return threshold_jacobian(x)
