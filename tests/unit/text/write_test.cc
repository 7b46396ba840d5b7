#include "scheduler/text/write.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "suanwang/v1/scenario.pb.h"
#include "tests/support/text_files.h"

namespace suanwang::text {
namespace {

using suanwang::testing::Bound;
using v1::Scenario;

TEST(WriteTest, WritesUnitsNamesAndWords) {
  Scenario scenario;
  scenario.set_window_ns(604'800'000'000'000);
  scenario.set_initial(v1::INITIAL_STEADY);
  v1::Site& site = *scenario.add_sites();
  site.set_name("guian");
  site.set_uplink_bps(400'000'000'000);
  site.set_note("10 % of: \"all\"");

  EXPECT_EQ(YamlOf(scenario),
            "window: 7 d\ninitial: steady\nsites:\n  guian:\n    uplink: 400 Gbps\n"
            "    note: \"10 % of: \\\"all\\\"\"\n");
}

TEST(WriteTest, SaysRequiredZeros) {
  v1::ListedJob job;
  job.set_accelerators_milli(1'000);

  EXPECT_EQ(YamlOf(job), "submit: 0\nduration: 0\naccelerators: 1\n");
}

TEST(WriteTest, WhatIsWrittenBindsBackToAnEqualMessage) {
  const Scenario scenario = Bound<Scenario>(
      "about: \"yes\"\nstart: 2026-03-02T00:00:00.000000001+08:00\nwindow: 1000000007 ns\nseeds: [3, 1, 2]\n"
      "policy: {name: list, knobs: {order: sjf, restart_cost: \"1:7s;8:30s;*:60s\"}}\n"
      "sites: {a: {lat: 30.12345678901234}, \"b.c/d e\": {}, \"no\": {note: \"line\\nline\"}}\n"
      "links: {l: {from: a, to: \"no\", capacity: 123456789 bps, outages: [{at: 0, for: 1 ns}, {at: 6 h, for: 2 h}]}}\n"
      "tariffs: {t: {tariff_id: t, season: all, hour: 0, price: 0.3 CNY/kWh}}\n"
      "sweep: {policy.name: [a, b], workload.scale: [0.8]}\n"
      "workload: {scale: 1.2, jobs: {j: {submit: 0, duration: 1 s, accelerators: 0.001, priority: -5}}}\n"
      "expect: [{that: x >= 1, confidence: 0.95}, {never: y}]\nbaseline: {metrics: {wait_s: {abs: 0.1, rel: 5 %}}}\n");

  const Scenario again = Bound<Scenario>(YamlOf(scenario));

  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(scenario, again)) << YamlOf(scenario);
}

}  // namespace
}  // namespace suanwang::text
