// What a server counts, and how Prometheus is told. Inside api/ only.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "api/routes.h"
#include "archive/archive.h"

namespace diwan {

// Seconds, the upper ends of a histogram's buckets.
inline constexpr std::array kLatencyBounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                              0.25,  0.5,    1.0,   2.5,  5.0,   10.0};

// Counting costs a few additions to atomic numbers. Any thread may call.
class Metrics {
 public:
  Metrics();

  // A request was answered, or broke off (status 0). `route`: null where it has none, as files `of_page` have none.
  void Note(const Route* route, bool of_page, int status, std::chrono::nanoseconds took, uint64_t bytes);

  std::atomic<int64_t> in_flight{0};
  std::atomic<size_t> connections{0};

  // In the text format 0.0.4 of Prometheus.
  std::string Text() const;

 private:
  static constexpr int kStatuses = 600;
  struct Row {
    std::array<std::atomic<uint64_t>, kStatuses> statuses{};
    std::array<std::atomic<uint64_t>, kLatencyBounds.size() + 1> buckets{};  // each alone; the last without an end
    std::atomic<uint64_t> nanoseconds{0};
    std::atomic<uint64_t> bytes{0};
  };
  const std::unique_ptr<Row[]> rows_;  // as the route table; one for the web page's files; one for what has no route
};

// What an archive holds and how it does, in the same form. Its numbers are those of the viewer.
std::string ArchiveMetrics(Archive& archive);

}  // namespace diwan
