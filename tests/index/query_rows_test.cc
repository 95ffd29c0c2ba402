// The rows of query_rows.txt: what people may type, and what is understood.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "core/query.h"
#include "index/query_parser.h"

namespace diwan {
namespace {

std::string Understood(const ParsedQuery& parsed) {
  std::string out = Describe(parsed.root);
  if (!parsed.sort) return out;
  constexpr const char* kOrders[] = {"relevance", "newest", "oldest"};
  return out + (out.empty() ? "" : " ") + "sort:" + kOrders[static_cast<int>(*parsed.sort)];
}

TEST(QueryRows, AreUnderstood) {
  std::ifstream rows(DIWAN_QUERY_ROWS);
  ASSERT_TRUE(rows.is_open());
  int count = 0;
  for (std::string line; std::getline(rows, line);) {
    if (line.empty() || line.front() == '#') continue;
    const size_t first = line.find('\t');
    const size_t second = line.find('\t', first + 1);
    ASSERT_NE(second, std::string::npos) << line;
    const std::string typed = line.substr(0, first);
    const ParsedQuery parsed = ParseQuery(typed);
    EXPECT_EQ(Understood(parsed), line.substr(first + 1, second - first - 1)) << typed;
    EXPECT_EQ(std::to_string(parsed.notes.size()), line.substr(second + 1)) << typed;
    ++count;
  }
  EXPECT_GE(count, 200);
}

}  // namespace
}  // namespace diwan
