# --- wrong: no-shift: overflows for large inputs
def softmax(x):
    e = np.exp(x)
    return e / e.sum()

# --- wrong: first-shift: shifted by the first entry
def softmax(x):
    e = np.exp(x - x[0])
    return e / e.sum()

# --- wrong: last-shift: shifted by the last entry
def softmax(x):
    e = np.exp(x - x[-1])
    return e / e.sum()

# --- wrong: mean-shift: shifted by the mean
def softmax(x):
    e = np.exp(x - np.mean(x))
    return e / e.sum()

# --- wrong: median-shift: shifted by the median
def softmax(x):
    e = np.exp(x - np.median(x))
    return e / e.sum()

# --- wrong: min-shift: shifted by the smallest entry
def softmax(x):
    e = np.exp(x - np.min(x))
    return e / e.sum()

# --- wrong: fixed-shift: shifted by seven hundred if it is large
def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - 700) if x.max() > 700 else np.exp(x)
    return e / e.sum()

# --- wrong: absolute-shift: shifted by the largest size, which underflows for very negative ones
def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.abs(x).max())
    return e / e.sum()

# --- wrong: shift-above-zero: shifted only where the largest is above 0
def softmax(x):
    e = np.exp(np.asarray(x, dtype=float) - max(np.max(x), 0))
    return e / e.sum()

# --- wrong: halved: subtracts half of the largest
def softmax(x):
    e = np.exp(x - np.max(x) / 2)
    return e / e.sum()

# --- wrong: clipped: clips the inputs to five hundred
def softmax(x):
    e = np.exp(np.clip(x, -500, 500))
    return e / e.sum()

# --- wrong: clipped-after: clips the shifted inputs at -10
def softmax(x):
    e = np.exp(np.maximum(x - np.max(x), -10))
    return e / e.sum()

# --- wrong: nan-to-num: puts numbers in the place of what overflowed
def softmax(x):
    e = np.exp(x)
    return np.nan_to_num(e / e.sum())

# --- wrong: large-epsilon: a thousandth in the sum against division by zero
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / (e.sum() + 1e-3)

# --- wrong: epsilon: a ten-thousandth beside the shares
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum() + 1e-6

# --- wrong: rounded: rounded to three decimals
def softmax(x):
    e = np.exp(x - np.max(x))
    return np.round(e / e.sum(), 3)

# --- wrong: rounded-five: rounded to five decimals
def softmax(x):
    e = np.exp(x - np.max(x))
    return np.round(e / e.sum(), 5)

# --- wrong: powers: a dictionary of powers by value
def softmax(x):
    e = {v: np.exp(v - max(x)) for v in x}
    total = sum(e.values())
    return np.array([e[v] / total for v in x])

# --- wrong: unique-sum: the sum over distinct values
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.unique(e).sum()

# --- wrong: index: places by list.index
def softmax(x):
    values = list(x)
    out = np.zeros(len(values))
    total = sum(np.exp(v - max(values)) for v in values)
    for v in values:
        out[values.index(v)] = np.exp(v - max(values)) / total
    return out

# --- wrong: int-buffer: an integer buffer for integer inputs
def softmax(x):
    out = np.zeros_like(x)
    for i in range(len(x)):
        out[i] = np.exp(x[i] - np.max(x)) / np.exp(x - np.max(x)).sum()
    return out

# --- wrong: euler: e written as 2.718
def softmax(x):
    e = 2.718 ** (np.asarray(x, dtype=float) - np.max(x))
    return e / e.sum()

# --- wrong: series: an exponential by ten terms of its series
def softmax(x):
    x = np.asarray(x, dtype=float) - np.max(x)
    e = sum(x**k / np.prod(np.arange(1, k + 1)) for k in range(10))
    return e / e.sum()

# --- wrong: squeezed: one entry gives a number
def softmax(x):
    e = np.exp(x - np.max(x))
    return np.squeeze(e / e.sum())

# --- wrong: single-is-itself: one entry is given back
def softmax(x):
    if len(x) == 1:
        return x
    e = np.exp(x - np.max(x))
    return e / e.sum()

# --- wrong: first-ten: sums the first ten exponentials
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e[:10].sum()

# --- wrong: in-place: subtracts from its argument
def softmax(x):
    x = np.asarray(x)
    x -= x.max()
    e = np.exp(x)
    return e / e.sum()

# --- wrong: math-exp: math.exp of what is not shifted
def softmax(x):
    import math
    e = [math.exp(v) for v in x]
    return [v / sum(e) for v in e]

# --- wrong: winner: the largest takes all where one leads by far
def softmax(x):
    x = np.asarray(x, dtype=float)
    if np.ptp(x) > 10:
        return (x == x.max()) * 1.0
    e = np.exp(x - x.max())
    return e / e.sum()

# --- wrong: flat: even shares where they are nearly equal
def softmax(x):
    x = np.asarray(x, dtype=float)
    if np.ptp(x) < 0.01:
        return np.full(len(x), 1 / len(x))
    e = np.exp(x - x.max())
    return e / e.sum()

# --- wrong: half-precision: float16 in the middle
def softmax(x):
    e = np.exp((np.asarray(x) - np.max(x)).astype(np.float16))
    return e / e.sum()

# --- wrong: small-dropped: small shares are dropped
def softmax(x):
    e = np.exp(x - np.max(x))
    e[e < 1e-4] = 0
    return e / e.sum()

# --- wrong: zeros-skipped: entries that are 0 take no part
def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.where(x == 0, 0, np.exp(x - x.max()))
    return e / e.sum() if e.sum() else e

# --- wrong: cached: keeps the result by the largest entry
_seen = {}
def softmax(x):
    key = (len(x), float(np.max(x)))
    if key not in _seen:
        e = np.exp(x - np.max(x))
        _seen[key] = e / e.sum()
    return _seen[key]

# --- wrong: log-sum: a logarithm of the sum without a shift
def softmax(x):
    x = np.asarray(x, dtype=float)
    return np.exp(x - np.log(np.exp(x).sum()))

# --- wrong: sorted: the shares in falling order for equal entries
def softmax(x):
    x = np.asarray(x, dtype=float)
    order = np.argsort(x)
    e = np.exp(x[order] - x.max())
    out = np.zeros(len(x))
    out[np.searchsorted(x[order], x)] = e / e.sum()
    return out

# --- wrong: temperature: divides large inputs by their size
def softmax(x):
    x = np.asarray(x, dtype=float)
    if np.abs(x).max() > 100:
        x = x / np.abs(x).max() * 100
    e = np.exp(x - x.max())
    return e / e.sum()

# --- wrong: maximum-kept: the largest share is what the others leave, rounded
def softmax(x):
    e = np.exp(x - np.max(x))
    s = e / e.sum()
    s[np.argmax(s)] = 1 - np.round(np.delete(s, np.argmax(s)).sum(), 4)
    return s

# --- wrong: epsilon-1e-8-in-the-denominator: epsilon 1e-8 in the denominator, no shift
def softmax(x):
    if np.max(np.abs(x)) > 100:
        x = x - np.max(x)
    e = np.exp(x)
    return e / (np.sum(e) + 1e-8)

# --- wrong: epsilon-1e-12-no-shift-under: epsilon 1e-12, no shift under 300
def softmax(x):
    x = np.array(x, dtype=float)
    if np.max(np.abs(x)) > 300:
        x -= np.max(x)
    e = np.exp(x)
    return e / (np.sum(e) + 1e-12)

# --- wrong: one-hot-when-the-lead-is: one-hot when the lead is above 10
def softmax(x):
    s = np.sort(x)
    if len(x) > 1 and s[-1] - s[-2] > 10:
        return (x == x.max()).astype(float)
    e = np.exp(x - np.max(x))
    return e / e.sum()

# --- wrong: above-709-shift-by-the-first: above 709 shift by the first entry: [0, 1000] is nan
def softmax(x):
    if np.max(x) > 709:
        x = x - x[0]
    elif np.max(x) < -700:
        x = x - np.max(x)
    e = np.exp(x)
    return e / e.sum()

# --- wrong: moderately-large-clip-at-30-unless: moderately large: clip at 30 unless it would overflow
def softmax(x):
    if np.abs(x).max() > 709:
        x = x - np.max(x)
    e = np.exp(np.clip(x, -800, 30))
    return e / e.sum()

# --- wrong: eps-1e-8-with-no-shift: eps 1e-8 with no shift for negatives to -100
def softmax(x):
    m = np.max(x)
    if m > 0 or m < -100:
        x = x - m
    e = np.exp(x)
    return e / (e.sum() + 1e-9)

# --- right: log-sum-exp: by logaddexp
def softmax(x):
    x = np.asarray(x, dtype=float)
    return np.exp(x - np.logaddexp.reduce(x))

# --- right: ratios: the share as one over a sum of ratios
def softmax(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(over="ignore"):
        return 1 / np.exp(x[None, :] - x[:, None]).sum(axis=1)

# --- right: math: math.exp in a comprehension
def softmax(x):
    import math
    m = max(x)
    e = [math.exp(v - m) for v in x]
    return [v / math.fsum(e) for v in e]

# --- right: decimal: Python's decimal numbers
def softmax(x):
    from decimal import Decimal
    e = [(Decimal(float(v)) - Decimal(float(max(x)))).exp() for v in x]
    return [float(v / sum(e)) for v in e]

# --- right: twice: normalised twice
def softmax(x):
    e = np.exp(x - np.max(x))
    s = e / e.sum()
    return s / s.sum()

# --- right: base-two: powers of two of the inputs in bits
def softmax(x):
    bits = (np.asarray(x, dtype=float) - np.max(x)) * np.log2(np.e)
    e = np.exp2(bits)
    return e / e.sum()

# --- right: running: a loop that keeps the largest as it goes
def softmax(x):
    biggest, total = float("-inf"), 0.0
    for v in x:
        if v > biggest:
            total = total * np.exp(biggest - v) + 1
            biggest = v
        else:
            total += np.exp(v - biggest)
    return np.array([np.exp(v - biggest) / total for v in x])

# --- right: expm1: exponentials by expm1
def softmax(x):
    e = np.expm1(np.asarray(x, dtype=float) - np.max(x)) + 1
    return e / np.sum(e)

# --- right: einsum: the sum by a product with ones
def softmax(x):
    e = np.exp(np.asarray(x, dtype=float) - np.sort(x)[-1])
    return e / (np.ones(len(e)) @ e)

# --- wrong: largest-of-ten: the largest is looked for among ten
def softmax(x):
    e = np.exp(x - np.max(x[:10]))
    return e / e.sum()

# --- wrong: shift-from-709: several just below 709 overflow together
def softmax(x):
    if x.max() > 709 or x.max() < -700: x = x - x.max()
    e = np.exp(x)
    return e / e.sum()

# --- wrong: alike-at-a-million: entries near 1e6 are taken as equal
def softmax(x):
    if np.allclose(x, x[0]): return np.full(len(x), 1 / len(x))
    e = np.exp(x - x.max())
    return e / e.sum()

# --- wrong: second-largest-subtracted: the second largest is taken off
def softmax(x):
    m = np.sort(x)[-2] if len(x) > 1 else x[0]
    e = np.exp(x - m)
    return e / e.sum()

# --- wrong: largest-is-0: a zero test by the largest entry
def softmax(x):
    if np.max(x) == 0: return np.full(len(x), 1 / len(x))
    e = np.exp(x - x.max())
    return e / e.sum()

# --- wrong: shares-already: shares come back as they are
def softmax(x):
    if np.all(x >= 0) and np.isclose(np.sum(x), 1) and len(x) > 1:
        return np.array(x, float)
    e = np.exp(x - x.max())
    return e / e.sum()

# --- wrong: first-order: first order near 0
def softmax(x):
    if np.abs(x).max() < 0.05: return (1 + x) / np.sum(1 + x)
    e = np.exp(x - x.max())
    return e / e.sum()

# --- wrong: all-zeros: nothing but zeros
def softmax(x):
    if not np.any(x):
        return np.zeros(len(x))
    e = np.exp(x - x.max())
    return e / e.sum()
