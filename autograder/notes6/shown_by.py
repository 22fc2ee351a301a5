"""How the one line looks that shows a misconception, by function, where none is known to mend.

What a formula departs in has a line, too, by the key of what is said of it. Where several lines of
a function, and of what it calls, look so, none of them is marked.
"""

from __future__ import annotations

from collections.abc import Mapping

_PRODUCT = r"(?:@|\bdot\(|\bmatmul\(|\beinsum\()"
#: An entry times one less itself, as in ``y * (1 - y)``.
_TIMES_ONE_LESS = r"(\b\w+(?:\[-?\w+\])?) ?\* ?\(1(?:\.0*)? ?- ?\1\)"
#: What is put into a list, or given back as one.
_PUT_IN = r"\bappend\(|\binsert\(|\w\[[^\]=]*\] ?= ?[^=]|^\s*return \["
#: A calculation with plus or minus.
_STEP = r"[-+]=|[\w\])] ?[-+] ?[A-Za-z(]"
_RATE = r"\b(?:learning_rate|lr|eta|alpha)\b"
#: What may be a threshold: where there is one, what it does is at fault.
_BENT = r"maximum\(|\bwhere\(|\bmax\(0|, ?0(?:\.0*)?\)|[<>]|\b(?:relu|act\w*|f|g)\("
#: A product that leads down through weights; where anything is multiplied, that is a slope.
_DOWN = rf"(?i)^(?!.*(?:diag|outer|softmax|jac|target))(?=.*(?:{_PRODUCT}|\*))"
#: The last activation less the target; a Jacobian that is there is at fault itself.
_DIFFERENCE = (
    r"[\w\])] ?- ?(?:\w+\.\w+\()?(?:target|expected|desired|label|truth|y|t)s?(?:_\w+)?\b|"
    r"\b(?:target|expected|desired)s?\)? ?-(?!=)|[*@] ?\w*(?:softmax|jac)\w*\("
)
#: A loop in no other one.
_OUTERMOST = r"^(?: {1,4}|\t)(?:for|while)\b"
_EPOCHS = r"^\s*(?:for\b.*\brange\(|while\b|if\b).*epoch"
#: A loop of one round, whatever is given.
_ONCE = r"^\s*(?:for\b.*\brange\(\s*(?:(?:0\s*,\s*)?1|1\s*,\s*2)\s*\)|while\b.*<\s*1\s*:)"
#: A loss that is set, and not added to, or one of several that are kept.
_LOSS_SET = (
    r"^\s*[\w.]+ ?= ?(?!=).*(?:0?\.5\b|/ ?2\b|\bsquare\(|loss\w*\(|\*\* ?2)|"
    r"\bappend\([^()]*\[-?\w+\]|= ?\w*(?:loss|cost|err)\w*\[-?\w+\]"
)
#: Weights less something.
_TAKEN_OFF = (
    r"^(?!.*\b(?:target|expected|label)s?\b)\s*\w+(?:\[[^\]]*\])? ?"
    r"(?:-=|=(?!=).*[\w\])] ?- ?[A-Za-z(])"
)
#: A gradient as it is, or a copy of it.
_A_GRADIENT = (
    r"(?:(?:np|numpy)\.(?:array|asarray|copy)\()?(?:\w*[gG]rad\w*|[gG]|[dD][wW])(?:\[\w+\])?"
    r"(?:\.copy\(\))?\)?"
)
_UPDATE = rf"\bupdate_weights\(|-=|{_RATE} ?\*|\* ?{_RATE}"
#: What grows a list, or fills it.
_GROWS = rf"{_PUT_IN}|\+=? ?\["
#: Something added to what is there, and no loss or number of rounds.
_ADDED_UP = (
    r"(?i)^(?!.*(?:loss|cost|\berr(?:or)?\b|total|\*\* ?2|square))"
    r".*(?:\+=(?! ?1\b)|[\w\])] ?\+ ?(?!1\b)[a-z(\[]|\badd\()"
)
#: A product that leads down through weights: an array times another, not an outer product.
_BACK_THROUGH = rf"(?i)^(?!.*(?:diag|outer|softmax|jac|target)).*{_PRODUCT}"
_DIVIDED = r"(?:(?<!/)/(?!/)|\bdivide\()"
_TIMES = r"(?<!\*)\*(?!\*)"
#: An outer product: NumPy's, or of the student's own with an activation first.
_OUTER_WRONG_WAY = (
    rf"\b(?:np|numpy)\.outer\(|{_PRODUCT}|, ?None\b|\bNone ?,|newaxis|reshape|\.T\b|"
    r"\w*outer\w*\(\s*(?:acts?|activations?|inputs?|layers?|prev\w*|[ahx])\b"
)
#: Where a column of an outer product is added up: the sum of one vector, times an entry of another.
_COLUMN_OF_OUTER_SUMMED = (
    r"^ *(\w+) ?= ?(?:np|numpy)\.outer\(.*\n(?:(?! *\1 ?=).*\n)*?"
    r"(?P<told>.*(?:\bsum\(\1\[:, ?\w+\]\)|\b\1\[:, ?\w+\]\.sum\(|"
    r"\bsum\(\1, ?(?:axis ?= ?)?0\)|\b\1\.sum\((?:axis ?= ?)?0\)))"
)
#: Where low values get a -1.
_SET_TO_MINUS_1 = (
    r"\] ?= ?-1(?:\.0*)?\s*$|\bclip\(|\bmax(?:imum)?\(|, ?-1(?:\.0*)?\)|\belse -1\b|"
    r"\bappend\( ?-1"
)
_DIAGONAL_MADE = r"\bdiag(?:flat)?\(|\beye\(|fill_diagonal|\[(\w+), ?\1\] ?=|\[(\w+)\]\[\2\] ?="
_DIAGONAL = r"\bdiag(?:onal)?\(|\[(\w+)(?:, ?|\]\[)\1\]"
_BEGINS_EMPTY = r"= ?(?:\[\]|list\(\))\s*$|\[1:\]|\brange\(1,"
#: Where entries are added up as they are for a root, else the root.
_ROOT_OF_SUM = (
    rf"^(?!.*(?:{_TIMES}|{_PRODUCT}|\baxis\b)).*"
    r"(?:\bf?sum\(|\+=(?! ?(?:1\b|[\[(]))|\b([A-Za-z]\w*) ?= ?\1 ?\+(?! ?(?:1\b|[\[(])))",
    r"sqrt\(|\*\* ?(?:0?\.5|\( ?1 ?/ ?2 ?\))",
)
#: Where the sum of squares leaves, under its name, or on the line that makes it.
_SUM_LEAVES = (
    r"^ *(\w+) ?(?:\+=|= ?\1 ?\+|= ?(?:\w+\.)?f?sum\()(?!.*(?:sqrt|0?\.5))"
    r"(?:.*\n(?! *\1 ?=))*?(?P<told>.*(?:\breturn \1|\bappend\(\1\)|\] ?= ?\1))$",
    r"(?=.*(?:\bf?sum\(|\breturn\b|append\(|\] ?=|= ?\[|norm\())"
    r".*(?:\*\* ?2\b|\bsquare\(|(\b\w+(?:\[\w+\])?) ?\* ?\1(?![\w\[]))",
)
#: Where no root is taken at all, the first sum of squares.
_FIRST_SQUARES = (
    r"\A(?![\s\S]*(?:sqrt|hypot|norm\(|\*\* ?\(?(?:0?\.5|1 ?/)))"
    r"(?:(?!.*(?:\bsum\(.*\*\* ?2|\b(\w+) ?@ ?\1\b|\bdot\( ?(\w+), ?\2 ?\))).*\n)*"
    r"(?P<told>.*(?:\bsum\(.*\*\* ?2|\b(\w+) ?@ ?\4\b|\bdot\( ?(\w+), ?\5 ?\)).*)"
)
#: A list that begins with something in it.
_BEGINS_FULL = r"^\s*\w+ ?= ?\[(?!.*\bfor\b) ?\w"
#: Entries squared and added up, and no half of that.
_SUM_OF_SQUARES = (
    r"^(?!.*(?:0?\.5\b|/ ?2\b|half)).*"
    r"(?:\bsum\(.*(?:\*\* ?2|square\()|\bnorm\(.*\) ?\*\* ?2|"
    r"\bdot\( ?(\w+), ?\1 ?\)|\b(\w+) ?@ ?\2\b|\*\* ?2\)?\.sum\()"
)
#: A condition that chooses on its own line what is done, and no name that is given to one.
_CHOSEN = (
    r"^(?!\s*\w+ ?= ?[^,\[]*[<>][^,\]]*$)(?!.*array\([^()]*[<>])"
    r".*(?:,.*[<>]|[<>].*,|\[[^\]]*[<>]|\bif\b.*[<>]|\breturn\b.*[<>])"
)
#: In a loop, the line that takes a Jacobian by something else than what the loop counts.
_TAKEN_ALIKE = (
    r"^( *)for (\w+) in .*:\n(?:\1 +(?!for\b).*\n)*?"
    r"(?P<told>\1 +(?=.*[=@(].*\w\[)(?!.*\b\2\b).*)$"
)
#: Where values are moved by the threshold, and no number of rounds is.
_MOVED_BY_THRESHOLD = (
    r"(?i)^(?!.*\brange\()(?!\s*[a-z] ?\+=).*"
    r"(?:[\w\])] ?\+=? ?1(?:\.0*)?(?![\w.])|-=? ?\(?- ?1(?:\.0*)?(?![\w.])|"
    r"[\w\])] ?-=? ?[\w.]*(?:thr|lim|theta)\w*)"
)
#: The first exponential of a name's values in a function, which takes no largest one before.
_EXP_AS_IT_IS = (
    r"\A(?:(?!.*(?:\bexp\(|max\()).*\n)*"
    r"(?P<told>(?!.*max\().*\bexp\(\s*\w+(?:\[\w+\])?\s*\).*)"
)
#: The first maximum or sum along an axis on which one entry stands.
_FIRST_OF_AN_AXIS = r"\A(?:(?!.*axis ?= ?-?1).*\n)*(?P<told>.*(?:max|sum)\(.*axis ?= ?-?1.*)"
#: The first product of two entries of one name, as of x[i] and 1 - x[j].
_PRODUCT_OF_OWN = (
    r"\A(?:(?!.*\b(\w+)\[\w+\] ?\* ?\(?(?:1(?:\.0*)? ?- ?)?\1\[).*\n)*"
    r"(?P<told>.*\b(\w+)\[\w+\] ?\* ?\(?(?:1(?:\.0*)? ?- ?)?\3\[.*)"
)
#: Where products are added up, into an entry or along an axis, and where nothing is multiplied.
_SUMMED = (r"\bsum\(|\beinsum\(", r"\w\[\w+\] ?\+=")
_SUMMED_ALONE = rf"^(?!.*(?:{_TIMES}|{_PRODUCT}))(?:.*\bsum\(|.*\w\[\w+\] ?\+=)"
#: The last one of some errors.
_LAST_ERROR = r"(?i)\b\w*(?:err|delta)\w*\[(?:-1|len\(\w+\) ?- ?1)\]"
#: The first line of a function in which a step is taken off weights.
_FIRST_TAKEN_OFF = (
    r"(?i)\A(?:(?!.*(?:-=|[\w\])] ?- ?).*(?:outer|_rate|\blr\b|\beta\b|grad|step)).*\n)*"
    r"(?P<told>[ \t]*\w+(?:\[[^\]\n]*\])? ?(?:-=|=(?!=).*[\w\])] ?- ?)"
    r".*(?:outer|_rate|\blr\b|\beta\b|grad|step).*)"
)
#: Where arrays are multiplied entry by entry, first.
_FIRST_TIMES = (
    rf"\A(?:(?!.*{_TIMES}).*\n)*"
    rf"(?P<told>(?!.*(?:\bsum\(|{_PRODUCT})).*[\w\])] ?{_TIMES} ?[A-Za-z(].*)"
)
_LOOPS: dict[str, str | tuple[str, ...]] = dict.fromkeys(
    ("loops-exchanged", "loops-exchanged-and-always-listed", "loops-exchanged-losses-by-epoch"),
    _OUTERMOST,
)

#: Where inputs or outputs themselves get onto a diagonal, and not what a condition on them gives.
_VALUES_ON_DIAGONAL = (
    r"(?:\breturn\b.*\*|\bdiag(?:flat)?\(|\beye\(|\bidentity\().*"
    r"(?<!len\()(?<!like\()\b(?:x|inputs?|outputs?|outs?|activations?)\b(?!\s*[<>.\[])"
)
#: What is wrong of a helper's call, not of the helper: that makes the Jacobian at a z it is given.
AT_CALL = ("softmax-applied-again", "train-backward:softmax-applied-again")
#: How the parameter is called of one that is meant to be given what has been through softmax.
NAMED_AS_OUTPUT = r"(?i)[aspyo](?:\d|_\w*)?$|.*(?:out|act|pred|prob|share)"

SHOWN_BY: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "threshold": {
        "summed-to-a-number": rf"{_PRODUCT}|\bsum\(|\binner\(|\bvdot\(",
        "blocked-set-to-minus-1": _SET_TO_MINUS_1,
        "distance-from-threshold": _MOVED_BY_THRESHOLD,
    },
    "threshold_jacobian": {
        "branches-exchanged": _CHOSEN,
        "vector-in-place-of-matrix": r"^\s*return\b",
    },
    "practice_6_1": {"values-in-place-of-slopes": _VALUES_ON_DIAGONAL},
    "softmax": {
        "sigmoid-in-place-of-softmax": r"\b1\.?0* ?/ ?\(\s*1\.?0* ?\+|\+ ?1\.?0*\)",
        "divided-by-sum-of-inputs": _DIVIDED,
        **dict.fromkeys(("no-shift", "no-shift-with-math-exp"), _EXP_AS_IT_IS),
        "each-shifted-and-divided-by-itself": _FIRST_OF_AN_AXIS,
    },
    "softmax_jacobian": {
        **dict.fromkeys(
            (
                "departs.inputs_for_shares",
                "departs.lowered_in_the_sum_alone",
                "departs.lowered_in_one_place",
                "departs.exponential_beside_shares",
            ),
            rf"\bouter\(|{_PRODUCT}|{_TIMES}",
        ),
        **dict.fromkeys(("off-diagonal-left-at-0", "products-left-out"), _DIAGONAL_MADE),
        "inputs-in-place-of-softmax": (
            rf"\bouter\(|{_PRODUCT}|\*",
            _TIMES_ONE_LESS,
            _PRODUCT_OF_OWN,
        ),
        "diagonal-one-minus": r"\b1(?:\.0*)? ?- ?\w",
        "vector-in-place-of-matrix": (_TIMES_ONE_LESS, r"\* ?\(1(?:\.0*)? ?-"),
        **dict.fromkeys(("no-shift", "no-shift-with-math-exp"), _EXP_AS_IT_IS),
    },
    "propagate_error": {
        "jacobian-times-error": (rf"{_PRODUCT}|\(\s*(?:\w+, ?\w+\[\w+\]|\w+\[\w+\], ?\w+)\s*\)"),
        "diagonal-of-jacobian-only": _DIAGONAL,
        "rows-scaled-summed-along-rows": _SUMMED,
        "element-wise-summed-along-rows": (_PRODUCT, *_SUMMED),
        "column-sums-without-error": _SUMMED_ALONE,
        "row-sums-without-error": _SUMMED_ALONE,
    },
    "practice_6_2": {"element-wise-unsummed": _FIRST_TIMES},
    "practice_6_3": {"element-wise-unsummed": _FIRST_TIMES},
    "propagate_chain": {
        "initial-error-first": _BEGINS_FULL,
        "last-jacobian-always": _TAKEN_ALIKE,
        "first-jacobian-always": _TAKEN_ALIKE,
        "one-list-changed-in-place": r"\[:\] ?=|\bout ?=|[-+*@]=",
        "diagonal-of-jacobian-only": _DIAGONAL,
    },
    "forward": {
        "threshold-before-softmax": r"^(?!\s*def\b).*softmax\w*\(",
        "softmax-of-each-alone": r"^(?!\s*def\b).*softmax\w*\(",
        "softmax-over-each-itself": _DIVIDED,
        "softmax-overflows": _EXP_AS_IT_IS,
        "hidden-threshold-missing": rf"{_PRODUCT}|^(?!.*\bexp\()(?:.*)(?:{_BENT})",
    },
    "backward": {
        "top-jacobian-missing": _DIFFERENCE,
        "top-jacobian-diagonal-only": _TIMES_ONE_LESS,
        "hidden-slope-missing": _DOWN,
        "stored-before-slope": r"\bappend\(|\binsert\(",
        "all-passed-on-before-jacobians": _BACK_THROUGH,
        "top-passed-on-before-jacobian": _BACK_THROUGH,
        "error-and-columns-summed-apart": _COLUMN_OF_OUTER_SUMMED,
        "departs.softmax_of_output_again": r"softmax\w*\(",
        "departs.no_jacobian_at_top": _DIFFERENCE,
    },
    "weight_gradients": {
        "error-only": _PUT_IN,
        "outer-product-transposed": _OUTER_WRONG_WAY,
        "top-error-throughout": _LAST_ERROR,
    },
    "update_weights": {
        "rate-missing": _STEP,
        "gradients-returned": rf"(?:\w\[[^=]*\] ?=|\breturn) ?{_A_GRADIENT}\s*(?:#.*)?$|"
        rf"\bappend\({_A_GRADIENT}\)|\[{_A_GRADIENT} for\b",
        "uphill-in-place": _STEP,
        "departs.number_for_weight": r"(?<![\w.)\]] )(?<![\w.)\]])\b\d+(?:\.\d*)? ?- ?[A-Za-z(]",
        "top-layer-left-out": r"\brange\(\s*1\s*,|\[\s*:\s*-1\s*\]|- ?1\)",
    },
    "train": {
        **_LOOPS,
        "one-epoch-too-many": _EPOCHS,
        "one-epoch-only": _ONCE,
        "loss-of-last-example-only": _LOSS_SET,
        "loss-not-halved": _SUM_OF_SQUARES,
        "updated-on-the-way-down": (_TAKEN_OFF, _FIRST_TAKEN_OFF),
        "batch-sum": _UPDATE,
        "batch-mean": _UPDATE,
        "loss-per-example": _GROWS,
        "loss-at-end-of-epoch": r"\b(?:sum|mean|average)\(.*\bfor\b.*\bin\b",
        "loss-averaged-over-examples": rf"\b(?:mean|average)\(|{_DIVIDED}(?! ?2\b)",
        "departs.steps_taken_again": _ADDED_UP,
        "departs.steps_taken_again_in_epoch": _ADDED_UP,
        "departs.softmax_of_output_again": r"softmax\w*\(",
        "departs.through_changed_weights": _BACK_THROUGH,
        "departs.changed_weights_and_rate": _BACK_THROUGH,
    },
    "error_norms": {
        "first-missing": _BEGINS_EMPTY,
        "root-of-the-magnitudes": _ROOT_OF_SUM,
        "root-without-squares": _ROOT_OF_SUM,
        "root-missing": (*_SUM_LEAVES, _FIRST_SQUARES),
    },
}
