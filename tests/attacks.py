"""Hostile submissions on every road, and what came of each.

A case is a file of ``tests/hostile``. ``answer(name, arguments)`` stands for every function of a
submission; ``append``, ``prepend`` and ``files`` change the solutions, ``archive`` is put into a
zip, ``student`` is the name of the folder that is handed in, ``alone`` marks what tries to reach or
leave something that other attacks would find. Names between @ are places of the run, see `Place`.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

import autograder
from autograder.diagnosis.example import PLAIN
from autograder.feedback.evidence import in_words
from autograder.feedback.figures import drawing
from autograder.intake.file_names import safe_name
from autograder.marking.marks import Expected
from autograder.sandbox import kernel
from tests.the_assignment import (
    DEFAULT,
    FILES,
    FUNCTIONS,
    SAY,
    SOLUTIONS,
    build,
    load_config,
    probes_of,
)

Case = dict[str, Any]
CASES: dict[str, Case] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "hostile").glob("*.yaml"))
}
SEED = 20
MOST = sum(load_config().points.values())
NOBODY = 65534
#: Nothing may hang; no run takes a tenth of this.
SECONDS = 300
RIGHT = {name: (SOLUTIONS / name).read_bytes() for name in FILES}
HONEST = {
    **RIGHT,
    "practice_6_2.py": b"def propagate_error(error, jacobian):\n    return jacobian @ error\n",
}
NEIGHBOURS = ("00-honest", "99-honest")
#: What attacks call what they leave behind; each run puts its own number to it.
MARK = "hostile-mark"
LIMITS = {"call_seconds": 0.3, "import_seconds": 1, "submission_seconds": 8, "memory_mb": 512}


# --- cases --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """What an attack can find on the machine, and the listeners that must hear nothing of it.

    Attributes
    ----------
    home : Path
        The run's own folder.
    listeners : dict of str to socket.socket
        By kind: tcp, udp, unix, abstract.
    """

    home: Path
    listeners: dict[str, socket.socket] = field(default_factory=dict)

    def fill_in(self, text: str) -> str:
        """Put the places of this run into an attack."""
        words = {
            "SOLUTIONS": SOLUTIONS,
            "HOME": self.home,
            "TCP": self.listeners["tcp"].getsockname()[1],
            "UDP": self.listeners["udp"].getsockname()[1],
            "UNIX": self.home / "socket",
            "KEY": self.key,
            "ABSTRACT": self.listeners["abstract"].getsockname()[1:].decode(),
        }
        text = text.replace(MARK, self.mark)
        return re.sub(r"@([A-Z]+)@", lambda found: str(words[found[1]]), text)

    @property
    def mark(self) -> str:
        """The name of what this run's attacks leave behind."""
        return f"{MARK}-{os.getpid()}"

    @property
    def key(self) -> int:
        """The key of this run's shared memory."""
        return 0x6D610000 + os.getpid() % 2**16

    def heard(self) -> list[str]:
        """Say which listeners have been spoken to since the last time."""
        return [name for name, listener in self.listeners.items() if _heard(listener)]


def _heard(listener: socket.socket) -> bool:
    """Whether anything has come; takes all of it in."""
    listener.setblocking(False)
    heard = False
    while True:
        try:
            if listener.type == socket.SOCK_DGRAM:
                listener.recv(1)
            else:
                listener.accept()[0].close()
        except BlockingIOError:
            return heard
        heard = True


@contextmanager
def place(user: int | None = None) -> Iterator[Place]:
    """Make a folder that every user can enter, owned by a user, with listeners beside it."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        home = Path(name)
        home.chmod(0o755)
        tcp, udp = socket.create_server(("127.0.0.1", 0)), socket.socket(type=socket.SOCK_DGRAM)
        unix, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        with tcp, udp, unix, abstract:
            udp.bind(("127.0.0.1", 0))
            unix.bind(str(home / "socket"))
            (home / "socket").chmod(0o777)
            abstract.bind(f"\0listener-{os.getpid()}")
            for listener in (unix, abstract):
                listener.listen()
            if user is not None:
                os.chown(home, user, user)
            yield Place(home, {"tcp": tcp, "udp": udp, "unix": unix, "abstract": abstract})


def answering(attack: str) -> dict[str, bytes]:
    """Files in which every function is ``answer(name, arguments)`` of an attack."""
    files = {}
    for file in FILES:
        stubs = [
            f"def {f.name}({', '.join(f.parameters)}):\n"
            f"    return answer({f.name!r}, ({''.join(p + ', ' for p in f.parameters)}))\n"
            for f in FUNCTIONS.values()
            if f.file == file
        ]
        files[file] = "\n\n".join([attack, *stubs]).encode("utf-8", "surrogatepass")
    return files


def files_of(case: Case, there: Place) -> dict[str, bytes]:
    """The files that are handed in, by path."""
    files = dict(RIGHT)
    if "answer" in case:
        files = answering(there.fill_in(case["answer"]))
    for name, text in case.get("append", {}).items():
        files[name] += b"\n\n" + there.fill_in(text).encode()
    if "prepend" in case:
        files = {name: case["prepend"].encode() + data for name, data in files.items()}
    for name, text in case.get("files", {}).items():
        files[name] = there.fill_in(text).encode("utf-8", "surrogateescape")
    return files


def zip_of(case: Case, there: Place) -> bytes:
    """The hand-in as one zip, with what the case adds to it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        warnings.catch_warnings(action="ignore"),  # of a name that is there twice
    ):
        for name, data in files_of(case, there).items():
            archive.writestr(name.encode("utf-8", "replace").decode(), data)
        for entry in case.get("archive", []):
            info = zipfile.ZipInfo(there.fill_in(entry["name"]))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o120777 if "link" in entry else 0o100644) << 16
            with archive.open(info, "w", force_zip64=True) as member:
                member.write((entry.get("link") or entry.get("text", "")).encode())
                for _ in range(entry.get("zero_megabytes", 0)):
                    member.write(bytes(2**20))
    return buffer.getvalue()


def combined(names: list[str]) -> Case:
    """One case that runs another attack in each function, as many as there are functions."""
    attacks = dict(zip(FUNCTIONS, (CASES[name]["answer"] for name in names), strict=False))
    return {
        "attack": "All at once.",
        "max_score_fraction": 0.0,
        "answer": f"""\
ATTACKS = {attacks!r}
SPACES = {{}}

def answer(name, arguments):
    if name not in ATTACKS:
        return None
    if name not in SPACES:
        SPACES[name] = dict(globals())
        exec(ATTACKS[name], SPACES[name])
    return SPACES[name]["answer"](name, arguments)
""",
    }


# --- roads --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """As which user, and with which layers switched off, a road is taken.

    Attributes
    ----------
    without : frozenset of str
    user : int or None
        None: as who runs this.
    python : str
        An interpreter that this user can start.
    """

    without: frozenset[str] = frozenset()
    user: int | None = None
    python: str = sys.executable

    def run(self, kind: str, target: str, *arguments: str | Path, cwd: Path) -> str:
        """Start a command of the grader and return what it says."""
        as_user: dict[str, Any] = (
            {} if self.user is None else {"user": self.user, "group": self.user, "extra_groups": []}
        )
        done = subprocess.run(
            [
                *(self.python, str(Path(__file__).with_name("launch.py")), ",".join(self.without)),
                *(kind, target, *map(str, arguments)),
            ],
            cwd=cwd,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(cwd),
                "PYTHONPATH": packages_path(),
                "PYTHONDONTWRITEBYTECODE": "1",
                "AUTOGRADER_SEED": str(SEED),
            },
            capture_output=True,
            timeout=SECONDS,
            **as_user,
        )
        return (done.stdout + done.stderr).decode("utf-8", "surrogateescape")


@dataclass(frozen=True)
class Seen:
    """What a run leaves for people to see.

    Attributes
    ----------
    results : dict or None
        Gradescope's results; None where the submission was refused as a whole.
    texts : dict of str to str
        What is written about this submission, by file.
    shared : dict of str to str
        What the command says, and what is written about the class, by file.
    """

    results: dict[str, Any] | None
    texts: dict[str, str]
    shared: dict[str, str]

    @property
    def score(self) -> float:
        """The points in all."""
        tests = self.results["tests"] if self.results else []
        return float(round(sum(test["score"] for test in tests), 3))


@cache
def short_config() -> str:
    """The package's config with limits that hostile submissions reach soon."""
    text = DEFAULT.read_text(encoding="utf-8")
    for name, value in LIMITS.items():
        text = re.sub(rf"^  {name}: \S+", f"  {name}: {value}", text, flags=re.MULTILINE)
    return text


def by_grade(way: Way, there: Place, cases: dict[str, Case]) -> dict[str, Seen]:
    """Grade a class by ``autograder grade``: the cases, and honest students before and after."""
    where, out = there.home / "class", there.home / "out"
    for folder in (where, out):
        shutil.rmtree(folder, ignore_errors=True)
    students = {name: str(case.get("student", name)) for name, case in cases.items()}
    for name in NEIGHBOURS:
        _write_files(where / name, HONEST)
    for name, case in cases.items():
        if "archive" in case:
            students[name] = students[name].removesuffix(".zip")
            (where / f"{students[name]}.zip").write_bytes(zip_of(case, there))
        else:
            _write_files(where / students[name], files_of(case, there))
    (there.home / "grading.yaml").write_text(short_config(), encoding="utf-8")
    options = ["--config", "grading.yaml", "--seed", SEED, "--jobs", 1]
    said = way.run(
        "module", "autograder.cli", "grade", "class", "-o", "out", *map(str, options),
        cwd=there.home,
    )  # fmt: skip
    # What the command says and the class's tables are shown to no student, but hold their names.
    shared = {"terminal": said} | {p.name: _read(p) for p in sorted(out.glob("*.*"))}
    return {name: _seen(out, students.get(name, name), shared) for name in [*cases, *NEIGHBOURS]}


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _seen(out: Path, student: str, shared: dict[str, str]) -> Seen:
    name = safe_name(student)
    results = out / "results" / f"{name}.json"
    if not results.exists():
        return Seen(None, {}, shared)
    paths = [results, *(out / "feedback" / f"{name}.{kind}" for kind in ("json", "txt", "html"))]
    texts = {f"{path.parent.name}{path.suffix}": _read(path) for path in paths}
    try:
        return Seen(json.loads(texts["results.json"]), texts, shared)
    except ValueError:
        # Another submission has emptied it.
        return Seen(None, texts, shared)


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def by_otter_run(way: Way, there: Place, case: Case, autograder_zip: Path) -> Seen:
    """Hand a zip to ``otter run``."""
    cwd = there.home / "otter"
    shutil.rmtree(cwd, ignore_errors=True)
    cwd.mkdir()
    (cwd / "submission.zip").write_bytes(zip_of(case, there))
    if way.user is not None:
        os.chown(cwd, way.user, way.user)
    said = way.run("module", "otter", "run", "-a", autograder_zip, "submission.zip", cwd=cwd)
    results = cwd / "results.json"
    if not results.exists():
        return Seen(None, {}, {"terminal": said})
    return Seen(json.loads(_read(results)), {"results": _read(results)}, {"terminal": said})


def by_container(way: Way, there: Place, case: Case, autograder_zip: Path) -> Seen:
    """Lay out Gradescope's container and run what its ``run_autograder`` runs."""
    top = there.home / "autograder"
    shutil.rmtree(top, ignore_errors=True)
    (top / "results").mkdir(parents=True)
    (top / "submission").mkdir()
    (top / "submission_metadata.json").write_text("{}")
    with zipfile.ZipFile(autograder_zip) as archive:
        archive.extractall(top / "source")
    if "archive" in case:
        (top / "submission" / "hand-in.zip").write_bytes(zip_of(case, there))
    else:
        _write_files(top / "submission", files_of(case, there))
    if way.user is not None:
        for path in [top, *top.rglob("*")]:
            os.chown(path, way.user, way.user)
    said = way.run("script", str(top / "source" / "run_otter.py"), cwd=top)
    results = top / "results" / "results.json"
    return Seen(json.loads(_read(results)), {"results": _read(results)}, {"terminal": said})


def take(
    road: str, way: Way, there: Place, cases: dict[str, Case], autograder_zip: Path
) -> dict[str, Seen]:
    """Take cases down a road: together by ``autograder grade``, one by one by Otter's."""
    if road == "autograder grade":
        return by_grade(way, there, cases)
    by_road = by_otter_run if road == "otter run" else by_container
    return {name: by_road(way, there, case, autograder_zip) for name, case in cases.items()}


def unprivileged_python() -> str | None:
    """Find a Python of this version that another user can start and that reads our packages."""
    probe = "import sys, numpy, pytest, autograder; print(sys.version_info[:2])"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        with contextlib.suppress(OSError):
            result = as_nobody([python, "-c", probe], cwd="/")
            if result.stdout.strip() == str(sys.version_info[:2]):
                return python
    return None


def as_nobody(command: list[str], cwd: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user that owns nothing."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd=cwd,
        env={"PYTHONPATH": packages_path(), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def packages_path() -> str:
    """Where another Python finds this project and what it needs."""
    return f"{Path(autograder.__file__).parents[1]}:{Path(np.__file__).parents[1]}"


def make_autograder_zip(folder: Path) -> Path:
    """Build the zip with the short limits."""
    config = folder / "grading.yaml"
    config.write_text(short_config(), encoding="utf-8")
    list(build(folder, load_config(config), config))
    return folder / "autograder.zip"


# --- verdicts -----------------------------------------------------------------------------------


def _tells_hidden(found: set[str]) -> bool:
    """Whether numbers are there by more than chance: of four digits one or two may be."""
    return len(found) > 2 or any(sum(map(str.isdigit, text.lstrip("-0."))) >= 6 for text in found)


def telling(values: object) -> set[str]:
    """Numbers of so many digits that none stands in a text by chance."""
    if isinstance(values, np.ndarray):
        values = values.ravel().tolist()
    if isinstance(values, list | tuple):
        return {text for value in values for text in telling(value)}
    if not isinstance(values, float):
        return set()
    shown = {repr(values), f"{values:.6g}", f"{values:.4g}"}
    return {text for text in shown if sum(c.isdigit() for c in text.lstrip("-0.")) >= 4}


@cache
def hidden_numbers() -> frozenset[str]:
    """What the hidden inputs hold, and what is right for them."""
    expected = Expected(probes_of(SEED))
    hidden: set[str] = set()
    public: set[str] = set()
    for name in FUNCTIONS:
        for probe, right in zip(expected.probes[name], expected.answers[name], strict=True):
            numbers = telling(list(probe.arguments)) | telling(right)
            (public if probe.public else hidden).update(numbers)
        # Fresh inputs may be shown; of their four digits some are a hidden matrix's by chance.
        for probe, right in zip(
            expected.probes.fresh(name), expected.of_fresh(name, 0), strict=True
        ):
            public.update(telling(list(probe.arguments)) | telling(right))
        # So may plain ones where a function stops.
        for probe in expected.probes.plain(name, PLAIN):
            public.update(telling(list(probe.arguments)))
    # What right functions show of the notes' ideas is the same for all, and has its coordinates.
    for name in FUNCTIONS:
        for picture in expected.shown(name):
            public.update(NUMBER.findall(str(drawing(in_words(picture, SAY), SAY))))
    return frozenset(hidden - public)


NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
#: What browsers render, Gradescope's results among it; and markup that attacks use.
RENDERED = {"feedback.html", "report.html", "results"}
MARKUP = ("<script>document", "<img src=x", "<svg onload")


def faults(case: Case, seen: Seen) -> list[str]:
    """Say what an attack has gained, shown or spoilt in what people see; empty if nothing."""
    found = []
    if seen.score > case["max_score_fraction"] * MOST:
        found.append("points")
    if seen.results is None:
        if case.get("min_score_fraction", 0):
            found.append("refused")
    elif [test["name"] for test in seen.results["tests"]] != list(FUNCTIONS):
        found.append("no result")
    elif seen.score < case.get("min_score_fraction", 0) * MOST:
        found.append("loses more than its own")
    for name, text in (seen.texts | seen.shared).items():
        found += _faults_in(name, text)
    return found


@lru_cache(100)
def _faults_in(name: str, text: str) -> list[str]:
    """What is shown or spoilt in one text; what is written about a class all its cases share."""
    found = []
    if _control_characters(text):
        found.append(f"control characters in {name}")
    if name == "feedback.json":
        text = _without_own_code(text)
    # Whole numbers of the text, but for scores ("1.429 of 10") and digests: anybody's.
    without_scores = re.sub(r"\d+\.\d+ of \d+|\b[0-9a-f]{32}\b|\"key\": \"[0-9a-f]{16}\"", "", text)
    if _tells_hidden(set(NUMBER.findall(without_scores)) & hidden_numbers()):
        found.append(f"hidden numbers in {name}")
    # No case has this in one piece in its source, which the review may show.
    if "HIDDEN INPUT" in text or "root:x:0" in text:
        found.append(f"shown in {name}")
    if name in RENDERED and any(mark in text for mark in MARKUP):
        found.append(f"markup in {name}")
    if len(text) > 1_000_000:
        found.append(f"flood in {name}")
    return found


def _without_own_code(record: str) -> str:
    """A record without the student's own source, which may hold whatever the student wrote."""
    return re.sub(r'"source": "(?:[^"\\]|\\.)*"', '"source": ""', record)


def _control_characters(text: str) -> set[str]:
    # Otter's logo begins with U+2007; its terminal and notebooks use tabs and carriage returns.
    odd = {c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n\t"}
    return odd | (set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(text))


@dataclass(frozen=True)
class Surroundings:
    """What there is on the machine that an attack could have left behind.

    Attributes
    ----------
    files, sockets, segments, processes : frozenset of str
    """

    files: frozenset[str]
    sockets: frozenset[str]
    segments: frozenset[str]
    processes: frozenset[str]

    @classmethod
    def now(cls, there: Place, alone: bool) -> Surroundings:
        """Look around.

        Parameters
        ----------
        there : Place
        alone : bool
            Whether nobody else uses these folders, this network and these segments: else what
            bears the mark of this run is looked for.
        """
        tables = (_lines("sysvipc", kind) for kind in ("shm", "sem", "msg"))
        keys = {line.split()[0] for table in tables for line in table}
        return cls(
            frozenset(path for path in _files() if alone or there.mark in path),
            frozenset(_sockets()) if alone else frozenset(),
            frozenset(key for key in keys if alone or key == str(there.key)),
            frozenset(children()),
        )

    def clear(self, before: Surroundings) -> None:
        """Remove what was not there before, and end the processes."""
        for name in sorted(self.files - before.files):
            path = Path(name)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        for key in self.segments - before.segments:
            subprocess.run(["ipcrm", "-M", key, "-S", key, "-Q", key], stderr=subprocess.DEVNULL)
        for process in self.processes - before.processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(process.split()[0]), signal.SIGKILL)

    def left(self, before: Surroundings) -> list[str]:
        """Say of which kind there is more than before."""
        kinds = ("files", "sockets", "segments", "processes")
        return [f"{kind} left" for kind in kinds if getattr(self, kind) - getattr(before, kind)]


def _lines(*name: str) -> list[str]:
    """The lines of a table of the kernel's, without its head."""
    return Path("/proc", *name).read_text().splitlines()[1:]


def _sockets() -> Iterator[str]:
    closed = "06"  # the kernel keeps it for a minute, for packets that are late
    for kind in ("tcp", "udp"):
        for _, here, there, state, *_ in map(str.split, _lines("net", kind)):
            if state != closed:
                yield f"{kind} {here} {there}"
    for line in _lines("net", "unix"):
        yield " ".join(line.split()[6:])  # inode and path


#: What the roads themselves put into a run's folder.
OURS = {"autograder", "class", "grading.yaml", "otter", "out", "socket"}


def _files() -> Iterator[str]:
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue"):
        for path in Path(folder).glob("*"):
            yield str(path)
            if path.name.startswith("hostile-") and path.is_dir():
                yield from (str(p) for p in path.glob("*") if p.name not in OURS)
    for folder in ("/", "."):
        yield from map(str, Path(folder).glob(f"*{MARK}*"))


@contextmanager
def adopting_orphans() -> Iterator[None]:
    """Have what outlives its parent handed to this process, where `children` finds it."""
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 0)


def children() -> list[str]:
    """The processes under this one, but for those that have ended."""
    found: dict[int, tuple[int, str, str]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, rest = path.read_text().rsplit(")", 1)
        except OSError:
            continue
        state, parent, *_ = rest.split()
        found[int(path.parent.name)] = (int(parent), state, head.partition("(")[2])
    mine = [os.getpid()]
    for pid in mine:
        mine += [child for child, (parent, _, _) in found.items() if parent == pid]
    return sorted(f"{pid} {found[pid][2]}" for pid in mine[1:] if found[pid][1] != "Z")
