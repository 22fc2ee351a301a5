"""Run every attack on every road at every tier, and write the table of ``docs/attacks.md``.

    python -m tests.attack_table [--only PART_OF_A_NAME] [--jobs 2] [--out docs/attacks.md]

It needs root on Linux. Each job has folders for temporary files, a network, processes and shared
memory for itself (see unshare(1)), so that whatever an attack leaves there is found. Still, run it
on a machine that holds nothing of value.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.attacks import (
    CASES,
    NEIGHBOURS,
    NOBODY,
    Case,
    Place,
    Seen,
    Surroundings,
    Way,
    adopting_orphans,
    combined,
    faults,
    make_autograder_zip,
    place,
    take,
    unprivileged_python,
)
from tests.the_assignment import FUNCTIONS

PAGE = Path(__file__).parents[1] / "docs" / "attacks.md"
# By what stands at the head of a column: the layers that are switched off, and whether as root.
TIERS: dict[str, tuple[set[str], bool]] = {
    "3": (set(), True),
    "1, no Landlock": ({"landlock"}, True),
    "1, no filter": ({"seccomp"}, True),
    "1, neither": ({"landlock", "seccomp"}, True),
    "2": (set(), False),
    "0": ({"landlock", "seccomp"}, False),
}
# Gradescope's container runs as root.
COLUMNS = {
    "autograder grade": list(TIERS),
    "otter run": ["3"],
    "container": ["3", "1, neither"],
}
HONEST: Case = {"max_score_fraction": 1.0}
HEAD = """\
# Attacks, tried

Written by `python -m tests.attack_table`, as root on Linux, which runs every case of
`tests/hostile` at each tier on each road. A cell holds the points of the submission out of 100, or
*refused* where nothing of it was graded; in bold stands what the attack got through:

- *points*: more than the right code beside the attack is worth;
- *hidden numbers*, *shown*, *markup*, *control characters*, *flood*: in what people read;
- *files*, *processes*, *sockets*, *segments left*: found after the run in folders, a network and
  shared memory that the run had for itself;
- *heard*: a listener on the same machine was spoken to;
- *other students' results*: those of two honest students of the same class are other bytes;
- *refused*: nothing was graded of files that are right.

On Otter's roads the attacks that answer for every function share a submission, one attack in each
function. Where something got through, the attacks were run again by halves to find whose it was.

The [tiers](security.md) are those of the security page. *Neither* is without Landlock and without
the filter; tiers 2 and 0 are run as another user than root.
"""


def way(tier: str) -> Way:
    """How a column is run."""
    without, as_root = TIERS[tier]
    python = sys.executable if as_root else unprivileged_python()
    if python is None:
        raise SystemExit("no other user can start a Python with these packages")
    return Way(frozenset(without), None if as_root else NOBODY, python)


# --- one road at one tier, in surroundings of its own ---------------------------------------------

UNSHARE = ["unshare", "--mount", "--pid", "--net", "--ipc", "--fork", "--mount-proc"]
MOUNT = "for f in /tmp /var/tmp /dev/shm; do mount -t tmpfs tmpfs $f && chmod 1777 $f; done; "


def apart(road: str, tier: str, names: list[str]) -> dict[str, str]:
    """Run attacks in surroundings of their own; what came of each by name."""
    command = [sys.executable, "-m", "tests.attack_table", "--apart", road, tier, *names]
    done = subprocess.run(
        [*UNSHARE, "sh", "-c", MOUNT + 'exec "$@"', "sh", *command], stdout=subprocess.PIPE
    )
    cells: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return cells


def attack_all(road: str, tier: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """Run attacks and say what came of each."""
    how = way(tier)
    with adopting_orphans(), tempfile.TemporaryDirectory() as dist, place(how.user) as there:
        Path(dist).chmod(0o755)
        zipped = make_autograder_zip(Path(dist)) if road != "autograder grade" else Path()

        def run(cases: dict[str, Case]) -> dict[str, Seen]:
            return take(road, how, there, cases, zipped)

        honest = run({"50-honest": HONEST})
        by_otter = road != "autograder grade"
        alone = [n for n in names if "alone" in CASES[n] or (by_otter and "answer" not in CASES[n])]
        for name in alone:
            yield from together([name], run, there, honest)
        rest = [name for name in names if name not in alone]
        yield from combine(rest, run, there) if by_otter else together(rest, run, there, honest)
        if run({"50-honest": HONEST})["50-honest"].results != honest["50-honest"].results:
            raise SystemExit(f"{road}, {tier}: an honest submission is graded otherwise afterwards")


Run = Callable[[dict[str, Case]], dict[str, Seen]]


def together(
    names: list[str], run: Run, there: Place, honest: dict[str, Seen]
) -> Iterator[tuple[str, str]]:
    """Run attacks in one class; where something is left of them, find by halves whose it is."""
    before = Surroundings.now(there, alone=True)
    seen = run({name: CASES[name] for name in names})
    left = left_since(before, there)
    if any(_own(seen, student) != _own(honest, student) for student in NEIGHBOURS):
        left.append("other students' results")
    if left and len(names) > 1:
        half = len(names) // 2
        yield from together(names[:half], run, there, honest)
        yield from together(names[half:], run, there, honest)
        return
    for name in names:
        yield name, cell(seen[name], faults(CASES[name], seen[name]) + left)


def combine(names: list[str], run: Run, there: Place) -> Iterator[tuple[str, str]]:
    """Run attacks in one submission, one in each function; by halves where one gets through."""
    groups = [names[at : at + len(FUNCTIONS)] for at in range(0, len(names), len(FUNCTIONS))]
    for group in groups:
        case = combined(group) if len(group) > 1 else CASES[group[0]]
        before = Surroundings.now(there, alone=True)
        seen = run({"combined": case})["combined"]
        found = faults(case, seen) + left_since(before, there)
        if found and len(group) > 1:
            half = len(group) // 2
            yield from combine(group[:half], run, there)
            yield from combine(group[half:], run, there)
            continue
        yield from ((name, cell(seen, found)) for name in group)


def left_since(before: Surroundings, there: Place) -> list[str]:
    """Say what attacks have left behind and whom they have spoken to, and clear it away."""
    after = Surroundings.now(there, alone=True)
    after.clear(before)
    heard = there.heard()
    return after.left(before) + (["heard over " + " and ".join(heard)] if heard else [])


def cell(seen: Seen, found: list[str]) -> str:
    """What stands in the table."""
    points = "refused" if seen.results is None else f"{seen.score:g}"
    return f"{points} **{'; '.join(found)}**" if found else points


def _own(seen: dict[str, Seen], student: str) -> dict[str, str]:
    """What is written about a student alone; nothing on the roads of one submission."""
    return seen[student].texts if student in seen else {}


def raise_loopback() -> None:
    """A new network's loopback is down."""
    flags, up_and_running = 0x8914, 0x41
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, flags, struct.pack("16sH22x", b"lo", up_and_running))


# --- the page -------------------------------------------------------------------------------------


def page(cells: dict[tuple[str, str], dict[str, str]], names: list[str]) -> str:
    """Write the tables, one for each road."""
    parts = [HEAD]
    for road, tiers in COLUMNS.items():
        parts += [f"## `{road}`\n" if road != "container" else "## Gradescope's container\n"]
        parts += ["| Attack | " + " | ".join(tiers) + " |", "| --- |" + " --- |" * len(tiers)]
        for name in names:
            row = [cells[road, tier][name] for tier in tiers]
            parts.append(f"| {name} | " + " | ".join(row) + " |")
        parts.append("")
    parts += ["## The attacks\n"]
    parts += [
        f"- **{name}** ({CASES[name]['goal']}): {CASES[name]['attack']} {CASES[name]['expected']}"
        for name in names
    ]
    return "\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Run every attack and write the table.")
    parser.add_argument("--only", default="", help="part of the names of the attacks to run")
    parser.add_argument("--roads", nargs="+", default=list(COLUMNS), choices=list(COLUMNS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, help=f"write the page, usually to {PAGE.name}")
    parser.add_argument("--apart", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.apart:
        road, tier, *names = options.apart
        raise_loopback()
        print(json.dumps(dict(attack_all(road, tier, names))))
        return
    if os.geteuid() != 0:
        raise SystemExit("needs root on Linux")
    names = [name for name in CASES if options.only in name]
    columns = [(road, tier) for road in options.roads for tier in COLUMNS[road]]
    with ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda column: apart(*column, names), columns)
        cells = {}
        for column, result in zip(columns, results, strict=True):
            cells[column] = result
            print(*column, result, flush=True)
    if options.out:
        options.out.write_text(page(cells, names), encoding="utf-8")


if __name__ == "__main__":
    main()
