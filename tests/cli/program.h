// Runs the real `diwan` as people do, for tests.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace diwan {

// What a program that ended left behind. `status` is 128 + n after signal n.
struct Ended {
  int status = -1;
  std::string out;
  std::string err;
};

// A running `diwan` with its output in files of `folder`. Killed when destroyed. One thread.
class Program {
 public:
  // `in`: a file that is standard input; "" for this process's.
  Program(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
          const std::filesystem::path& in = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The first line of standard output, "" when the program ended or 30 s went by without one.
  std::string FirstLine();
  // The same for anything on standard error.
  bool WaitForMessage(const std::string& part);
  void Signal(int signal);
  Ended Wait();

 private:
  std::filesystem::path out_;
  std::filesystem::path err_;
  pid_t pid_ = -1;
  bool ended_ = false;
  int status_ = -1;
  bool Over(bool wait);
};

Ended RunProgram(const std::vector<std::string>& arguments, const std::filesystem::path& folder);
// The same with `input` as standard input.
Ended RunWithInput(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                   const std::string& input);

// Makes an account and a token for everything in the archive in `archive`, whoever holds it, and a file with the token
// in `folder`; returns the options that use it.
std::vector<std::string> TokenFor(const std::string& archive, const std::filesystem::path& folder);

// A folder of its own under the temporary folder, removed when destroyed.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  // Writes a file in it, with the folders it needs.
  std::filesystem::path Write(const std::string& name, const std::string& bytes) const;

 private:
  std::filesystem::path path_;
};

std::string ReadFile(const std::filesystem::path& path);

}  // namespace diwan
