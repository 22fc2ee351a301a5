"""Check what you have written so far, and pack it for handing in.

    python check.py                     all exercises
    python check.py practice_6_1        one exercise, or several
    python check.py softmax             one function, or several
    python check.py --why FUNCTION      see where it departs from an experiment
    python check.py --why list          name the functions that there is an experiment with
    python check.py --zip               write hand-in.zip

In a notebook: `import check`, then `check.check("softmax")`; `check.why(...)` does the other.
"""

import argparse
import ast
import builtins
import functools
import inspect
import io
import itertools
import linecache
import re
import sys
import textwrap
import time
from typing import NamedTuple

try:
    import checking.statements  # noqa: F401
except ModuleNotFoundError as missing:
    if not (missing.name or "").startswith("checking"):
        raise
    sys.exit(
        "check.py needs the files that come with it, and they aren't beside it. Unpack the whole\n"
        "student.zip first (Windows: right click, Extract All), and run the check.py of the\n"
        "unpacked folder. In Colab: upload student.zip itself, then !unzip student.zip."
    )

from checking.asked import EXERCISES
from checking.calls import Clue, Example, Finding, Misshapen, Stopped, clue
from checking.evidence import KNOWN, Waiting, checks_of, is_case, passes_its_checks
from checking.saying import say
from checking.showing import FOLDER, WIDTH, describe_place
from checking.statements import statements
from checking.work import fresh_imports, load, students_turn

MOST_WORDS = 140  # of a finding
SHORT_CODE = re.compile(r"`[^`]{1,50}`")
HELD = "\u00a0"  # a space at which no line is broken
MISMET = re.compile("matmul|not aligned|index out of range")  # a wrong matrix, or none
WHOLE = "whole numbers"  # how the names of some checks begin
MISFITS = (IndexError, ValueError)  # in which an index or a shape ends that doesn't fit

#: Changes beside which what a function does elsewhere says more of why.
SHOWN_ELSEWHERE = ("kept", "name")

#: Changes of which less is said than by a reason for a crash on the same line.
VAGUE = ("product", "size", "call", "part", "needed", "number", "whole", "comparison",
         "keyword", "function", "indices")  # fmt: skip

# How a function can stand: what check.py says of it has that key.
RIGHT, WRONG, WAITING, UNWRITTEN = "right", "to_mend", "waiting", "unwritten"
UNREAD = "unread"  # beside what has to be fixed first


def main(arguments=()):
    """Run the command; give 0 if all that was asked for is right, 1 if not (2: a wrong call)."""
    if hasattr(sys.stdout, "reconfigure"):  # a student's line may not fit the terminal's letters
        sys.stdout.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(
        prog="check.py",
        formatter_class=functools.partial(argparse.HelpFormatter, width=79),
        description=say("check.help"),
    )
    parser.add_argument("what", nargs="*", help=say("check.help_what"))
    parser.add_argument("--zip", action="store_true", help=say("check.help_zip"))
    parser.add_argument("--why", metavar="FUNCTION", help=say("check.help_why"))
    options = parser.parse_args(list(arguments))
    try:
        names = {name for word in options.what or EXERCISES for name in find_functions(word)}
        if options.why and options.why != "list":
            find_functions(options.why)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    try:
        if options.why:
            return show_why(options.why)
        return pack() if options.zip else report(names)
    except KeyboardInterrupt as stop:
        print(f"\n{say('check.interrupted', place=describe_place(stop))}")
        return 1


def check(name=""):
    """Check a function or a file from a notebook, as it is on the disk now; all if left out."""
    if any(name in names for names in EXERCISES.values()):
        report({name})  # a function, though a file may be called so too
    else:
        main(name.split())


def why(name):
    """Show an experiment with a function from a notebook."""
    main(["--why", name])


def find_functions(word):
    """Give the functions that a word of the command line names."""
    word = word.removeprefix("./").removeprefix(".\\").removesuffix(".py")
    if word in EXERCISES:
        return EXERCISES[word]
    known = [name for names in EXERCISES.values() for name in names]
    if word in known:
        return (word,)
    import difflib

    near = difflib.get_close_matches(word, [*EXERCISES, *known], 1)
    told = say("check.unknown", word=word)
    if near:
        told = say("check.unknown_but_near", word=word, near=near[0])
    files, functions = say.listing(EXERCISES), say.listing(known)
    raise LookupError(f"{told}\n{fill(say('check.known', files=files, functions=functions), 78)}")


def report(names):
    """Check functions and print what was found; 0 if all are right, else 1."""
    outcomes = {}
    with fresh_imports():
        work = load()
        for exercise, functions in EXERCISES.items():
            asked = [name for name in functions if name in names]
            if asked:
                print(f"{exercise}.py")
                for note in work.notes.get(exercise, []):
                    print_indented(note)
                if exercise in work.problems:
                    print_indented(work.problems[exercise])
                    unread = outcomes_unread(exercise, asked)
                    if UNREAD in unread.values():
                        print_indented(say("check.others_unread"))
                    outcomes.update(unread)
                else:
                    outcomes.update({name: report_function(work, name) for name in asked})
                print()
    print_summary(outcomes, work)
    return 0 if set(outcomes.values()) == {RIGHT} else 1


def outcomes_unread(exercise, asked):
    """Tell of a file that can't be read which functions still hold the stub's line.

    The file is one thing to fix, however many functions stand in it.
    """
    file = FOLDER / f"{exercise}.py"
    text = file.read_bytes() if file.is_file() else b""
    stubs = {name for name in asked if f'"{name} is not written yet'.encode() in text}
    first = next((name for name in asked if name not in stubs), asked[0])
    others = {name: UNWRITTEN if name in stubs else UNREAD for name in asked}
    return {**others, first: WRONG}


def report_function(work, name):
    """Check one function, print how it stands, and return that."""
    if name in work.ended:
        print_status(name, say("check.ends_too_early"))
        print_indented(work.ended[name])
        return WRONG
    if name in work.unwritten:
        print_status(name, say("check.unwritten"))
        return UNWRITTEN
    if name not in work.functions:
        print_status(name, say("check.not_found"))
        return WRONG
    if work.parameters.get(name):
        print_status(name, say("check.other_arguments"))
        print_indented(work.parameters[name])
        return WRONG
    if told := never_ends(work.functions[name]):
        print_status(name, say("check.never_ends"))
        print_indented(told)
        return WRONG
    with students_turn(work, name):
        tests = checks_of(name)
        results = list(run_cases(name, tests, work.functions))
        failed = [(case, finding) for case, finding, _ in results if finding]
        own = own_crashes(work, name, failed)
        waiting = failed and not own and find_what_it_waits_for(work, name, failed)
        hint = Hint()
        if failed and not waiting:
            hint = find_hint(work, name, results, tests)
    passed = say("check.passes", count=len(results), passed=len(results) - len(failed))
    if not failed:
        KNOWN[name] = work.functions[name], True
        print_status(name, passed)
        return RIGHT
    if waiting:
        print_status(name, say("check.passes_and_waits", passes=passed, waits=waiting))
        return WAITING
    print_status(name, say("check.first_to_mend", passes=passed))
    print_findings(own or failed, hint, work.functions)
    stops = any(isinstance(finding, Stopped) for _, finding in failed)
    if not stops and can_be_seen(work, name):
        print_indented(say("check.see_it_happen", function=name))
    return WRONG


def never_ends(function):
    """Say which loop of a function can't end; empty if none is seen. It isn't run then."""
    code = getattr(function, "__code__", None)
    lines = linecache.getlines(code.co_filename) if code else []
    if not any(line.lstrip().startswith("while") for line in lines):
        return ""
    from checking.lines.never_ends import endless_loop

    return endless_loop(function)


def print_status(name, told):
    """Print on one line how a function stands."""
    print(f"  {name:20}{told}")


def whose_fault(work, name, finding):
    """Say of a crash in another function, which is right, that it lies in what it was handed."""
    for above, frame in itertools.pairwise(getattr(finding, "frames", ())):
        other = work.functions.get(frame.name)
        if frame.name != name and other and passes_its_checks(other, frame.name):
            takes = say.listing(inspect.signature(other).parameters)
            return say("check.handed", function=frame.name, line=above.lineno, takes=takes)
    return ""


def handed_another_kind(finding, functions):
    """Say of a crash that one function is handed a list for an array, or such; else nothing."""
    if not getattr(finding, "error", None):
        return ""
    from checking.handed import wrong_kind

    return wrong_kind(finding.error, functions)


def can_be_seen(work, name):
    """Tell whether the experiment with a function shows that something is wrong with it."""
    from checking.why import experiment_with

    experiment = experiment_with(name)
    if not experiment or any(n not in work.functions for n in experiment.needs):
        return False
    try:
        with students_turn(work, name):
            departs, _ = experiment.show(work.functions)
    except Finding:
        return False
    return departs


def rank_findings(failed):
    """Sort findings: a crash, then kind and shape, then what an experiment shows.

    What goes wrong with whole numbers alone comes last: it rarely is the cause of anything else.
    """

    def rank(found):
        case, finding = found
        return Example.rank if case.name.startswith(WHOLE) else finding.rank

    return sorted((f for f in failed if not isinstance(f[1], Waiting)), key=rank)


class Hint(NamedTuple):
    """Where in the code to look.

    Attributes
    ----------
    told : str
    explains : bool
        Whether it explains by itself why an index or a shape doesn't fit.
    mends : str
        What the change is about that is known to make all checks pass there; empty if none is.
    hands_on : bool
        Whether something else is handed on there than the other function takes.
    """

    told: str = ""
    explains: bool = False
    mends: str = ""
    hands_on: bool = False


def find_hint(work, name, results, tests):
    """Find where in the code to look."""
    # What only a wrong function needs is loaded only for one: right ones are checked often.
    from checking.lines.handed_on import handed_on
    from checking.lines.telling import telling_line
    from checking.lines.unused import unused
    from checking.lines.worth_a_look import worth_a_look
    from checking.trying import one_change

    (_, first), *_ = rank_findings([found[:2] for found in results if found[1]])
    if isinstance(first, Clue):
        return Hint()
    function = work.functions[name]
    told, explains = telling_line(function, work.functions)
    if told or (told := unused(function)):
        return Hint(told, explains)
    told, kind, line = one_change(function, results, work.functions)
    if told and kind in VAGUE and line == stopped_at(first) and says_why(first):
        return Hint()  # the reason says more
    if told:
        return Hint(told, mends=kind)
    if told := handed_on(function):
        return Hint(told, hands_on=True)
    if told := not handed_another_kind(first, work.functions) and whose_fault(work, name, first):
        return Hint(told, hands_on=True)
    return Hint(
        worth_a_look(function)
        or (is_mismet(first) and not says_why(first) and tests.get("where_it_stops"))
        or ""
    )


def stopped_at(finding):
    """Give the number of the line in which a function stopped; None if it didn't."""
    frames = getattr(finding, "frames", ())
    return frames[-1].lineno if frames else None


def is_mismet(finding):
    """Tell whether a finding is that a matrix or an entry isn't the one that fits."""
    message = str(getattr(finding, "error", ""))
    return bool(MISMET.search(message)) and "assignment" not in message


def says_why(finding):
    """Tell whether the words for a crash say why it stops, and not only how."""
    from checking import crashed

    return bool(getattr(finding, "error", None)) and crashed.says_why(finding.error)


def print_findings(failed, hint, functions):
    """Print the first finding, and where in the code to look.

    Where a function doesn't always stop, what it does then often tells why it stops elsewhere.
    """
    ranked = rank_findings(failed)
    case, finding = ranked[0]
    others = [f for _, f in ranked if not isinstance(f, Stopped) and f.rank < Example.rank]
    if hint.hands_on and isinstance(getattr(finding, "error", None), MISFITS):
        print_indented(f"({case_name(case)})\n{hint.told}\n{finding.place}")
        return
    if hint.mends and isinstance(finding, Stopped) and not says_why(finding):
        told = f"({case_name(case)})\n{hint.told}\n{finding.fact}"
        if others and others[0].rank == Finding.rank and hint.mends in SHOWN_ELSEWHERE:
            longer = f"{told}\n{say('check.elsewhere')}\n{others[0]}"
            told = longer if len(longer.split()) <= MOST_WORDS else told
        print_indented(told)
        return
    told = finding.briefly if hint.told and isinstance(finding, Misshapen) else str(finding)
    error = getattr(finding, "error", None)
    misfits = isinstance(error, MISFITS)
    if handed := handed_another_kind(finding, functions):
        told = f"{finding.place}\n{handed}"
    elif misfits and hint.explains:
        told = finding.place
    # Beside a line to look at, a property says more than the crash does, a shape less.
    elif (
        misfits
        and others
        and not (says_why(finding) or (hint.told and others[0].rank < Finding.rank))
    ):
        elsewhere = f"{say('check.elsewhere')}\n{others[0]}"
        told = f"{finding.briefly}\n{elsewhere}"
        if hint.told and len(f"{told} {hint.told}".split()) > MOST_WORDS:
            told = f"{finding.place}\n{elsewhere}"
    parts = [told, hint.told]
    if hint.mends and isinstance(finding, Misshapen):
        parts = [hint.told, told]  # a shape only follows from the line
    print_indented("\n".join([f"({case_name(case)})", *parts]))


def own_crashes(work, name, failed):
    """Give the crashes of a function before it gets to another that isn't written yet."""
    if not any(used in work.unwritten for used in work.uses.get(name, ())):
        return []
    return [found for found in failed if getattr(found[1], "error", None)]


def find_what_it_waits_for(work, name, failed):
    """Say which other function has to be right first; None if this one has to be mended."""
    calls = getattr(work.functions[name], "__globals__", {})
    for used in work.uses.get(name, ()):  # none where it has another name
        if getattr(calls.get(used), "__module__", "") in work.problems:
            return say("check.waits_for", function=used)  # its file can't be read to the end
        if calls.get(used) is not work.functions.get(used):
            continue  # it is not there to be called, or the file has one of its own
        if not passes_its_checks(work.functions.get(used), used):
            return say("check.waits_for", function=first_unwritten(work, used))
    findings = [finding for _, finding in failed]
    return str(findings[0]) if all(isinstance(f, Waiting) for f in findings) else None


def first_unwritten(work, name):
    """Give what a function that isn't right waits for itself: what isn't there yet, or that."""
    found = (first_unwritten(work, n) for n in work.uses.get(name, ()) if n != name)
    return next((n for n in found if n in work.unwritten or n not in work.functions), name)


def run_cases(name, tests, functions):
    """Run a function's checks; yield each, its finding (None if it passes), how long it took."""
    for case in [*tests.values()]:  # NumPy's warnings leave something in it
        if is_case(case):
            began = time.process_time()
            try:
                case.call_func(functions)
                yield case, None, time.process_time() - began
            except Finding as finding:
                took = time.process_time() - began
                told = clue(name) if finding.rank >= Finding.rank else None
                yield case, Clue(told) if told else finding, took


def case_name(case):
    """Give the name of a test case in words."""
    return say.named("cases", case.name)


def print_summary(outcomes, work):
    """Count the outcomes, and name one next step."""
    kinds = list(outcomes.values())
    counts = {kind: kinds.count(kind) for kind in (RIGHT, WRONG, WAITING, UNWRITTEN)}
    print(say("check.summary", **counts))
    if work.printed:
        print(say("check.prints_left_out"))
    if set(kinds) == {RIGHT}:
        print(say("check.good_sign"))
        if len(kinds) == sum(map(len, EXERCISES.values())):
            print(say("check.to_hand_in"))


def print_indented(text):
    """Print a finding, wrapped but for the lines that are indented already."""
    for line in text.splitlines():
        wrapped = line if line.startswith(" ") else fill(line)
        print(textwrap.indent(wrapped, "      "))


def fill(text, width=WIDTH):
    """Wrap words, but break none: not code that fits on a line, not a path."""
    kept = SHORT_CODE.sub(lambda code: code[0].replace(" ", HELD), text)
    wrapped = textwrap.fill(kept, width, break_long_words=False, break_on_hyphens=False)
    return wrapped.replace(HELD, " ")


def show_why(word):
    """Show the experiment of a function with the student's own; 0 if there is nothing to see."""
    from checking.why import experiment_with, experiments

    name = "" if word == "list" else find_functions(word)[0]
    experiment = experiment_with(name)
    if not experiment:
        listed = say.listing(experiments()) or say("check.none_of_them")
        print(fill(say("check.experiments", functions=listed), 78))
        return 2 if name else 0
    with fresh_imports():
        work = load()
        problems = [work.problems[e] for e, names in EXERCISES.items()
                    if name in names and e in work.problems]  # fmt: skip
        unwritten = [n for n in (name, *experiment.needs)
                     if n in work.unwritten or n not in work.functions]  # fmt: skip
        if problems or unwritten:
            print_indented(
                problems[0] if problems else say("check.write_first", function=unwritten[0])
            )
            return 1
        try:
            with students_turn(work, name):
                departs, lines = experiment.show(work.functions)
        except Finding as finding:
            print_indented(str(finding))
            return 1
    for line in lines:
        print(line if line.startswith(" ") else fill(line, 78))
    return 1 if departs else 0


def pack():
    """Write hand-in.zip with the student's files, if all of them run; 0 if it was written."""
    import zipfile

    target = FOLDER / "hand-in.zip"
    try:
        target.unlink(missing_ok=True)  # an old one must not be taken for this one
    except OSError as error:
        return refuse_to_write(target, error)
    with fresh_imports():
        work = load()
    if work.problems:
        print(f"{say('check.zip_not_yet')}\n")
        for problem in work.problems.values():
            print_indented(problem)
        print(f"\n{fill(say('check.no_time_left'), 78)}")
        return 1
    files = find_hand_in()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(FOLDER / file, file)
    try:
        target.write_bytes(packed.getvalue())
    except OSError as error:
        return refuse_to_write(target, error)
    print(fill(say("check.zip_holds", files=say.listing(files)), 78))
    if work.unwritten:
        unwritten = [n for names in EXERCISES.values() for n in names if n in work.unwritten]
        print(fill(say("check.zip_lacks", functions=say.listing(unwritten)), 78))
    print(say("check.upload"))
    return 0


def refuse_to_write(target, error):
    """Say why the zip can't be written, and what to do."""
    print(say("check.zip_refused", error=error.strerror, folder=target.parent))
    return 1


def find_hand_in():
    """Give the four files, and any other file of this folder that they import."""
    files = [f"{exercise}.py" for exercise in EXERCISES]
    for file in files:  # the list grows as imports are found
        body = statements((FOLDER / file).read_bytes()).body
        for node in ast.walk(ast.Module(body, [])):
            modules = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            found = [f"{module}.py" for module in modules]
            files += [f for f in found if (FOLDER / f).is_file() and f not in files]
    return files


if __name__ == "__main__":
    status = main(sys.argv[1:])
    in_a_shell = hasattr(builtins, "get_ipython") or "idlelib.run" in sys.modules
    if not in_a_shell:  # it stays open, where an exit is only noise
        sys.exit(status)
