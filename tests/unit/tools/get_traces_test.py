"""Tests of tools/get-traces, on small files made here."""

import contextlib
import gzip
import hashlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[3] / "tools" / "get-traces"


def load():
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("get_traces", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("get_traces", loader))
    loader.exec_module(module)
    return module


get_traces = load()
TEXT = b"timestamp,duration\n2017-11-14 00:00:00,1.0\n"
LATER = b"2017-11-15 00:00:00,1.0\n\n"


def known(cut=""):
    return {"name": "jobs.csv", "path": "data/their_jobs.csv.gz", "repository": "someone/something", "commit": "abc", "bytes": str(len(TEXT)),
            "sha256": hashlib.sha256(TEXT).hexdigest(), "cut": cut, "format": "philly", "license": "MIT", "attribution": "", "note": ""}


class GetTracesTest(unittest.TestCase):
    def check(self, files, trace):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as said:
            for name, data in files.items():
                (pathlib.Path(folder) / name).write_bytes(data)
            code = get_traces.check([trace], pathlib.Path(folder))
        return code, said.getvalue()

    def test_accepts_plain_and_packed_copies_by_either_name(self):
        code, said = self.check({"jobs.csv": TEXT, "jobs.csv.gz": gzip.compress(TEXT), "their_jobs.csv": TEXT, "other.csv": b""}, known())
        self.assertEqual((code, said.splitlines()[-1]), (0, "3 known traces found, 3 right, 0 wrong"))

    def test_refuses_changed_and_truncated_copies(self):
        code, said = self.check({"jobs.csv": TEXT + b"x", "jobs.csv.gz": gzip.compress(TEXT)[:-3]}, known())
        self.assertEqual(code, 1)
        self.assertIn("differs from the known jobs.csv", said)
        self.assertIn("cannot be read", said)

    def test_finds_the_known_rows_in_the_publishers_longer_file(self):
        code, said = self.check({"jobs.csv": TEXT + LATER}, known("rows before 2017-11-15"))
        self.assertEqual(code, 0)
        self.assertIn("ok for its rows before 2017-11-15", said)

    def test_finding_nothing_is_no_success(self):
        self.assertEqual(self.check({}, known())[0], 1)

    def test_every_trace_of_the_table_states_its_terms(self):
        for trace in get_traces.read_table():
            for column in ("name", "repository", "commit", "path", "license", "attribution", "bytes"):
                self.assertTrue(trace[column], (trace["name"], column))
            self.assertRegex(trace["sha256"], r"^[0-9a-f]{64}$")


if __name__ == "__main__":
    unittest.main()
