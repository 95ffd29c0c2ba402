// A worker process from the outside: it is given an open file and reads pages of it, in a sandbox. A crash, a hang or
// a bomb costs one page's attempt, not the caller.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "ingest/image_cut.h"
#include "ingest/reading.h"

namespace diwan {

struct WorkerOptions {
  std::filesystem::path program;  // the `diwan-worker` executable; empty: beside this process's own executable
  ReadOptions read;
  std::chrono::seconds page_deadline{120};  // without the time in which others had the processor
  std::chrono::seconds most_waiting{1200};  // for a page, whatever others do
  uint64_t max_memory = 2ULL << 30;         // bytes of address space
  int max_pages = 500;                      // read by one process before it is replaced by a fresh one
};

// One worker process, started when first needed and again after it was lost. One thread at a time, but Cancel may be
// called from any.
class Worker {
 public:
  explicit Worker(WorkerOptions options);
  ~Worker();  // ends the process
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Gives the file behind `fd` (a regular file, opened for reading; stays the caller's) to the worker. Throws as
  // OpenSource does, with its code and message; kUnavailable when the process crashed or ran out of time or memory;
  // kNotFound or kDenied when none can be started, kNotFound from Read when a model is missing: the file is not to
  // blame.
  SourceProbe Open(int fd);

  // Reads page `number` of the file given last. Throws as ReadPage does; kUnavailable when the process was lost, with
  // the reason in one line ("took longer than 120 s", "crashed (signal 11)", "ran out of memory"); the next call opens
  // the file again in a fresh process. `language` as in ReadOptions.
  PageReading Read(int number, const std::string& language);

  // A part of the first page of the file given last, as it is, without turning it: JPEG or PNG. Throws kInvalid when no
  // pixel lies there, and as Read does when the process was lost.
  std::string Cut(const ImageCut& cut);

  // Ends a running call, which then throws kUnavailable "was stopped", and every later one.
  void Cancel();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace diwan
