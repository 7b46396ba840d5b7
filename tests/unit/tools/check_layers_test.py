"""tools/check_layers.py on small made-up trees: every rule is broken once, on purpose."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "tools" / "check_layers.py"


def check(tree):
    """(exit code, lines) of the script on a tree {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in tree.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()


class Layers(unittest.TestCase):
    def assert_clean(self, tree):
        code, lines = check(tree)
        self.assertEqual((code, lines), (0, [f"layers: {len(sources(tree))} files, 0 violations"]))

    def assert_violation(self, path, text, message, line=1):
        code, lines = check({path: text})
        self.assertEqual(code, 1)
        self.assertEqual(len(lines), 2, lines)
        self.assertTrue(lines[0].startswith(f"{path}:{line}: "), lines[0])
        self.assertIn(message, lines[0])

    def assert_includes(self, path, *headers):
        self.assert_clean({path: "".join(f"#include {header}\n" for header in headers)})


def sources(tree):
    return [path for path in tree if path.endswith((".h", ".cc"))]


class RoomsTest(Layers):
    def test_a_room_includes_itself_and_the_rooms_below(self):
        self.assert_includes("scheduler/core/a.h", '"scheduler/core/b.h"', '"scheduler/policy/round.h"',
                             '"scheduler/network/c.h"', '"scheduler/base/time.h"', "<vector>")

    def test_a_room_never_includes_the_one_above(self):
        self.assert_violation("scheduler/policy/a.cc", '\n#include "scheduler/core/scheduler.h"\n', "policy may not", 2)
        self.assert_violation("scheduler/model/a.h", '#include "scheduler/state/ledger.h"', "model may not")

    def test_rooms_of_one_step_do_not_see_each_other(self):
        self.assert_violation("scheduler/network/a.h", '#include "scheduler/performance/b.h"', "network may not")
        self.assert_violation("scheduler/performance/a.h", '#include "scheduler/network/b.h"', "performance may not")
        self.assert_violation("simulator/engine/a.h", '#include "scheduler/model/job.h"', "engine may not")

    def test_the_scheduler_never_includes_the_simulator(self):
        self.assert_violation("scheduler/service/a.cc", '#include "simulator/engine/event_queue.h"', "never includes")

    def test_truth_does_not_peek_at_the_decider(self):
        for room in ("policy", "core", "state"):
            self.assert_violation("simulator/world/w.cc", f'#include "scheduler/{room}/x.h"', "world may not")
        self.assert_includes("simulator/world/w.cc", '"simulator/workload/trace.h"', '"simulator/record/rows.h"',
                             '"scheduler/performance/p.h"', '"scheduler/network/n.h"', '"simulator/engine/e.h"')

    def test_record_and_metrics_do_not_know_the_workload(self):
        self.assert_violation("simulator/record/r.h", '#include "simulator/workload/trace.h"', "record may not")
        self.assert_violation("simulator/metrics/m.cc", '#include "simulator/workload/trace.h"', "metrics may not")
        self.assert_includes("simulator/metrics/m.cc", '"simulator/record/rows.h"', '"scheduler/model/job.h"')

    def test_a_scenario_sees_the_catalogs_and_no_other_part_of_policy(self):
        self.assert_includes("simulator/scenario/s.cc", '"scheduler/policy/catalog.h"', '"scheduler/network/catalog.h"',
                             '"scheduler/text/reader.h"', '"simulator/world/world.h"')
        self.assert_violation("simulator/scenario/s.cc", '#include "scheduler/policy/round.h"', "scenario may not")
        self.assert_violation("simulator/scenario/s.cc", '#include "scheduler/core/scheduler.h"', "scenario may not")

    def test_only_cli_knows_door_and_service(self):
        self.assert_includes("simulator/cli/main.cc", '"scheduler/service/server.h"', '"scheduler/door/stream.h"',
                             '"simulator/report/table.h"', '"scheduler/policy/round.h"')
        self.assert_violation("simulator/report/r.cc", '#include "scheduler/service/server.h"', "report may not")
        self.assert_includes("simulator/run/driver.cc", '"scheduler/core/scheduler_port.h"')

    def test_angle_brackets_hide_nothing(self):
        self.assert_violation("scheduler/model/a.h", "#include <scheduler/core/b.h>", "model may not")

    def test_unknown_rooms_and_relative_paths_are_violations(self):
        self.assert_violation("scheduler/misc/a.h", "", "no room")
        self.assert_violation("scheduler/a.h", "", "no room")
        self.assert_violation("scheduler/model/a.h", '#include "job.h"', "from the root")
        self.assert_violation("scheduler/model/a.h", '#include "tests/support/scene.h"', "outside")
        self.assert_violation("scheduler/service/a.h", '#include "scheduler/world/world.h"', "no room of that name")

    def test_every_violation_is_reported(self):
        code, lines = check({
            "scheduler/base/a.h": '#include "scheduler/model/job.h"\n#include <fmt/format.h>\n',
            "scheduler/model/b.h": '#include "scheduler/wire/w.h"\n',
        })

        self.assertEqual(code, 1)
        self.assertEqual([line.split(": ")[0] for line in lines[:-1]],
                         ["scheduler/base/a.h:1", "scheduler/base/a.h:2", "scheduler/model/b.h:1"])
        self.assertEqual(lines[-1], "layers: 2 files, 3 violations")

    def test_a_tree_without_sources_is_an_error(self):
        self.assertEqual(check({"README.md": ""})[0], 2)


class LibrariesTest(Layers):
    def test_each_library_stays_where_it_belongs(self):
        for header, inside, outside in (
            ("google/protobuf/message.h", "scheduler/wire/a.cc", "scheduler/core/a.cc"),
            ("suanwang/v1/job.pb.h", "simulator/scenario/a.h", "simulator/run/a.cc"),
            ("suanwang/v1/scheduler.grpc.pb.h", "scheduler/door/a.cc", "scheduler/wire/a.cc"),
            ("grpcpp/grpcpp.h", "scheduler/service/a.cc", "simulator/cli/a.cc"),
            ("boost/asio.hpp", "scheduler/service/a.h", "scheduler/door/a.cc"),
            ("boost/beast/http.hpp", "scheduler/service/a.cc", "simulator/report/a.cc"),
            ("boost/graph/adjacency_list.hpp", "scheduler/network/a.cc", "scheduler/network/a.h"),
            ("Eigen/Dense", "scheduler/policy/a.cc", "scheduler/policy/a.h"),
            ("coin/ClpSimplex.hpp", "scheduler/policy/a.cc", "scheduler/network/a.h"),
            ("yaml-cpp/yaml.h", "scheduler/text/a.cc", "simulator/scenario/a.cc"),
            ("sqlite3.h", "simulator/study/a.cc", "simulator/run/a.cc"),
            ("CLI/CLI.hpp", "simulator/cli/a.cc", "simulator/report/a.cc"),
            ("xxhash.h", "scheduler/base/hash.cc", "scheduler/base/hash.h"),
        ):
            with self.subTest(header=header):
                self.assert_includes(inside, f"<{header}>")
                self.assert_violation(outside, f"#include <{header}>", "stays in")
                self.assert_violation(outside, f'#include "{header}"', "stays in")

    def test_base_includes_the_standard_library_only(self):
        self.assert_includes("scheduler/base/a.h", "<vector>", "<cstdint>")
        self.assert_violation("scheduler/base/a.h", "#include <fmt/core.h>", "standard library only")
        self.assert_violation("scheduler/base/a.h", "#include <unistd.h>", "standard library only")


class LinksTest(Layers):
    def test_links_follow_the_same_staircase(self):
        self.assert_clean({
            "scheduler/model/a.h": "",
            "scheduler/CMakeLists.txt": "suanwang_room(model SOURCES model/a.cc ROOMS base)\n"
                                        "suanwang_room(text SOURCES text/a.cc\n  ROOMS wire model  # and core\n"
                                        "  LIBRARIES yaml-cpp protobuf::libprotobuf)\n",
            "simulator/CMakeLists.txt": "suanwang_room(scenario SOURCES s.cc ROOMS text policy network world)\n",
        })

    def test_a_link_upwards_is_reported_where_it_stands(self):
        code, lines = check({
            "scheduler/model/a.h": "",
            "scheduler/CMakeLists.txt": "suanwang_room(model\n  SOURCES m.cc\n  ROOMS base\n    core\n    cellar)\n"
                                        "suanwang_room(state SOURCES s.cc ROOMS model LIBRARIES gRPC::grpc++)\n"
                                        "suanwang_room(attic SOURCES s.cc)\n",
            "simulator/CMakeLists.txt": "suanwang_room(world\n  ROOMS policy)\nsuanwang_room(record ROOMS workload)\n",
        })

        self.assertEqual(code, 1)
        self.assertEqual([line.split(" (")[0] for line in lines[:-1]], [
            "scheduler/CMakeLists.txt:4: model may not link core",
            "scheduler/CMakeLists.txt:5: model links cellar, which is no room",
            "scheduler/CMakeLists.txt:6: state may not link gRPC::grpc++: gRPC stays in */door/* */service/*",
            "scheduler/CMakeLists.txt:7: scheduler/ has no room attic in the staircase",
            "simulator/CMakeLists.txt:2: world may not link policy",
            "simulator/CMakeLists.txt:3: record may not link workload",
        ])


if __name__ == "__main__":
    unittest.main()
