// The bar goes to standard error, so that results on standard output stay clean.
#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/display.h"

namespace diwan {
namespace {

constexpr std::chrono::seconds kWindow{60};    // over which the speed is measured
constexpr std::chrono::seconds kLinePause{5};  // between lines when there is no terminal
constexpr size_t kBarCells = 20;

// Pages expected in all: files that were not opened yet are taken to be like those settled.
double ExpectedPages(const ProgressState& state) {
  const auto known = static_cast<double>(std::max(state.pages_known, state.pages));
  if (state.files_settled == 0) return known;
  const double per_file = static_cast<double>(state.pages) / static_cast<double>(state.files_settled);
  return std::max(known, per_file * static_cast<double>(state.files));
}

}  // namespace

std::string FormatSeconds(double seconds) {
  const auto whole = static_cast<int64_t>(std::llround(std::clamp(seconds, 0.0, 1e9)));
  const int64_t hours = whole / 3600;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string ProgressLine(const ProgressState& state, double pages_per_minute, bool with_bar) {
  const double expected = ExpectedPages(state);
  std::string line;
  if (with_bar) {
    // Files that another delivery brought in have no pages in this account; then the files tell how far it is.
    const double share = expected > 0      ? static_cast<double>(state.pages) / expected
                         : state.files > 0 ? static_cast<double>(state.files_settled) / static_cast<double>(state.files)
                                           : 0;
    const auto cells = static_cast<size_t>(std::min(1.0, share) * kBarCells);
    line = "[" + std::string(cells, '#') + std::string(kBarCells - cells, '-') + "] ";
  }
  line += fmt::format("{}/{} pages, {}/{} files", state.pages, std::max(state.pages_known, state.pages),
                      state.files_settled, state.files);
  if (pages_per_minute <= 0) return line;
  line += fmt::format(", {:.1f} pages/min", pages_per_minute);
  const double left = expected - static_cast<double>(state.pages);
  return left > 0.5 ? line + fmt::format(", {} left", FormatSeconds(left / pages_per_minute * 60)) : line;
}

void Progress::Note(const ProgressState& state, Time now) {
  samples_.emplace_back(now, state.pages);
  while (samples_.size() > 2 && now - samples_.front().first > kWindow) samples_.pop_front();
}

void Progress::Update(const ProgressState& state, Time now) {
  Note(state, now);
  const double minutes = std::chrono::duration<double>(now - samples_.front().first).count() / 60;
  const double pages = static_cast<double>(state.pages) - static_cast<double>(samples_.front().second);
  const double speed = minutes > 0.01 ? pages / minutes : 0;
  if (console_.err_is_terminal) {
    Clear();
    bar_ = Shorten(ProgressLine(state, speed, true), console_.width - 1);
    console_.err << bar_ << std::flush;
  } else if (now - told_at_ >= kLinePause && state != told_) {
    if (told_at_ != Time{}) console_.Say(ProgressLine(state, speed, false));
    told_at_ = now;
    told_ = state;
  }
}

void Progress::Say(std::string_view line) {
  const std::string bar = bar_;
  Clear();
  console_.Say(line);
  if (bar.empty()) return;
  bar_ = bar;
  console_.err << bar_ << std::flush;
}

void Progress::Clear() {
  if (!bar_.empty()) console_.err << "\r\033[K" << std::flush;
  bar_.clear();
}

}  // namespace diwan
