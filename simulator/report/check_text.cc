#include "simulator/report/check_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulator/report/drift_text.h"
#include "simulator/report/number.h"
#include "simulator/report/text_table.h"
#include "simulator/report/value_text.h"

namespace suanwang::report {
namespace {

using study::Checked;
using study::CheckedClaim;

// Writes one answer in one language.
class Writer {
 public:
  Writer(const CheckAnswer& answer, Language language) : answer_(answer), language_(language) {}

  [[nodiscard]] std::string Text() const {
    if (answer_.scenarios.empty() && !answer_.problems.empty()) return Outcome() + "\n";  // each was told where errors are
    std::string text = "suanwang " + ProgramText(answer_.version, answer_.build_id) + " · " + Counted(Run(), "scenario", "个场景") +
                       Say(" run now, none taken from earlier runs\n", "，均为现在运行，没有一个取自先前的运行\n") + Summary() + Unchecked() + Undone();
    if (answer_.scenarios.empty() && answer_.exit_code() == 1) text += Say("nothing to check: no .yaml file in what was named has an expect:\n", "无可检查：所指定的文件夹中没有写有 expect: 的 .yaml 文件\n");
    return text + Last();
  }

 private:
  [[nodiscard]] std::size_t Run() const { return static_cast<std::size_t>(std::ranges::count_if(answer_.scenarios, &Checked::was_run)); }
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }

  // "2 scenarios", "2 个场景".
  [[nodiscard]] std::string Counted(std::size_t n, std::string_view en, std::string_view zh) const {
    return language_ == Language::kChinese ? fmt::format("{} {}", n, zh) : Plural(n, en);
  }

  // A line a scenario, in columns, each with what is to be said of it.
  [[nodiscard]] std::string Summary() const {
    std::size_t file_width = 0, claims_width = 0, drift_width = 0;
    for (const Checked& one : answer_.scenarios) {
      file_width = std::max(file_width, DisplayWidth(one.file));
      if (one.is_wrong() || one.claims.empty()) continue;
      claims_width = std::max(claims_width, DisplayWidth(Claims(one)));
      drift_width = std::max(drift_width, DisplayWidth(DriftSummary(one, language_)));
    }
    std::string text;
    for (const Checked& one : answer_.scenarios) {
      text += std::string(one.holds() ? "ok    " : one.is_wrong() ? "WRONG " : "FAIL  ") + Padded(one.file, file_width) + "  ";
      if (one.is_wrong()) text += Say("the input is wrong", "输入有误");
      if (!one.is_wrong()) text += Padded(Claims(one), one.claims.empty() ? 0 : claims_width);
      if (!one.is_wrong() && !one.claims.empty()) text += "  " + Padded(DriftSummary(one, language_), drift_width) + fmt::format("  {:.1f} s", one.wall_s);
      text += "\n" + Details(one);
    }
    return text;
  }

  [[nodiscard]] static std::string Padded(const std::string& text, std::size_t width) { return text + std::string(std::max(width, DisplayWidth(text)) - DisplayWidth(text), ' '); }

  [[nodiscard]] std::string Claims(const Checked& one) const {
    if (one.claims.empty()) return Say("no expectations: nothing was checked, so it fails", "没有写明期望：什么也没有检查，故未通过");
    const std::size_t failed = one.failed_claims();
    std::string text = Counted(one.claims.size(), "expectation", "项期望");
    if (failed > 0) text += fmt::format("{}{}{}", Say(", ", "，"), failed, Say(" failed", " 项未满足"));
    return text;
  }

  [[nodiscard]] std::string Details(const Checked& one) const {
    std::string text;
    for (const std::string& problem : one.problems) text += "  " + problem + (problem.ends_with('\n') ? "" : "\n");
    if (one.is_wrong()) return text;
    for (const std::string& failed : one.unwritten) text += "  " + failed + "\n";
    if (one.claims.empty()) return HowToExpect(one);
    for (const CheckedClaim& claim : one.claims) {
      if (!claim.judgement.holds) text += ClaimText(claim, one);
    }
    return text + DriftDetails(one, language_) + Next(one);
  }

  [[nodiscard]] std::string HowToExpect(const Checked& one) const {
    return Say("  write into it what must hold, or name only files that have it written:\n", "  在文件中写明必须成立的条件，或只检查写有期望的文件：\n") +
           "      expect:\n        - {that: fill_rate >= 0.9, because: \"" + Say("why it must", "理由") + "\"}\n" +
           Say("  see     ", "  查看  ") + Padded(one.metrics, one.see.size()) + Say("   what can be held\n", "   可以写哪些指标\n") +
           Say("          ", "        ") + one.see + Say("   what they are here\n", "   它们现在是多少\n");
  }

  [[nodiscard]] static std::string SeedsOf(const Checked& one) {
    std::vector<std::uint64_t> seeds;
    for (const study::SeedDecisions& seed : one.decisions) seeds.push_back(seed.seed);
    return study::SeedsText(seeds);
  }

  [[nodiscard]] std::string ClaimText(const CheckedClaim& claim, const Checked& one) const {
    const study::Judgement& judgement = claim.judgement;
    const std::string_view name = claim.claim.value_name;
    std::string text = "  " + claim.expected.place + "  " + claim.expected.that + "\n      " + Say("got ", "得到 ") +
                       NumberText(name, judgement.got, language_, judgement.bound);
    if (judgement.got) text += fmt::format(" = {}", *judgement.got);
    text += fmt::format(" ({} {}", Say("seeds", "种子"), SeedsOf(one));
    if (judgement.seeds > 1) text += fmt::format(": {} … {}", NumberText(name, judgement.least, language_), NumberText(name, judgement.most, language_));
    if (judgement.selected > 0) text += Say("; selects ", "；选中 ") + Count(judgement.selected) + Say(" in ", "，共 ") + Counted(judgement.seeds, "run", "次运行");
    text += ")";
    if (!judgement.why_not.empty()) text += "   " + judgement.why_not;
    if (!claim.expected.because.empty()) text += "   " + Say("because: ", "理由：") + claim.expected.because;
    return text + "\n";
  }

  // What one could do about what fails or has changed.
  [[nodiscard]] std::string Next(const Checked& one) const {
    const bool has_drifted = one.drift && !(one.drift->same_decisions() && one.drift->all_within());
    std::string text;
    if ((has_drifted || one.failed_claims() > 0) && !one.see.empty()) text += Say("  see     ", "  查看  ") + one.see + "\n";
    const bool is_acceptable = (one.drift && !one.drift->holds() && one.accepted.empty()) || one.lacks_baseline();
    if (is_acceptable) text += Say("  accept  ", "  接受  ") + one.accept + Say(" -m \"why\"", " -m \"理由\"") + "\n";
    return text;
  }

  [[nodiscard]] std::string Unchecked() const {
    std::string text;
    for (const std::string& file : answer_.unchecked) text += (text.empty() ? "" : ", ") + file;
    return text.empty() ? text : Say("not checked, for they have no expect: of their own (name one to check it): ", "未检查，因为其中没有写 expect:（直接写出文件名即可检查）：") + text + "\n";
  }

  [[nodiscard]] std::string Undone() const {
    std::string text;
    for (const std::string& file : answer_.undone) text += (text.empty() ? "" : ", ") + file;
    return text.empty() ? text : Say("interrupted before these were done, nothing of them is written: ", "以下场景在完成之前已中断，没有写入任何内容：") + text + "\n";
  }

  [[nodiscard]] bool is_input_wrong() const { return !answer_.problems.empty() || std::ranges::any_of(answer_.scenarios, &Checked::is_wrong); }
  [[nodiscard]] bool is_output_missing() const {
    return !answer_.unwritten.empty() || std::ranges::any_of(answer_.scenarios, [](const Checked& one) { return !one.unwritten.empty(); });
  }

  // What exit code 2 stands for.
  [[nodiscard]] std::string Wrong() const {
    if (!is_output_missing()) return Say("the input is wrong", "输入有误");
    return is_input_wrong() ? Say("the input is wrong, and an output could not be written", "输入有误，且有输出无法写入") : Say("an output could not be written", "有输出无法写入");
  }

  [[nodiscard]] std::string Last() const {
    std::size_t claims = 0, failed = 0, changed = 0;
    for (const Checked& one : answer_.scenarios) {
      if (one.is_wrong()) continue;
      claims += one.claims.size();
      failed += one.failed_claims();
      changed += one.drift && !one.drift->same_decisions() ? 1 : 0;
    }
    const std::string scenarios = Counted(answer_.scenarios.size(), "scenario", "个场景");
    if (language_ == Language::kChinese) {
      return fmt::format("{}共 {} 项期望：{} 项满足，{} 项未满足；{} 个场景决策有变   {}\n", scenarios, claims, claims - failed, failed, changed, Outcome());
    }
    return fmt::format("{} in {}: {} hold, {} fail; decisions changed in {}   {}\n", Counted(claims, "expectation", ""), scenarios, claims - failed, failed,
                       changed, Outcome());
  }

  [[nodiscard]] std::string Outcome() const {
    const int code = answer_.exit_code();
    const std::string text = code == 0   ? Say("all holds", "全部满足")
                             : code == 1 ? Say("FAILED", "未通过")
                             : code == 2 ? Wrong()
                                         : Say("interrupted: the scenarios above are those that were done", "已中断：以上是已完成的场景");
    return fmt::format("{} (exit {})", text, code);
  }

  const CheckAnswer& answer_;
  Language language_;
};

}  // namespace

int CheckAnswer::exit_code() const {
  if (is_interrupted) return 130;
  return problems.empty() && unwritten.empty() ? study::ExitCodeOf(scenarios) : 2;
}

std::string CheckText(const CheckAnswer& answer, Language language) { return Writer(answer, language).Text(); }

}  // namespace suanwang::report
