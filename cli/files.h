// Files of this machine: those to bring in, and those to write.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

// Whether `a` comes before `b` as a person sorts: "page 2" before "page 10". A strict weak order over all strings.
bool NaturalLess(std::string_view a, std::string_view b);

struct FoundFile {
  std::filesystem::path path;
  std::string name;  // relative to the argument it was found under, that argument's own name first
};

// What a walk found, and what it could not look into or left out.
struct Walk {
  std::vector<FoundFile> files;
  std::vector<std::string> problems;  // "NAME: reason"
};

// The regular files under `arguments`, each argument in its turn, folders sorted as NaturalLess says. In folders,
// hidden names are left out. Links are followed, but no folder is entered twice, and none of `left_out` is. Never
// blocks on what is no regular file. Throws nothing for a file that can't be read: it is a problem.
Walk FindFiles(const std::vector<std::string>& arguments, const std::vector<std::filesystem::path>& left_out);

// What may be opened: regular files only, which never blocks; or pipes and devices too, which may wait for a writer.
enum class Openable { kRegularFile, kAnyFile };

// A file opened for reading.
class OpenFile {
 public:
  // Throws kNotFound, kDenied, or kInvalid when it is a folder or not `openable`.
  explicit OpenFile(const std::filesystem::path& path, Openable openable = Openable::kRegularFile);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::istream& stream();
  uint64_t size() const;  // of a regular file, when it was opened
  // Whether it was written to since it was opened.
  bool changed() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A file that is written when its first bytes come. "-" is `standard_output`.
class OutputFile {
 public:
  // `replace`: a file that is there is written over; else Write throws kInvalid for it.
  OutputFile(std::string path, bool replace, std::ostream& standard_output);
  // Takes away a file that Close was not called for.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void Write(std::string_view bytes);
  // Throws kUnavailable when not all could be written.
  void Close();

 private:
  void Open();
  const std::string path_;
  const bool replace_;
  std::ostream& standard_output_;
  std::ofstream file_;
  bool opened_ = false;
  bool closed_ = false;
};

}  // namespace diwan
