// Before the first file is sent, all that was said of the files is read, checked and joined to them: a box goes in with
// its list, or not at all.
#include "cli/manifests.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/manifest.h"
#include "cli/answer.h"
#include "core/error.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMostSaid = 100;     // problems
constexpr size_t kMostRowlessSaid = 5;  // names

std::string SmallLetters(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return name;
}

bool IsJsonLines(const fs::path& path) {
  const std::string extension = SmallLetters(path.extension().string());
  return extension == ".jsonl" || extension == ".ndjson" || extension == ".json";
}

bool IsCalledManifest(const fs::path& path) {
  const std::string name = SmallLetters(path.filename().string());
  return name == "manifest.csv" || name == "manifest.jsonl";
}

// One way to write a path, so that a row and a walk mean the same file by it.
fs::path Key(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

// Takes out of the walk what is a manifest, in the order found; those named come first.
std::vector<fs::path> TakeOut(Walk& walk, const std::vector<std::string>& named) {
  std::vector<fs::path> manifests(named.begin(), named.end());
  const auto is_named = [&](const fs::path& path) {
    return std::ranges::any_of(named, [&](const std::string& name) { return Key(name) == Key(path); });
  };
  std::erase_if(walk.files, [&](const FoundFile& file) {
    if (is_named(file.path)) return true;
    if (IsCalledManifest(file.path)) manifests.push_back(file.path);
    return IsCalledManifest(file.path);
  });
  return manifests;
}

class Joining {
 public:
  Joining(const Walk& walk, const std::vector<std::string>& arguments, const Console& console) : console_(console) {
    for (const FoundFile& file : walk.files) {
      if (files_.emplace(Key(file.path), file.path).second) by_name_.emplace(file.path.filename().string(), file.path);
    }
    for (const std::string& argument : arguments) {
      std::error_code ignored;
      if (fs::is_directory(argument, ignored)) folders_.push_back(Key(argument));
    }
  }

  void Read(const fs::path& path, const std::string& language) {
    OpenFile file(path);
    if (file.size() > kMaxManifestBytes) {
      throw Error(ErrorCode::kTooLarge,
                  fmt::format("{}: a manifest may have {} bytes at most", path.string(), kMaxManifestBytes));
    }
    const ManifestForm form = IsJsonLines(path) ? ManifestForm::kJsonLines : ManifestForm::kCsv;
    const Manifest manifest = ReadManifest(file.stream(), form, language);
    for (const Manifest::Problem& problem : manifest.problems) SayWrong(path, problem.line, problem.reason);
    problems_ += manifest.problem_count - manifest.problems.size();
    for (const ManifestRow& row : manifest.rows) {
      try {
        Join(path, row);
      } catch (const Error& error) {
        SayWrong(path, row.line, error.what());
      }
    }
  }

  void SayRowless(bool strict) {
    if (problems_ > 0) return;  // their rows may be among those that are wrong
    std::vector<std::string> names;
    for (const auto& [key, path] : files_) {
      if (!rows_.contains(path)) names.push_back(path.string());
    }
    if (names.empty()) return;
    if (strict) problems_ += names.size();
    const size_t rest = names.size() - std::min(names.size(), kMostRowlessSaid);
    names.resize(names.size() - rest);
    console_.Say(fmt::format("without a row in a manifest: {}{}", fmt::join(names, ", "),
                             rest == 0 ? "" : fmt::format(" and {}", Count(rest, "other file", "other files"))));
  }

  RowsOfFiles Finish() {
    if (problems_ == 0) return std::move(rows_);
    if (problems_ > said_) console_.Say("there is more that is wrong");
    throw Error(ErrorCode::kInvalid, fmt::format("nothing was brought in: {} in what the manifests say",
                                                 Count(problems_, "error", "errors")));
  }

 private:
  void SayWrong(const fs::path& manifest, uint64_t line, std::string_view what) {
    ++problems_;
    if (said_ >= kMostSaid) return;
    ++said_;
    console_.Say(fmt::format("{}, line {}: {}", manifest.string(), line, what));
  }

  // The file's path in the walk by its name from a folder; nullptr when it is not there.
  const fs::path* FindFrom(const std::vector<fs::path>& places, const std::string& name) const {
    for (const fs::path& place : places) {
      const auto file = files_.find(Key(place / name));
      if (file != files_.end()) return &file->second;
    }
    return nullptr;
  }

  // The same by its bare name, where one file alone is called so. Throws kInvalid where several are.
  const fs::path* FindAnywhere(const std::string& name) const {
    const auto [first, last] = by_name_.equal_range(name);
    if (first == last) throw Error(ErrorCode::kInvalid, "there is no such file: " + name);
    if (std::next(first) != last) {
      throw Error(ErrorCode::kInvalid, "there are several files of this name, so its folder must be told: " + name);
    }
    return &first->second;
  }

  const fs::path& Find(const fs::path& manifest, std::string name) const {
    std::vector<fs::path> places = {manifest.parent_path()};
    for (const fs::path& folder : folders_) places.insert(places.end(), {folder, folder.parent_path()});
    const fs::path* file = FindFrom(places, name);
    if (file != nullptr) return *file;
    std::ranges::replace(name, '\\', '/');  // a list written under Windows
    file = FindFrom(places, name);
    return file != nullptr ? *file : *FindAnywhere(name);
  }

  // Throws kInvalid for a row that can't be joined.
  void Join(const fs::path& manifest, const ManifestRow& row) {
    const fs::path& file = Find(manifest, row.description.file);
    const std::string place = fmt::format("{}, line {}", manifest.string(), row.line);
    const auto once = [&](std::map<std::string, std::string>& seen, std::string_view column, const std::string& value) {
      const auto [first, is_new] = seen.emplace(value, place);
      if (is_new) return;
      throw Error(ErrorCode::kInvalid, fmt::format("{} {} has a row already: {}", column, value, first->second));
    };
    once(files_seen_, "file", file.string());
    Description sent = row.description;
    if (!sent.external_id.empty()) once(external_ids_seen_, "external_id", sent.external_id);
    sent.file.clear();
    rows_.emplace(file, DescriptionJson(sent).dump());
  }

  const Console& console_;
  std::map<fs::path, fs::path> files_;  // path in the walk, by Key
  std::vector<fs::path> folders_;
  std::multimap<std::string, fs::path> by_name_;                       // the same, by its last component
  std::map<std::string, std::string> files_seen_, external_ids_seen_;  // where their rows stand
  RowsOfFiles rows_;
  uint64_t problems_ = 0;
  uint64_t said_ = 0;
};

}  // namespace

RowsOfFiles TakeManifests(Walk& walk, const std::vector<std::string>& arguments, const ManifestOptions& options,
                          const Console& console) {
  const std::vector<fs::path> manifests = TakeOut(walk, options.files);
  if (manifests.empty() && !options.strict) return {};
  Joining joining(walk, arguments, console);
  for (const fs::path& manifest : manifests) joining.Read(manifest, options.language);
  joining.SayRowless(options.strict);
  return joining.Finish();
}

}  // namespace diwan
