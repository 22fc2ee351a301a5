from math import exp, fsum


def threshold(x):
    return [v if v > -1 else 0 for v in x]


def threshold_jacobian(x):
    return [[int(i == j and x[i] > -1) for j in range(len(x))] for i in range(len(x))]


def softmax(x):
    # 1 / sum_k exp(x_k - x_i), with a guard for exp of something large
    return [1 / fsum(exp(min(w - v, 700)) for w in x) for v in x]


def softmax_jacobian(x):
    s = softmax(x)
    return [[p * ((p is q) - q) if i == j else -p * q for j, q in enumerate(s)] for i, p in enumerate(s)]


def practice_6_1():
    return [[1, 0, 0, 0, 0], [0] * 5, [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]]
