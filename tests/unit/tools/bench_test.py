"""tools/bench with programs that only pretend."""

import importlib.machinery
import importlib.util
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "tools" / "bench"
sys.dont_write_bytecode = True


def load_bench():
    loader = importlib.machinery.SourceFileLoader("bench", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench", loader))
    sys.modules["bench"] = module
    loader.exec_module(module)
    return module


bench = load_bench()


def run_bench(program, *options):
    """(exit code, JSON) of the script where suanwang_bench is the shell script `program`."""
    with tempfile.TemporaryDirectory() as folder:
        binary = Path(folder, "suanwang_bench")
        binary.write_text("#!/bin/sh\n" + program, encoding="utf-8")
        binary.chmod(0o755)
        command = [sys.executable, SCRIPT, "--json", "--bin", folder, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)


class FiguresTest(unittest.TestCase):
    def test_the_slope_of_a_power_is_its_exponent(self):
        sizes = (10, 100, 1000, 10000)

        self.assertAlmostEqual(bench.slope(sizes, [3 * size**1.5 for size in sizes]), 1.5)

    def test_the_bound_on_growth_is_n_log_n_from_end_to_end(self):
        small, large = 1e4, 1e7

        ends = bench.math.log((large * bench.math.log(large)) / (small * bench.math.log(small)))
        self.assertAlmostEqual(bench.N_LOG_N, ends / bench.math.log(large / small))

    def test_a_job_costs_what_memory_grew_without_its_trace(self):
        series = [{"peak_rss_bytes": 1_000_000}, {"peak_rss_bytes": 5_000_000, "trace_bytes_per_job": 100}]

        self.assertEqual(bench.bytes_per_job((10_000, 20_000), series), 300)

    def test_a_target_may_stand_beside_another_figure(self):
        target = bench.Target("≤", 6, beside="week")

        self.assertTrue(target.holds(9.9, {"week": 4}))
        self.assertFalse(target.holds(10.1, {"week": 4}))
        self.assertIsNone(target.holds(1, {}))

    def test_figures_have_three_digits(self):
        shown = [bench.in_three_digits(value) for value in (12_345_678, 999, 0.01234)]

        self.assertEqual(shown, ["12.3 M", "999", "0.0123"])


class RunsTest(unittest.TestCase):
    def test_printed_figures_count_and_are_held_to_the_target(self):
        program = 'echo for people; echo \'{"metric": "hold_events_per_s", "value": 9e6}\''

        code, answer = run_bench(program, "--only", "kernel")

        self.assertEqual(code, 0)
        self.assertEqual(answer["schema_version"], 1)
        [entry] = answer["entries"]
        self.assertEqual((entry["value"], entry["holds"], len(entry["runs"])), (9e6, False, 3))

    def test_growth_comes_from_a_series(self):
        program = ('[ "$5" = 10000 ] && wall=0.1 || wall=1.0\n'
                   'echo "{\\"metric\\": \\"wall_s\\", \\"value\\": $wall}"\n'
                   'echo \'{"metric": "trace_bytes_per_job", "value": 0}\'\n'
                   'echo \'{"metric": "jobs_per_s", "value": 1}\'')

        code, answer = run_bench(program, "--quick", "--only", "replay fifo")

        self.assertEqual(code, 0)
        _, time, memory = answer["entries"]
        self.assertAlmostEqual(time["value"], 1.0)
        self.assertEqual(memory["counts"], "bytes_per_job beyond the trace")

    def test_a_program_that_fails_is_shown_and_makes_the_exit_code_one(self):
        for program in ("echo broken >&2; exit 3", "echo nothing"):
            with self.subTest(program=program):
                code, answer = run_bench(program, "--only", "kernel")
                self.assertEqual(code, 1)
                self.assertTrue(answer["entries"][0]["failed"])

    def test_what_is_not_built_is_said_and_is_no_failure(self):
        code, answer = run_bench("exit 0", "--only", "hello")

        self.assertEqual(code, 0)
        self.assertIn("not measured", answer["entries"][0]["note"])


if __name__ == "__main__":
    unittest.main()
