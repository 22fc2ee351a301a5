import numpy as np

RULES = {"pass": lambda v: v, "stop": lambda v: 0.0}
SLOPES = {"pass": 1.0, "stop": 0.0}


def what(v):
    return "pass" if v > -1 else "stop"


def threshold(x):
    print("threshold gets", x)
    y = np.array([RULES[what(v)](v) for v in x])
    assert len(y) == len(x)
    return y


def threshold_jacobian(x):
    print("threshold_jacobian gets", x)
    return [[SLOPES[what(x[j])] if i == j else 0.0 for j in range(len(x))] for i in range(len(x))]


def softmax(x):
    e = np.exp2((np.asarray(x, dtype=float) - np.amax(x)) / np.log(2))
    s = e / e.sum()
    print("sum is", s.sum())
    assert abs(s.sum() - 1) < 1e-9
    return s


def softmax_jacobian(x):
    s = softmax(x)
    J = -np.kron(s, s).reshape(len(s), len(s))
    J[np.diag_indices(len(s))] += s
    return J


def practice_6_1():
    text = "10000 00000 00100 00010 00001"
    return [[int(c) for c in word] for word in text.split()]
