// How far an ingest is, for somebody who watches.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "cli/console.h"

namespace diwan {

struct ProgressState {
  uint64_t files = 0;          // to be brought in
  uint64_t files_settled = 0;  // stored, duplicate or quarantined
  uint64_t pages = 0;          // stored
  uint64_t pages_known = 0;    // as far as files were opened
  bool operator==(const ProgressState&) const = default;
};

// A bar on a terminal; else a line when something has changed, every few seconds. One thread.
class Progress {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit Progress(const Console& console) : console_(console) {}
  ~Progress() { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Update(const ProgressState& state, Time now);
  // A line for a person, the bar moved out of its way.
  void Say(std::string_view line);
  // Takes the bar away.
  void Clear();

 private:
  void Note(const ProgressState& state, Time now);

  const Console& console_;
  std::deque<std::pair<Time, uint64_t>> samples_;  // pages at a time, of the last minute
  std::string bar_;
  ProgressState told_;
  Time told_at_{};
};

// The line itself: "[####----] 12/30 pages, 2/5 files, 31.0 pages/min, 0:35 left". `pages_per_minute` 0 when not known.
std::string ProgressLine(const ProgressState& state, double pages_per_minute, bool with_bar);

// "0:35", "1:02:03".
std::string FormatSeconds(double seconds);

}  // namespace diwan
