// Fuzzes the query language: the first line is a question, the rest a page's text. The question is asked of a small
// index, described, and marked in the text. Nothing may be thrown, what comes back must fit together, and no question
// may cost more than its time. query.dict has the signs of the language:
//   query_fuzz -dict=tests/fuzz/query.dict CORPUS tests/fuzz/seeds/query
// Links diwan_index.
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

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
    constexpr std::string_view kTexts[kRecords] = {
        "قرار رقم 123/2019 بشأن سوق الخضار",
        "مصوبه شماره ۱۲۳ سال ۱۳۹۹ آیین‌نامه مالی",
        "council minutes of 12/03/2019",
        "",
        "سوق سوق القرارات قرارات قراره رسوم على في من السوق",
        "رقم 1/2019 و 2/2019 و 3/2019 و ۴/۱۴۰۲، صفر"};
    int number = 0;
    for (const std::string_view text : kTexts) {
      Record record;
      record.id = "r" + std::to_string(++number);
      AddFields(record, number);
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

  static constexpr size_t kRecords = 6;

  IndexReader& Reader() { return *reader_; }

 private:
  static void AddFields(Record& record, int number) {
    const std::pair<std::string, std::string> fields[] = {{"type", number % 2 == 0 ? "decision" : "محضر"},
                                                          {"title", "سوق الخضار المركزي"},
                                                          {"number", std::to_string(number) + "/2019"},
                                                          {"date", "2019-03-1" + std::to_string(number)}};
    for (const auto& [name, value] : fields) {
      Field field;
      field.name = name;
      field.value = value;
      field.printed = value;
      record.fields.push_back(field);
    }
  }

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
  query.limit = 2 * diwan::SmallIndex::kRecords;
  const std::clock_t start = std::clock();
  const diwan::IndexAnswer answer = index.Reader().Search(query);
  constexpr std::clock_t kMostSeconds = 3;  // of CPU, with sanitizers
  diwan::Require(std::clock() - start < kMostSeconds * CLOCKS_PER_SEC);
  diwan::Require(answer.total <= diwan::SmallIndex::kRecords && answer.hits.size() == answer.total);
  const diwan::ParsedQuery parsed = diwan::ParseQuery(query.text);
  diwan::Require(diwan::Describe(parsed.root).empty() == (parsed.root.kind == diwan::NodeKind::kNothing));
  diwan::CheckMarks(query.text, text);
  return 0;
}
