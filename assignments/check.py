"""Check what you have written so far, and pack it for handing in.

    python check.py                     all exercises
    python check.py practice_6_1        one exercise, or several
    python check.py softmax             one function, or several
    python check.py --zip               write hand-in.zip

In a notebook: `import check`, then `check.check("softmax")`.
"""

import argparse
import ast
import re
import runpy
import sys
import textwrap
import zipfile

from checking.evidence import FOLDER, Finding, Waiting, describe_place, passes_its_checks, test_case
from checking.statements import statements
from checking.work import EXERCISES, fresh_imports, load, students_turn

try:
    from otter.test_files import ExceptionTestFile
except ImportError:
    ExceptionTestFile = None  # not needed: evidence.py has what stands in for it

RIGHT, WRONG, WAITING, UNWRITTEN = "right so far", "to mend", "waiting", "not written yet"


def main():
    """Run the command; give 0 if all that was asked for is right, 1 if not (2: a wrong call)."""
    sys.stdout.reconfigure(errors="replace")  # a student's line may not fit the terminal's letters
    parser = argparse.ArgumentParser(
        description="Check what you have written so far, and pack it for handing in."
    )
    parser.add_argument("what", nargs="*", help="exercises or functions; all if left out")
    parser.add_argument("--zip", action="store_true", help="write hand-in.zip")
    options = parser.parse_args()
    try:
        names = {name for word in options.what or EXERCISES for name in find_functions(word)}
    except LookupError as error:
        parser.error(error.args[0])
    try:
        return pack() if options.zip else report(names)
    except KeyboardInterrupt as stop:
        print(f"\nStopped here:\n{describe_place(stop)}\nIf this is in a loop: does it ever end?")
        return 1


def check(name):
    """Check one function from a notebook, as its file is on the disk now."""
    report({name})


def find_functions(word):
    """Give the functions that a word of the command line names."""
    word = word.removeprefix("./").removeprefix(".\\").removesuffix(".py")
    if word in EXERCISES:
        return EXERCISES[word]
    if any(word in names for names in EXERCISES.values()):
        return (word,)
    raise LookupError(f"there is no '{word}': name {', '.join(EXERCISES)} or a function in them")


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
                    outcomes.update(dict.fromkeys(asked, WRONG))
                else:
                    outcomes.update({name: report_function(work, name) for name in asked})
                print()
    print_summary(outcomes, work)
    return 0 if set(outcomes.values()) == {RIGHT} else 1


def report_function(work, name):
    """Check one function, print how it stands, and return that."""
    if name in work.unwritten:
        print(f"  {name:20}{UNWRITTEN}")
        return UNWRITTEN
    if name not in work.functions:
        print(f"  {name:20}not found: keep the name that it has in the stub")
        return WRONG
    if work.parameters.get(name):
        print(f"  {name:20}takes other arguments than the stub:")
        print_indented(work.parameters[name])
        return WRONG
    with students_turn(work, name):
        results = list(run_test_file(FOLDER / "tests" / f"{name}.py", work.functions))
        failed = [(case, finding) for case, finding in results if finding]
        waiting = failed and find_what_it_waits_for(work, name, failed)
    passed = f"{len(results) - len(failed)} of {len(results)} checks"
    if not failed:
        print(f"  {name:20}passes {passed}")
        return RIGHT
    if waiting:
        print(f"  {name:20}passes {passed}, and {waiting}")
        return WAITING
    case, finding = next(f for f in failed if not isinstance(f[1], Waiting))
    print(f"  {name:20}passes {passed}. The first to mend:")
    print_indented(f"({case})\n{finding}")
    return WRONG


def find_what_it_waits_for(work, name, failed):
    """Say which other function has to be right first; None if this one has to be mended."""
    for used in work.uses[name]:
        if not passes_its_checks(work.functions.get(used), used):
            return f"waits for your {used}, which isn't right yet"
    findings = [finding for _, finding in failed]
    return findings[0] if all(isinstance(finding, Waiting) for finding in findings) else None


def run_test_file(path, functions):
    """Run one Otter test file; yield each check's name and its finding, None where it passes."""
    if ExceptionTestFile is None:
        for case in runpy.run_path(str(path)).values():
            if isinstance(case, test_case):
                try:
                    case.call_func(functions)
                    yield case.name, None
                except Finding as finding:
                    yield case.name, finding
    else:
        test_file = ExceptionTestFile.from_file(str(path))
        test_file.run(functions)
        for result in test_file.test_case_results:
            yield result.test_case.name, None if result.passed else read_finding(result.message)


def read_finding(message):
    """Read a finding out of Otter's message, which begins with the test's own line."""
    found = re.search(r"\n(Finding|Waiting): (.*)", message, re.DOTALL)
    return {"Finding": Finding, "Waiting": Waiting}[found[1]](found[2])


def print_summary(outcomes, work):
    """Count the outcomes, and name one next step."""
    kinds = list(outcomes.values())
    counts = [f"{kinds.count(kind)} {kind}" for kind in (RIGHT, WRONG, WAITING, UNWRITTEN)]
    print(f"{', '.join(counts)}.")
    if work.printed:
        print("What your code prints isn't shown here; to see it, run the file itself.")
    if set(kinds) == {RIGHT}:
        print("The graded tests try more inputs than these, so this is a good sign, not the mark.")
        if len(kinds) == sum(map(len, EXERCISES.values())):
            print("To hand in: python check.py --zip")


def print_indented(text):
    """Print a finding, wrapped but for the lines that are indented already."""
    for line in text.splitlines():
        wrapped = [line] if line.startswith(" ") else textwrap.wrap(line, 76)
        print(textwrap.indent("\n".join(wrapped), "      "))


def pack():
    """Write hand-in.zip with the student's files, if all of them run; 0 if it was written."""
    target = FOLDER / "hand-in.zip"
    target.unlink(missing_ok=True)  # an old one must not be taken for this one
    with fresh_imports():
        work = load()
    if work.problems:
        print("hand-in.zip is not written yet. Mend this first:\n")
        for problem in work.problems.values():
            print_indented(problem)
        print(
            "\nNo time left? Upload your files as they are: only what can't be read loses its "
            "points."
        )
        return 1
    files = find_hand_in()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(FOLDER / file, file)
    print(f"hand-in.zip holds {', '.join(files)}.")
    if work.unwritten:
        unwritten = [n for names in EXERCISES.values() for n in names if n in work.unwritten]
        print(textwrap.fill(f"Not written yet: {', '.join(unwritten)}.", 80))
    print(
        "Upload it on the assignment's page of your course; where that page asks for single\n"
        "files, upload these .py files. `python check.py` tells whether they are right."
    )
    return 0


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
    sys.exit(main())
