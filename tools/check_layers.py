#!/usr/bin/env python3
"""Holds every #include of scheduler/ and simulator/, and every suanwang_room() of their CMakeLists.txt, to the
staircase of DESIGN §2. Prints each violation as file:line: message and exits 1 if there is any.

    tools/check_layers.py [ROOT]        ROOT: the tree to check (default: the one this script lies in)
"""

import fnmatch
import re
import sys
from dataclasses import dataclass
from pathlib import Path

# As in DESIGN §2. A room includes itself and
#   room            all rooms of the steps (◀) before its own, and what those may include
#   room(a, b)      only base, a and b
#   room(+a, b)     as room, and a and b besides; b/c.h is that one header of b; "everything" is every room
# Rooms of one step (·) do not include each other, unless they say so.
STAIRCASE = {
    "scheduler": """
        base ◀ model ◀ network · performance ◀ state ◀ policy ◀ core ◀ wire ◀ text ◀ journal ◀ door ◀ service""",
    "simulator": """
        engine(base) · workload(model) · record(model) · world(engine, workload, record, performance, network, model)
        · metrics(record, model) ◀ scenario(+text, policy/catalog.h) ◀ run(+core) ◀ study ◀ report
        ◀ cli(+everything)""",
}


@dataclass(frozen=True)
class Library:
    """A library and the only files (patterns from the root) that may include it; `target` is its name in CMake."""

    name: str
    header: str
    target: str
    files: tuple


def rooms(*names):
    return tuple(f"*/{name}/*" for name in names)


LIBRARIES = (
    Library("gRPC", r"grpc(pp)?/|grpc\+\+/|.*\.grpc\.pb\.h$", r"gRPC::", rooms("door", "service")),
    Library("Protobuf", r"google/protobuf/|suanwang/v1/", r"protobuf::|suanwang_proto",
            rooms("wire", "text", "journal", "door", "service", "scenario")),
    Library("Asio or Beast", r"boost/(asio|beast)", r"$^", rooms("service")),
    Library("Boost.Graph", r"boost/(graph|pending|property_map)/", r"$^", ("scheduler/network/*.cc",)),
    Library("Eigen", r"Eigen/|unsupported/Eigen/", r"$^", ("*.cc",)),
    Library("Clp", r"coin/|Clp|Coin[A-Z]", r"$^", ("*.cc",)),
    Library("yaml-cpp", r"yaml-cpp/", r"yaml-cpp", rooms("text")),
    Library("SQLite", r"sqlite3", r"SQLite", rooms("journal", "study")),
    Library("CLI11", r"CLI/", r"CLI11", rooms("cli")),
    Library("xxHash", r"xxh", r".*XXHASH", ("scheduler/base/hash.cc",)),
)

STD_HEADER = re.compile(r"[a-z_0-9]+$")  # the standard library's own names: no folder, no .h
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
KEYWORDS = {"SOURCES", "ROOMS", "LIBRARIES"}


class Staircase:
    """What each room may include: rooms by name, single headers by path."""

    def __init__(self, lines):
        self.half = {}     # room → "scheduler" or "simulator"
        self.allowed = {}  # room → set of rooms and of headers "room/file.h"
        for half, text in lines.items():
            self._read_half(half, text)
        for room, seen in self.allowed.items():
            if "everything" in seen:
                self.allowed[room] = set(self.half)

    def _read_half(self, half, text):
        below = set()  # the rooms of the steps so far, and what they may include
        for step in text.split("◀"):
            entries = [self._read_room(entry.strip(), below) for entry in step.split("·")]
            for room, seen in entries:
                self.half[room] = half
                self.allowed[room] = seen | {room, "base"}
            below = below.union(*(self.allowed[room] for room, _ in entries))

    @staticmethod
    def _read_room(entry, below):
        name, plus, listed = re.fullmatch(r"(\w+)\s*(?:\((\+?)([^)]*)\))?", entry).groups()
        extra = {word.strip() for word in listed.split(",")} if listed else set()
        return name, extra if listed and not plus else extra | below

    def may_include(self, room, target, header):
        return target in self.allowed[room] or f"{target}/{header}" in self.allowed[room]

    def may_link(self, room, target):
        return any(seen.split("/")[0] == target for seen in self.allowed[room])

    def sees(self, room):
        return " ".join(sorted(self.allowed[room]))


def room_of(path):
    """("scheduler", "model") of scheduler/model/job.h; room None where a file lies in no room."""
    parts = path.split("/")
    return parts[0], parts[1] if len(parts) > 2 else None


def include_problem(stairs, path, header):
    """What is wrong with `path` including "half/room/file.h" of this tree, or None."""
    _, room = room_of(path)
    half, target = room_of(header)
    if half not in STAIRCASE:
        return f"{header} is outside scheduler/ and simulator/: include from the root of the tree"
    if stairs.half.get(target) != half:
        return f"{header}: {half}/ has no room of that name"
    if stairs.half[room] == "scheduler" and half == "simulator":
        return f"scheduler/ never includes simulator/: {header}"
    if not stairs.may_include(room, target, header.split("/", 2)[2]):
        return f"{room} may not include {header} (it may include: {stairs.sees(room)})"
    return None


def library_problem(path, header):
    for library in LIBRARIES:
        if re.match(library.header, header):
            if any(fnmatch.fnmatchcase(path, allowed) for allowed in library.files):
                return None
            return f"{library.name} ({header}) stays in {' '.join(library.files)}"
    if path.startswith("scheduler/base/") and not STD_HEADER.match(header):
        return f"base includes the standard library only, not <{header}>"
    return None


def is_ours(quoted, header):
    return header.split("/")[0] in STAIRCASE or (quoted and not any(re.match(lib.header, header) for lib in LIBRARIES))


def check_source(stairs, root, path):
    """Yields (line, message) of one source file."""
    half, room = room_of(path)
    if stairs.half.get(room) != half:
        yield 1, f"no room of the staircase: {path.rsplit('/', 1)[0]}/"
        return
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        header = match[1] or match[2]
        ours = is_ours(match[1] is not None, header)
        problem = include_problem(stairs, path, header) if ours else library_problem(path, header)
        if problem:
            yield number, problem


def room_calls(text):
    """Yields (line, name, {"ROOMS": [(line, word)…], …}) of every suanwang_room(…)."""
    text = re.sub(r"#.*", "", text)
    for call in re.finditer(r"\bsuanwang_room\s*\(([^)]*)\)", text):
        keyword, name, name_line, lists = None, None, 0, {word: [] for word in KEYWORDS}
        for word in re.finditer(r"\S+", call[1]):
            line = text.count("\n", 0, call.start(1) + word.start()) + 1
            if word[0] in KEYWORDS:
                keyword = word[0]
            elif name is None:
                name, name_line = word[0], line
            elif keyword:
                lists[keyword].append((line, word[0]))
        yield name_line, name, lists


def link_problem(stairs, room, target):
    if target not in stairs.half:
        return f"{room} links {target}, which is no room"
    if not stairs.may_link(room, target):
        return f"{room} may not link {target} (it may link: {stairs.sees(room)})"
    return None


def library_link_problem(half, room, target):
    """A library belongs to the rooms whose files may include it: some file of the room must be allowed to."""
    for library in LIBRARIES:
        if re.match(library.target, target):
            if any(pattern.startswith((f"*/{room}/", f"{half}/{room}/")) for pattern in library.files):
                return None
            return f"{room} may not link {target}: {library.name} stays in {' '.join(library.files)}"
    return None


def check_links(stairs, half, text):
    """Yields (line, message) of one CMakeLists.txt."""
    for line, room, lists in room_calls(text):
        if stairs.half.get(room) != half:
            yield line, f"{half}/ has no room {room} in the staircase"
            continue
        for at, target in lists["ROOMS"]:
            problem = link_problem(stairs, room, target)
            if problem:
                yield at, problem
        for at, target in lists["LIBRARIES"]:
            problem = library_link_problem(half, room, target)
            if problem:
                yield at, problem


def sources(root):
    for half in STAIRCASE:
        for path in sorted((root / half).rglob("*")):
            if path.suffix in (".h", ".cc"):
                yield path.relative_to(root).as_posix()


def violations(root, files):
    """Every violation of the tree, as "file:line: message"."""
    stairs = Staircase(STAIRCASE)
    found = []
    for path in files:
        found += [f"{path}:{line}: {message}" for line, message in check_source(stairs, root, path)]
    for half in STAIRCASE:
        cmake = root / half / "CMakeLists.txt"
        if cmake.exists():
            text = cmake.read_text(encoding="utf-8")
            found += [f"{half}/CMakeLists.txt:{line}: {message}" for line, message in check_links(stairs, half, text)]
    return found


def main(arguments):
    root = Path(arguments[1] if len(arguments) > 1 else Path(__file__).parent.parent).resolve()
    files = list(sources(root))
    if not files:
        print(f"check_layers: no sources under {root}/scheduler or {root}/simulator", file=sys.stderr)
        return 2
    found = violations(root, files)
    print("\n".join(found + [f"layers: {len(files)} files, {len(found)} violations"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
