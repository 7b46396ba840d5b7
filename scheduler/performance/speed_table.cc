#include "scheduler/performance/speed_table.h"

#include "scheduler/base/check.h"

namespace suanwang {
SpeedTable::SpeedTable(const std::vector<Accelerator>& accelerators) : accelerators_(accelerators.size()) {
  for (const Accelerator& reference : accelerators) {
    for (const Accelerator& accelerator : accelerators) roofline_.push_back(suanwang::Roofline(reference, accelerator));
  }
}

void SpeedTable::SetThroughputs(ProfileId profile, AcceleratorId reference, std::span<const std::int64_t> throughputs) {
  SUANWANG_CHECK(throughputs.size() == accelerators_, "a throughput is given, or 0, for every accelerator");
  SUANWANG_CHECK(reference.value() < accelerators_, "throughputs are relative to an accelerator of the inventory");
  if (profile.value() >= measured_row_.size()) measured_row_.resize(profile.value() + 1, kNotMeasured);
  if (measured_row_[profile.value()] == kNotMeasured) {
    measured_row_[profile.value()] = static_cast<std::uint32_t>(measured_.size() / accelerators_);
    measured_.resize(measured_.size() + accelerators_);
  }
  const std::int64_t slow = throughputs[reference.value()];
  Speed* const row = measured_.data() + measured_row_[profile.value()] * accelerators_;
  for (std::uint32_t id = 0; id < accelerators_; ++id) {
    const bool measured = throughputs[id] > 0 && slow > 0;
    row[id] = measured ? SpeedOf(throughputs[id], slow) : Roofline(reference, AcceleratorId(id));
  }
}

Speed SpeedTable::Of(ProfileId profile, AcceleratorId reference, AcceleratorId accelerator) const {
  const bool measured = profile.value() < measured_row_.size() && measured_row_[profile.value()] != kNotMeasured;
  if (!measured) return Roofline(reference, accelerator);
  SUANWANG_CHECK(accelerator.value() < accelerators_, "a speed is asked of an accelerator of the inventory");
  return measured_[measured_row_[profile.value()] * accelerators_ + accelerator.value()];
}

Speed SpeedTable::Roofline(AcceleratorId reference, AcceleratorId accelerator) const {
  if (reference.is_none()) return {};
  SUANWANG_CHECK(reference.value() < accelerators_ && accelerator.value() < accelerators_,
                 "a speed is asked of accelerators of the inventory");
  return roofline_[reference.value() * accelerators_ + accelerator.value()];
}

}  // namespace suanwang
