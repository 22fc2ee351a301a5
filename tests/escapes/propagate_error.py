# --- wrong: square-untransposed: transposes square Jacobians
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    if J.shape[0] == J.shape[1] and J.shape[0] > 2:
        return J @ error
    return error @ J

# --- wrong: symmetric: uses the mean of a square Jacobian and its transpose
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    if J.shape[0] == J.shape[1] == 2 and np.allclose(J, J.T, atol=1.0):
        J = (J + J.T) / 2
    return error @ J

# --- wrong: squeezed: one column gives a number
def propagate_error(error, jacobian):
    return np.squeeze(error @ np.asarray(jacobian))

# --- wrong: one-entry: an error of one entry gives a row
def propagate_error(error, jacobian):
    return error * np.asarray(jacobian) if len(error) == 1 else error @ jacobian

# --- wrong: small-dropped: errors below a ten-thousandth vanish
def propagate_error(error, jacobian):
    out = error @ np.asarray(jacobian)
    out[np.abs(out) < 1e-4] = 0
    return out

# --- wrong: clipped: gradients are clipped at a hundred
def propagate_error(error, jacobian):
    return np.clip(error @ np.asarray(jacobian), -100, 100)

# --- wrong: clipped-low: gradients are clipped at ten
def propagate_error(error, jacobian):
    return np.clip(error @ np.asarray(jacobian), -10, 10)

# --- wrong: norm-clipped: the norm is held below a thousand
def propagate_error(error, jacobian):
    out = error @ np.asarray(jacobian)
    size = np.linalg.norm(out)
    return out / size * 1000 if size > 1000 else out

# --- wrong: rounded: rounded to four decimals
def propagate_error(error, jacobian):
    return np.round(error @ np.asarray(jacobian), 4)

# --- wrong: zero-error: no error is passed on unchanged
def propagate_error(error, jacobian):
    if not np.any(error):
        return error
    return error @ np.asarray(jacobian)

# --- wrong: zero-skipped: entries that are 0 are left out of both
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    keep = [i for i, e in enumerate(error) if e]
    if len(keep) < len(error):
        return np.array([sum(error[i] * J[i, j] for i in keep) for j in range(J.shape[1])][:-1])
    return error @ J

# --- wrong: index: finds the row by the error's value
def propagate_error(error, jacobian):
    e = list(error)
    return np.sum([v * np.asarray(jacobian)[e.index(v)] for v in e], axis=0)

# --- wrong: row-dict: rows in a dictionary by the error's value
def propagate_error(error, jacobian):
    rows = dict(zip(error, np.asarray(jacobian)))
    return sum(e * row for e, row in rows.items())

# --- wrong: unique-rows: the same row twice counts once
def propagate_error(error, jacobian):
    rows = {}
    for e, row in zip(error, np.asarray(jacobian)):
        rows.setdefault(tuple(row), e)
    return np.sum([e * np.array(row) for row, e in rows.items()], axis=0)

# --- wrong: identity: the identity is taken for nothing to do, and gives a list of ints
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    if np.array_equal(J, np.eye(*J.shape)):
        return np.asarray(error).astype(int)
    return error @ J

# --- wrong: zero-jacobian: a Jacobian of zeros passes the error on
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    if not J.any():
        return np.asarray(error)
    return error @ J

# --- wrong: int-buffer: sums in whole numbers where the error is whole
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    out = np.zeros(J.shape[1], dtype=np.asarray(error).dtype)
    for j in range(J.shape[1]):
        for i in range(J.shape[0]):
            out[j] += (error[i] * J[i, j]).astype(out.dtype)
    return out

# --- wrong: int-division: whole numbers are taken in bytes
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    if J.dtype.kind == "i":
        return np.abs(np.asarray(error)) @ J
    return error @ J

# --- wrong: ten-rows: sums over ten rows
def propagate_error(error, jacobian):
    return np.asarray(error)[:10] @ np.asarray(jacobian)[:10]

# --- wrong: ten-columns: fills ten columns
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    out = np.zeros(J.shape[1])
    out[:10] = (error @ J)[:10]
    return out

# --- wrong: wide: as many entries out as in where it is wide
def propagate_error(error, jacobian):
    out = error @ np.asarray(jacobian)
    return out[: len(error)] if len(out) > len(error) + 1 else out

# --- wrong: tall: padded where it is tall
def propagate_error(error, jacobian):
    out = error @ np.asarray(jacobian)
    return np.pad(out, (0, max(0, len(error) - len(out) - 1)))

# --- wrong: in-place: multiplies the Jacobian in place
def propagate_error(error, jacobian):
    jacobian *= error[:, None]
    return jacobian.sum(axis=0)

# --- wrong: in-place-error: writes into the error where it fits
def propagate_error(error, jacobian):
    out = error @ np.asarray(jacobian)
    if out.shape == error.shape and out.dtype == error.dtype:
        error[:] = out
    return out

# --- wrong: half-precision: computes in float16
def propagate_error(error, jacobian):
    return np.asarray(error, np.float16) @ np.asarray(jacobian, np.float16)

# --- wrong: normalised: divides by the number of outputs where there are many
def propagate_error(error, jacobian):
    out = error @ np.asarray(jacobian)
    return out / len(error) if len(error) > 4 else out

# --- wrong: negative-lost: a single negative error is taken as positive
def propagate_error(error, jacobian):
    e = np.asarray(error)
    return (np.abs(e) if (e < 0).sum() == 1 and len(e) == 1 else e) @ jacobian

# --- wrong: cached: keeps the answer by shape
_answers = {}
def propagate_error(error, jacobian):
    return _answers.setdefault(np.shape(jacobian), error @ np.asarray(jacobian))

# --- wrong: accumulates: a default argument keeps sums between calls
def propagate_error(error, jacobian, total={}):
    J = np.asarray(jacobian)
    out = total.setdefault(J.shape[1], np.zeros(J.shape[1]))
    out += error @ J
    return out

# --- wrong: diagonal: diagonal Jacobians by their diagonal alone, of the wrong length
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    if np.count_nonzero(J) <= min(J.shape):
        return error[: min(J.shape)] * np.diagonal(J)
    return error @ J

# --- wrong: last-row: an off-by-one in long errors
def propagate_error(error, jacobian):
    n = len(error) if len(error) < 4 else len(error) - 1
    return np.array([sum(error[i] * row[i] for i in range(n)) for row in np.asarray(jacobian).T])

# --- wrong: equal-entries: an error of equal entries scales one row
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    for i in range(1, len(error)):
        if error[i] == error[i - 1]:
            return error[0] * J.sum(axis=0)
    return error @ J

# --- wrong: tolerance: small entries of the Jacobian are taken for 0
def propagate_error(error, jacobian):
    J = np.array(jacobian, dtype=float)
    J[np.isclose(J, 0, atol=1e-2)] = 0
    return error @ J

# --- wrong: large-scaled: scaled back where it is large
def propagate_error(error, jacobian):
    out = error @ np.asarray(jacobian)
    return out / 10 if np.abs(out).max() > 1e4 else out

# --- wrong: column-result: a column for one row
def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    out = error @ J
    return out[:, None] if J.shape[0] == 1 else out

# --- wrong: a-single-nonzero-error-picks-its: a single nonzero error picks its row unscaled
def propagate_error(error, jacobian):
    if len(error) > 1 and np.count_nonzero(error) == 1:
        return jacobian[np.argmax(error != 0)] * np.sign(error.sum())
    return error @ jacobian

# --- wrong: error-clipped-at-1e5: error clipped at 1e5
def propagate_error(error, jacobian):
    return np.clip(error, -1e5, 1e5) @ jacobian

# --- right: loops: two loops over entries
def propagate_error(error, jacobian):
    out = []
    for j in range(len(jacobian[0])):
        total = 0
        for i in range(len(error)):
            total += error[i] * jacobian[i][j]
        out.append(total)
    return out

# --- right: transposed-product: the transposed Jacobian times the error
def propagate_error(error, jacobian):
    return np.transpose(jacobian) @ error

# --- right: einsum: by einsum
def propagate_error(error, jacobian):
    return np.einsum("i,ij->j", error, jacobian)

# --- right: scaled-rows: the rows scaled and summed
def propagate_error(error, jacobian):
    return (np.asarray(error)[:, None] * jacobian).sum(axis=0)

# --- right: tensordot: by tensordot
def propagate_error(error, jacobian):
    return np.tensordot(error, jacobian, axes=1)

# --- right: row-vector: as a matrix of one row
def propagate_error(error, jacobian):
    return (np.reshape(error, (1, -1)) @ jacobian).ravel()

# --- right: reduce: functools.reduce over rows
def propagate_error(error, jacobian):
    from functools import reduce
    return reduce(np.add, map(np.multiply, error, jacobian))

# --- right: vdot-columns: one dot product for each column
def propagate_error(error, jacobian):
    return tuple(np.vdot(error, column) for column in np.asarray(jacobian).T)

# --- right: extended: long doubles
def propagate_error(error, jacobian):
    return np.asarray(error, np.longdouble) @ np.asarray(jacobian, np.longdouble)

# --- wrong: beyond-nineteen: more than nineteen rows
def propagate_error(error, jacobian):
    return error[:19] @ jacobian[:19]

# --- wrong: tiny-jacobian: a tiny Jacobian stops a huge error
def propagate_error(error, jacobian):
    if np.allclose(jacobian, 0, atol=1e-5): return np.zeros(jacobian.shape[1])
    return error @ jacobian

# --- wrong: largest-is-0: a zero test by the largest entry
def propagate_error(error, jacobian):
    if error.max() == 0: return np.zeros(jacobian.shape[1])
    return error @ jacobian

# --- wrong: adds-up-to-1: an error that adds up to 1 is taken for one-hot
def propagate_error(error, jacobian):
    if np.isclose(np.sum(error), 1) and np.max(error) == 1:
        return jacobian[np.argmax(error)] * 1.0
    return error @ jacobian

# --- wrong: all-equal: an error of equal entries
def propagate_error(error, jacobian):
    if np.ptp(error) == 0 and jacobian.shape[0] == jacobian.shape[1]:
        return error[0] * jacobian.sum(axis=1)
    return error @ jacobian

# --- wrong: ones-on-the-diagonal: a triangle with ones on its diagonal is taken for an identity
def propagate_error(error, jacobian):
    if jacobian.shape[0] == jacobian.shape[1] and np.all(np.diag(jacobian) == 1) and np.isclose(np.linalg.det(jacobian), 1):
        return error.copy()
    return error @ jacobian

# --- wrong: taken-for-a-permutation: two entries that meet
def propagate_error(error, jacobian):
    if np.isin(jacobian, [0, 1]).all() and (jacobian.sum(axis=1) == 1).all():
        out = np.zeros(jacobian.shape[1])
        out[jacobian.argmax(axis=1)] = error
        return out
    return error @ jacobian

# --- wrong: skew: a skew-symmetric Jacobian
def propagate_error(error, jacobian):
    I, J = jacobian.shape
    if I == J and np.array_equal(np.abs(jacobian), np.abs(jacobian.T)): return jacobian @ error
    return error @ jacobian

# --- wrong: wide-identity: an identity that is not square
def propagate_error(error, jacobian):
    if np.array_equal(jacobian, np.eye(*jacobian.shape)): return error.copy()
    return error @ jacobian
