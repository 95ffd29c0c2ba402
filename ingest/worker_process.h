// One worker process as the operating system sees it: started with nothing of its parent's but a socket, bounded from
// outside, ended with certainty.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ingest/owned_fd.h"

namespace diwan {

// Where a worker finds its end of the socket.
constexpr int kWorkerSocket = 3;
// A worker that ran out of memory ends with this status.
constexpr int kExitOutOfMemory = 71;

// One thread at a time.
class WorkerProcess {
 public:
  // Starts `program` with `arguments`. Throws kUnavailable when it can't be started. Safe in a program of many threads.
  WorkerProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  int socket() const { return socket_.get(); }

  // Whether it still runs; takes note when it ended by itself.
  bool Running();

  // Bounds its address space to `memory` bytes, and its use of the processor to `cpu` more from now on. The second
  // stops a worker whose parent is stopped and can't look at the clock.
  void Bound(uint64_t memory, std::chrono::seconds cpu);

  // How long it has waited so far for a processor that others had; 0 where the kernel doesn't tell.
  std::chrono::nanoseconds Starved() const;

  // Asks the kernel to end it at once.
  void Kill();

  // Ends it if it still runs; returns when it is gone. Says how it ended, in one line: "crashed (signal 11)",
  // "ran out of memory".
  std::string End();

 private:
  OwnedFd socket_;
  pid_t pid_ = -1;  // -1 once its end was taken note of: the number may be another process's by then
  int status_ = 0;  // as waitpid gave it
};

// The program of the workers: `given`, else the one that was installed with this process's own executable. Throws
// kUnavailable when there is none.
std::filesystem::path FindWorkerProgram(const std::filesystem::path& given);

}  // namespace diwan
