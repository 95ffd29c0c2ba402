// The walls around a worker: it decodes hostile bytes with large libraries, and what it can do is decided here, not
// by them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace diwan {

struct SandboxReport {
  int landlock_abi = 0;    // 0: the kernel doesn't confine the files that can be read
  bool seccomp = false;    // whether system calls are confined
  std::string for_people;  // a line for each wall, saying what it is or why it is missing
};

// Takes from this process, for good: writing and creating files, reading anything but `readable` (folders with all
// that is in them, or files; missing ones are skipped), network, other processes, threads, and every system call not
// in the list of sandbox_calls.cc, which ends the process with SIGSYS. Descriptors that are open stay usable.
// What the kernel or a container refuses to set up is left out and told in the report: each wall stands alone.
// Call once, before the first hostile byte, while the process has one thread.
SandboxReport EnterSandbox(const std::vector<std::filesystem::path>& readable);

// Takes from this process, for good: writing to files of any size, core files, and more than a few descriptors. Memory
// and time are bounded by the parent (worker_process.h).
void LimitResources();

// The part of EnterSandbox that confines system calls (seccomp). Returns "" or why it could not be done.
std::string ConfineSystemCalls();

}  // namespace diwan
