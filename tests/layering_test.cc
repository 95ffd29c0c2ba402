// The arrows between the folders: core <- store | index | ingest <- archive <- api <- cli. An include against them, or
// of a library outside the one folder that may name it, fails here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// What each folder may include from the project.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"core", {"core"}},
    {"store", {"core", "store"}},
    {"index", {"core", "index"}},
    {"ingest", {"core", "ingest"}},
    {"archive", {"core", "store", "index", "ingest", "archive"}},
    {"api", {"core", "store", "index", "ingest", "archive", "api"}},
    {"cli", {"core", "store", "index", "ingest", "archive", "api", "cli"}},
};

// Libraries that one folder alone may name, by how their headers begin.
const std::map<std::string, std::string> kOwners = {
    {"unicode/", "core"},     {"openssl/", "core"},         {"rocksdb/", "store"},    {"xapian", "index"},
    {"leptonica/", "ingest"}, {"allheaders", "ingest"},     {"tesseract/", "ingest"}, {"poppler/", "ingest"},
    {"seccomp", "ingest"},    {"linux/landlock", "ingest"}, {"Poco/", "api"},         {"CLI/", "cli"},
    {"opencv2/", "ingest"},   {"sodium", "core"},           {"toml++/", "cli"},
};

// The header that a line includes, or "".
std::string IncludedBy(const std::string& line) {
  const size_t directive = line.find("include");
  if (directive == std::string::npos || line.find_first_not_of(" \t") != line.find('#')) return {};
  if (line.find_first_not_of("# \t") != directive) return {};
  const size_t begin = line.find_first_of("<\"", directive);
  const size_t end = line.find_first_of(">\"", begin + 1);
  return begin == std::string::npos || end == std::string::npos ? "" : line.substr(begin + 1, end - begin - 1);
}

// What is wrong with one include line of a file in `folder`, or "".
std::string Complaint(const std::string& folder, const std::string& line) {
  const std::string header = IncludedBy(line);
  if (header.empty()) return {};
  const std::string first = header.substr(0, header.find('/'));
  if (kMayInclude.contains(first) && header.find('/') != std::string::npos) {
    return kMayInclude.at(folder).contains(first) ? "" : folder + " may not include " + header;
  }
  for (const auto& [prefix, owner] : kOwners) {
    if (header.starts_with(prefix) && owner != folder) return "only " + owner + " may include " + header;
  }
  return {};
}

TEST(Layering, AnIncludeAgainstTheArrowsIsSeen) {
  EXPECT_NE(Complaint("core", "#include \"store/store.h\""), "");
  EXPECT_NE(Complaint("store", "#include \"index/index.h\""), "");
  EXPECT_NE(Complaint("archive", "#include \"api/json.h\""), "");
  EXPECT_NE(Complaint("archive", "#include <rocksdb/db.h>"), "");
  EXPECT_NE(Complaint("cli", "  #  include <Poco/Net/HTTPServer.h>"), "");
  EXPECT_EQ(Complaint("archive", "#include \"store/store.h\""), "");
  EXPECT_EQ(Complaint("store", "#include <rocksdb/db.h>"), "");
  EXPECT_EQ(Complaint("core", "#include <string>"), "");
}

TEST(Layering, EveryIncludeFollowsTheArrows) {
  std::vector<std::string> complaints;
  int files = 0;
  for (const auto& [folder, allowed] : kMayInclude) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(DIWAN_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
      ++files;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        if (auto complaint = Complaint(folder, line); !complaint.empty()) {
          complaints.push_back(entry.path().filename().string() + ": " + complaint);
        }
      }
    }
  }
  EXPECT_GT(files, 50);
  EXPECT_THAT(complaints, testing::IsEmpty());
}

}  // namespace
