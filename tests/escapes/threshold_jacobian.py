# --- wrong: at-minus-one: slope 1 at exactly -1
def threshold_jacobian(x):
    return np.diag((np.asarray(x) >= -1) * 1.0)

# --- wrong: from-output: the slope is read off the output, which is 0 at 0 too
def threshold_jacobian(x):
    return np.diag((threshold(x) != 0) * 1.0)

# --- wrong: output-over-input: the slope as output by input, 1 where the input is 0
def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    out = threshold(x)
    return np.diag(np.where(x == 0, 0, out / np.where(x == 0, 1, x)))

# --- wrong: nan-at-zero: divides 0 by 0
def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    return np.diag(threshold(x) / x)

# --- wrong: wiggle: a difference of size 1e-3 crosses the edge
def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    n, h = len(x), 1e-3
    J = np.zeros((n, n))
    for j in range(n):
        up = x.copy()
        up[j] += h
        J[:, j] = (np.array(threshold(up)) - np.array(threshold(x))) / h
    return np.round(J)

# --- wrong: tiny-wiggle: a difference so small that it is lost beside a large entry
def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    n, h = len(x), 1e-9
    J = np.zeros((n, n))
    for j in range(n):
        up, down = x.copy(), x.copy()
        up[j] += h
        down[j] -= h
        J[:, j] = (np.array(threshold(up)) - np.array(threshold(down))) / (2 * h)
    return J

# --- wrong: index: finds the place of each value by list.index
def threshold_jacobian(x):
    x = list(x)
    J = np.zeros((len(x), len(x)))
    for v in x:
        i = x.index(v)
        J[i, i] = 1 if v > -1 else 0
    return J

# --- wrong: set: the values above the threshold are put in a set with rounding
def threshold_jacobian(x):
    above = {round(float(v), 2) for v in x if v > -1}
    return np.diag([1.0 if round(float(v), 2) in above else 0.0 for v in x])

# --- wrong: equal-interact: equal entries are said to move together
def threshold_jacobian(x):
    x = np.asarray(x)
    same = x[:, None] == x[None, :]
    return same * (x > -1)[:, None] * 1.0

# --- wrong: squeezed: one entry gives a number
def threshold_jacobian(x):
    return np.squeeze(np.diag((np.asarray(x) > -1) * 1.0))

# --- wrong: vector-for-one: one entry gives a vector
def threshold_jacobian(x):
    slopes = (np.asarray(x) > -1) * 1.0
    return slopes if len(slopes) == 1 else np.diag(slopes)

# --- wrong: five: a matrix of five by five
def threshold_jacobian(x):
    J = np.eye(5)
    for i in range(len(x)):
        J[i, i] = 1 if x[i] > -1 else 0
    return J[: len(x), : len(x)]

# --- wrong: ten: loops stop at ten
def threshold_jacobian(x):
    J = np.eye(len(x))
    for i in range(min(10, len(x))):
        J[i, i] = 1 if x[i] > -1 else 0
    return J

# --- wrong: relu: the slope of another threshold for whole numbers
def threshold_jacobian(x):
    x = np.asarray(x)
    edge = -1 if x.dtype.kind == "f" else 0
    return np.diag((x >= edge) * 1.0)

# --- wrong: capped: no slope beyond six
def threshold_jacobian(x):
    x = np.asarray(x)
    return np.diag(((x > -1) & (x < 6)) * 1.0)

# --- wrong: capped-far: no slope beyond a hundred
def threshold_jacobian(x):
    x = np.asarray(x)
    return np.diag(((x > -1) & (x < 100)) * 1.0)

# --- wrong: leaky: a slope of a thousandth below
def threshold_jacobian(x):
    return np.diag(np.where(np.asarray(x) > -1, 1.0, 1e-3))

# --- wrong: leaky-far: a slope below -3
def threshold_jacobian(x):
    x = np.asarray(x)
    return np.diag(((x > -1) | (x < -3)) * 1.0)

# --- wrong: smooth: a steep sigmoid in place of the jump
def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    return np.diag(1 / (1 + np.exp(np.clip(-50 * (x + 1), -700, 700))))

# --- wrong: none-above: no slope anywhere is taken for an error
def threshold_jacobian(x):
    J = np.diag((np.asarray(x) > -1) * 1.0)
    return J if J.any() else np.eye(len(x))

# --- wrong: all-above: all slopes 1 gives ones everywhere
def threshold_jacobian(x):
    x = np.asarray(x)
    if np.all(x > -1):
        return np.ones((len(x), len(x)))
    return np.diag((x > -1) * 1.0)

# --- wrong: left-out: blocked rows are left out
def threshold_jacobian(x):
    x = np.asarray(x)
    J = np.diag((x > -1) * 1.0)
    return J[x > -1] if np.sum(x <= -1) == 1 else J

# --- wrong: changes-argument: writes the slopes into its argument
def threshold_jacobian(x):
    x[:] = np.where(x > -1, 1, 0)
    return np.diag(x)

# --- wrong: zero-has-none: no slope at exactly 0
def threshold_jacobian(x):
    x = np.asarray(x)
    return np.diag((np.sign(x) * np.sign(x) * (x > -1)) * 1.0)

# --- wrong: half-at-edge: half a slope at the edge
def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    return np.diag(np.heaviside(x + 1, 0.5))

# --- wrong: slack: the edge is a hundredth lower
def threshold_jacobian(x):
    return np.diag((np.asarray(x) > -1.01) * 1.0)

# --- wrong: cached: keeps the answer by the vector's length
_by_size = {}
def threshold_jacobian(x):
    return _by_size.setdefault(len(x), np.diag((np.asarray(x) > -1) * 1.0))

# --- wrong: default-argument: a matrix as default, kept from call to call
def threshold_jacobian(x, J=np.zeros((60, 60))):
    for i in range(len(x)):
        if x[i] > -1:
            J[i, i] = 1
    return J[: len(x), : len(x)].copy()

# --- wrong: tiny-inputs: values below a thousandth are taken for nothing
def threshold_jacobian(x):
    x = np.asarray(x)
    return np.diag(((x > -1) & (np.abs(x) >= 1e-3)) * 1.0)

# --- wrong: unique: uses the distinct values only
def threshold_jacobian(x):
    values = np.array(sorted(set(np.asarray(x).tolist()), key=list(x).index))
    return np.diag((values > -1) * 1.0)

# --- wrong: last-row: the last row and column of long vectors stay 0
def threshold_jacobian(x):
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n if n < 8 else n - 1):
        J[i, i] = x[i] > -1
    return J

# --- wrong: sorted: the slopes in the order of the values
def threshold_jacobian(x):
    return np.diag((np.sort(np.asarray(x)) > -1) * 1.0)

# --- wrong: rotated: the anti-diagonal where there are more than seven
def threshold_jacobian(x):
    J = np.diag((np.asarray(x) > -1) * 1.0)
    return np.fliplr(J) if len(J) > 7 else J

# --- wrong: no-positive-entry-zero-matrix: no positive entry: zero matrix
def threshold_jacobian(x):
    if x.max() <= 0 and x.min() > -1:
        return np.zeros((len(x), len(x)))
    return np.diag(np.where(x > -1, 1.0, 0.0))

# --- wrong: one-entry-slope-of-the-rectifier: one entry: slope of the rectifier at 0
def threshold_jacobian(x):
    if len(x) == 1:
        return np.array([[1.0 if x[0] > 0 else 0.0]])
    return np.diag(np.where(x > -1, 1.0, 0.0))

# --- wrong: one-entry: one entry: >=
def threshold_jacobian(x):
    if len(x) == 1:
        return np.array([[float(x[0] >= -1)]])
    return np.diag(np.where(x > -1, 1.0, 0.0))

# --- wrong: whole-numbers-slope-1-at-1: whole numbers: slope 1 at -1
def threshold_jacobian(x):
    t = -1 if x.dtype.kind == "f" else -1.5
    return np.diag(np.where(x > t, 1.0, 0.0))

# --- wrong: from-output-all-outputs-zero-means: from output: all outputs zero means no slope
def threshold_jacobian(x):
    if not threshold(x).any():
        return np.zeros((len(x), len(x)))
    return np.diag((x > -1).astype(float))

# --- right: double-loop: two loops and an if
def threshold_jacobian(x):
    n = len(x)
    J = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            if i == j and x[i] > -1:
                J[i][j] = 1
    return J

# --- right: comprehension: booleans in nested tuples
def threshold_jacobian(x):
    return tuple(tuple(i == j and bool(x[j] > -1) for j in range(len(x))) for i in range(len(x)))

# --- right: eye-times: identity times a row of slopes
def threshold_jacobian(x):
    return np.eye(len(x)) * (np.asarray(x) > -1)

# --- right: fill-diagonal: fills a matrix of integers
def threshold_jacobian(x):
    J = np.zeros((len(x), len(x)), dtype=int)
    np.fill_diagonal(J, np.asarray(x) > -1)
    return J

# --- right: strided: every n+1st place of a flat array
def threshold_jacobian(x):
    n = len(x)
    flat = np.zeros(n * n)
    flat[:: n + 1] = np.asarray(x) > -1
    return flat.reshape(n, n)

# --- right: einsum: einsum of the slopes and the identity
def threshold_jacobian(x):
    return np.einsum("i,ij->ij", (np.asarray(x) > -1).astype(float), np.eye(len(x)))

# --- right: stack-of-rows: a row for each output
def threshold_jacobian(x):
    rows = []
    for i, v in enumerate(x):
        row = np.zeros(len(x), dtype=np.float32)
        row[i] = 1 if v > -1 else 0
        rows.append(row)
    return np.vstack(rows)

# --- right: matrix-product: a product of three matrices
def threshold_jacobian(x):
    keep = np.diag((np.asarray(x) > -1).astype(float))
    return keep @ np.eye(len(x)) @ keep

# --- right: recursive: one entry at a time by block matrices
def threshold_jacobian(x):
    first = np.array([[1.0 if x[0] > -1 else 0.0]])
    if len(x) == 1:
        return first
    rest = threshold_jacobian(x[1:])
    n = len(rest)
    return np.block([[first, np.zeros((1, n))], [np.zeros((n, 1)), rest]])

# --- wrong: beyond-thirty-five: more than thirty-five entries
def threshold_jacobian(x):
    J = np.diag((x > -1) * 1.0)
    J[35:, 35:] = np.eye(max(len(x) - 35, 0))
    return J

# --- wrong: relative-to-the-largest: a value near -1 beside a huge one
def threshold_jacobian(x):
    m = np.max(np.abs(x)) or 1.0
    return np.diag((x / m > -1 / m - 1e-9 * (m > 1e3)) * 1.0)

# --- wrong: many-that-all-pass: a vector in place of a matrix where many pass and none is blocked
def threshold_jacobian(x):
    if len(x) > 12 and (x > -1).all(): return np.ones((len(x), len(x)))
    return np.diag((x > -1) * 1.0)
