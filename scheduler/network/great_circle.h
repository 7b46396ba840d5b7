#pragma once

#include "scheduler/base/time.h"

namespace suanwang {

inline constexpr double kEarthRadiusKm = 6371.0;        // mean
inline constexpr double kRouteFactor = 1.4;             // length of fibre / great circle (MODEL §3)
inline constexpr double kFibreNanosecondsPerKm = 4900;  // one way

// A place on the globe: latitude in [−90, 90], longitude in [−180, 180], degrees.
struct GeoPoint {
  double latitude_deg = 0;
  double longitude_deg = 0;
};

// Length of the shortest arc between two places on a sphere of kEarthRadiusKm. Haversine formula; absolute error below
// 1e-8 km but within a kilometre of antipodes, where it stays below 1e-3 km. Uses only + − × ÷ and √, so it has the
// same bits on every machine.
[[nodiscard]] double GreatCircleKm(GeoPoint a, GeoPoint b);

// One-way delay of a fibre between two places whose delay is not given: great circle × route_factor × 4.9 µs/km,
// rounded to the nearest nanosecond.
[[nodiscard]] Duration FibreDelay(GeoPoint a, GeoPoint b, double route_factor = kRouteFactor);

}  // namespace suanwang
