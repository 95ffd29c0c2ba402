#include "cli/search_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <sstream>
#include <vector>

#include "api/json.h"
#include "core/error.h"

namespace diwan {
namespace {

// Answers every search from one list of hits, as the route does.
class ListClient final : public Client {
 public:
  explicit ListClient(std::vector<Hit> hits) : hits_(std::move(hits)) {}

  Response Send(Request& request, const std::function<void(std::string_view)>* /*sink*/) override {
    ++requests;
    EXPECT_EQ(request.path, "/v1/search");
    EXPECT_EQ(request.query["snippets"], "no");
    if (request.query["q"] == "bad") return ProblemResponse({ErrorCode::kInvalid, "no such question"});
    const size_t limit = std::stoul(request.query["limit"]);
    EXPECT_LE(limit, 1000U);
    Answer answer;
    answer.total = hits_.size();
    for (size_t i = 0; i < std::min(limit, hits_.size()); ++i) answer.hits.push_back(hits_[i]);
    return {.status = 200, .headers = {}, .body = SearchJson({}, answer), .stream = {}, .stream_size = {}};
  }

  int requests = 0;

 private:
  std::vector<Hit> hits_;
};

Hit MakeHit(const std::string& record, int page, double score, const std::string& external) {
  Hit hit;
  hit.record_id = record;
  hit.page = page;
  hit.score = score;
  hit.external_id = external;
  return hit;
}

struct Said {
  int status = -1;
  std::string out;
  std::string err;
};

Said Play(Client& client, const std::string& queries, uint64_t limit) {
  std::istringstream lines(queries);
  std::ostringstream out;
  std::ostringstream err;
  const int status = RunQueries(client, Console{.out = out, .err = err}, lines, {"my run", limit});
  return {status, out.str(), err.str()};
}

TEST(SearchRunTest, PrintsOneLineForEachRecord) {
  ListClient client({MakeHit("r1", 2, 3.5, "doc 1"), MakeHit("r2", 1, 1, "")});
  const Said said = Play(client, "q1\tقرار\r\n\nq 2\tx\ty\n", 10);
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.out,
            "q1 Q0 doc_1 1 3.500000 my_run\nq1 Q0 r2 2 1.000000 my_run\n"
            "q_2 Q0 doc_1 1 3.500000 my_run\nq_2 Q0 r2 2 1.000000 my_run\n");
  EXPECT_NE(said.err, "");
}

TEST(SearchRunTest, AsksOnceForAQuestion) {
  std::vector<Hit> hits;
  for (int i = 0; i < 2500; ++i) hits.push_back(MakeHit("r" + std::to_string(i), 1, 1, ""));
  ListClient client(hits);
  for (const uint64_t limit : {1U, 30U, 1000U}) {
    client.requests = 0;
    const Said said = Play(client, "q\tx", limit);
    EXPECT_EQ(std::count(said.out.begin(), said.out.end(), '\n'), limit);
    EXPECT_EQ(client.requests, 1);
  }
}

TEST(SearchRunTest, BadLinesAreToldAndTheRestGoesOn) {
  ListClient client({MakeHit("r", 1, 1, "d")});
  const Said said = Play(client, "no tab\n\tno id\nq1\tbad\nq2\tgood\n", 10);
  EXPECT_EQ(said.status, 1);
  EXPECT_EQ(said.out, "q2 Q0 d 1 1.000000 my_run\n");
  EXPECT_EQ(std::count(said.err.begin(), said.err.end(), '\n'), 3);
}

TEST(SearchRunTest, ColumnsHaveNoWhiteSpace) {
  EXPECT_EQ(RunColumn("a b\tc\nd"), "a_b_c_d");
  EXPECT_EQ(RunColumn("قرار"), "قرار");
  EXPECT_EQ(RunColumn(""), "_");
}

}  // namespace
}  // namespace diwan
