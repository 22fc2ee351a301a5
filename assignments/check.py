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
import builtins
import functools
import linecache
import sys
import time

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
from checking.calls import Clue, Finding, Stopped, clue
from checking.evidence import KNOWN, checks_of, is_case
from checking.printing import fill, print_indented, print_status
from checking.saying import say
from checking.showing import FOLDER, describe_place
from checking.waiting import find_what_it_waits_for, own_crashes
from checking.work import fresh_imports, load, students_turn

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
            from checking.why import show_why

            return show_why("" if options.why == "list" else find_functions(options.why)[0])
        if options.zip:
            from checking.packing import pack

            return pack()
        return report(names)
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
    if found := keeps_from_running(work, name):
        stands, in_short, told = found
        print_status(name, in_short)
        print_indented(told)
        return stands
    with students_turn(work, name):
        tests = checks_of(name)
        results = list(run_cases(name, tests, work.functions))
        failed = [(case, finding) for case, finding, _ in results if finding]
        own = own_crashes(work, name, failed)
        waiting = failed and not own and find_what_it_waits_for(work, name, failed)
        if failed and not waiting:
            # What only a wrong function needs is loaded only for one: right ones are checked often.
            from checking.first_to_mend import tell_first
            from checking.hints import find_hint
            from checking.why import can_be_seen

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
    print_indented(tell_first(own or failed, hint, work.functions))
    stops = any(isinstance(finding, Stopped) for _, finding in failed)
    if not stops and can_be_seen(work, name):
        print_indented(say("check.see_it_happen", function=name))
    return WRONG


def keeps_from_running(work, name):
    """Give how a function stands that isn't run, in short, and what is told of it; else None."""
    if name in work.ended:
        return WRONG, say("check.ends_too_early"), work.ended[name]
    if name in work.unwritten:
        return UNWRITTEN, say("check.unwritten"), ""
    if name not in work.functions:
        return WRONG, say("check.not_found"), ""
    if work.parameters.get(name):
        return WRONG, say("check.other_arguments"), work.parameters[name]
    if told := never_ends(work.functions[name]):
        return WRONG, say("check.never_ends"), told
    return None


def never_ends(function):
    """Say which loop of a function can't end; empty if none is seen. It isn't run then."""
    code = getattr(function, "__code__", None)
    lines = linecache.getlines(code.co_filename) if code else []
    if not any(line.lstrip().startswith("while") for line in lines):
        return ""
    from checking.lines.never_ends import endless_loop

    return endless_loop(function)


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


if __name__ == "__main__":
    status = main(sys.argv[1:])
    in_a_shell = hasattr(builtins, "get_ipython") or "idlelib.run" in sys.modules
    if not in_a_shell:  # it stays open, where an exit is only noise
        sys.exit(status)
