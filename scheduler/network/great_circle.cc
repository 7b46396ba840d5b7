#include "scheduler/network/great_circle.h"

#include <algorithm>
#include <cmath>

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kRadiansPerDegree = kPi / 180;

// sin x for |x| ≤ π: the Taylor series to degree 23 on [0, π/2], whose rest is below 1e-19.
double Sin(double x) {
  if (x < 0) return -Sin(-x);
  x = std::min(x, kPi - x);
  double sum = 1;
  for (int n = 22; n >= 2; n -= 2) sum = 1 - x * x / (n * (n + 1)) * sum;
  return x * sum;
}

double Square(double x) { return x * x; }

// tan(α/2) of tan α, for α in [0, π/2).
double HalfTangent(double tangent) { return tangent / (1 + std::sqrt(1 + Square(tangent))); }

// atan t for t in [0, 1]: the angle is halved three times, then Taylor to degree 17, whose rest is below 1e-20.
double Atan(double t) {
  t = HalfTangent(HalfTangent(HalfTangent(t)));
  double sum = 0;
  for (int n = 17; n >= 1; n -= 2) sum = 1.0 / n - Square(t) * sum;
  return 8 * t * sum;
}

double CosOfLatitude(double radians) { return 1 - 2 * Square(Sin(radians / 2)); }

}  // namespace

double GreatCircleKm(GeoPoint a, GeoPoint b) {
  const double latitude_a = a.latitude_deg * kRadiansPerDegree;
  const double latitude_b = b.latitude_deg * kRadiansPerDegree;
  const double half_longitude = (b.longitude_deg - a.longitude_deg) * kRadiansPerDegree / 2;
  const double haversine = Square(Sin((latitude_b - latitude_a) / 2)) +
                           CosOfLatitude(latitude_a) * CosOfLatitude(latitude_b) * Square(Sin(half_longitude));
  const double sine = std::sqrt(std::min(haversine, 1.0));  // of half the angle between the places
  const double cosine = std::sqrt(1 - std::min(haversine, 1.0));
  return kEarthRadiusKm * 4 * Atan(sine / (1 + cosine));
}

Duration FibreDelay(GeoPoint a, GeoPoint b, double route_factor) {
  SUANWANG_CHECK(route_factor > 0, "a route has a positive length");
  return Duration(static_cast<std::int64_t>(GreatCircleKm(a, b) * route_factor * kFibreNanosecondsPerKm + 0.5));
}

}  // namespace suanwang
