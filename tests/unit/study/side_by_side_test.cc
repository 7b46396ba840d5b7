#include "simulator/study/side_by_side.h"

#include <gtest/gtest.h>

#include <new>
#include <vector>

namespace suanwang::study {
namespace {

TEST(SideBySideTest, RunsEachOnceOnAnyNumberOfThreads) {
  for (std::uint32_t threads : {1u, 2u, 7u}) {
    std::vector<int> runs(100, 0);
    const std::atomic<bool> stop = false;

    const std::size_t done = RunSideBySide(runs.size(), threads, stop, [&](std::size_t i) { ++runs[i]; });

    EXPECT_EQ(done, runs.size());
    EXPECT_EQ(runs, std::vector<int>(100, 1));
  }
}

TEST(SideBySideTest, AStopFinishesWhatHasBegunAndLeavesAPrefix) {
  std::vector<int> runs(100, 0);
  std::atomic<bool> stop = false;

  const std::size_t done = RunSideBySide(runs.size(), 2, stop, [&](std::size_t i) {
    if (i == 10) stop = true;
    ++runs[i];
  });

  EXPECT_GE(done, 11u);
  EXPECT_LE(done, 12u);
  for (std::size_t i = 0; i < runs.size(); ++i) EXPECT_EQ(runs[i], i < done ? 1 : 0) << i;
}

TEST(SideBySideTest, WhatARunThrowsReachesTheCallerOnceAllHaveStopped) {
  for (std::uint32_t threads : {1u, 4u}) {
    const std::atomic<bool> stop = false;
    std::atomic<int> inside = 0;
    const auto run = [&](std::size_t i) {
      ++inside;
      if (i == 7) {
        --inside;
        throw std::bad_alloc();
      }
      --inside;
    };

    EXPECT_THROW(RunSideBySide(100, threads, stop, run), std::bad_alloc);
    EXPECT_EQ(inside, 0);
  }
}

TEST(SideBySideTest, TellsEveryStepOfTheWay) {
  std::vector<std::size_t> steps;
  const std::atomic<bool> stop = false;

  RunSideBySide(3, 2, stop, [](std::size_t) {}, [&](std::size_t done, std::size_t) { steps.push_back(done); });

  EXPECT_EQ(steps, (std::vector<std::size_t>{1, 2, 3}));
}

TEST(SideBySideTest, WantsOneThreadAtLeastHoweverLittleMemoryThereIs) {
  EXPECT_EQ(ThreadsFor(UINT64_MAX), 1u);
  EXPECT_GE(ThreadsFor(1), 1u);
}

}  // namespace
}  // namespace suanwang::study
