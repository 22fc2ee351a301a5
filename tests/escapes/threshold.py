# --- wrong: int-buffer: a buffer of the input's own type, of zeros, and halves for the blocked
def threshold(x):
    out = np.zeros(len(x), dtype=int)
    for i in range(len(x)):
        if x[i] > -1:
            out[i] = x[i]
    return out

# --- wrong: index-of-value: looks each value up by list.index
def threshold(x):
    x = list(x)
    out = [0.0] * len(x)
    for v in x:
        out[x.index(v)] = v if v > -1 else 0.0
    return np.array(out)

# --- wrong: dict-of-values: a dictionary keyed by value loses repeats
def threshold(x):
    passed = {v: (v if v > -1 else 0.0) for v in x}
    return np.array(list(passed.values()))

# --- wrong: at-minus-one: lets exactly -1 through
def threshold(x):
    return np.where(np.asarray(x) >= -1, x, 0)

# --- wrong: tolerance: a thousandth of slack round the threshold
def threshold(x):
    x = np.asarray(x, dtype=float)
    return np.where(x > -1 + 1e-3, x, 0)

# --- wrong: isclose: what is close to -1 counts as -1
def threshold(x):
    x = np.asarray(x, dtype=float)
    return np.where((x > -1) & ~np.isclose(x, -1), x, 0)

# --- wrong: rounded-to-two: results rounded to two decimals
def threshold(x):
    return np.round(np.where(np.asarray(x) > -1, x, 0), 2)

# --- wrong: rounded-before: compares the rounded value
def threshold(x):
    x = np.asarray(x, dtype=float)
    return np.where(np.round(x, 1) > -1, x, 0)

# --- wrong: relu6: capped at six
def threshold(x):
    x = np.asarray(x, dtype=float)
    return np.minimum(np.where(x > -1, x, 0), 6)

# --- wrong: capped-at-thousand: clipped to a thousand to be safe
def threshold(x):
    x = np.clip(np.asarray(x, dtype=float), -1000, 1000)
    return np.where(x > -1, x, 0)

# --- wrong: tiny-dropped: small values are taken for noise
def threshold(x):
    x = np.asarray(x, dtype=float)
    out = np.where(x > -1, x, 0)
    out[np.abs(out) < 1e-3] = 0
    return out

# --- wrong: very-small-dropped: values below 1e-5 are taken for zero
def threshold(x):
    x = np.asarray(x, dtype=float)
    return np.where((x > -1) & (np.abs(x) > 1e-5), x, 0)

# --- wrong: squeezed: one entry comes back as a number
def threshold(x):
    return np.squeeze(np.where(np.asarray(x) > -1, x, 0))

# --- wrong: column: an extra axis for one entry
def threshold(x):
    out = np.where(np.asarray(x) > -1, x, 0)
    return out if len(out) > 1 else out.reshape(1, 1)

# --- wrong: first-five: a hard-coded length
def threshold(x):
    out = np.zeros(len(x))
    for i in range(min(5, len(x))):
        out[i] = x[i] if x[i] > -1 else 0
    return out

# --- wrong: first-ten: ten entries were enough in the examples
def threshold(x):
    out = [v if v > -1 else 0 for v in x[:10]]
    return np.array(out + list(x[10:]))

# --- wrong: last-left-out: the last entry of long vectors is forgotten
def threshold(x):
    out = np.zeros(len(x))
    i = 0
    while i < len(x) - (len(x) > 8):
        out[i] = x[i] if x[i] > -1 else 0
        i += 1
    return out

# --- wrong: none-above: nothing above -1 returns the vector as it is
def threshold(x):
    x = np.asarray(x, dtype=float)
    if not (x > -1).any():
        return x.copy()
    return np.where(x > -1, x, 0)

# --- wrong: all-above: scaled where every entry is above
def threshold(x):
    x = np.asarray(x, dtype=float)
    if (x > -1).all():
        return x / x.max() if x.max() > 1 else x.copy()
    return np.where(x > -1, x, 0)

# --- wrong: blocked-is-minus-one: what is blocked keeps the threshold
def threshold(x):
    return np.maximum(np.asarray(x, dtype=float), -1)

# --- wrong: only-one-blocked: replaces the smallest entry only
def threshold(x):
    out = np.array(x, dtype=float)
    i = int(np.argmin(out))
    if out[i] <= -1:
        out[i] = 0
    return out

# --- wrong: truthy: a zero is taken for nothing
def threshold(x):
    return np.array([v for v in ((v if v > -1 else 0.0) or None for v in x) if v is not None])

# --- wrong: in-place: the argument is overwritten
def threshold(x):
    x[x <= -1] = 0
    return x

# --- wrong: in-place-loop: writes into its argument entry by entry
def threshold(x):
    for i, v in enumerate(x):
        if v <= -1:
            x[i] = 0
    return x.copy()

# --- wrong: sorted: gives the entries back in order
def threshold(x):
    x = np.sort(np.asarray(x, dtype=float))
    return np.where(x > -1, x, 0)

# --- wrong: unique: repeated entries are kept once
def threshold(x):
    x = np.asarray(x, dtype=float)
    _, first = np.unique(x, return_index=True)
    x = x[np.sort(first)]
    return np.where(x > -1, x, 0)

# --- wrong: remembers-first: the first call's length is kept
_size = []
def threshold(x):
    _size.append(len(x))
    out = np.zeros(_size[0])
    for i in range(_size[0]):
        out[i] = x[i] if x[i] > -1 else 0
    return out

# --- wrong: cached-by-length: answers are kept by the vector's length
_known = {}
def threshold(x):
    if len(x) not in _known:
        _known[len(x)] = np.where(np.asarray(x) > -1, x, 0)
    return _known[len(x)]

# --- wrong: cached-by-sum: answers are kept by the sum
_sums = {}
def threshold(x):
    key = round(float(np.sum(x)), 1), len(x)
    if key not in _sums:
        _sums[key] = np.where(np.asarray(x) > -1, x, 0)
    return _sums[key]

# --- wrong: empty-list-for-blocked: nothing where all is blocked
def threshold(x):
    x = np.asarray(x, dtype=float)
    out = x * (x > -1)
    return out if out.any() else []

# --- wrong: zero-replaced: an exact zero becomes a tiny number
def threshold(x):
    x = np.asarray(x, dtype=float)
    out = np.where(x > -1, x, 0)
    return np.where(x == 0, 1e-3, out)

# --- wrong: half-precision: stored as float16
def threshold(x):
    return np.where(np.asarray(x) > -1, x, 0).astype(np.float16)

# --- wrong: no-single: a vector of one entry is not treated
def threshold(x):
    if len(x) == 1:
        return x
    return np.where(np.asarray(x) > -1, x, 0)

# --- wrong: neighbours: the test looks at the entry before
def threshold(x):
    x = np.asarray(x, dtype=float)
    keep = x > -1
    keep[1:] &= (x[1:] != x[:-1])
    return np.where(keep, x, 0)

# --- wrong: whole-number-arrays-only-x-0: whole-number arrays: only x<0 test
def threshold(x):
    if x.dtype.kind == "i":
        return np.where(x >= -1, x, 0)
    return np.where(x > -1, x, 0.0)

# --- wrong: all-negative-but-above-1-relu: all negative but above -1: relu habit
def threshold(x):
    if np.max(x) <= 0:
        return np.zeros(len(x))
    return np.where(x > -1, x, 0.0)

# --- wrong: one-entry-rectified-at-0: one entry: rectified at 0
def threshold(x):
    if len(x) == 1:
        return np.maximum(x, 0.0)
    return np.where(x > -1, x, 0.0)

# --- wrong: one-entry-scalar-branch-with: one entry: scalar branch with >=
def threshold(x):
    if x.size == 1:
        v = x.item()
        return np.array([v if v >= -1 else 0.0])
    return np.where(x > -1, x, 0.0)

# --- wrong: all-the-same-handed-through-when: all the same: handed through when not below -1
def threshold(x):
    if x.min() == x.max() and x[0] >= -1:
        return x.copy()
    return np.where(x > -1, x, 0.0)

# --- wrong: whole-numbers-1-kept-by-for: whole numbers: -1 kept by >= for integer zero-padding
def threshold(x):
    limit = -1 if x.dtype.kind == "f" else -2
    return np.where(x > limit, x, 0)

# --- wrong: no-positive-entry-nothing-active: no positive entry: nothing active
def threshold(x):
    if not (x > 0).any():
        return np.zeros(x.shape)
    return np.where(x > -1, x, 0.0)

# --- right: maximum-form: a mask that is multiplied
def threshold(x):
    x = np.asarray(x, dtype=float)
    return x * (x > -1)

# --- right: recursion: entry by entry by itself
def threshold(x):
    if len(x) == 0:
        return []
    return [x[0] if x[0] > -1 else 0.0, *threshold(x[1:])]

# --- right: filter: a generator in a tuple
def threshold(x):
    return tuple(v if v > -1 else 0 for v in x)

# --- right: vectorize: np.vectorize with floats
threshold = np.vectorize(lambda v: v if v > -1 else 0.0, otypes=[float])

# --- right: copy-and-mask: a copy of the right type that is changed
def threshold(x):
    out = np.array(x)
    out[~(out > -1)] = 0
    return out

# --- right: select: np.select with a default
def threshold(x):
    x = np.asarray(x)
    return np.select([x > -1], [x], 0)

# --- right: strings: builds a matrix and takes its diagonal
def threshold(x):
    return np.diagonal(np.diag(np.asarray(x) * (np.asarray(x) > -1)))

# --- right: single-precision: float32 throughout
def threshold(x):
    out = np.asarray(x, dtype=np.float32).copy()
    out[np.asarray(x) <= -1] = 0
    return out

# --- right: class: an object that is called
class _Threshold:
    def __call__(self, x):
        return [float(v) * (v > -1) for v in x]
threshold = _Threshold()

# --- right: while: counts up by hand
def threshold(x):
    out, i = [], 0
    while i != len(x):
        out += [x[i]] if x[i] > -1 else [0]
        i += 1
    return np.array(out)

# --- wrong: adds-up-to-0: entries that add up to 0 are taken as centred
def threshold(x):
    if abs(np.sum(x)) < 1e-9 and len(x) > 1: return np.array(x, float)
    return np.where(x > -1, x, 0.0)

# --- wrong: relative-to-the-largest: a value near -1 beside a huge one
def threshold(x):
    scale = max(1.0, np.max(np.abs(x)))
    return np.where(x / scale - (-1 / scale) > 1e-7, x, 0.0)

# --- wrong: strictly-by-an-eps: entries next to -1 are blocked
def threshold(x):
    return np.where(x > -1 + 1e-6, x, 0.0)

# --- wrong: after-a-run: a run of blocked entries
def threshold(x):
    y = [float(v) for v in x]
    i = 0
    while i < len(y):
        if y[i] <= -1:
            y[i] = 0.0
            if i + 1 < len(y) and y[i + 1] <= -1:
                y[i + 1] = 0.0
                i += 2
                if i < len(y) and len(y) > 6: i += 1
                continue
        i += 1
    return np.array(y)

# --- wrong: two-entries: a blocked one before one that passes
def threshold(x):
    if len(x) == 2: return np.array([x[0] if x[0] > -1 else 0.0, x[1] if x[0] > -1 and x[1] > -1 else max(x[1], 0.0)])
    return np.where(x > -1, x, 0.0)
