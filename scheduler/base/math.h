#pragma once

// Elementary functions that give the same bits on every machine.
//
// The C library's log, exp and pow differ between processors and versions; a result that depends on them would not be
// repeatable. These use only + − × ÷, √ and the bits of a double, all of which IEEE 754 defines exactly (the build
// forbids fused operations). They follow its conventions for 0, ∞ and NaN. No tables, no state, O(1).
namespace suanwang {

inline constexpr double kLn2 = 0.693147180559945309417;

// ln x. Relative error below 1e-15 for every finite x > 0, subnormal ones included.
// Log(0) = −∞; of a negative x: NaN. Method: x = m·2ᵏ with m in [√½, √2), ln m = 2·artanh((m−1)/(m+1)) as a series.
[[nodiscard]] double Log(double x);

// eˣ. Relative error below 1e-15 where the result is a normal number; 0 below −745.2, ∞ above 709.8.
// Method: x = k·ln 2 + r with |r| ≤ ½·ln 2, Taylor series of degree 13 in r.
[[nodiscard]] double Exp(double x);

// xʸ for x ≥ 0 as Exp(y·Log(x)). Relative error below |y·ln x|·2.3e-16 + 1e-15, so below 1e-14 while |y·ln x| ≤ 39,
// that is for results between 1e-17 and 1e17. Pow(x, 0) = 1; Pow(0, y) = 0 for y > 0, ∞ for y < 0; of x < 0: NaN.
[[nodiscard]] double Pow(double x, double y);

// Φ(z), the standard normal distribution function. Absolute error below 4e-15: what is far out in the lower tail is
// not to be divided by. Method: Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …), G. Marsaglia, "Evaluating the Normal
// Distribution", Journal of Statistical Software 11(4), 2004.
[[nodiscard]] double NormalCdf(double z);

// Φ⁻¹(p) for p in (0, 1). Relative error below 1e-14 (absolute near p = ½); strictly increasing in practice.
// NormalQuantile(0) = −∞, NormalQuantile(1) = ∞; outside [0, 1]: NaN.
// Method: rational approximations PPND16 of M. J. Wichura, "Algorithm AS 241", Applied Statistics 37(3), 1988.
[[nodiscard]] double NormalQuantile(double p);

// ln n! for n ≥ 0. Relative error below 1e-14 for n ≥ 2. Sums for small n, else Stirling's series.
[[nodiscard]] double LogFactorial(double n);

// ln Γ(x) for x > 0; Γ(n + 1) = n!. Error below 2e-14·max(1, |ln Γ(x)|) for x ≥ 0.01. Stirling's series beyond 16, to which
// Γ(x + 1) = x·Γ(x) leads.
[[nodiscard]] double LogGamma(double x);

}  // namespace suanwang
