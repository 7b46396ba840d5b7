"""Writes the policy that the README shows into OUT/scheduler/policy/, so that a test compiles what people copy."""
import pathlib
import re
import sys

readme, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) / "scheduler/policy"
section = readme.read_text(encoding="utf-8").split("## How to add a policy", 1)[1].split("\n## ", 1)[0]
blocks = re.findall(r"```cpp\n(.*?)```", section, re.S)
if len(blocks) != 3:
    sys.exit(f"{readme}: the section 'How to add a policy' has {len(blocks)} blocks of C++ (the .cc, the .h and the line are 3)")
out.mkdir(parents=True, exist_ok=True)
(out / "nearest_fit.cc").write_text(blocks[0], encoding="utf-8")
(out / "nearest_fit.h").write_text(blocks[1], encoding="utf-8")
line = blocks[2].strip().rstrip(",")
(out / "nearest_fit_line.h").write_text(f"inline const PolicyEntry kReadmeLine = {line};\n", encoding="utf-8")
