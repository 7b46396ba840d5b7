#include "scheduler/base/math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace suanwang {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kMantissaBits = 52;
constexpr int kExponentBias = 1023;

// ln 2 in two parts; the first has 21 trailing zero bits, so its product with any exponent is exact.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;

// c₀ + c₁x + c₂x² + … by Horner's rule.
template <std::size_t n>
double Polynomial(const std::array<double, n>& c, double x) {
  double sum = c[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

// 2ᵏ for k in [−1022, 1023].
double PowerOfTwo(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + kExponentBias) << kMantissaBits);
}

// v·2ᵏ, in two steps where 2ᵏ itself is no normal number.
double Scale(double v, int k) {
  if (k > 1023) return v * PowerOfTwo(1023) * PowerOfTwo(k - 1023);
  if (k < -1022) return v * PowerOfTwo(k + 1000) * PowerOfTwo(-1000);
  return v * PowerOfTwo(k);
}

struct Split {
  double mantissa;  // in [√½, √2)
  int exponent;
};

// A normal x > 0 as mantissa·2^exponent.
Split SplitNormal(double x) {
  constexpr std::uint64_t kMantissaMask = (std::uint64_t{1} << kMantissaBits) - 1;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int exponent = static_cast<int>(bits >> kMantissaBits) - kExponentBias;
  const double mantissa = std::bit_cast<double>((bits & kMantissaMask) | std::bit_cast<std::uint64_t>(1.0));
  constexpr double kSqrt2 = 1.41421356237309504880;
  return mantissa < kSqrt2 ? Split{mantissa, exponent} : Split{mantissa * 0.5, exponent + 1};
}

// ln m for m in [√½, √2): 2s + s³·(2/3 + 2/5·s² + …) with s = (m−1)/(m+1). The leading term is taken from f = m − 1,
// which is exact, as f − s·f: so nothing is lost near m = 1.
double LogOfMantissa(double m) {
  constexpr std::array kSeries = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                                  2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};
  const double f = m - 1;
  const double s = f / (2 + f);
  const double square = s * s;
  return f - s * (f - square * Polynomial(kSeries, square));
}

constexpr double kStirlingFrom = 16;

// ln n! for n ≥ kStirlingFrom.
double StirlingLogFactorial(double n) {
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  constexpr std::array kStirling = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188};
  return (n + 0.5) * Log(n) - n + kHalfLogTwoPi + Polynomial(kStirling, 1 / (n * n)) / n;
}

}  // namespace

double Log(double x) {
  if (!(x > 0)) return x == 0 ? -kInfinity : kNaN;
  if (x == kInfinity) return x;
  constexpr int kLift = 54;
  const bool subnormal = x < std::numeric_limits<double>::min();
  const Split split = SplitNormal(subnormal ? x * PowerOfTwo(kLift) : x);
  const double exponent = split.exponent - (subnormal ? kLift : 0);
  return exponent * kLn2High + (exponent * kLn2Low + LogOfMantissa(split.mantissa));
}

double Exp(double x) {
  if (std::isnan(x)) return x;
  if (x > 709.8) return kInfinity;
  if (x < -745.2) return 0;
  constexpr std::array kTail = {1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                                1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                                1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
  const double quotient = x / kLn2;
  const int k = static_cast<int>(quotient + (quotient < 0 ? -0.5 : 0.5));
  const double high = x - k * kLn2High;
  const double low = k * kLn2Low;
  const double r = high - low;
  const double lost = (high - r) - low;  // what rounding took from r
  return Scale(1 + (r + (r * r * Polynomial(kTail, r) + lost)), k);
}

double Pow(double x, double y) {
  if (y == 0) return 1;
  if (x == 1) return 1;
  return Exp(y * Log(x));
}

double NormalCdf(double z) {
  if (std::isnan(z)) return z;
  if (z < -8.5) return 0;
  if (z > 8.5) return 1;
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  double term = z;
  double sum = z;
  for (double k = 3; sum + term != sum; k += 2) {
    term *= z * z / k;
    sum += term;
  }
  return 0.5 + sum * Exp(-0.5 * z * z - kHalfLogTwoPi);
}

double NormalQuantile(double p) {
  constexpr std::array kCentreTop = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                     3.3430575583588128105e4, 2.5090809287301226727e3};
  constexpr std::array kCentreBottom = {1.0,
                                        4.2313330701600911252e1,
                                        6.8718700749205790830e2,
                                        5.3941960214247511077e3,
                                        2.1213794301586595867e4,
                                        3.9307895800092710610e4,
                                        2.8729085735721942674e4,
                                        5.2264952788528545610e3};
  constexpr std::array kTailTop = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                   3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array kTailBottom = {1.0,
                                      2.05319162663775882187e0,
                                      1.67638483018380384940e0,
                                      6.89767334985100004550e-1,
                                      1.48103976427480074590e-1,
                                      1.51986665636164571966e-2,
                                      5.47593808499534494600e-4,
                                      1.05075007164441684324e-9};
  constexpr std::array kFarTop = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                  2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                  2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array kFarBottom = {1.0,
                                     5.99832206555887937690e-1,
                                     1.36929880922735805310e-1,
                                     1.48753612908506148525e-2,
                                     7.86869131145613259100e-4,
                                     1.84631831751005468180e-5,
                                     1.42151175831644588870e-7,
                                     2.04426310338993978564e-15};
  if (!(p >= 0 && p <= 1)) return kNaN;
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * Polynomial(kCentreTop, r) / Polynomial(kCentreBottom, r);
  }
  const double tail = q < 0 ? p : 1 - p;
  if (tail == 0) return q < 0 ? -kInfinity : kInfinity;
  const double r = std::sqrt(-Log(tail));
  const double z = r <= 5 ? Polynomial(kTailTop, r - 1.6) / Polynomial(kTailBottom, r - 1.6)
                          : Polynomial(kFarTop, r - 5) / Polynomial(kFarBottom, r - 5);
  return q < 0 ? -z : z;
}

double LogFactorial(double n) {
  if (n >= kStirlingFrom) return StirlingLogFactorial(n);
  double product = 1;
  for (double k = 2; k <= n; k += 1) product *= k;
  return Log(product);
}

double LogGamma(double x) {
  double product = 1;
  for (; x - 1 < kStirlingFrom; x += 1) product *= x;
  return StirlingLogFactorial(x - 1) - Log(product);
}

}  // namespace suanwang
