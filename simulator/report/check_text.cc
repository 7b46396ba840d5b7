#include "simulator/report/check_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "simulator/report/number.h"
#include "simulator/report/text_table.h"
#include "simulator/report/value_text.h"

namespace suanwang::report {
namespace {

using study::Change;
using study::Checked;
using study::CheckedClaim;

std::string NameWithLabels(std::string_view name, const metrics::Labels& labels) {
  std::string text(name);
  for (const metrics::Label& label : labels) text += (text.back() == '}' ? "" : "{") + label.key + "=" + label.value + "}";
  return text;
}

// Writes one answer in one language.
class Writer {
 public:
  explicit Writer(Language language) : language_(language) {}

  [[nodiscard]] std::string Text(std::span<const Checked> all, const std::string& version) const {
    std::string text = language_ == Language::kChinese
                           ? fmt::format("suanwang {} · 现在运行 {} 个场景，没有一个取自先前的运行\n", version, all.size())
                           : fmt::format("suanwang {} · {} scenario{} run now, none taken from earlier runs\n", version, all.size(), all.size() == 1 ? "" : "s");
    text += Summary(all);
    return text + Last(all);
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }

  [[nodiscard]] std::string Summary(std::span<const Checked> all) const {
    std::size_t width = 0;
    for (const Checked& one : all) width = std::max(width, DisplayWidth(one.file));
    std::string text;
    for (const Checked& one : all) {
      text += (one.holds() ? "ok    " : !one.problems.empty() ? "WRONG " : "FAIL  ") + one.file + std::string(width - DisplayWidth(one.file) + 2, ' ');
      text += !one.problems.empty() ? Say("the input is wrong", "输入有误") + "\n" : Counts(one) + fmt::format("   {:.1f} s\n", one.wall_s);
      text += Details(one);
    }
    return text;
  }

  [[nodiscard]] std::string Counts(const Checked& one) const {
    const std::size_t failed = one.failed_claims();
    std::string text = language_ == Language::kChinese ? fmt::format("{} 项期望", one.claims.size())
                                                       : fmt::format("{} expectation{}", one.claims.size(), one.claims.size() == 1 ? "" : "s");
    if (failed > 0) text += fmt::format("{}{}{}", Say(", ", "，"), failed, Say(" failed", " 项未满足"));
    return text + "   " + DriftText(one);
  }

  [[nodiscard]] std::string DriftText(const Checked& one) const {
    if (!one.accepted.empty()) return Say("accepted, written to ", "已接受，写入 ") + one.accepted;
    if (!one.drift) return Say("no baseline (--accept -m why makes one)", "无基线（用 --accept -m 理由 生成）");
    std::string text = one.drift->same_decisions ? Say("decisions unchanged", "决策未变") : Say("decisions changed", "决策已变");
    if (!one.drift->same_seeds) text = Say("the baseline is of other seeds", "基线的种子不同");
    if (one.drift->old_format != 0) text += fmt::format("{}{} → {}", Say(", journal format ", "，日志格式 "), one.drift->old_format, one.journal_format);
    return text;
  }

  [[nodiscard]] std::string Details(const Checked& one) const {
    std::string text;
    for (const std::string& problem : one.problems) text += "  " + problem + "\n";
    if (!one.problems.empty()) return text;
    if (one.claims.empty()) text += Say("  it states no expectation (expect: - that: fill_rate >= 0.9)\n", "  没有写明任何期望（expect: - that: fill_rate >= 0.9）\n");
    for (const CheckedClaim& claim : one.claims) {
      if (!claim.judgement.holds) text += ClaimText(claim, one);
    }
    return text + ChangesText(one) + Remedy(one);
  }

  [[nodiscard]] std::string ClaimText(const CheckedClaim& claim, const Checked& one) const {
    const study::Judgement& judgement = claim.judgement;
    const std::string_view name = claim.claim.value_name;
    std::string text = "  " + claim.expected.place + "  " + claim.expected.that + "\n      " + Say("got ", "得到 ") +
                       NumberText(name, judgement.got, judgement.bound);
    if (judgement.got) text += fmt::format(" = {}", *judgement.got);
    text += fmt::format(" ({} {}", Say("seeds", "种子"), study::SeedsText(one.seeds));
    if (judgement.seeds > 1) text += fmt::format(": {} … {}", NumberText(name, judgement.least), NumberText(name, judgement.most));
    if (judgement.selected > 0) text += fmt::format("{}{}{}{}{}", Say("; selects ", "；选中 "), Count(judgement.selected), Say(" in ", "，共 "), judgement.seeds,
                                                    judgement.seeds == 1 ? Say(" run", " 次运行") : Say(" runs", " 次运行"));
    text += ")";
    if (!judgement.why_not.empty()) text += "   " + judgement.why_not;
    if (!claim.expected.because.empty()) text += "   " + Say("because: ", "理由：") + claim.expected.because;
    return text + "\n";
  }

  [[nodiscard]] std::string ChangesText(const Checked& one) const {
    if (!one.drift || one.drift->same_decisions || !one.accepted.empty()) return "";
    std::string text = Say("  first different decision  ", "  首个不同的决策  ");
    text += one.first_difference.empty() ? Say("cannot be named: the baseline holds only the hash of its decisions", "无法指出：基线只保存了决策哈希") : one.first_difference;
    text += "\n";
    if (one.drift->changes.empty()) return text + Say("  the baseline keeps no value, so changed decisions fail\n", "  基线没有保留任何指标，决策一变即未通过\n");
    TextTable table({{Say("metric", "指标"), Align::kLeft}, {Say("baseline", "基线")}, {Say("now", "现在")}, {Say("change", "变化")}, {Say("allowed", "允许")}, {"", Align::kLeft}});
    for (const Change& change : one.drift->changes) table.AddRow(ChangeRow(change));
    return text + table.Text(6);
  }

  [[nodiscard]] static std::vector<std::string> ChangeRow(const Change& change) {
    const auto number = [](std::optional<double> value) { return value ? fmt::format("{:.6g}", *value) : "–"; };
    const std::optional<double> by = change.kept.value && change.now ? std::optional(*change.now - *change.kept.value) : std::nullopt;
    return {NameWithLabels(change.kept.name, change.kept.labels), number(change.kept.value), number(change.now),
            by ? fmt::format("{:+.3g}", *by) : "–", fmt::format("±{:.3g}", change.allowed), change.is_within ? "ok" : "FAIL"};
  }

  [[nodiscard]] std::string Remedy(const Checked& one) const {
    if (!one.drift || one.drift->holds() || !one.accepted.empty()) return "";
    return Say("  accept  suanwang check ", "  接受  suanwang check ") + one.file + " --accept -m \"why\"\n";
  }

  [[nodiscard]] std::string Last(std::span<const Checked> all) const {
    std::size_t claims = 0;
    std::size_t failed = 0;
    std::size_t changed = 0;
    for (const Checked& one : all) {
      claims += one.claims.size();
      failed += one.problems.empty() ? one.failed_claims() : 0;
      changed += one.drift && !one.drift->same_decisions ? 1 : 0;
    }
    const int code = study::ExitCodeOf(all);
    const std::string outcome = code == 0 ? Say("all holds (exit 0)", "全部满足 (exit 0)") : code == 1 ? "FAILED (exit 1)" : Say("the input is wrong (exit 2)", "输入有误 (exit 2)");
    if (code == 2) return outcome + "\n";
    if (language_ == Language::kChinese) {
      return fmt::format("{} 个场景共 {} 项期望：{} 项满足，{} 项未满足；{} 个场景决策有变   {}\n", all.size(), claims, claims - failed, failed, changed, outcome);
    }
    return fmt::format("{} expectation{} in {} scenario{}: {} hold, {} fail; decisions changed in {}   {}\n", claims, claims == 1 ? "" : "s", all.size(),
                       all.size() == 1 ? "" : "s", claims - failed, failed, changed, outcome);
  }

  Language language_;
};

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

std::string CaseText(const std::string& suite, const std::string& name, const std::string& kind, const std::string& message) {
  const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", Escaped(suite), Escaped(name));
  return message.empty() ? head + "/>\n" : head + fmt::format("><{} message=\"{}\"/></testcase>\n", kind, Escaped(message));
}

std::string FailureOf(const CheckedClaim& claim) {
  if (claim.judgement.holds) return "";
  const std::string got = claim.judgement.got ? fmt::format("got {}", *claim.judgement.got) : std::string("no number");
  return got + (claim.judgement.why_not.empty() ? "" : ": " + claim.judgement.why_not);
}

struct Suite {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;

  void Add(const std::string& suite, const std::string& name, const std::string& kind, const std::string& message) {
    cases += CaseText(suite, name, kind, message);
    ++tests;
    if (!message.empty()) ++(kind == "error" ? errors : failures);
  }
};

Suite SuiteOf(const Checked& one) {
  Suite suite;
  for (const std::string& problem : one.problems) suite.Add(one.file, "input", "error", problem);
  if (!one.problems.empty()) return suite;
  if (one.claims.empty()) suite.Add(one.file, "expectations", "failure", "it states no expectation");
  for (const CheckedClaim& claim : one.claims) suite.Add(one.file, claim.expected.that, "failure", FailureOf(claim));
  if (one.drift && one.accepted.empty()) {
    const std::string what = one.first_difference.empty() ? "decisions changed" : "decisions changed: " + one.first_difference;
    suite.Add(one.file, "baseline", "failure", one.drift->holds() ? "" : what);
  }
  return suite;
}

}  // namespace

std::string CheckText(std::span<const Checked> all, const std::string& version, Language language) { return Writer(language).Text(all, version); }

std::string JUnitText(std::span<const Checked> all) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const Checked& one : all) {
    const Suite suite = SuiteOf(one);
    text += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3f}\">\n", Escaped(one.file), suite.tests,
                        suite.failures, suite.errors, one.wall_s);
    text += suite.cases + "  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

}  // namespace suanwang::report
