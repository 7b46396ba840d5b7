#include "simulator/report/run_tables.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/unit/metrics/two_places.h"

namespace suanwang::report {
namespace {

using metrics::TwoPlaces;
using record::Story;

struct Tables {
  explicit Tables(const Story& story, const record::ReasonLog& reasons = {}, TwoPlaces places = {}) {
    metrics::History history;
    story.ToldTo(history);
    const metrics::MetricContext context = places.context();
    const metrics::Evidence evidence(history, context);
    const std::vector<std::string> names = {"first", "a,b", "say \"no\""};
    std::ostringstream out, hours;
    WriteJobsCsv(evidence, names, out);
    WriteCentersCsv(evidence, metrics::WaitingReasons(history, reasons.rows(), Duration()), hours);
    jobs = out.str();
    centers = hours.str();
  }
  std::string jobs;
  std::string centers;
};

TEST(RunTablesTest, AJobHasALineWithWhatHappenedToItAndNothingElse) {
  const Tables tables(Story()
                          .Submits(0, {.at = 1, .lasts = 10, .milli = 250, .origin = SiteId(0)})
                          .Starts(0, 3, 250)
                          .Submits(1, {.at = 4, .lasts = 5, .job_class = 1})
                          .Ends(0, 13, 10)
                          .Submits(2, {.at = 14, .lasts = 5, .job_class = 9})
                          .Ends(2, 14, 0, EndState::kInfeasible, Rule::kSize)
                          .Ends(1, 20, 0, EndState::kUnfinished)
                          .Closes(20));

  EXPECT_EQ(tables.jobs,
            "job_id,class,origin,submit_s,start_s,end_s,wait_s,state,center,pool,accelerators,queued_s,grants\n"
            "first,chat,beijing,1,3,13,2,completed,east,east.fast,0.25,2,1\n"
            "\"a,b\",llm,,4,,20,,unfinished,,,1,16,0\n"
            "\"say \"\"no\"\"\",,,14,,14,,infeasible,,,1,0,0\n");
}

TEST(RunTablesTest, AnHourOfACentreHoldsMeansOverThePartInTheWindow) {
  record::ReasonLog reasons;
  const ReasonChange full{JobId(1), {Rule::kFull, 0}, false};
  reasons.Add(Time() + Seconds(1800), {&full, 1});
  // 4 of 8 accelerators for the first half hour; then one is asked for, waits half an hour, and never starts. In the west
  // others hold one of two for a quarter of an hour.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 1800, .milli = 4000})
                          .Starts(0, 0, 4000)
                          .OthersHold(1, 900, 1)
                          .Submits(1, {.at = 1800, .lasts = 5})
                          .Ends(0, 1800, 1800)
                          .OthersHold(1, 1800, 0)
                          .Nodes(0, 3600, 0, 1, false)
                          .Ends(1, 5400, 0, EndState::kUnfinished)
                          .Closes(5400);

  EXPECT_EQ(Tables(story, reasons).centers,
            "hour_s,center,usable,allocated,running,waiting\n"
            "0,east,8.000,2.000,2.000,0.500\n"
            "3600,east,4.000,0.000,0.000,1.000\n"
            "0,west,1.750,0.000,0.000,0.000\n"
            "3600,west,2.000,0.000,0.000,0.000\n");
}

}  // namespace
}  // namespace suanwang::report
