#!/usr/bin/env python3
"""Writes the reference of scenario files into scenarios/README.md, from the schema in proto/suanwang/v1.

    tools/scenario_reference.py          rewrites what stands between the two marks
    tools/scenario_reference.py --check  exits 1 if that is not what the schema says
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ("scenario.proto", "supply.proto", "demand.proto", "confidence.proto")
BEGIN = "<!-- reference: from here on written by tools/scenario_reference.py -->"
END = "<!-- reference: end -->"

UNITS = {  # of options.proto: the suffix that keys leave out, and how a value is written
    "NANOSECONDS": ("_ns", "time, `6 h`"),
    "BITS_PER_SECOND": ("_bps", "rate, `400 Gbps`"),
    "BYTES": ("_bytes", "size, `10 TB`"),
    "MEGABYTES": ("_mb", "size, `64 GB`"),
    "MEGABYTES_PER_SECOND": ("_mb_per_s", "bandwidth, `1.6 TB/s`"),
    "GFLOPS": ("_gflops", "compute, `312 TFLOPS`"),
    "MILLIWATTS": ("_mw", "power, `400 W`"),
    "PPM": ("_ppm", "ratio, `0.05` or `5 %`"),
    "MILLI": ("_milli", "number, to a thousandth"),
    "METERS": ("_m", "length, `439 km`"),
    "INSTANT": ("_unix_ns", "instant, `2026-03-02T00:00+08:00`"),
    "TIME_OF_DAY": ("_of_day_ns", "time of day, `09:30`"),
    "MICRO_CNY_PER_KWH": ("_micro_cny_per_kwh", "price, `0.45 CNY/kWh`"),
    "MILLIGRAMS_PER_KWH": ("_mg_per_kwh", "carbon, `0.58 kg/kWh`"),
}
SCALARS = {"string": "text", "bool": "true or false", "double": "number"}


@dataclass
class Field:
    key: str
    kind: str
    help: str
    message: str = ""  # the message or enum that is its type
    is_list: bool = False


@dataclass
class Message:
    name: str
    about: str
    is_entity: bool = False
    fields: list = field(default_factory=list)


def option(options, name):
    found = re.search(rf'\({name}\) = ("((?:[^"\\]|\\.)*)"|[\w-]+)', options)
    return (found.group(2) or found.group(1)).replace('\\"', '"') if found else ""


def read_field(label, kind, name, options):
    unit = option(options, "unit").removeprefix("UNIT_")
    suffix, text = UNITS.get(unit, ("", ""))
    key = name[: -len(suffix)] if suffix and name.endswith(suffix) else name
    text = text or SCALARS.get(kind, "whole number" if "int" in kind else "")
    if kind.startswith("map"):
        text = "map of words"
    if label == "repeated" and text:
        text = f"list: {text}"
    notes = [option(options, "help")]
    if option(options, "required"):
        notes.insert(0, "required")
    if option(options, "refers_to"):
        notes.append(f"a name of `{option(options, 'refers_to')}`")
    if option(options, "default"):
        notes.append(f"default {option(options, 'default')}")
    return Field(key, text, "; ".join(note for note in notes if note), "" if text else kind, label == "repeated")


def read_schema(text):
    """Messages and enums by name, in the order of the text."""
    messages, enums = {}, {}
    comment, current, words = [], None, None
    for line in text.splitlines():
        stripped = line.strip()
        opened = re.match(r"(message|enum) (\w+) \{\s*(?://\s*(.*))?", stripped)
        if opened:
            about = opened.group(3) or " ".join(comment)
            if opened.group(1) == "message":
                current = messages[opened.group(2)] = Message(opened.group(2), about)
            else:
                words = enums[opened.group(2)] = []
        elif stripped == "}" and not line.startswith(" "):
            current = words = None
        elif words is not None:
            word = re.match(r"(\w+) = \d+", stripped)
            if word:
                words.append(word.group(1))
        elif current is not None:
            declared = re.match(r"(?:(optional|repeated) )?(map<[^>]*>|[\w.]+) (\w+) = \d+\s*(?:\[(.*)\])?;", stripped)
            if declared:
                label, kind, name, options = declared.groups()
                if option(options or "", "key"):
                    current.is_entity = True
                else:
                    current.fields.append(read_field(label, kind, name, options or ""))
        comment = comment + [stripped.removeprefix("//").strip()] if stripped.startswith("//") else []
    return messages, {name: spelled(values) for name, values in enums.items()}


def spelled(values):
    """CENTER_TIER_EDGE of CENTER_TIER_UNSPECIFIED, … as people write it: edge."""
    prefix = values[0].removesuffix("UNSPECIFIED")
    return [value.removeprefix(prefix).lower().replace("_", "-") for value in values[1:]]


def kind_of(entry, messages, enums):
    if entry.message in enums:
        return ("list of " if entry.is_list else "one of ") + ", ".join(f"`{word}`" for word in enums[entry.message])
    if entry.message in messages:
        plural = "entities by name: " if messages[entry.message].is_entity else "list: " if entry.is_list else ""
        return f"{plural}[{entry.message}](#{entry.message.lower()})"
    return entry.kind


def table(message, messages, enums):
    lines = [f"### {message.name}", ""]
    if message.about:
        lines += [message.about[0].upper() + message.about[1:], ""]
    lines += ["| key | value | meaning |", "|---|---|---|"]
    for entry in message.fields:
        lines.append(f"| `{entry.key}` | {kind_of(entry, messages, enums)} | {entry.help.replace('|', '/')} |")
    return lines + [""]


def reference(schema=None):
    text = "\n".join((ROOT / "proto/suanwang/v1" / name).read_text(encoding="utf-8") for name in SCHEMA)
    messages, enums = read_schema(schema or text)
    lines = [
        BEGIN,
        "",
        "## Reference",
        "",
        "Every key of a scenario file. A key may also be written with its unit (`capacity_gbps: 400`), and a value with",
        "any spelling of its unit. `tables`, `extends`, `set` and `overrides` stand beside the keys of Scenario.",
        "Lengths of time are at most 13149 d (36 years), and so is a run; instants lie between 1970 and 2200.",
        "",
    ]
    for message in messages.values():
        lines += table(message, messages, enums)
    return "\n".join(lines + [END, ""])


def updated(readme):
    before = readme.split(BEGIN)[0].rstrip("\n")
    after = readme.split(END, 1)[1].lstrip("\n") if END in readme else ""
    return before + "\n\n" + reference() + ("\n" + after if after else "")


def main():
    path = ROOT / "scenarios/README.md"
    readme = path.read_text(encoding="utf-8") if path.exists() else "# Scenarios\n"
    wanted = updated(readme)
    if "--check" in sys.argv[1:]:
        if readme == wanted:
            return 0
        print("scenarios/README.md: its reference is not what the schema says (run tools/scenario_reference.py)")
        return 1
    path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
