#include "simulator/study/direction.h"

#include "simulator/metrics/catalog.h"

namespace suanwang::study {

Direction DirectionOf(std::string_view value_name) {
  if (value_name == "states.submitted") return Direction::kNeither;
  if (value_name == "states.completed") return Direction::kHigherIsBetter;
  const metrics::Metric* metric = metrics::FindMetric(value_name.substr(0, value_name.find('.')));
  return metric == nullptr ? Direction::kNeither : metric->better;
}

}  // namespace suanwang::study
