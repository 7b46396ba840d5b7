#!/usr/bin/env python3
"""The reference in scenarios/README.md is what the schema says."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))

import scenario_reference  # noqa: E402

SCHEMA = """
enum Tier {
  TIER_UNSPECIFIED = 0;
  TIER_NEAR_BY = 1;
}

// what there is
message Center {
  string name = 1 [(key) = true];
  optional int64 capacity_bps = 2 [(unit) = UNIT_BITS_PER_SECOND, (required) = true, (help) = "of a direction"];
  Tier tier = 3;
}

message Root {
  repeated Center centers = 1;
}
"""


class ScenarioReferenceTest(unittest.TestCase):
    def test_is_up_to_date(self):
        readme = (ROOT / "scenarios/README.md").read_text(encoding="utf-8")
        self.assertEqual(readme, scenario_reference.updated(readme), "run tools/scenario_reference.py")

    def test_writes_keys_as_people_do(self):
        text = scenario_reference.reference(SCHEMA)
        self.assertIn("| `capacity` | rate, `400 Gbps` | required; of a direction |", text)
        self.assertIn("| `tier` | one of `near-by` |", text)
        self.assertIn("| `centers` | entities by name: [Center](#center) |", text)
        self.assertIn("What there is", text)

    def test_keeps_what_others_wrote(self):
        readme = "# Scenarios\n\nfirst\n\n" + scenario_reference.reference(SCHEMA) + "\nlast\n"
        self.assertTrue(scenario_reference.updated(readme).startswith("# Scenarios\n\nfirst\n\n"))
        self.assertTrue(scenario_reference.updated(readme).endswith("\nlast\n"))


if __name__ == "__main__":
    unittest.main()
