// Workers that do on demand what a hostile file could make a decoder do: see misbehaving_worker.cc.
#pragma once

#include <string>

#include "ingest/worker.h"
#include "tests/ingest/worker_fixture.h"

namespace diwan {

inline WorkerOptions Misbehaving() {
  WorkerOptions options;
  options.program = DIWAN_MISBEHAVING_WORKER;
  options.page_deadline = std::chrono::seconds(kSanitizedTest ? 20 : 10);
  options.max_memory = 256 << 20;
  return options;
}

// A worker that was given a file with the wish `wish`.
struct WishedWorker {
  explicit WishedWorker(const std::string& wish, const WorkerOptions& options = Misbehaving())
      : file(wish), worker(options) {
    probe = worker.Open(file.fd());
  }
  // The process that reads page `number`.
  pid_t Pid(int number = 1) { return std::stoi(worker.Read(number, "ara").page.engine.substr(4)); }

  TempFile file;
  Worker worker;
  SourceProbe probe;
};

}  // namespace diwan
