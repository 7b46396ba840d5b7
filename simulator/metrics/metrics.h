#pragma once

#include "simulator/metrics/evidence.h"
#include "simulator/metrics/value.h"

// The metrics' functions, each in the .cc of its name; what they give is said in catalog.cc.
namespace suanwang::metrics {

void AllocationRate(const Evidence& evidence, Values& out);
void BoundedSlowdown(const Evidence& evidence, Values& out);
void CarbonLocation(const Evidence& evidence, Values& out);
void CarbonLocationPerWork(const Evidence& evidence, Values& out);
void CarbonMarket(const Evidence& evidence, Values& out);
void CarbonMarketPerWork(const Evidence& evidence, Values& out);
void CrossRegion(const Evidence& evidence, Values& out);
void DemandedWork(const Evidence& evidence, Values& out);
void DomesticShareByCard(const Evidence& evidence, Values& out);
void DomesticShareByFp16(const Evidence& evidence, Values& out);
void Electricity(const Evidence& evidence, Values& out);
void ElectricityPerWork(const Evidence& evidence, Values& out);
void Energy(const Evidence& evidence, Values& out);
void EnergyPerWork(const Evidence& evidence, Values& out);
void FillRate(const Evidence& evidence, Values& out);
void FragmentationRate(const Evidence& evidence, Values& out);
void Goodput(const Evidence& evidence, Values& out);
void JainFairness(const Evidence& evidence, Values& out);
void LatencyAttainment(const Evidence& evidence, Values& out);
void LostTime(const Evidence& evidence, Values& out);
void Makespan(const Evidence& evidence, Values& out);
void NotBegun(const Evidence& evidence, Values& out);
void Infeasible(const Evidence& evidence, Values& out);
void OccupancyRate(const Evidence& evidence, Values& out);
void Preemptions(const Evidence& evidence, Values& out);
void QueueTime(const Evidence& evidence, Values& out);
void QueuedTime(const Evidence& evidence, Values& out);
void ServedWork(const Evidence& evidence, Values& out);
void Starved(const Evidence& evidence, Values& out);
void StartRefused(const Evidence& evidence, Values& out);
void States(const Evidence& evidence, Values& out);
void Turnaround(const Evidence& evidence, Values& out);
void WaitTime(const Evidence& evidence, Values& out);
void WestShare(const Evidence& evidence, Values& out);

}  // namespace suanwang::metrics
