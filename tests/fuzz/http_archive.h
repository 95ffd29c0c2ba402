// The archive that the fuzzers of the API ask: three imported papers, and a scan with its image and its source file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "archive/archive.h"

namespace diwan {

// In a folder of its own, that goes with it, or with the process.
class FuzzedArchive {
 public:
  FuzzedArchive();
  ~FuzzedArchive();
  FuzzedArchive(const FuzzedArchive&) = delete;
  FuzzedArchive& operator=(const FuzzedArchive&) = delete;

  Archive& archive() { return *archive_; }
  void Settle() { archive_->WaitIndexed(archive_->store().LastSequence()); }  // so that nothing runs on its own
  const std::string& token() const { return token_; }                         // of an administrator
  const std::string& cookie() const { return cookie_; }                       // the secret of the same one's session

 private:
  std::filesystem::path dir_;
  std::unique_ptr<Archive> archive_;
  std::string token_;
  std::string cookie_;
};

// The T for the next input. What is asked may change its archive, so that it is a new one at times. The last one is
// never destroyed: at the end of a process nobody says what of its libraries is still there.
template <typename T>
T& Current() {
  constexpr int kInputs = 20'000;
  static T* current = nullptr;
  static int left = 0;
  if (left-- == 0) {
    delete current;
    current = new T;
    left = kInputs;
  }
  return *current;
}

// The id of the scan. The papers are x-1, x-2 and x-3.
inline constexpr const char* kFuzzedScan = "01900000-0000-7000-8000-000000000001";

}  // namespace diwan
