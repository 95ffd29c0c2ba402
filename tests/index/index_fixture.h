// A small index in a folder of its own, for the tests of index/.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/id.h"
#include "index/index.h"

namespace diwan {

inline Record MakeRecord(std::string id, std::vector<std::pair<std::string, std::string>> fields = {}) {
  Record record;
  record.id = std::move(id);
  for (auto& [name, value] : fields) {
    Field field;
    field.name = name;
    field.value = value;
    field.printed = value;
    record.fields.push_back(field);
  }
  return record;
}

inline Page MakePage(const Record& record, int number, std::string text, std::string language = "") {
  Page page;
  page.record_id = record.id;
  page.number = number;
  page.text = std::move(text);
  page.language = std::move(language);
  return page;
}

// The code that `work` fails with; kInternal and a failed test when it does not.
template <typename Work>
ErrorCode CodeOf(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::kInternal;
}

// The text with [ ] around its marks.
inline std::string Marked(const std::string& query, const std::string& text) {
  std::string out;
  size_t at = 0;
  for (const auto& [begin, end] : MarkMatches(query, text)) {
    out += text.substr(at, begin - at) + "[" + text.substr(begin, end - begin) + "]";
    at = end;
  }
  return out + text.substr(at);
}

// A row of a table that shows a text as marked: "[سوق] رسوم".
inline std::string WithoutBrackets(std::string text) {
  std::erase_if(text, [](char c) { return c == '[' || c == ']'; });
  return text;
}

class IndexFixture : public ::testing::Test {
 protected:
  IndexFixture() {
    // Not after the process: a killed test leaves its folder behind, and its number comes again.
    dir_ = std::filesystem::temp_directory_path() / ("diwan-index-test-" + NewId());
  }
  ~IndexFixture() override { std::filesystem::remove_all(dir_); }

  std::filesystem::path Dir() const { return dir_ / "index"; }

  // One record "r1", "r2", ... with one page for each text.
  void IndexTexts(const std::vector<std::string>& texts, const std::string& language = "") {
    IndexWriter writer(Dir());
    for (size_t i = 0; i < texts.size(); ++i) {
      const Record record = MakeRecord("r" + std::to_string(i + 1));
      const Page page = MakePage(record, 1, texts[i], language);
      writer.Put({&record, &page});
    }
    writer.Commit(1);
  }

  IndexAnswer Ask(const std::string& text, uint32_t offset = 0, uint32_t limit = 100) {
    Query query;
    query.text = text;
    query.offset = offset;
    query.limit = limit;
    return IndexReader(Dir()).Search(query);
  }

  // "r1 r3" in the order of ids; "r1/2" when another page than the first shows it, "r1+2" when two more match.
  std::string Found(const std::string& text) {
    std::vector<std::string> names;
    for (const IndexHit& hit : Ask(text).hits) {
      names.push_back(hit.record_id + (hit.page == 1 ? "" : "/" + std::to_string(hit.page)) +
                      (hit.more_pages == 0 ? "" : "+" + std::to_string(hit.more_pages)));
    }
    std::sort(names.begin(), names.end());
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
    return out;
  }

 private:
  std::filesystem::path dir_;
};

}  // namespace diwan
