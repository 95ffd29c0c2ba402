// Names and labels stand in the dashboards of others: add, never change.
#include "api/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "api/version.h"
#include "api/web_files.h"
#include "archive/fetch.h"

namespace diwan {
namespace {

std::string Head(std::string_view name, std::string_view type, std::string_view help) {
  return fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

std::string Gauge(std::string_view name, std::string_view help, uint64_t value) {
  return fmt::format("{}{} {}\n", Head(name, "gauge", help), name, value);
}

// Behind the rows of the table.
size_t PagePlace() { return Routes().size(); }
size_t NoPlace() { return Routes().size() + 1; }

size_t PlaceOf(const Route* route, bool of_page) {
  if (route != nullptr) return static_cast<size_t>(route - Routes().data());
  return of_page ? PagePlace() : NoPlace();
}

// Patterns and methods of the table need no escapes.
std::string LabelsOf(size_t place) {
  if (place == PagePlace()) return fmt::format(R"(method="GET",route="{}")", kWebRoute);
  if (place == NoPlace()) return R"(method="other",route="none")";
  const Route& route = Routes()[place];
  return fmt::format(R"(method="{}",route="{}")", route.method, route.pattern);
}

// Files come and go meanwhile: those that are gone count nothing.
uint64_t BytesOnDisk(const std::filesystem::path& folder) {
  uint64_t bytes = 0;
  std::error_code gone;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk each(folder, gone); !gone && each != Walk(); each.increment(gone)) {
    std::error_code error;
    const uint64_t size = each->is_regular_file(error) ? each->file_size(error) : 0;
    if (!error) bytes += size;
  }
  return bytes;
}

}  // namespace

Metrics::Metrics() : rows_(std::make_unique<Row[]>(NoPlace() + 1)) {}

void Metrics::Note(const Route* route, bool of_page, int status, std::chrono::nanoseconds took, uint64_t bytes) {
  Row& row = rows_[PlaceOf(route, of_page)];
  const auto* const bound = std::ranges::lower_bound(kLatencyBounds, std::chrono::duration<double>(took).count());
  constexpr auto kOrder = std::memory_order_relaxed;
  row.buckets.at(static_cast<size_t>(bound - kLatencyBounds.begin())).fetch_add(1, kOrder);
  row.statuses.at(static_cast<size_t>(std::clamp(status, 0, kStatuses - 1))).fetch_add(1, kOrder);
  row.nanoseconds.fetch_add(static_cast<uint64_t>(took.count()), kOrder);
  row.bytes.fetch_add(bytes, kOrder);
}

std::string Metrics::Text() const {
  std::string requests =
      Head("diwan_http_requests_total", "counter", "Requests by what they were answered; 0: broke off.");
  std::string times =
      Head("diwan_http_request_duration_seconds", "histogram", "From a request's head to the end of its answer.");
  std::string sent = Head("diwan_http_response_bytes_total", "counter", "Bytes of the bodies that were sent.");
  for (size_t place = 0; place <= NoPlace(); ++place) {
    const Row& row = rows_[place];
    const std::string labels = LabelsOf(place);
    uint64_t all = 0;
    std::string buckets;
    for (size_t i = 0; i < row.buckets.size(); ++i) {
      all += row.buckets.at(i);
      const std::string end = i < kLatencyBounds.size() ? fmt::format("{}", kLatencyBounds.at(i)) : "+Inf";
      buckets += fmt::format("diwan_http_request_duration_seconds_bucket{{{},le=\"{}\"}} {}\n", labels, end, all);
    }
    if (all == 0) continue;
    for (int status = 0; status < kStatuses; ++status) {
      const uint64_t count = row.statuses.at(static_cast<size_t>(status));
      if (count > 0)
        requests += fmt::format("diwan_http_requests_total{{{},status=\"{}\"}} {}\n", labels, status, count);
    }
    times += buckets;
    times += fmt::format("diwan_http_request_duration_seconds_sum{{{}}} {:.9f}\n", labels,
                         static_cast<double>(row.nanoseconds.load()) / 1e9);
    times += fmt::format("diwan_http_request_duration_seconds_count{{{}}} {}\n", labels, all);
    sent += fmt::format("diwan_http_response_bytes_total{{{}}} {}\n", labels, row.bytes.load());
  }
  const int64_t under_way = std::max<int64_t>(0, in_flight.load());
  return requests + times + sent +
         Gauge("diwan_http_requests_in_flight", "Requests being answered.", static_cast<uint64_t>(under_way)) +
         Gauge("diwan_http_connections", "Connections that are open.", connections.load());
}

std::string ArchiveMetrics(Archive& archive) {
  const StoreTotals totals = archive.store().Totals();
  const Condition state = archive.State();
  const uint64_t behind = state.changes - std::min(state.changes, state.indexed);
  return fmt::format("{}diwan_build_info{{version=\"{}\"}} 1\n",
                     Head("diwan_build_info", "gauge", "Which Diwan this is."), kVersion) +
         Gauge("diwan_records", "Records.", totals.records) + Gauge("diwan_pages", "Pages stored.", totals.pages) +
         Gauge("diwan_pages_without_text", "Pages of which no text could be read.", totals.pages_without_text) +
         Gauge("diwan_source_bytes", "Bytes of the files as received.", totals.bytes) +
         Gauge("diwan_store_bytes", "Bytes that the archive's folder takes on disk.", BytesOnDisk(archive.dir())) +
         Gauge("diwan_files_waiting", "Files that wait to be read.", totals.jobs) +
         Gauge("diwan_files_stalled", "Files that can't be read for now.", state.files_stalled) +
         Gauge("diwan_pages_waiting", "Pages of the files that are being read, still to be read.",
               state.pages_waiting) +
         Gauge("diwan_index_lag_changes", "Changes that are stored and not yet searchable.", behind) +
         Gauge("diwan_index_failing", "1 while the index can't follow.", state.index_failure.empty() ? 0 : 1) +
         fmt::format("{}diwan_workers_lost_total {}\n",
                     Head("diwan_workers_lost_total", "counter", "Reading processes that crashed or took too long."),
                     state.workers_lost);
}

}  // namespace diwan
