"""Pack what is handed in."""

import ast
import io
import zipfile

from checking.asked import EXERCISES
from checking.printing import fill, print_indented
from checking.saying import say
from checking.showing import FOLDER
from checking.statements import statements
from checking.work import fresh_imports, load


def pack():
    """Write hand-in.zip with the student's files, if all of them run; 0 if it was written."""
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
