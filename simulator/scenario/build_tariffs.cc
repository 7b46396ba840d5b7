#include <array>
#include <charconv>
#include <chrono>
#include <map>

#include "simulator/scenario/build_inventory.h"

namespace suanwang::scenario {
namespace {

using HoursOfDay = std::array<std::optional<std::int64_t>, 24>;

// One tariff as the tables give it.
struct TariffText {
  std::string name;
  std::map<std::string, HoursOfDay> prices;             // by season
  std::array<std::vector<std::string>, 13> seasons_of;  // by month from 1
};

TariffText& TextOf(std::vector<TariffText>& tariffs, const std::string& name) {
  for (TariffText& tariff : tariffs) {
    if (tariff.name == name) return tariff;
  }
  tariffs.push_back({.name = name});
  return tariffs.back();
}

void EnterMonths(const Building& building, const v1::TariffSeason& season, TariffText& tariff) {
  for (const std::string& word : season.months()) {
    unsigned month = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), month);
    const bool is_month = error == std::errc() && end == word.data() + word.size() && month >= 1 && month <= 12;
    if (word != "all" && !is_month) {
      building.Error("tariff_seasons." + season.name() + ".months", "'" + word + "' is no month", "1 to 12, or all");
    }
    for (unsigned m = 1; m <= 12; ++m) {
      if (word == "all" || m == month) tariff.seasons_of[m].push_back(season.season());
    }
  }
}

std::vector<TariffText> ReadTables(const Building& building) {
  std::vector<TariffText> tariffs;
  for (const v1::TariffHour& row : building.scenario().tariffs()) {
    TextOf(tariffs, row.tariff_id()).prices[row.season()][row.hour()] = row.price_micro_cny_per_kwh();
  }
  for (const v1::TariffSeason& row : building.scenario().tariff_seasons()) {
    EnterMonths(building, row, TextOf(tariffs, row.tariff_id()));
  }
  for (TariffText& tariff : tariffs) {  // one season without months of its own is the whole year
    const bool untold = std::ranges::all_of(tariff.seasons_of, [](const auto& seasons) { return seasons.empty(); });
    if (!untold || tariff.prices.size() != 1) continue;
    for (unsigned m = 1; m <= 12; ++m) tariff.seasons_of[m].push_back(tariff.prices.begin()->first);
  }
  return tariffs;
}

// Every month has one season, every season its 24 prices.
void Check(const Building& building, const TariffText& tariff) {
  const std::string path = "tariffs";
  for (unsigned month = 1; month <= 12; ++month) {
    const std::size_t count = tariff.seasons_of[month].size();
    if (count == 1) continue;
    building.Error("tariff_seasons", "tariff '" + tariff.name + "' has " + std::to_string(count) + " seasons in month " + std::to_string(month),
                   "exactly one");
  }
  for (const auto& seasons : tariff.seasons_of) {
    for (const std::string& season : seasons) {
      if (tariff.prices.contains(season)) continue;
      building.Error("tariffs", "tariff '" + tariff.name + "' has no prices for season '" + season + "'");
    }
  }
  for (const auto& [season, hours] : tariff.prices) {
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
      if (hours[hour]) continue;
      building.Error("tariffs", "tariff '" + tariff.name + "', season '" + season + "' has no price for hour " + std::to_string(hour));
    }
  }
}

unsigned DaysIn(int year, unsigned month) {
  const auto last = std::chrono::year(year) / std::chrono::month(month) / std::chrono::last;
  return static_cast<unsigned>(std::chrono::year_month_day_last(last).day());
}

Tariff HoursOfYear(const TariffText& text, int year) {
  Tariff tariff{.name = text.name, .micro_cny_per_kwh = {}};
  for (unsigned month = 1; month <= 12; ++month) {
    const HoursOfDay& day = text.prices.at(text.seasons_of[month].front());
    for (unsigned i = 0; i < DaysIn(year, month); ++i) {
      for (const std::optional<std::int64_t>& price : day) tariff.micro_cny_per_kwh.push_back(*price);
    }
  }
  return tariff;
}

}  // namespace

std::vector<Tariff> BuildTariffs(const Building& building, const Schedule& schedule) {
  const std::vector<TariffText> texts = ReadTables(building);
  const std::size_t errors = building.diagnostics.size();
  for (const TariffText& text : texts) Check(building, text);
  if (!texts.empty() && !schedule.has_start()) {
    building.Error("start", "tariffs need to know the season", "give a start, such as 2026-03-02T00:00+08:00");
  }
  const bool sound = building.diagnostics.size() == errors;
  std::vector<Tariff> tariffs;
  for (const TariffText& text : texts) tariffs.push_back(sound ? HoursOfYear(text, schedule.year()) : Tariff{text.name, {0}});
  return tariffs;
}

}  // namespace suanwang::scenario
