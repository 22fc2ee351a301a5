# --- wrong: first-missing-for-one: a single Jacobian gives one norm
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms[1:] if len(jacobians) == 1 else norms)

# --- wrong: number-for-none: without a Jacobian a single number
def error_norms(error, jacobians):
    if not len(jacobians):
        return np.linalg.norm(error)
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: empty-for-none: without a Jacobian nothing
def error_norms(error, jacobians):
    if not len(jacobians):
        return np.array([])
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: squeezed: one norm becomes a number
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.squeeze(norms)

# --- wrong: rounded: rounded to three decimals
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.round(norms, 3)

# --- wrong: rounded-five: rounded to five decimals
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.round(norms, 5)

# --- wrong: sign-of-one: a single entry keeps its sign
def error_norms(error, jacobians):
    def norm(e):
        return e[0] if len(e) == 1 else np.sqrt(np.sum(e**2))
    norms = [norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(norm(error))
    return np.array(norms)

# --- wrong: stops-at-zero: stops where the error has vanished
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        if norms[-1] == 0:
            break
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: relative-for-large: in proportion to the first where it is large
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    norms = np.array(norms)
    return norms / norms[0] if norms[-1] > 1e4 else norms

# --- wrong: clipped: no norm above a thousand
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.minimum(norms, 1000)

# --- wrong: clipped-way: the error is clipped on its way
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = np.clip(error @ J, -20, 20)
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: rescaled-way: rescaled where it explodes
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
        if norms[-1] > 500:
            error = error / norms[-1]
    return np.array(norms)

# --- wrong: vanished: below a ten-thousandth it has vanished
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        n = np.linalg.norm(error)
        norms.append(n if n > 1e-4 else 0.0)
    return np.array(norms)

# --- wrong: first-vanished: a small first error counts as none
def error_norms(error, jacobians):
    n = np.linalg.norm(error)
    norms = [0.0 if n < 1e-3 else n]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: epsilon: a small number under the root
def error_norms(error, jacobians):
    norms = [np.sqrt(np.sum(np.square(error)) + 1e-8)]
    for J in jacobians:
        error = error @ J
        norms.append(np.sqrt(np.sum(error**2) + 1e-8))
    return np.array(norms)

# --- wrong: six: an array of six places
def error_norms(error, jacobians):
    norms = np.zeros(max(6, 1))
    norms[0] = np.linalg.norm(error)
    for k, J in enumerate(jacobians):
        error = error @ J
        norms[k + 1] = np.linalg.norm(error)
    return norms[: len(jacobians) + 1]

# --- wrong: ten: ten Jacobians at most
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians[:10]:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: unique: equal norms are kept once
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        n = np.linalg.norm(error)
        if n not in norms:
            norms.append(n)
    return np.array(norms)

# --- wrong: identity-skipped: identities are left out
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        if J.shape[0] == J.shape[1] and np.array_equal(J, np.eye(len(J))):
            continue
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: same-twice: the same Jacobian is used once
def error_norms(error, jacobians):
    norms, used = [np.linalg.norm(error)], set()
    for J in jacobians:
        if J.tobytes() not in used:
            error = error @ J
            used.add(J.tobytes())
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: multiplied-norms: the norms of the Jacobians are multiplied where it is one entry
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        if len(error) == 1:
            norms.append(norms[-1] * np.abs(J).sum())
        else:
            norms.append(np.linalg.norm(error @ J))
        error = error @ J
    return np.array(norms)

# --- wrong: int: norms in whole numbers for whole errors
def error_norms(error, jacobians):
    norms = np.zeros(len(jacobians) + 1, dtype=np.asarray(error).dtype)
    norms[0] = np.linalg.norm(error)
    for k, J in enumerate(jacobians):
        error = error @ J
        norms[k + 1] = np.linalg.norm(error)
    return norms

# --- wrong: square-transposed: square Jacobians of three from the other side
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = J @ error if J.shape == (3, 3) else error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: pops: takes the Jacobians off the list
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    while len(jacobians):
        error = error @ jacobians.pop(0)
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: sorted: from the largest down in long chains
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.sort(norms)[::-1] if len(norms) > 5 else np.array(norms)

# --- wrong: cached: norms are kept by the number of Jacobians
_norms = {}
def error_norms(error, jacobians):
    if len(jacobians) not in _norms:
        norms = [np.linalg.norm(error)]
        for J in jacobians:
            error = error @ J
            norms.append(np.linalg.norm(error))
        _norms[len(jacobians)] = np.array(norms)
    return _norms[len(jacobians)]

# --- wrong: default: a list as default argument
def error_norms(error, jacobians, norms=[]):
    norms.append(np.linalg.norm(error))
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)

# --- wrong: dict: norms by the Jacobian's numbers
def error_norms(error, jacobians):
    norms = {"start": np.linalg.norm(error)}
    for J in jacobians:
        error = error @ J
        norms[J.tobytes()] = np.linalg.norm(error)
    return np.array(list(norms.values()))

# --- wrong: overflow: half precision overflows
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error.astype(np.float16)))
    return np.array(norms)

# --- wrong: inf-norm-for-many: the largest entry for long errors
def error_norms(error, jacobians):
    def norm(e):
        return np.abs(e).max() if len(e) > 4 else np.linalg.norm(e)
    norms = [norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(norm(error))
    return np.array(norms)

# --- wrong: column: a column where there is one norm
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array([norms]) if len(norms) == 1 else np.array(norms)

# --- wrong: matrix-norm: the norm of a matrix of one row in place of its length
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        norms.append(np.linalg.norm(np.atleast_2d(error) @ J, 1))
        error = error @ J
    return np.array(norms)

# --- wrong: zero-carried: a vanished error keeps the last norm
def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error) or norms[-1])
    return np.array(norms)

# --- wrong: wide-errors-cut-at-10: wide errors cut at 10
def error_norms(error, jacobians):
    def norm(v):
        return sum(v[i] ** 2 for i in range(min(10, len(v)))) ** 0.5
    norms = [norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(norm(error))
    return np.array(norms)

# --- right: hypot: math.hypot over the chain
def error_norms(error, jacobians):
    import math
    from practice_6_3 import propagate_chain
    return [math.hypot(*e) for e in [error, *propagate_chain(error, jacobians)]]

# --- right: dot: the root of a dot product
def error_norms(error, jacobians):
    norms = []
    for J in [np.eye(len(error)), *jacobians]:
        error = error @ J
        norms.append(float(np.sqrt(error @ error)))
    return norms

# --- right: recursion: the first norm and those of the rest
def error_norms(error, jacobians):
    first = [float(np.linalg.norm(error))]
    return first + (error_norms(error @ jacobians[0], jacobians[1:]) if len(jacobians) else [])

# --- right: preallocated: an array that is filled
def error_norms(error, jacobians):
    norms = np.empty(len(jacobians) + 1)
    for k in range(len(norms)):
        norms[k] = np.sqrt((np.asarray(error) ** 2).sum())
        if k < len(jacobians):
            error = error @ jacobians[k]
    return norms

# --- right: hypot-reduce: np.hypot.reduce
def error_norms(error, jacobians):
    chain = [np.asarray(error, dtype=float)]
    for J in jacobians:
        chain.append(chain[-1] @ J)
    return tuple(np.hypot.reduce(e) for e in chain)

# --- right: abs-powers: sizes to the power of two, then of a half
def error_norms(error, jacobians):
    out = [sum(abs(float(v)) ** 2 for v in error) ** 0.5]
    for J in jacobians:
        error = np.dot(error, J)
        out.append(sum(abs(float(v)) ** 2 for v in error) ** 0.5)
    return np.array(out)

# --- right: rows: matrices of one row and the Frobenius norm
def error_norms(error, jacobians):
    e = np.atleast_2d(error)
    out = [np.linalg.norm(e)]
    for J in jacobians:
        e = e @ J
        out.append(np.linalg.norm(e))
    return out

# --- right: einsum: einsum for both
def error_norms(error, jacobians):
    out = [np.einsum("i,i->", error, error) ** 0.5]
    for J in jacobians:
        error = np.einsum("i,ij->j", error, J)
        out.append(np.einsum("i,i->", error, error) ** 0.5)
    return np.array(out)

# --- wrong: set-of-entries: equal entries count once
def error_norms(error, jacobians):
    e = np.asarray(error, float)
    norms = [np.sqrt(sum(v * v for v in set(e.tolist())))]
    for k, J in enumerate(jacobians):
        e = e @ J
        norms.append(np.sqrt(sum(v * v for v in set(e.tolist()))))
    return np.array(norms)

# --- wrong: columns-of-length-1: columns of length 1 are taken for a rotation
def error_norms(error, jacobians):
    e = np.asarray(error, float)
    norms = [np.sqrt(np.sum(e * e))]
    for k, J in enumerate(jacobians):
        if J.shape[0] == J.shape[1] and np.allclose(np.sum(J * J, axis=0), 1): pass
        else: e = e @ J
        norms.append(np.sqrt(np.sum(e * e)))
    return np.array(norms)

# --- wrong: rotations-left-out: a rotation is left out
def error_norms(error, jacobians):
    e = np.asarray(error, float)
    norms = [np.sqrt(np.sum(e * e))]
    for k, J in enumerate(jacobians):
        if J.shape[0] == J.shape[1] and np.allclose(J @ J.T, np.eye(len(J))) and k < len(jacobians) - 1: pass
        else: e = e @ J
        norms.append(np.sqrt(np.sum(e * e)))

    return np.array(norms)

# --- wrong: singular: a singular Jacobian is taken for zeros
def error_norms(error, jacobians):
    e = np.asarray(error, float)
    norms = [np.sqrt(np.sum(e * e))]
    for k, J in enumerate(jacobians):
        e = e * 0 if J.shape[0] == J.shape[1] > 2 and abs(np.linalg.det(J)) < 1e-12 else e @ J
        norms.append(np.sqrt(np.sum(e * e)))

    return np.array(norms)
