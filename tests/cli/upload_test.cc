// A file that comes in parts, while the server is killed between them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "api/client.h"
#include "blank_tiff.h"
#include "program.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

class UploadTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(RunProgram({"init", "--archive", archive_}, folder_.path()).status, 0);
    token_ = ReadFile(TokenFor(archive_, folder_.path())[1]);
    token_.erase(token_.find_last_not_of(" \n") + 1);
  }
  std::unique_ptr<Program> Serve() {
    auto server = std::make_unique<Program>(
        std::vector<std::string>{"serve", "--listen", "127.0.0.1:0", "--archive", archive_}, folder_.path());
    address_ = server->FirstLine();
    return server;
  }
  Response Ask(const std::string& method, const std::string& path, std::map<std::string, std::string> headers = {},
               const std::string& body = "") const {
    headers.emplace("Tus-Resumable", "1.0.0");
    std::istringstream bytes(body);
    Request request{.method = method, .path = path, .headers = std::move(headers)};
    request.body = &bytes;
    request.body_size = body.size();
    return ConnectHttp(address_, token_)->Send(request);
  }
  Response Append(const std::string& upload, size_t offset, const std::string& bytes) const {
    return Ask("PATCH", upload,
               {{"Upload-Offset", std::to_string(offset)}, {"Content-Type", "application/offset+octet-stream"}}, bytes);
  }

  TempFolder folder_;
  const std::string archive_ = (folder_.path() / "archive").string();
  std::string token_;
  std::string address_;
};

TEST_F(UploadTest, HasTheLimitsThatAreSet) {
  setenv("DIWAN_LIMITS_FILE_BYTES", "100000", 1);
  setenv("DIWAN_LIMITS_WAITING_BYTES", "150000", 1);
  const std::unique_ptr<Program> server = Serve();
  unsetenv("DIWAN_LIMITS_FILE_BYTES");
  unsetenv("DIWAN_LIMITS_WAITING_BYTES");
  const auto begin = [this](size_t size) {
    return Ask("POST", "/v1/uploads", {{"Upload-Length", std::to_string(size)}}).status;
  };
  EXPECT_EQ(begin(100'001), 413);
  EXPECT_EQ(begin(100'000), 201);
  EXPECT_EQ(begin(50'001), 413) << "of all that waits";
  EXPECT_EQ(begin(50'000), 201);
  EXPECT_EQ(Ask("OPTIONS", "/v1/uploads").headers.at("Tus-Max-Size"), "100000");
  EXPECT_EQ(Ask("POST", "/v1/records", {}, "%PDF-1.4\n" + std::string(100'000, 'x')).status, 413);
}

TEST_F(UploadTest, GoesOnAfterTheServerWasKilled) {
  const std::string bytes = BlankTiff(200, 300, 1);
  const size_t half = bytes.size() / 2;
  std::unique_ptr<Program> server = Serve();
  const Response begun = Ask("POST", "/v1/uploads", {{"Upload-Length", std::to_string(bytes.size())}});
  ASSERT_EQ(begun.status, 201) << begun.body;
  const std::string upload = begun.headers.at("Location");
  ASSERT_EQ(Append(upload, 0, bytes.substr(0, half)).status, 204);
  server->Signal(SIGKILL);
  server->Wait();
  server = Serve();
  EXPECT_EQ(Ask("HEAD", upload).headers.at("Upload-Offset"), std::to_string(half));
  EXPECT_EQ(Append(upload, 0, bytes).status, 409);
  const Response last = Append(upload, half, bytes.substr(half));
  ASSERT_EQ(last.status, 204) << last.body;
  const std::string url = last.headers.at("Diwan-Job");
  server->Signal(SIGKILL);
  server->Wait();
  server = Serve();
  Json job = Json::object();
  for (int i = 0; i < 300 && job.value("state", "") != "done"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    job = Json::parse(Ask("GET", url).body);
  }
  EXPECT_EQ(job["state"], "done");
  EXPECT_EQ(job["entry"]["outcome"], "stored") << job;
  EXPECT_EQ(job["pages_done"], 1);
}

}  // namespace
}  // namespace diwan
