// Fuzzes the query language: the first line is a question, the rest a page's text. The question is asked of a small
// index, described, and marked in the text. Nothing may be thrown, and what comes back must fit together.
// Links diwan_index.
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "index/index.h"
#include "index/query_parser.h"

namespace diwan {
namespace {

void Require(bool holds) {
  if (!holds) abort();
}

// A few pages in a folder of this process, gone with it.
class SmallIndex {
 public:
  SmallIndex() : dir_(std::filesystem::temp_directory_path() / ("diwan-query-fuzz-" + std::to_string(getpid()))) {
    IndexWriter writer(dir_);
    constexpr std::string_view kTexts[] = {"قرار رقم 123/2019 بشأن سوق الخضار",
                                           "مصوبه شماره ۱۲۳ سال ۱۳۹۹ آیین‌نامه مالی",
                                           "council minutes of 12/03/2019", ""};
    int number = 0;
    for (const std::string_view text : kTexts) {
      Record record;
      record.id = "r" + std::to_string(++number);
      Page page;
      page.record_id = record.id;
      page.number = 1;
      page.text = text;
      writer.Put({&record, &page});
    }
    writer.Commit(1);
    reader_ = std::make_unique<IndexReader>(dir_);
  }
  ~SmallIndex() {
    reader_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
  }
  SmallIndex(const SmallIndex&) = delete;
  SmallIndex& operator=(const SmallIndex&) = delete;

  IndexReader& Reader() { return *reader_; }

 private:
  std::filesystem::path dir_;
  std::unique_ptr<IndexReader> reader_;
};

void CheckMarks(std::string_view question, std::string_view text) {
  const auto marks = MarkMatches(question, text);
  uint32_t last = 0;
  for (const auto& [begin, end] : marks) {
    Require(last <= begin && begin < end && end <= text.size());
    last = end;
  }
  for (const SnippetPart& part : MakeSnippet(text, marks)) Require(!part.text.empty());
}

}  // namespace
}  // namespace diwan

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static diwan::SmallIndex index;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t line = std::min(input.find('\n'), input.size());
  const std::string_view text = input.substr(std::min(line + 1, input.size()));
  diwan::Query query;
  query.text = input.substr(0, line);
  const diwan::IndexAnswer answer = index.Reader().Search(query);
  diwan::Require(answer.total <= 4 && answer.hits.size() == answer.total);
  const diwan::ParsedQuery parsed = diwan::ParseQuery(query.text);
  diwan::Require(diwan::Describe(parsed.root).empty() == (parsed.root.kind == diwan::NodeKind::kNothing));
  diwan::CheckMarks(query.text, text);
  return 0;
}
