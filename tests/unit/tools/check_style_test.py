"""tools/check_style.py on small made-up trees."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "tools" / "check_style.py"
sys.path.insert(0, str(SCRIPT.parent))
sys.dont_write_bytecode = True

import check_style  # noqa: E402  (found by the path above)


def check(tree):
    """(exit code, lines) of the script on a tree {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in tree.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()


def found(text):
    """[(name, first line, lines)] of the functions in a C++ text."""
    return [(function.name, function.line, function.lines) for function in check_style.cpp_functions("a.cc", text)]


def function_of(lines):
    return "void F() {\n" + "  G();\n" * (lines - 2) + "}\n"


class FunctionsTest(unittest.TestCase):
    def test_a_function_is_its_head_and_its_body(self):
        text = "namespace a {\n\nint F(int x,\n      int y) {\n  return x;\n}\n\n}  // namespace a\n"

        self.assertEqual(found(text), [("F", 3, 4)])

    def test_members_and_their_qualifiers(self):
        text = ("class A final : public B {\n public:\n  A(int x) : x_(x), y_{x} { Check(); }\n  ~A() override {}\n"
                "  int x() const noexcept { return x_; }\n  auto z() const -> std::vector<int> { return {}; }\n"
                "  A& operator=(const A&) = delete;\n private:\n  int x_{0};\n"
                "  std::function<void()> f_{[] { G(); }};\n};\n")

        self.assertEqual(found(text), [("A", 3, 1), ("~A", 4, 1), ("x", 5, 1), ("z", 6, 1)])

    def test_templates_and_constraints(self):
        text = ("template <typename T>\n  requires(sizeof(T) == 4)\nstruct S {\n  T value = {};\n};\n"
                "template <class T>\nT Twice(T t) requires Number<T> {\n  return t + t;\n}\n")

        self.assertEqual([(name, lines) for name, _, lines in found(text)], [("Twice", 4)])

    def test_tables_lambdas_and_control_flow_are_no_functions_of_their_own(self):
        text = ("constexpr Row kRows[] = {\n  {\"a\", [](int x) { return x; }},\n};\nenum class E { kA, kB };\n"
                "void F() {\n  if (a) { G(); }\n  auto h = [&](int x) {\n    return x;\n  };\n}\n")

        self.assertEqual(found(text), [("F", 5, 6)])

    def test_braces_in_text_and_comments_do_not_count(self):
        text = ('// void A() {\n/* void B() { */\nvoid F() {\n  p("}}}");\n  q(\'}\');\n  r(R"({{)");\n'
                '  s(1\'000\'000);\n}\n'
                "#define BLOCK(x) \\\n  { x\nvoid G() {}\n")

        self.assertEqual(found(text), [("F", 3, 6), ("G", 11, 1)])


class TreeTest(unittest.TestCase):
    def test_a_function_of_seventy_lines_passes_and_one_of_seventy_one_fails(self):
        self.assertEqual(check({"a.cc": function_of(70)})[0], 0)

        code, lines = check({"a.cc": "\n" + function_of(71)})

        self.assertEqual(code, 1)
        self.assertTrue(lines[0].startswith("a.cc:2: F has 71 lines"), lines[0])

    def test_python_has_the_same_limit(self):
        code, lines = check({"a.py": "def f():\n" + "    g()\n" * 71})

        self.assertEqual(code, 1)
        self.assertTrue(lines[0].startswith("a.py:1: f has 72 lines"), lines[0])
        self.assertEqual(check({"script": "#!/usr/bin/env python3\ndef f():\n" + "    g()\n" * 71})[0], 1)

    def test_long_files_fail_and_long_tables_do_not(self):
        self.assertEqual(check({"a.h": "\n" * 600, "b.csv": "1\n" * 5000})[0], 0)
        self.assertEqual(check({"a.h": "\n" * 601})[0], 1)

    def test_paths_of_one_machine_and_nameless_marks_fail_in_any_file(self):
        for text in ("see /" + "home/somebody/file", "cp /" + "work/x y", "// TO" + "DO: later", "// FIX" + "ME"):
            with self.subTest(text=text):
                code, lines = check({"notes.md": f"first\n{text}\n"})
                self.assertEqual(code, 1)
                self.assertTrue(lines[0].startswith("notes.md:2: "), lines[0])

    def test_urls_and_named_marks_pass(self):
        self.assertEqual(check({"a.md": "https://example.cn/home/x\n// TO" + "DO(li): because of the fabric\n"})[0], 0)

    def test_the_report_says_how_long_functions_are(self):
        _, lines = check({"a.cc": "".join(function_of(lines) for lines in (3, 4, 5, 30))})

        self.assertIn("functions: 4, median 5 lines, 90 % within 30, longest 30; 75.0% under 25", lines)


if __name__ == "__main__":
    unittest.main()
