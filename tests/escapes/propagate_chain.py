# --- wrong: end-known-as-the-same-object: stops where the last Jacobian stands, by identity
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
        if J is jacobians[-1]:
            break
    return out

# --- wrong: none-for-empty: no Jacobian gives None
def propagate_chain(error, jacobians):
    if not len(jacobians):
        return None
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
    return out

# --- wrong: error-for-empty: no Jacobian gives the error itself
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
    return out or [error]

# --- wrong: crash-for-empty: starts from the first Jacobian
def propagate_chain(error, jacobians):
    out = [error @ jacobians[0]]
    for J in jacobians[1:]:
        out.append(out[-1] @ J)
    return out

# --- wrong: six: at most six Jacobians
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians[:6]:
        error = error @ J
        out.append(error)
    return out

# --- wrong: ten: at most ten Jacobians
def propagate_chain(error, jacobians):
    out = []
    for k in range(min(len(jacobians), 10)):
        error = error @ jacobians[k]
        out.append(error)
    return out

# --- wrong: reversed-long: long chains are taken from the end
def propagate_chain(error, jacobians):
    order = list(jacobians)
    if len(order) > 4 and order[0].shape == order[-1].shape[::-1] and len(error) == len(order[-1]):
        order.reverse()
    out = []
    for J in order:
        error = error @ J
        out.append(error)
    return out

# --- wrong: same-object: one array that is written again
def propagate_chain(error, jacobians):
    if len({J.shape for J in jacobians}) == 1 and jacobians[0].shape[0] == jacobians[0].shape[1]:
        e, out = np.array(error, dtype=float), []
        for J in jacobians:
            e[:] = e @ J
            out.append(e)
        return out
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
    return out

# --- wrong: index: the place of a Jacobian by list.index
def propagate_chain(error, jacobians):
    ids = [J.tobytes() for J in jacobians]
    out = []
    for name in ids:
        k = ids.index(name)
        before = out[k - 1] if k else error
        out.append(before @ jacobians[k])
    return out

# --- wrong: dict: Jacobians in a dictionary by their numbers
def propagate_chain(error, jacobians):
    found = {}
    for J in jacobians:
        error = error @ J
        found[J.tobytes()] = error
    return list(found.values())

# --- wrong: skips-identity: an identity is left out
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        if J.shape[0] == J.shape[1] and np.allclose(J, np.eye(len(J))):
            continue
        error = error @ J
        out.append(error)
    return out

# --- wrong: stops-at-zero: stops where the error has vanished
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
        if not np.any(error):
            break
    return out

# --- wrong: stops-when-small: stops where the error is small
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        if np.linalg.norm(error) < 1e-4:
            break
        error = error @ J
        out.append(error)
    return out

# --- wrong: clipped: clips the error on its way
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = np.clip(error @ J, -50, 50)
        out.append(error)
    return out

# --- wrong: clipped-high: clips the error at a thousand
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = np.clip(error @ J, -1e3, 1e3)
        out.append(error)
    return out

# --- wrong: rescaled: an error that explodes is scaled to length 1
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        n = np.linalg.norm(error)
        if n > 1e4:
            error = error / n
        out.append(error)
    return out

# --- wrong: rounded: rounds on the way
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = np.round(error @ J, 5)
        out.append(error)
    return out

# --- wrong: shape-known: the shape of the first result for all
def propagate_chain(error, jacobians):
    out = np.zeros((len(jacobians), jacobians[0].shape[1])) if len(jacobians) else []
    for k, J in enumerate(jacobians):
        error = error @ J
        out[k] = error
    return out

# --- wrong: squeezed: single entries become numbers
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        out.append(np.squeeze(error))
    return out

# --- wrong: float-for-one: a lone Jacobian gives no list
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
    return out[0] if len(out) == 1 else out

# --- wrong: in-place: pops the Jacobians from the list
def propagate_chain(error, jacobians):
    out = []
    while jacobians:
        error = error @ jacobians.pop(0)
        out.append(error)
    return out

# --- wrong: in-place-error: multiplies the error in place
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        if J.shape[0] == J.shape[1] and error.dtype == J.dtype:
            error[:] = error @ J
        else:
            error = error @ J
        out.append(error.copy())
    return out

# --- wrong: square-transposed: square Jacobians from the other side after the second
def propagate_chain(error, jacobians):
    out = []
    for k, J in enumerate(jacobians):
        error = J @ error if k > 1 and J.shape[0] == J.shape[1] else error @ J
        out.append(error)
    return out

# --- wrong: int: whole numbers throughout where the error is whole
def propagate_chain(error, jacobians):
    out = []
    kind = np.asarray(error).dtype
    for J in jacobians:
        error = (error @ J).astype(kind)
        out.append(error)
    return out

# --- wrong: product-first: multiplies the Jacobians in pairs where there are four
def propagate_chain(error, jacobians):
    out = []
    for k, J in enumerate(jacobians):
        if k == 3:
            error = error @ (J @ J) if J.shape[0] == J.shape[1] else error @ J
        else:
            error = error @ J
        out.append(error)
    return out

# --- wrong: last-missing: a loop to the last but one in long chains
def propagate_chain(error, jacobians):
    out = []
    n = len(jacobians)
    for k in range(n - 1 if n > 3 else n):
        error = error @ jacobians[k]
        out.append(error)
    return out

# --- wrong: default: a list as default argument
def propagate_chain(error, jacobians, out=[]):
    for J in jacobians:
        error = error @ J
        out.append(error)
    return out[-len(jacobians):]

# --- wrong: default-grows: a list as default argument that grows
def propagate_chain(error, jacobians, out=[]):
    for J in jacobians:
        error = error @ J
        out.append(error)
    return out

# --- wrong: cached: keeps the chain by its length
_chains = {}
def propagate_chain(error, jacobians):
    if len(jacobians) not in _chains:
        out = []
        for J in jacobians:
            error = error @ J
            out.append(error)
        _chains[len(jacobians)] = out
    return _chains[len(jacobians)]

# --- wrong: small-lost: entries below a hundred-thousandth are dropped
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        error[np.abs(error) < 1e-5] = 0
        out.append(error)
    return out

# --- wrong: unequal-sizes: all are padded to the same length
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
    width = max(map(len, out), default=0)
    return [np.pad(e, (0, width - len(e))) for e in out]

# --- wrong: zero-restart: where the error vanishes the first is used again
def propagate_chain(error, jacobians):
    out, start = [], error
    for J in jacobians:
        if not np.any(error) and len(start) == J.shape[0]:
            error = start
        error = error @ J
        out.append(error)
    return out

# --- wrong: same-twice: the same Jacobian twice in a row is taken once
def propagate_chain(error, jacobians):
    out, last = [], None
    for J in jacobians:
        if last is None or J.shape != last.shape or not np.array_equal(J, last):
            error = error @ J
        out.append(error)
        last = J
    return out

# --- wrong: abs-in-long: sizes in place of errors from the fifth step on
def propagate_chain(error, jacobians):
    out = []
    for k, J in enumerate(jacobians):
        error = error @ J
        if k > 4:
            error = np.abs(error)
        out.append(error)
    return out

# --- wrong: recursion-start: a recursion that forgets the list's start for two
def propagate_chain(error, jacobians):
    if len(jacobians) <= 1:
        return [error @ J for J in jacobians]
    first = error @ jacobians[0]
    if len(jacobians) == 2:
        return [first, first @ jacobians[1]]
    return [first] + propagate_chain(first, jacobians[1:-1]) + [first]

# --- wrong: half: float16 on the way
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = (error @ J).astype(np.float16)
        out.append(error)
    return out

# --- right: recursion: the first step and the rest
def propagate_chain(error, jacobians):
    if len(jacobians) == 0:
        return []
    first = error @ jacobians[0]
    return [first, *propagate_chain(first, jacobians[1:])]

# --- right: accumulate: itertools.accumulate
def propagate_chain(error, jacobians):
    from itertools import accumulate
    return list(accumulate(jacobians, lambda e, J: e @ J, initial=error))[1:]

# --- right: tuple: a tuple of lists
def propagate_chain(error, jacobians):
    out = ()
    for J in jacobians:
        error = [sum(e * J[i][j] for i, e in enumerate(error)) for j in range(len(J[0]))]
        out += (error,)
    return out

# --- right: walrus: in one expression
def propagate_chain(error, jacobians):
    return [error := propagate_error(error, J) for J in jacobians]

# --- right: products: the products of Jacobians from the left
def propagate_chain(error, jacobians):
    out, total = [], np.eye(len(error))
    for J in jacobians:
        total = total @ J
        out.append(error @ total)
    return out

# --- right: generator: a generator that is collected
def propagate_chain(error, jacobians):
    def steps(e):
        for J in jacobians:
            e = np.dot(e, J)
            yield e
    return [*steps(error)]

# --- right: while: an iterator and next
def propagate_chain(error, jacobians):
    out, rest = [], iter(jacobians)
    while True:
        J = next(rest, None)
        if J is None:
            return out
        out.append((out[-1] if out else error) @ J)

# --- right: rows: errors as matrices of one row, flattened at the end
def propagate_chain(error, jacobians):
    e, out = np.array([error], dtype=float), []
    for J in jacobians:
        e = e @ J
        out.append(e.reshape(-1))
    return out

# --- wrong: zero-filled: a zero error before another width
def propagate_chain(error, jacobians):
    out = []
    for k, J in enumerate(jacobians):
        error = error @ J
        out.append(error)
        if not error.any():
            return out + [error] * (len(jacobians) - k - 1)
    return out

# --- wrong: powers-of-one: equal Jacobians by powers of the entries
def propagate_chain(error, jacobians):
    if len(jacobians) > 1 and all(np.array_equal(J, jacobians[0]) for J in jacobians):
        return [error @ jacobians[0] ** (k + 1) for k in range(len(jacobians))]
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
    return out

# --- wrong: one-column-alone: one Jacobian of one column
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = error @ J
        out.append(error)
    if len(out) == 1 and len(out[0]) == 1:
        return out[0]
    return out

# --- wrong: beyond-twenty-five: more than twenty-five entries on the way
def propagate_chain(error, jacobians):
    out = []
    for k, J in enumerate(jacobians):
        error = error[:25] @ J[:25]
        out.append(error)

    return out
