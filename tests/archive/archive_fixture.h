// An archive in a folder of its own, made and removed with the test.
#pragma once

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "archive/archive.h"
#include "archive/import.h"
#include "archive/search.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {

// The code of the Error that `call` throws; fails the test when it throws none.
template <typename Call>
ErrorCode CodeOf(const Call& call) {
  try {
    call();
  } catch (const Error& e) {
    return e.code();
  }
  ADD_FAILURE() << "no Error was thrown";
  return ErrorCode::kInternal;
}

class ArchiveTest : public testing::Test {
 protected:
  ArchiveTest() : dir_(std::filesystem::temp_directory_path() / ("diwan test " + NewId())) {}
  ~ArchiveTest() override {
    archive_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
  }

  Archive& Open(int workers = 0) {
    archive_.reset();
    ArchiveOptions options{.create = true, .workers = workers};
    options.worker.program = DIWAN_WORKER_PROGRAM;
    archive_ = std::make_unique<Archive>(dir_, options);
    return *archive_;
  }

  ImportReport ImportText(const std::string& lines) {
    std::istringstream in(lines);
    return Import(*archive_, in, "test");
  }

  // "external id/page" of everything that `query` finds.
  std::set<std::string> Found(const std::string& query) {
    std::set<std::string> found;
    for (const Hit& hit : Search(*archive_, {.text = query, .limit = 100}).hits) {
      found.insert(fmt::format("{}/{}", hit.external_id.empty() ? hit.record_id : hit.external_id, hit.page));
    }
    return found;
  }

  const std::filesystem::path dir_;
  std::unique_ptr<Archive> archive_;
};

// Asks `done` until it says yes, or half a minute is over.
template <typename Done>
bool Eventually(const Done& done) {
  for (int i = 0; i < 600; ++i) {
    if (done()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace diwan
