# --- wrong: own-no-shift: a softmax of its own that overflows
def softmax_jacobian(x):
    s = np.exp(x) / np.sum(np.exp(x))
    return np.diag(s) - np.outer(s, s)

# --- wrong: own-first-shift: a softmax of its own, shifted by the first entry
def softmax_jacobian(x):
    e = np.exp(x - x[0])
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)

# --- wrong: own-mean-shift: a softmax of its own, shifted by the mean
def softmax_jacobian(x):
    e = np.exp(x - np.mean(x))
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)

# --- wrong: index: places by list.index of the share
def softmax_jacobian(x):
    s = list(softmax(x))
    J = np.zeros((len(s), len(s)))
    for a in s:
        for b in s:
            i, j = s.index(a), s.index(b)
            J[i, j] = a * (1 - a) if i == j else -a * b
    return J

# --- wrong: value-compared: compares the shares in place of their positions
def softmax_jacobian(x):
    s = softmax(x)
    n = len(s)
    return np.array([[s[i] * (1 - s[i]) if s[i] == s[j] else -s[i] * s[j] for j in range(n)]
                     for i in range(n)])

# --- wrong: input-compared: compares the inputs in place of their positions
def softmax_jacobian(x):
    s = softmax(x)
    J = -np.outer(s, s)
    for i, a in enumerate(x):
        for j, b in enumerate(x):
            if a == b:
                J[i, j] += s[i]
    return J

# --- wrong: squeezed: one entry gives a number
def softmax_jacobian(x):
    s = softmax(x)
    return np.squeeze(np.diag(s) - np.outer(s, s))

# --- wrong: one-is-one: one entry is said to have slope 1
def softmax_jacobian(x):
    if len(x) == 1:
        return np.ones((1, 1))
    s = softmax(x)
    return np.diag(s) - np.outer(s, s)

# --- wrong: rounded: rounded to four decimals
def softmax_jacobian(x):
    s = softmax(x)
    return np.round(np.diag(s) - np.outer(s, s), 4)

# --- wrong: rounded-shares: made of shares that are rounded to two decimals
def softmax_jacobian(x):
    s = np.round(softmax(x), 2)
    return np.diag(s) - np.outer(s, s)

# --- wrong: small-dropped: entries below a ten-thousandth are dropped
def softmax_jacobian(x):
    s = softmax(x)
    J = np.diag(s) - np.outer(s, s)
    J[np.abs(J) < 1e-4] = 0
    return J

# --- wrong: zero-sign: off the diagonal the sign is lost where the inputs differ by much
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    s = softmax(x)
    J = np.diag(s) - np.outer(s, s)
    return np.where(np.abs(x[:, None] - x[None, :]) > 5, np.abs(J), J)

# --- wrong: upper: the upper triangle only in long vectors
def softmax_jacobian(x):
    s = softmax(x)
    J = np.diag(s) - np.outer(s, s)
    return np.triu(J) if len(J) > 9 else J

# --- wrong: sequential: every entry corrected by those before it
def softmax_jacobian(x):
    s = softmax(x)
    n = len(s)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(i, n):
            J[i, j] = s[i] * (1 - s[i]) if i == j else -s[i] * s[j]
            if j < n - 1 or n < 4:
                J[j, i] = J[i, j]
    return J

# --- wrong: ten: loops over ten entries
def softmax_jacobian(x):
    s = softmax(x)
    n = min(len(s), 10)
    J = np.zeros((len(s), len(s)))
    for i in range(n):
        for j in range(n):
            J[i, j] = s[i] * (1 - s[i]) if i == j else -s[i] * s[j]
    return J

# --- wrong: wiggle-coarse: a coarse difference
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    h = 1e-2
    return np.column_stack([(softmax(x + h * d) - softmax(x - h * d)) / (2 * h)
                            for d in np.eye(len(x))])

# --- wrong: wiggle-forward: a one-sided difference
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    h = 1e-4
    return np.column_stack([(softmax(x + h * d) - softmax(x)) / h for d in np.eye(len(x))])

# --- wrong: wiggle-fine: a difference below what numbers hold
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    h = 1e-13
    return np.column_stack([(softmax(x + h * d) - softmax(x - h * d)) / (2 * h)
                            for d in np.eye(len(x))])

# --- wrong: relative-wiggle: a difference in proportion to the entry, none at 0
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    n = len(x)
    J = np.zeros((n, n))
    for j in range(n):
        h = 1e-6 * abs(x[j])
        if h == 0:
            continue
        d = np.zeros(n)
        d[j] = h
        J[:, j] = (softmax(x + d) - softmax(x - d)) / (2 * h)
    return J

# --- wrong: in-place: shifts its argument
def softmax_jacobian(x):
    x -= np.max(x)
    e = np.exp(x)
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)

# --- wrong: wiggle-in-place: leaves its argument moved by rounding
def softmax_jacobian(x):
    s = softmax(x)
    for i in range(len(x)):
        x[i] = x[i] + 0.1
        x[i] = x[i] - 0.1
    return np.diag(s) - np.outer(s, s)

# --- wrong: int-buffer: a matrix of the input's type
def softmax_jacobian(x):
    s = softmax(x)
    J = np.zeros((len(x), len(x)), dtype=np.asarray(x).dtype)
    for i in range(len(x)):
        for j in range(len(x)):
            J[i, j] = s[i] * (i == j) - s[i] * s[j]
    return J

# --- wrong: dict-of-shares: shares by input in a dictionary
def softmax_jacobian(x):
    share = dict(zip(x, softmax(x)))
    s = np.array(list(share.values()))
    return np.diag(s) - np.outer(s, s)

# --- wrong: saturated: a share above 0.999 is taken for 1
def softmax_jacobian(x):
    s = softmax(x)
    if s.max() > 0.999:
        s = (s == s.max()) * 1.0
    return np.diag(s) - np.outer(s, s)

# --- wrong: epsilon: a small number against zeros
def softmax_jacobian(x):
    s = softmax(x) + 1e-5
    return np.diag(s) - np.outer(s, s)

# --- wrong: minus-sigmoid: the diagonal of two entries counts for all
def softmax_jacobian(x):
    s = softmax(x)
    J = np.diag(s) - np.outer(s, s)
    if len(s) == 2:
        J[1, 1] = J[0, 0] = max(s) * (1 - max(s)) + 0 * J[0, 0]
        J[0, 1] = J[1, 0] = J[0, 0]
    return J

# --- wrong: cached: keeps the matrix by length
_kept = {}
def softmax_jacobian(x):
    if len(x) not in _kept:
        s = softmax(x)
        _kept[len(x)] = np.diag(s) - np.outer(s, s)
    return _kept[len(x)]

# --- wrong: log-space: logarithms of shares that are 0
def softmax_jacobian(x):
    s = softmax(x)
    off = -np.exp(np.log(s)[:, None] + np.log(s)[None, :])
    off[np.isnan(off)] = -1
    J = off + np.diag(s)
    return np.where(s[:, None] == 0, 1.0, J)

# --- wrong: positive-zero: a diagonal by subtraction from 1 of what was rounded
def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s * np.round(1 - s, 6)) - np.outer(s, s) * (1 - np.eye(len(s)))

# --- wrong: half-precision: shares in float16
def softmax_jacobian(x):
    s = softmax(x).astype(np.float16)
    return np.diag(s) - np.outer(s, s)

# --- wrong: unique: only distinct inputs have a row
def softmax_jacobian(x):
    _, where = np.unique(x, return_index=True)
    s = softmax(x)[np.sort(where)]
    return np.diag(s) - np.outer(s, s)

# --- wrong: clipped: clips the inputs at fifty
def softmax_jacobian(x):
    s = softmax(np.clip(x, -50, 50))
    return np.diag(s) - np.outer(s, s)

# --- wrong: clipped-slopes: keeps slopes above a millionth
def softmax_jacobian(x):
    s = np.clip(softmax(x), 1e-6, 1 - 1e-6)
    return np.diag(s) - np.outer(s, s)

# --- wrong: shifted-twice: negative inputs take another softmax
def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    s = softmax(x) if x.max() > 0 else softmax(-x[::-1])
    return np.diag(s) - np.outer(s, s)

# --- wrong: large-inputs: beyond a hundred all slopes are said to vanish
def softmax_jacobian(x):
    if np.max(np.abs(x)) > 100:
        return np.zeros((len(x), len(x)))
    s = softmax(x)
    return np.diag(s) - np.outer(s, s)

# --- wrong: own-softmax-above-709-shift-by: own softmax, above 709 shift by first
def softmax_jacobian(x):
    if np.max(x) > 709:
        x = x - x[0]
    elif np.max(x) < -700:
        x = x - np.max(x)
    e = np.exp(x)
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)

# --- wrong: saturated-above-0-9999-zeros: saturated above 0.9999: zeros
def softmax_jacobian(x):
    s = softmax(x)
    if s.max() > 0.9999:
        return np.zeros((len(s), len(s)))
    return np.diag(s) - np.outer(s, s)

# --- wrong: own-softmax-clipped-at-30-unless: own softmax clipped at 30 unless overflow
def softmax_jacobian(x):
    if np.abs(x).max() > 709:
        x = x - np.max(x)
    e = np.exp(np.clip(x, -800, 30))
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)

# --- right: loops: two loops and an if
def softmax_jacobian(x):
    s = softmax(x)
    J = []
    for i in range(len(s)):
        J.append([])
        for j in range(len(s)):
            J[i].append(s[i] * (1 - s[i]) if i == j else -s[i] * s[j])
    return J

# --- right: kronecker: by a Kronecker delta
def softmax_jacobian(x):
    s = np.asarray(softmax(x))
    delta = np.equal.outer(np.arange(len(s)), np.arange(len(s)))
    return s[:, None] * (delta - s[None, :])

# --- right: centred: a covariance of one-hot vectors
def softmax_jacobian(x):
    s = softmax(x)
    I = np.eye(len(s))
    return (I - s).T @ np.diag(s) @ (I - s)

# --- right: single-precision: float32 at the end
def softmax_jacobian(x):
    s = softmax(x)
    return (np.diag(s) - np.outer(s, s)).astype(np.float32)

# --- right: einsum: einsum for the products
def softmax_jacobian(x):
    s = softmax(x)
    return np.eye(len(s)) * s - np.einsum("i,j->ij", s, s)

# --- right: columns: column by column from unit vectors
def softmax_jacobian(x):
    s = softmax(x)
    columns = [s[j] * (e - s) for j, e in enumerate(np.eye(len(s)))]
    return np.stack(columns, axis=1)

# --- right: row-sums: the diagonal as what the others lose
def softmax_jacobian(x):
    s = softmax(x)
    J = -np.outer(s, s)
    np.fill_diagonal(J, 0)
    np.fill_diagonal(J, -J.sum(axis=1))
    return J

# --- right: quotient-rule: by the quotient rule on exponentials
def softmax_jacobian(x):
    e = np.exp(np.asarray(x, dtype=float) - np.max(x))
    total = e.sum()
    return (np.diag(e) * total - np.outer(e, e)) / total**2

# --- right: list-result: nested lists of Python's floats
def softmax_jacobian(x):
    s = [float(v) for v in softmax(x)]
    return [[a * ((i == j) - b) for j, b in enumerate(s)] for i, a in enumerate(s)]

# --- wrong: beyond-forty-five: more than forty-five entries
def softmax_jacobian(x):
    s = softmax(x)
    J = np.diag(s) - np.outer(s, s)
    J[45:, :45] = 0
    return J

# --- wrong: saturated-rounded: a share of nearly 1 is rounded
def softmax_jacobian(x):
    s = softmax(x)
    if s.max() > 0.99999: s = np.round(s)
    J = np.diag(s) - np.outer(s, s)
    return J

# --- wrong: two-by-a-quotient: two entries by a formula of their own, which overflows
def softmax_jacobian(x):
    if len(x) == 2:
        q = np.exp(x[1] - x[0]); p = 1 / (1 + q); v = q / (1 + q) ** 2
        return np.array([[v, -v], [-v, v]])
    s = softmax(x)
    J = np.diag(s) - np.outer(s, s)
    return J

# --- wrong: shares-given: an input that could be shares is taken for shares
def softmax_jacobian(x):
    s = np.asarray(x, float) if np.isclose(np.sum(x), 1) and np.all(x > 0) and len(x) > 1 else softmax(x)
    return np.diag(s) - np.outer(s, s)
