#include <fmt/format.h>

#include "simulator/report/check_text.h"
#include "simulator/report/drift_text.h"

namespace suanwang::report {
namespace {

using study::Checked;
using study::CheckedClaim;

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\n': escaped += "&#10;"; break;
      default: escaped += static_cast<unsigned char>(c) < 0x20 ? '?' : c;  // XML 1.0 knows no other control character
    }
  }
  return escaped;
}

// What does not stand; an empty message: it does.
struct Complaint {
  std::string message;
  std::string details;  // for those who want to know more
};

std::string CaseText(const std::string& suite, const std::string& name, const std::string& kind, const Complaint& complaint) {
  const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", Escaped(suite), Escaped(name));
  if (complaint.message.empty()) return head + "/>\n";
  return head + fmt::format("><{0} message=\"{1}\">{2}</{0}></testcase>\n", kind, Escaped(complaint.message), Escaped(complaint.details));
}

Complaint ComplaintOf(const CheckedClaim& claim) {
  if (claim.judgement.holds) return {};
  const std::string got = claim.judgement.got ? fmt::format("got {}", *claim.judgement.got) : std::string("no number");
  return {got + (claim.judgement.why_not.empty() ? "" : ": " + claim.judgement.why_not),
          claim.expected.place + (claim.expected.because.empty() ? "" : "\nbecause: " + claim.expected.because)};
}

Complaint BaselineComplaint(const Checked& one) {
  if (one.drift->holds()) return {};
  return {DriftSummary(one, Language::kEnglish), DriftDetails(one, Language::kEnglish) + "  see  " + one.see};
}

struct Suite {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;

  void Add(const std::string& suite, const std::string& name, const std::string& kind, const Complaint& complaint) {
    cases += CaseText(suite, name, kind, complaint);
    ++tests;
    if (!complaint.message.empty()) ++(kind == "error" ? errors : failures);
  }
};

Suite SuiteOf(const Checked& one) {
  Suite suite;
  for (const std::string& problem : one.problems) suite.Add(one.file, "input", "error", {problem, ""});
  if (one.is_wrong()) return suite;
  if (one.claims.empty()) suite.Add(one.file, "expectations", "failure", {"it states no expectation", "expect:\n  - {that: fill_rate >= 0.9, because: why it must}"});
  for (const CheckedClaim& claim : one.claims) suite.Add(one.file, claim.expected.that, "failure", ComplaintOf(claim));
  for (const std::string& failed : one.unwritten) suite.Add(one.file, "output", "error", {failed, ""});
  if (one.lacks_baseline()) suite.Add(one.file, "baseline", "failure", {DriftSummary(one, Language::kEnglish), ""});
  if (one.drift && one.accepted.empty()) suite.Add(one.file, "baseline", "failure", BaselineComplaint(one));
  return suite;
}

std::string PropertiesOf(const CheckAnswer& answer, const Checked& one) {
  const auto property = [](std::string_view name, const std::string& value) {
    return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, Escaped(value));
  };
  std::string text = property("version", answer.version) + property("build_id", answer.build_id);
  if (one.drift) text += property("baseline_version", one.drift->before.version) + property("baseline_build_id", one.drift->before.build_id);
  return "    <properties>\n" + text + "    </properties>\n";
}

std::string SuiteText(const std::string& name, const Suite& suite, const std::string& properties, double wall_s) {
  return fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3f}\">\n", Escaped(name), suite.tests, suite.failures,
                     suite.errors, wall_s) +
         properties + suite.cases + "  </testsuite>\n";
}

// What is wrong around the scenarios.
Suite AroundThem(const CheckAnswer& answer) {
  Suite suite;
  for (const std::string& problem : answer.problems) suite.Add("suanwang check", "command line", "error", {problem, ""});
  for (const std::string& failed : answer.unwritten) suite.Add("suanwang check", "output", "error", {failed, ""});
  for (const std::string& file : answer.undone) suite.Add("suanwang check", file, "error", {"interrupted before it was done", ""});
  if (answer.scenarios.empty() && answer.problems.empty() && answer.undone.empty()) suite.Add("suanwang check", "scenarios", "failure", {"nothing to check", ""});
  return suite;
}

}  // namespace

std::string JUnitText(const CheckAnswer& answer) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  if (const Suite around = AroundThem(answer); around.tests > 0) text += SuiteText("suanwang check", around, "", 0);
  for (const Checked& one : answer.scenarios) text += SuiteText(one.file, SuiteOf(one), PropertiesOf(answer, one), one.wall_s);
  return text + "</testsuites>\n";
}

}  // namespace suanwang::report
