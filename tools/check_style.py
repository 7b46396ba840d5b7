#!/usr/bin/env python3
"""Holds the tree to the sizes and manners of STYLE: no function over 70 lines, no file over 600, no path of somebody's
machine and no unfinished mark without a name in any tracked file. Prints each as file:line: message, then how long
functions and files are, and exits 1 if anything is wrong.

    tools/check_style.py [ROOT]         ROOT: the tree to check (default: the one this script lies in)

C++ functions are found by their braces, not by a parser: a body opens where the text since the last ; or } ends like
the head of a function. Lambdas and local types count as part of the function around them.
"""

import ast
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MOST_LINES_OF_FUNCTION = 70
MOST_LINES_OF_FILE = 600
SHORT_FUNCTION = 25  # "nine in ten under twenty-five"

CPP = {".h", ".cc"}
SOURCE = CPP | {".py", ".proto", ".ts", ".sh", ".cmake"}

FORBIDDEN = (
    (re.compile(r"(?<![\w.])/(work|root|home)/"), "a path of one machine"),
    (re.compile(r"\bTODO\b(?!\([\w-]+\): \S)|\bFIXME\b"),
     "an unfinished mark wants a name and a reason: MARK(name): reason"),
)


@dataclass(frozen=True)
class Function:
    path: str
    line: int
    lines: int  # from the first line of its head to its closing brace
    name: str


# What must not be mistaken for code: comments, raw strings, strings, digit separators, characters, directives.
NOT_CODE = re.compile(
    r"""//[^\n]*|/\*.*?\*/
      |R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"
      |"(?:\\.|[^"\\\n])*"
      |(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])
      |'(?:\\.|[^'\\\n])+'
      |^[ \t]*\#(?:\\\n|[^\n])*""",
    re.DOTALL | re.MULTILINE | re.VERBOSE)

# The text before a brace, for the three kinds of brace outside functions.
TYPE_OR_NAMESPACE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b(?![^<]*>)[^=()]*$|\bextern\b\s*$")
FUNCTION_HEAD = re.compile(
    r"\)\s*(const|volatile|noexcept(\s*\([^()]*\))?|override|final|&&?|mutable|try|\s)*(->[^;={}]+)?"
    r"(requires\b[^;{}]*)?$")
MEMBER_INITIALIZERS = re.compile(r"\)\s*(noexcept\s*)?:(?!:)")


def code_only(text):
    """The text with all that is not code blanked out, line for line."""
    return NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def brace_kind(head):
    """What the brace after `head` opens: "scope", "function", "initializer" (of a member, before a body) or "value"."""
    if FUNCTION_HEAD.search(head):
        return "function"
    if MEMBER_INITIALIZERS.search(head):
        return "initializer" if re.search(r"[\w>]\s*$", head) else "function"
    if TYPE_OR_NAMESPACE.search(head):
        return "scope"
    return "value"


def closing_brace(code, opening):
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(code) - 1


def cpp_functions(path, text):
    """Yields the functions of a C++ file; walks scopes, jumps over bodies and values."""
    code, at, head = code_only(text), 0, 0  # head: where the text before the next brace begins
    for match in iter(lambda: re.compile(r"[{};]").search(code, at), None):
        at = match.end()
        kind = brace_kind(code[head:match.start()]) if match[0] == "{" else None
        if kind == "function":
            end = closing_brace(code, match.start())
            yield function_at(path, code, head, match.start(), end)
            at = head = end + 1
        elif kind in ("initializer", "value"):
            at = closing_brace(code, match.start()) + 1
        else:
            head = at


def function_at(path, code, head, body, end):
    begin = head + re.match(r"(\s*(public|protected|private)\s*:)*\s*", code[head:body]).end()
    names = re.findall(r"(~?[\w:]+|operator\s*\S+)\s*\(", code[begin:body])
    first = code.count("\n", 0, begin) + 1
    return Function(path, first, code.count("\n", begin, end) + 1, names[0] if names else "?")


def python_functions(path, text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Function(path, node.lineno, node.end_lineno - node.lineno + 1, node.name)


def is_source(path, text):
    return Path(path).suffix in SOURCE or text.startswith("#!")


def functions_of(path, text):
    if Path(path).suffix in CPP:
        return list(cpp_functions(path, text))
    is_python = Path(path).suffix == ".py" or re.match(r"#!.*python", text)
    return list(python_functions(path, text)) if is_python else []


def tracked(root):
    """The files git knows or would add; without git, all but what is built."""
    try:
        command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        return sorted(path for path in listed if path and (root / path).is_file())
    except (OSError, subprocess.CalledProcessError):
        return sorted(walked(root))


def walked(root):
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if name not in {".git", "build", "runs", "__pycache__", "node_modules"}]
        for name in names:
            yield (Path(folder) / name).relative_to(root).as_posix()


def read_text(file):
    """None where the file is not text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def problems_of(path, text, functions):
    for function in functions:
        if function.lines > MOST_LINES_OF_FUNCTION:
            size = f"{function.name} has {function.lines} lines"
            yield function.line, f"{size}: over {MOST_LINES_OF_FUNCTION} it is two functions or a table"
    length = text.count("\n")
    if is_source(path, text) and length > MOST_LINES_OF_FILE:
        yield 1, f"{length} lines: over {MOST_LINES_OF_FILE} a file hides a second idea"
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, message in FORBIDDEN:
            if pattern.search(line):
                yield number, message


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def spread(what, lengths):
    short = sum(length < SHORT_FUNCTION for length in lengths) / max(1, len(lengths))
    text = f"{what}: {len(lengths)}, median {quantile(lengths, 0.5)} lines, 90 % within {quantile(lengths, 0.9)}"
    return f"{text}, longest {max(lengths, default=0)}", short


def main(arguments):
    root = Path(arguments[1] if len(arguments) > 1 else Path(__file__).parent.parent).resolve()
    found, functions, files = [], [], []
    for path in tracked(root):
        text = read_text(root / path)
        if text is None:
            continue
        own = functions_of(path, text)
        functions += own
        if is_source(path, text):
            files.append(text.count("\n"))
        found += [f"{path}:{line}: {message}" for line, message in problems_of(path, text, own)]
    sizes, short = spread("functions", [function.lines for function in functions])
    print("\n".join(found + [f"{sizes}; {short:.1%} under {SHORT_FUNCTION}", spread("source files", files)[0]]))
    print(f"style: {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
