"""Lines of a wrong function that do something else than they seem to, whatever it computes."""

import ast
import inspect
import itertools
import linecache
import re

from checking.asked import EXERCISES
from checking.saying import say
from checking.showing import is_name, read_function, read_tree
from checking.statements import is_stub

#: Functions of NumPy's that change an argument, and so may stand on a line of their own.
CHANGE = {"fill_diagonal", "copyto", "put", "place", "putmask", "put_along_axis", "at",
          "set_printoptions", "seterr", "seed"}  # fmt: skip

#: What makes an array that is to be filled.
MAKES_ZEROS = re.compile(r"(np\.)?(zeros|ones|empty|list)")
#: What gives a number's size, without its sign.
SIZES = ("abs", "np.abs", "np.absolute", "np.fabs")
#: What ends in a column.
MAKES_COLUMN = re.compile(r"(reshape\(\(?(-1|len\(\w+\)|\w+), 1\)?\)|\[:, (None|np\.newaxis)\])$")
#: What a place compared with the length is, in each round.
NEVER_LAST = {ast.Eq: "never_true", ast.GtE: "never_true", ast.Lt: "always_true",
              ast.NotEq: "always_true"}  # fmt: skip

#: What gives how long something is, or makes something as long.
SIZE = re.compile(r"(len|(np\.)?(shape|size|ndim|zeros_like|ones_like|empty_like))$")

REDUCE = {"sum", "max", "min", "mean", "norm"}


#: After these a shape or an index that doesn't fit needs no other reason.
EXPLAIN_A_CRASH = {"places_alone", "place_of_largest", "diagonal_of_a_column", "ends_at_once",
                   "counts_no_round", "first_taken_twice", "one_counter_for_two",
                   "always_one_place", "made_anew", "name_unused", "dots_left",
                   "product_before_minus", "put_in_twice",
                   "one_after_the_other"}  # fmt: skip
#: What changes none of its arguments.
HARMLESS = {"len", "print", "range", "float", "int", "abs", "exp", "sum", "append", "insert"}
#: What ends a branch, so that the lines behind it are for all other cases.
LEAVE = (ast.Return, ast.Continue, ast.Break, ast.Raise)


class Told(str):
    """What is said of a line that isn't the first of what was looked at."""

    def __new__(cls, at, text):
        told = super().__new__(cls, text)
        told.line = at.lineno
        return told


def telling_line(function, own=()):
    """Say which line does something else than it seems to, and whether that explains any crash.

    Parameters
    ----------
    function : function
        A student's, which is wrong.
    own : collection of str
        The names of the functions that are written here: they give something back.

    Returns
    -------
    told : str
        Empty if there is no such line.
    explains : bool
    """
    node = read_function(function)
    if not node:
        return "", False
    for part in ast.walk(node):
        for look in (
            kept_nowhere,
            counts_no_round,
            one_after_the_other,
            one_for_all,
            places_alone,
            place_of_largest,
            product_before_minus,
            product_compared,
            name_alone,
            changed_meanwhile,
            diagonal_of_a_column,
            does_nothing,
            dots_left,
            name_unused,
            ends_at_once,
            put_over,
            put_in_twice,
            stores_plus,
            one_counter_for_two,
            power_of_a_power,
            above_the_diagonal,
            never_reached,
            place_compared,
            last_place_left,
            made_anew,
            always_one_place,
            list_for_numbers,
            divided_too_early,
            made_for_nothing,
            first_taken_twice,
        ):
            if told := look(part, own):
                line = getattr(told, "line", part.lineno)
                return say("line.see", line=line, told=told), look.__name__ in EXPLAIN_A_CRASH
        if told := never_last(part):
            return told, False
    if told := helper_gives_none(function, node):
        return told, True
    return argument_replaced(node) or place_by_name(node), False


def unused(function):
    """Say which argument or value of a wrong function nothing uses; empty if there is none."""
    node = read_function(function)
    return (parameter_unused(node) or value_unused(node)) if node else ""


def handed_on(function):
    """Say where a wrong function hands an argument on that belongs elsewhere; else nothing."""
    node = read_function(function)
    return handed_by_another_name(node) if node else ""


def worth_a_look(function):
    """Say which line of a wrong function may do something else than is meant; else nothing."""
    node = read_function(function)
    return (sign_taken_away(node) or size_alone(node)) if node else ""


def endless_loop(function):
    """Say which `while` has a condition that nothing in the loop changes; empty if none has."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        if not isinstance(part, ast.While):
            continue
        inner = [n for line in part.body for n in ast.walk(line)]
        if any(isinstance(n, (ast.Break, ast.Return, ast.Raise)) for n in inner):
            continue
        calls = [n for n in ast.walk(part.test) if isinstance(n, ast.Call)]
        if not all(ast.unparse(call.func) == "len" for call in calls):
            continue
        asked = names_in([part.test]) - {"len"}
        if asked and not asked & changed_by(inner):
            names = say("lists.or").join(f"`{name}`" for name in sorted(asked))
            code = ast.unparse(part.test)
            return say("line.never_ends", line=part.lineno, code=code, names=names)
    return ""


def changed_by(nodes):
    """Give the names that some code may change: stored in, called by a dot, or handed on whole."""
    stored = [n for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)]
    calls = [n for n in nodes if isinstance(n, ast.Call)]
    called = [n.func.value for n in calls if isinstance(n.func, ast.Attribute)]
    others = [n for n in calls if ast.unparse(n.func).split(".")[-1] not in HARMLESS]
    handed = [one for call in others for one in call.args if isinstance(one, ast.Name)]
    return names_in([*stored, *called, *handed])


def names_in(nodes):
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}


def kept_nowhere(part, own):
    """A comparison or a result that a line makes and nothing keeps."""
    if not isinstance(part, ast.Expr):
        return ""
    value = part.value
    if isinstance(value, ast.Compare) and isinstance(value.ops[0], ast.Eq):
        return say("line.equal_asked", code=ast.unparse(value))
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "np.append" and value.args:
        return say("line.np_append_kept_nowhere", name=ast.unparse(value.args[0]))
    pure = isinstance(value, (ast.BinOp, ast.UnaryOp, ast.Compare))
    if isinstance(value, ast.Call):
        called = ast.unparse(value.func)
        head, _, last = called.rpartition(".")
        changes = any(keyword.arg == "out" for keyword in value.keywords)
        pure = called in own or (
            not changes and head.split(".")[0] in ("np", "numpy") and last not in CHANGE
        )
    if not pure or len(ast.unparse(value)) > 50:
        return ""
    return say("line.kept_nowhere", code=ast.unparse(value))


def counts_no_round(part, own):
    """A range that begins at a length and ends at a small number, without a step down."""
    match part:
        case ast.Call(func=ast.Name(id="range"), args=[first, last]):
            if ast.unparse(last) in ("-1", "0", "1") and names_in([first]):
                return say("line.counts_no_round", code=ast.unparse(part))
    return ""


def one_after_the_other(part, own):
    """A loop of two names through two lists with a comma between them."""
    match part:
        case ast.For(ast.Tuple([one, other]), ast.Tuple([ast.Name(id=first), ast.Name(id=second)])):
            names = f"{ast.unparse(one)}, {ast.unparse(other)}"
            return say("line.one_after_the_other", names=names, first=first, second=second)
    return ""


def one_for_all(part, own):
    """An `if` that asks whether something holds for all values, or for any."""
    match part:
        case ast.If(test=test) | ast.IfExp(test=test):
            for inner in ast.walk(test):
                match inner:
                    case ast.Call(
                        func=ast.Attribute(attr="any" | "all") | ast.Name(id="any" | "all")
                    ):
                        return say("line.one_for_all", code=ast.unparse(inner))
    return ""


def places_alone(part, own):
    """np.where with a condition alone."""
    match part:
        case ast.Return(value=value) | ast.Assign(value=value) | ast.BinOp(right=value) if is_where(
            value
        ):
            return say("line.places_alone")
        case ast.If(test=test) | ast.IfExp(test=test) if is_where(test):
            return say("line.places_are_always_true")
    return ""


def product_before_minus(part, own):
    """A vector times np.diag, from which np.outer is taken off without brackets."""
    match part:
        case ast.BinOp(
            left=ast.BinOp(op=ast.MatMult(), right=ast.Call() as first) as product,
            op=ast.Sub(),
            right=ast.Call() as second,
        ):
            if ast.unparse(first.func) == "np.diag" and ast.unparse(second.func) == "np.outer":
                code, other = ast.unparse(product), ast.unparse(second)
                return say("line.product_before_minus", code=code, other=other)
    return ""


def product_compared(part, own):
    """A product that is compared as a whole, for its last factor: ``np.eye(n) * x > -1``."""
    match part:
        case ast.Compare(
            left=ast.BinOp(left=ast.Call(), op=ast.Mult(), right=ast.Name(id=name)) as product,
            ops=[ast.Gt() | ast.GtE()],
            comparators=[bound],
        ):
            values = {"product": ast.unparse(product), "name": name, "bound": ast.unparse(bound)}
            return say("line.product_compared", **values)
    return ""


def is_where(value):
    """Tell whether something is a call of np.where with one argument."""
    return (
        isinstance(value, ast.Call)
        and ast.unparse(value.func) == "np.where"
        and len(value.args) == 1
    )


def place_of_largest(part, own):
    """A calculation with np.argmax, which is a place."""
    match part:
        case ast.BinOp(left=left, right=right):
            for side in (left, right):
                match side:
                    case ast.Call(func=ast.Attribute(attr="argmax" | "argmin" as name)):
                        return say(f"line.{name}")
    return ""


def name_alone(part, own):
    """A loop's own variable, given another value that nothing reads."""
    if not isinstance(part, ast.For):
        return ""
    nodes = [node for statement in part.body for node in ast.walk(statement)]
    through = dict(gone_through(part.target, part.iter))
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in through:
                if not any(
                    isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
                    and n.lineno > node.lineno for n in nodes
                ):  # fmt: skip
                    code, values = ast.unparse(node), ast.unparse(through[name])[:30]
                    return say("line.name_alone", code=code, name=name, values=values)
    return ""


def changed_meanwhile(part, own):
    """An entry that is changed by a sum of all, which so changes from round to round."""
    match part:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value):
            pass
        case ast.AugAssign(target=ast.Subscript(value=ast.Name(id=name)), value=value):
            pass
        case _:
            return ""
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in REDUCE:
            of = node.func if isinstance(node.func, ast.Attribute) else None
            whole = [*node.args, *([of.value] if of else [])]
            if any(isinstance(one, ast.Name) and one.id == name for one in whole):
                code, of_all = ast.unparse(part), ast.unparse(node)
                return say("line.changed_meanwhile", code=code, name=name, of=of_all)
    return ""


def diagonal_of_a_column(part, own):
    """np.diag of what a line has made a column."""
    columns = set()
    for node in ast.walk(part) if isinstance(part, ast.FunctionDef) else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if MAKES_COLUMN.search(ast.unparse(value)):
                    columns.add(name)
            case ast.Call(func=ast.Attribute(attr="diag"), args=[ast.Name(id=name)]):
                if name in columns:
                    return Told(node, say("line.diagonal_of_a_column", name=name))
    return ""


def does_nothing(part, own):
    """A branch that is still empty."""
    return say("line.pass") if isinstance(part, ast.Pass) else ""


def dots_left(part, own):
    """Three dots where a value is to be put."""
    if isinstance(part, ast.Subscript):
        return ""  # `x[...]` is all of x
    for field in ("value", "left", "right", "elts", "args", "comparators"):
        found = getattr(part, field, None)
        for value in found if isinstance(found, list) else [found]:
            if isinstance(value, ast.Constant) and value.value is ...:
                return Told(value, say("line.dots_left"))
    return ""


def ends_at_once(part, own):
    """A `return` in a loop that nothing keeps from being reached in the first round."""
    if isinstance(part, (ast.For, ast.While)):
        for line in part.body:
            if isinstance(line, (ast.Continue, ast.Break)):
                return ""
            if isinstance(line, ast.Return):
                return Told(line, say("line.ends_at_once"))
    return ""


def put_over(part, own):
    """A line that gives a value to what the line before, or a branch of it, has just given one."""
    body = getattr(part, "body", None)
    for at, branch in enumerate(body if isinstance(body, list) else ()):
        following = body[at + 1] if at + 1 < len(body) else None
        place = stored_in(branch)
        at_once = place and stored_in(following) == place
        if at_once and place not in ast.unparse(following.value):
            told = say("line.put_over_at_once", line=branch.lineno, code=place)
            return Told(following, told)
        if not isinstance(branch, ast.If) or isinstance(branch.body[-1], LEAVE):
            continue
        first = {stored_in(line): line for line in branch.body if stored_in(line)}
        for line in body[at + 1 :]:
            if earlier := first.get(stored_in(line)):
                if any(ast.unparse(n) == stored_in(line) for n in ast.walk(line.value)):
                    return ""
                return Told(line, say("line.put_over", line=earlier.lineno))
            if not isinstance(line, ast.Assign):
                break
    return ""


def put_in_twice(part, own):
    """A branch that puts one into a list, and a line behind it that does the same in any case."""
    if not isinstance(part, ast.For):
        return ""
    for at, branch in enumerate(part.body):
        if not isinstance(branch, ast.If) or branch.orelse or isinstance(branch.body[-1], LEAVE):
            continue
        first = {put_into(line): line for line in branch.body if put_into(line)}
        for line in part.body[at + 1 :]:
            if earlier := first.get(put_into(line)):
                name = put_into(line)
                return Told(line, say("line.put_in_twice", line=earlier.lineno, name=name))
    return ""


def put_into(line):
    """Name the list that a line puts something into; empty if it is another line."""
    match line:
        case ast.Expr(value=ast.Call(ast.Attribute(ast.Name(id=name), "append" | "insert"))):
            return name
    return ""


def stored_in(line):
    """Write the one name or entry that a line gives a value; empty if it is another line."""
    match line:
        case ast.Assign(targets=[ast.Name() | ast.Subscript() as target]):
            return ast.unparse(target)
    return ""


def stores_plus(part, own):
    """`a =+ b`, which stores b."""
    match part:
        case ast.Assign(targets=[target], value=ast.UnaryOp(op=ast.UAdd(), operand=value)):
            return say("line.stores_plus", name=ast.unparse(target), value=ast.unparse(value))
    return ""


def one_counter_for_two(part, own):
    """A loop in a loop with the same counter."""
    if isinstance(part, ast.For) and isinstance(part.target, ast.Name):
        for inner in (node for line in part.body for node in ast.walk(line)):
            match inner:
                case ast.For(target=ast.Name(id=name)) if name == part.target.id:
                    return Told(inner, say("line.one_counter_for_two", name=name, line=part.lineno))
    return ""


def above_the_diagonal(part, own):
    """A loop in a loop that begins behind the other's counter."""
    if isinstance(part, ast.For) and isinstance(part.target, ast.Name):
        for inner in (node for line in part.body for node in ast.walk(line)):
            match inner:
                case ast.For(
                    target=ast.Name(id=j),
                    iter=ast.Call(func=ast.Name(id="range"), args=[ast.BinOp() as first, _]),
                ) if names_in([first]) == {part.target.id}:
                    told = say("line.above_the_diagonal", j=j, first=ast.unparse(first))
                    return Told(inner, told)
    return ""


def never_reached(part, own):
    """A line behind a `return` of the same block."""
    for name in ("body", "orelse"):
        body = getattr(part, name, None)
        for line, following in itertools.pairwise(body if isinstance(body, list) else ()):
            if isinstance(line, ast.Return):
                return Told(following, say("line.never_reached", line=line.lineno))
    return ""


def place_compared(part, own):
    """A place, counted by a range, that is compared with a number below 0."""
    if isinstance(part, ast.For) and ast.unparse(part.iter).startswith("range("):
        for inner in ast.walk(part):
            match inner:
                case ast.Compare(ast.Name(id=i), [_], [ast.UnaryOp(ast.USub(), ast.Constant())]):
                    if i in names_in([part.target]):
                        return Told(inner, say("line.place_compared", code=ast.unparse(inner), i=i))
    return ""


def last_place_left(part, own):
    """A loop over all places but the last that fills places, and nothing else fills that one."""
    match part:
        case ast.For(
            target=ast.Name(id=i),
            iter=ast.Call(
                func=ast.Name(id="range"),
                args=[ast.BinOp(ast.Call(func=ast.Name(id="len")), ast.Sub(), ast.Constant(1))],
            ),
            body=[ast.Assign(targets=[ast.Subscript(slice=ast.Name(id=place))])],
        ) if place == i:
            if f"{i} + 1" not in ast.unparse(part):
                return say("line.last_place_left", code=ast.unparse(part.iter))
    return ""


def made_anew(part, own):
    """A list or array that each round makes anew, fills, and leaves to be used behind the loop."""
    body = getattr(part, "body", None)
    for at, loop in enumerate(body if isinstance(body, list) else ()):
        if not isinstance(loop, ast.For):
            continue
        later = names_in(body[at + 1 :])
        for line in loop.body:
            match line:
                case ast.Assign([ast.Name(id=name)], ast.List(elts=[]) | ast.Call() as made):
                    empty = isinstance(made, ast.List) or MAKES_ZEROS.match(ast.unparse(made.func))
                    if empty and name in later & names_in(filled_in(loop)):
                        return Told(line, say("line.made_anew", name=name))
    return ""


def filled_in(loop):
    """Give what a loop appends to, or sets entries of."""
    for node in ast.walk(loop):
        match node:
            case ast.Subscript(value=value, ctx=ast.Store()):
                yield value
            case ast.Call(func=ast.Attribute(value=value, attr="append" | "insert")):
                yield value


def always_one_place(part, own):
    """A place given by a number that each round of a loop puts its result into."""
    for line in part.body if isinstance(part, ast.For) else ():
        match line:
            case ast.Assign([ast.Subscript(ast.Name(id=name), ast.Constant() | ast.UnaryOp())]):
                fills = [value for value in filled_in(part) if ast.unparse(value) == name]
                if len(fills) == 1:
                    code = ast.unparse(line.targets[0])
                    return Told(line, say("line.always_one_place", code=code))
    return ""


def list_for_numbers(part, own):
    """A list of numbers that is multiplied, or added to another, as if it were an array."""
    match part:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            lists = [side for side in (left, right) if isinstance(side, ast.List)]
            if lists and len(lists[0].elts) > 1:
                return say("line.list_repeated", code=ast.unparse(part))
    return ""


def divided_too_early(part, own):
    """A division by a sum that grows in the same loop, and so isn't complete."""
    lines = part.body if isinstance(part, ast.For) else []
    sums = {line.target.id for line in lines
            if isinstance(line, ast.AugAssign) and is_name(line.target)
            and isinstance(line.op, ast.Add)}  # fmt: skip
    begun = {stored_in(line) for line in lines}
    for node in (node for line in lines for node in ast.walk(line)):
        match node:
            case ast.BinOp(op=ast.Div(), right=ast.Name(id=name)) if name in sums - begun:
                return Told(node, say("line.divided_too_early", name=name))
    return ""


def made_for_nothing(part, own):
    """A name that is given zeros or an empty list to fill, and in a loop something else."""
    body = getattr(part, "body", None)
    for at, line in enumerate(body if isinstance(body, list) else ()):
        match line:
            case ast.Assign([ast.Name(id=name)], ast.List(elts=[]) | ast.Call() as made):
                empty = isinstance(made, ast.List) or MAKES_ZEROS.match(ast.unparse(made.func))
            case _:
                continue
        for loop in body[at + 1 :] if empty else ():
            if not isinstance(loop, ast.For) or name in names_in(filled_in(loop)):
                continue
            for inner in ast.walk(loop):
                match inner:
                    case ast.Assign([ast.Name(id=other)], value) if other == name:
                        if name not in names_in([value]):
                            told = say("line.made_for_nothing", name=name, line=line.lineno)
                            return Told(inner, told)
    return ""


def first_taken_twice(part, own):
    """A product or sum that begins with the first of a list, and a loop through all of it."""
    body = getattr(part, "body", None)
    for line, loop in itertools.pairwise(body if isinstance(body, list) else ()):
        match line, loop:
            case (
                ast.Assign([ast.Name(id=name)], ast.Subscript(ast.Name(id=values), first)),
                ast.For(target=ast.Name(id=one), iter=ast.Name(id=through)),
            ) if values == through and ast.unparse(first) == "0":
                for inner in ast.walk(loop):
                    match inner:
                        case ast.AugAssign(target=ast.Name(id=other), value=value):
                            grows = other == name and one in names_in([value])
                        case ast.Assign([ast.Name(id=other)], value):
                            grows = other == name and {one, name} <= names_in([value])
                        case _:
                            continue
                    if grows:
                        code = ast.unparse(line.value)
                        return Told(line, say("line.first_taken_twice", first=code, name=name))
    return ""


def power_of_a_power(part, own):
    """`a ** b ** c`, which is worked out from the right."""
    match part:
        case ast.BinOp(op=ast.Pow(), left=left, right=ast.BinOp(op=ast.Pow()) as right):
            if not isinstance(left, ast.Constant):
                base, power = ast.unparse(left), ast.unparse(right)
                return say("line.power_of_a_power", base=base, power=power)
    return ""


def name_unused(part, own):
    """A name of a loop through lists in step, or through what the loop then uses whole."""
    if not isinstance(part, ast.For):
        return ""
    used = names_in(part.body)
    in_step = isinstance(part.target, ast.Tuple) and ast.unparse(part.iter).startswith("zip(")
    if not in_step and not (is_name(part.iter) and part.iter.id in used):
        return ""
    targets = [n.id for n in ast.walk(part.target) if is_name(n)]
    unused = [name for name in targets if name not in used and not name.startswith("_")]
    return say("line.name_unused", name=unused[0]) if unused else ""


def helper_gives_none(function, node):
    """A function of the same file that is called and has no `return`."""
    tree = read_tree("".join(linecache.getlines(inspect.getsourcefile(function))))
    helpers = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    helpers |= {n.name: n for n in ast.walk(node) if isinstance(n, ast.FunctionDef)}
    for part in ast.walk(node):
        called = part.func.id if isinstance(part, ast.Call) and is_name(part.func) else ""
        helper = helpers.get(called)
        if helper and helper is not node and not is_stub(helper):
            given = [n for n in ast.walk(helper) if isinstance(n, (ast.Return, ast.Yield))]
            if not any(n.value for n in given):
                told = say("line.helper_gives_none", helper=helper.name)
                return say("line.see", line=helper.lineno, told=told)
    return ""


def handed_by_another_name(function):
    """An argument of the function's own that is handed on where another one is asked for."""
    loops = [n.target for n in ast.walk(function) if isinstance(n, (ast.For, ast.comprehension))]
    own = {argument.arg for argument in function.args.args} - names_in(loops)
    asked = {name: takes for names in EXERCISES.values() for name, takes in names.items()}
    found = []
    for part in ast.walk(function):
        if not (isinstance(part, ast.Call) and is_name(part.func)):
            continue
        called = part.func.id
        for takes, given in zip(asked.get(called, ()), part.args, strict=False):
            known = is_name(given) and given.id in own and given.id != takes
            if known and any(given.id in names for names in asked.values()):
                told = say("line.handed_as", given=given.id, function=called, takes=takes)
                found.append(say("line.see", line=part.lineno, told=told))
    return "\n".join(dict.fromkeys(found))


def sign_taken_away(function):
    """A size without its sign."""
    for part in ast.walk(function):
        if isinstance(part, ast.Call) and ast.unparse(part.func) in (
            "abs",
            "np.abs",
            "np.absolute",
        ):
            told = say("line.sign_taken_away", code=ast.unparse(part))
            return say("line.see", line=part.lineno, told=told)
    return ""


def argument_replaced(function):
    """An argument that is given numbers of the code's own, before anything reads it."""
    arguments = {argument.arg for argument in function.args.args}
    for line in function.body:
        named = {n.id for n in ast.walk(line) if isinstance(n, ast.Name)}
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in arguments:
                read = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)} - {"np"}
                if not read and any(isinstance(n, ast.Constant) for n in ast.walk(value)):
                    return say("line.see", line=line.lineno,
                               told=say("line.argument_replaced", name=name))  # fmt: skip
        arguments -= named
    return ""


def place_by_name(function):
    """A name for the place of the largest number, with which the code calculates."""
    for line in ast.walk(function):
        match line:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(attr="argmax" | "argmin" as which)),
            ):
                for part in ast.walk(function):
                    sides = (part.left, part.right) if isinstance(part, ast.BinOp) else ()
                    if any(isinstance(side, ast.Name) and side.id == name for side in sides):
                        return say("line.see", line=line.lineno, told=say(f"line.{which}"))
    return ""


def value_unused(function):
    """A name that is given a value which nothing reads."""
    nodes = list(ast.walk(function))
    stored = [n for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)]
    filled = [n.value for n in stored if isinstance(n, ast.Subscript)]
    places = {n.id for n in filled if is_name(n)}
    named = [n for n in nodes if isinstance(n, ast.Name) and n not in filled]
    read = {n.id for n in named if isinstance(n.ctx, ast.Load)}
    numbers = set()
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant()):
                numbers.add(name)
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                unused = name not in read and not isinstance(value, ast.Name)
            case ast.AugAssign(target=ast.Name(id=name)):
                unused = name not in read and name in numbers
            case _:
                continue
        if unused and not name.startswith("_"):
            key = "line.filled_unused" if name in places else "line.value_unused"
            return say("line.see", line=node.lineno, told=say(key, name=name))
    return ""


def parameter_unused(function):
    """A parameter that the function's code doesn't name."""
    named = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    unused = [argument.arg for argument in function.args.args if argument.arg not in named]
    if len(unused) != 1:
        return ""
    return say("line.parameter_unused", name=unused[0], function=function.name)


def size_alone(function):
    """A parameter of which the code asks nothing but how long it is."""
    sizes = set()
    for part in ast.walk(function):
        match part:
            case ast.Call(func=called, args=[ast.Name() as of]) if SIZE.match(ast.unparse(called)):
                sizes.add(of)
            case ast.Attribute(value=ast.Name() as of, attr="shape" | "size" | "ndim"):
                sizes.add(of)
    for argument in function.args.args:
        named = [n for n in ast.walk(function) if is_name(n) and n.id == argument.arg]
        if named and sizes.issuperset(named):
            return say("line.size_alone", name=argument.arg, line=named[0].lineno)
    return ""


def gone_through(target, values):
    """Yield the names that a loop counts with, each with what it goes through."""
    match target, values:
        case ast.Name(id=name), _:
            yield name, values
        case ast.Tuple(elts=names), ast.Call(func=ast.Name(id="zip"), args=lists):
            for one, of in zip(names, lists, strict=False):
                yield from gone_through(one, of)
        case ast.Tuple(elts=[_, one]), ast.Call(func=ast.Name(id="enumerate"), args=[of, *_]):
            yield from gone_through(one, of)


def never_last(part):
    """A condition in a loop over places that holds for none of them, or for all."""
    match part:
        case ast.For(
            target=ast.Name(id=i) | ast.Tuple(elts=[ast.Name(id=i), _]),
            iter=ast.Call(func=ast.Name(id="range" | "enumerate"), args=[of], keywords=[]),
        ):
            length = ast.unparse(of) if isinstance(of, ast.Call) else f"len({ast.unparse(of)})"
            for inner in ast.walk(part):
                match inner:
                    case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[last]):
                        if name == i and ast.unparse(last) == length and type(op) in NEVER_LAST:
                            told = f"line.{NEVER_LAST[type(op)]}"
                            return say(told, line=inner.lineno, code=ast.unparse(inner), i=i)
    return ""
