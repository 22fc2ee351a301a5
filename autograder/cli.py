"""The ``autograder`` command."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__

# NumPy's products are small here: threads of its own would only take turns with the other jobs.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

if TYPE_CHECKING:
    from autograder.assignment.assignment import Assignment
    from autograder.assignment.config import Config
    from autograder.course.adjustments import Adjustments
    from autograder.course.grade_class import ClassResult, FoundSubmission
    from autograder.feedback.record import Record
    from autograder.intake.lms import Download, UploadOptions

_CONFIG = click.option(
    "--config",
    "config_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A grading.yaml of your own.",
)
_ASSIGNMENT = click.option(
    "--assignment",
    "where",
    default="autograder.notes6",
    metavar="FOLDER",
    help="Another assignment, in a folder made like autograder/notes6.",
)
_TIER = click.option(
    "--require-tier",
    type=click.IntRange(0, 3),
    default=0,
    show_default=True,
    help="Refuse to run student code below this confinement tier (see 'autograder doctor').",
)
_SEED = click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), help="Decides the hidden inputs; else random."
)


class _Group(click.Group):
    """Turns the errors that a person can mend into one message and exit status 2.

    Their classes say so by ``for_people``, so that none has to be imported here.
    """

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("\nStopped. Start the same command again to go on from here.", err=True)
            context.exit(130)
        except Exception as error:
            if getattr(error, "for_people", False):
                click.echo(f"Error: {_told(error)}", err=True)
                context.exit(2)
            raise


def _told(error: Exception) -> str:
    said = getattr(error, "said", None)
    if said is None:
        return str(error)
    from autograder.assignment.general import own_words

    return own_words().fill(*said)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Grade the backpropagation exercises of Notes 6 and explain each mistake."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _loaded(where: str, config_path: Path | None) -> tuple[Assignment, Config]:
    """Load the assignment of the term, and its settings and words with what a file changes."""
    from autograder.assignment.config import load_term

    return load_term(where, config_path)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Processes at once.")
@click.option("--dask", metavar="ADDRESS", help="Grade on the Dask cluster of this scheduler.")
@click.option("--anonymous", is_flag=True, help="Leave names out of the class report.")
@click.option(
    "--compare",
    "old",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The output of an earlier run: list whose score changed, by how much and why.",
)
@click.option("--lms", help="Whose download it is, where that is not recognised.")
@click.option(
    "--gradebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The LMS's own export of grades: OUT/upload then holds what it takes back.",
)
@click.option("--column", help="The title of the grade item, where more than one fits.")
@click.option(
    "--points",
    type=click.Choice(["scaled", "raw"]),
    default="scaled",
    show_default=True,
    help="Scale to the item's maximum, or leave the points as they are.",
)
@click.option(
    "--groups",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Canvas's CSV of groups, so that each member gets the grade.",
)
@click.option(
    "--comments",
    type=click.Choice(["below", "leave", "none"]),
    default="below",
    show_default=True,
    help="Moodle, Blackboard: write a summary below a teacher's comment, leave it out where there "
    "is one, or write none.",
)
@click.option(
    "--adjustments",
    "by_hand",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Points changed by hand; by default adjustments.csv beside the class.",
)
@_SEED
@_TIER
@_CONFIG
@_ASSIGNMENT
def grade(
    paths: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    dask: str | None,
    anonymous: bool,
    old: Path | None,
    lms: str | None,
    by_hand: Path | None,
    seed: int | None,
    require_tier: int,
    config_path: Path | None,
    where: str,
    **upload: Any,
) -> None:
    """Grade a class: an LMS's download, or a folder with a folder, zip or file per student.

    \b
    Examples:
      autograder grade submissions/ -o graded/
      autograder grade download.zip --gradebook export.csv -o graded/

    Writes OUT/grades.csv, OUT/report.html (with .json and misconceptions.csv) and, for each
    student, OUT/feedback/NAME.html, .txt and .json and OUT/results/NAME.json. A run that was
    stopped goes on where it stood when it is started again. Exit status: 0 all graded, 1 some
    could not be read, 2 a wrong call.
    """
    from autograder.course.workers.processes import RARELY, cpus

    # Before the other imports, which make much that stays.
    gc.set_threshold(RARELY)
    from autograder.course.grade_class import grade_class
    from autograder.course.options import RunOptions
    from autograder.course.output import refuse_among
    from autograder.course.progress import progress
    from autograder.intake.lms import UploadOptions
    from autograder.sandbox.confine import check_system

    if dask is None:
        check_system()
    assignment, config = _loaded(where, config_path)
    refuse_among(paths, out)
    to_lms = UploadOptions(title=config.title, opening=config.say("comment.opening"), **upload)
    found = _find(paths, assignment, lms, to_lms)
    options = RunOptions(
        seed=seed,
        jobs=jobs or len(cpus()) or os.cpu_count() or 1,
        dask=dask,
        require_tier=require_tier,
        anonymous=anonymous,
        adjustments=_adjustments(by_hand, paths, out, found, config),
    )
    if old:
        options = options.compared_with(old)
    with progress(len(found.submissions)) as tell:
        result = grade_class(found.submissions, out, assignment, config, options, tell)
    _say_result(result, out, assignment.questions)
    if found.download:
        _hand_back(found.download, result, out, to_lms, config)
    if old:
        _say_what_moved(options.before, result, out)
    _say_what_is_missing(result, found.passed_over, options.adjustments)
    _say_who_else_is_in(out, result)
    sys.exit(1 if result.ungraded else 0)


@dataclass(frozen=True)
class _Found:
    """The submissions of a class, not read yet; what is nobody's; the LMS's download, if any."""

    submissions: Sequence[FoundSubmission]
    passed_over: list[str]
    download: Download | None = None


def _find(
    paths: tuple[Path, ...], assignment: Assignment, lms: str | None, options: UploadOptions
) -> _Found:
    """Find the submissions, and refuse what a gradebook would be refused for after grading."""
    from autograder.intake.lms import check_gradebook, open_download
    from autograder.intake.plain_folders import find_class

    if len(paths) > 1 and (lms or options.gradebook):
        raise click.UsageError("--lms and --gradebook go with one download.")
    if not options.gradebook:
        _refuse_without_gradebook(options)
    if len(paths) == 1 and (
        download := open_download(paths[0], assignment.files, lms, options.gradebook)
    ):
        click.echo(download.why, err=True)
        check_gradebook(download, options)
        if download.lms == "folders":
            found = _Found(download.submissions, download.leftovers)
        else:
            found = _Found(download.submissions, [], download)  # unmatched.csv lists the leftovers
    else:
        plain = find_class(paths, assignment.files)
        found = _Found(plain.submissions, plain.passed_over)
    if not found.submissions:
        _say_passed_over(found.passed_over)
        raise click.UsageError(f"No submissions in {', '.join(map(str, paths))}.")
    return found


def _adjustments(
    by_hand: Path | None, paths: tuple[Path, ...], out: Path, found: _Found, config: Config
) -> Adjustments:
    """Read what is changed by hand: the file that is named, else the one that lies there."""
    from autograder.course.adjustments import NO_ADJUSTMENTS, find, read

    path = by_hand or find(paths, out)
    if not path:
        return NO_ADJUSTMENTS
    click.echo(f"Adjustments: {path}", err=True)
    return read(path, {one.student for one in found.submissions}, config.points)


def _refuse_without_gradebook(options: UploadOptions) -> None:
    """Refuse what would be passed over in silence, as no grades are written for upload."""
    given = {
        "--column": options.column,
        "--groups": options.groups,
        "--points": options.points != "scaled",
        "--comments": options.comments != "below",
    }
    if unused := [name for name, value in given.items() if value]:
        raise click.UsageError(f"{' and '.join(unused)}: only together with --gradebook.")


def _hand_back(
    download: Download, result: ClassResult, out: Path, options: UploadOptions, config: Config
) -> None:
    from autograder.course.hand_back import hand_back

    _, lines = hand_back(download, result.graded, out, options, config.say)
    _say_below(lines)


def _say_what_moved(before: Mapping[str, Record], result: ClassResult, out: Path) -> None:
    from autograder.course.compare import compare, records

    now = records(out)
    _say_below(compare(before, {student: now[student] for student in result.graded}))


def _say_below(lines: Iterable[str]) -> None:
    click.echo("\n" + "\n".join(lines))


def _say_what_is_missing(
    result: ClassResult, passed_over: list[str], adjustments: Adjustments
) -> None:
    for student in sorted(result.ungraded.keys() & adjustments.by_student.keys()):
        click.echo(f"Not adjusted, as it was not graded: {student}", err=True)
    for student, found in result.empty.items():
        click.echo(f"Nothing to grade, so 0 points: {student}: {found}", err=True)
    for student, why in result.ungraded.items():
        click.echo(f"Not graded: {student}: {why}", err=True)
    for student, what in result.unexplained.items():
        click.echo(
            f"Not explained, by a fault of the autograder: {student}: {what}. The marks of the "
            "tests stand. Please report it with the file.",
            err=True,
        )
    _say_passed_over(passed_over)


def _say_passed_over(listed: list[str]) -> None:
    for what in listed:
        click.echo(f"Passed over: {what}", err=True)


def _say_who_else_is_in(out: Path, result: ClassResult) -> None:
    """Say whose pages stand in the output that are none of this class's."""
    from autograder.course.output import others_in

    if others := others_in(out, [row["student"] for row in result.rows]):
        shown = ", ".join(others[:5]) + (" ..." if len(others) > 5 else "")
        click.echo(
            f"{out / 'feedback'} also holds pages of an earlier run, of {len(others)} who are not "
            f"in this class: {shown}. Grade each class into a folder of its own.",
            err=True,
        )


def _say_result(result: ClassResult, out: Path, questions: Sequence[str]) -> None:
    _table(result.rows, questions)
    kept = f" ({result.reused} of them by an earlier run)" if result.reused else ""
    click.echo(
        f"\n{len(result.graded)} graded{kept} with seed {result.seed}, "
        f"confinement tier {result.tier}. Feedback for each student: {out / 'feedback'}"
    )
    if result.tier is not None and result.tier < 2:
        _warn_of_what_is_open()


def _warn_of_what_is_open() -> None:
    from autograder.sandbox.client import detect

    for sentence in detect().left_open():
        click.echo(f"Warning: {sentence} See docs/security.md.", err=True)


def _table(rows: list[dict[str, Any]], questions: Sequence[str]) -> None:
    if len(rows) > 60:
        return
    width = max(len(str(row["student"])) for row in rows)
    click.echo(f"{'student':{width}}  " + "  ".join(questions) + "   total")
    for row in rows:
        cells = [f"{row[q]:.4g}" if q in row else "" for q in questions]
        marks = "  ".join(f"{c:>{len(q)}}" for c, q in zip(cells, questions, strict=True))
        total = f"{row['total']:.4g}/{row['max']:g}" if "total" in row else row["status"]
        click.echo(f"{row['student']:{width}}  {marks}  {total:>6}")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the feedback record instead.")
@click.option(
    "--cases",
    is_flag=False,
    flag_value="",
    metavar="[FUNCTION]",
    help="Print the failed test cases instead, with calls and right answers: not for students.",
)
@click.option(
    "--run",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The output of the run to explain: with its hidden inputs.",
)
@_SEED
@_TIER
@_CONFIG
@_ASSIGNMENT
def explain(
    paths: tuple[Path, ...],
    as_json: bool,
    cases: str | None,
    run: Path | None,
    seed: int | None,
    require_tier: int,
    config_path: Path | None,
    where: str,
) -> None:
    """Print the feedback of one submission: its files, its folder or its zip.

    \b
    Examples:
      autograder explain submissions/ada/
      autograder explain submissions/ada/ --cases --run graded/
    """
    from autograder.course.grader import Grader
    from autograder.course.output import seed_of_earlier
    from autograder.feedback.plain import render
    from autograder.intake.plain_folders import PlainSubmission, refuse_class

    assignment, config = _loaded(where, config_path)
    if cases and not paths and Path(cases).exists():
        paths, cases = (Path(cases),), ""  # the option has taken the folder for a function
    if not paths:
        raise click.UsageError("Name the files, the folder or the zip of a submission.")
    if cases and cases not in assignment.exercises:
        raise click.UsageError(
            f"--cases: no function is called '{cases}', but {', '.join(assignment.exercises)}."
        )
    if run:
        earlier = seed_of_earlier(run)
        seed = earlier if seed is None else seed
    for path in paths:
        refuse_class(path, assignment.files)
    submission = PlainSubmission(paths[0].stem, paths).read(assignment)
    with Grader(assignment, config, seed or 0, require_tier=require_tier) as grader:
        if cases is not None:
            click.echo("\n".join(grader.failed_cases(submission, cases)))
            return
        feedback = grader.grade(submission).feedback
    if as_json:
        click.echo(json.dumps(feedback, ensure_ascii=False, indent=1))
    else:
        click.echo(render(feedback, config.say).rstrip("\n"))


@main.command()
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("group", type=int)
@click.option(
    "--into",
    default=".",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the example goes: the folder of your grading.yaml.",
)
def name(out: Path, group: int, into: Path) -> None:
    """Write the entry of grading.yaml that names a GROUP of the report in OUT by example.

    \b
    Example:
      autograder name out 1 --into my-course

    The file of one of its students is written beside your grading.yaml; the entry, for you to fill
    in with words, is printed.
    """
    from autograder.course.name_group import name_group

    path, entry = name_group(out, group, into)
    click.echo(entry)
    click.echo(
        f"Wrote {path}, a student's file: take out what the mistake does not need. Put the entry "
        "above under 'misconceptions' of your grading.yaml and fill in its words.",
        err=True,
    )


@main.command()
@click.option("-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@_TIER
@_CONFIG
@_ASSIGNMENT
def build(out: Path, require_tier: int, config_path: Path | None, where: str) -> None:
    """Build the hand-out and the autograder for Gradescope and ``otter run``.

    \b
    Example:
      autograder build -o dist/

    Writes OUT/student.zip and OUT/autograder.zip, after it has measured that the solutions score
    everything and the untouched stubs nothing.
    """
    from autograder.otter.build import build as make

    assignment, config = _loaded(where, config_path)
    for line in make(out, assignment, config, config_path, require_tier):
        click.echo(line)


@main.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Print the texts of the failures too.")
@_SEED
@_CONFIG
@_ASSIGNMENT
def evaluate(
    corpus: Path, verbose: bool, seed: int | None, config_path: Path | None, where: str
) -> None:
    """Measure the explanations on a labelled corpus of wrong and unusual submissions.

    \b
    Example:
      autograder evaluate tests/corpus
    """
    from autograder.course.evaluate import evaluate as measure
    from autograder.course.evaluate import table
    from autograder.course.grader import Grader

    assignment, config = _loaded(where, config_path)
    with Grader(assignment, config, seed or 0) as grader:
        outcomes = list(measure(corpus, grader))
    for outcome in outcomes:
        if not outcome.good:
            click.echo(f"{outcome.result:12} {outcome.kind:14} {outcome.case} {outcome.ids}")
            if verbose:
                for name, text in outcome.texts.items():
                    click.echo(f"    {name}: {text}")
        for statement in outcome.refuted:
            click.echo(f"{'refuted':12} {outcome.kind:14} {outcome.case} {statement}")
    click.echo("\n".join(["", *table(outcomes)]))


@main.command()
@_CONFIG
@_TIER
@_ASSIGNMENT
def doctor(config_path: Path | None, require_tier: int, where: str) -> None:
    """Check this machine and the grading config, and say what is missing.

    \b
    Example:
      autograder doctor --require-tier 2
    """
    import platform
    from importlib.metadata import version

    from autograder.course.grader import Grader
    from autograder.sandbox.client import Limits, Sandbox
    from autograder.sandbox.errors import CannotConfine

    assignment, config = _loaded(where, config_path)
    click.echo(f"grading.yaml: {sum(config.points.values()):g} points, level {config.level}")
    click.echo(f"graded by: Python {platform.python_version()}, NumPy {version('numpy')}")
    limits = Limits(**config.limits.model_dump())
    try:
        with Sandbox(limits, assignment.contract, require_tier=require_tier) as sandbox:
            tier = sandbox.confinement
    except CannotConfine as error:
        if require_tier:
            raise
        click.echo(f"confinement: none; {error}")
        return
    click.echo(f"confinement: tier {tier.number} of 3")
    for layer, works in tier.layers.items():
        why = "" if works else f" ({tier.reasons[layer]})"
        click.echo(f"  {'yes' if works else 'no ':3} {layer}{why}")
    if "times" in tier.reasons:
        click.echo(f"  no  own view of access times ({tier.reasons['times']} closes them)")
    for sentence in tier.left_open():
        click.echo(f"Warning: {sentence}")
    if config.examples:
        with Grader(assignment, config, 0, require_tier=require_tier):
            click.echo(f"examples: {len(config.examples)}, each a mistake without a name so far")


if __name__ == "__main__":
    main()
