// What `tests/bench/http` compares the server with. diwan-http-bench search ARCHIVE QUERIES SECONDS THREADS asks the
// route table in this process, without a network, and prints the answers a second, and the mean of their bytes;
// diwan-http-bench fixed BYTES THREADS serves a body of that size by Poco's own server, until its standard input ends.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <fmt/core.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "api/router.h"
#include "api/target.h"
#include "core/error.h"

namespace diwan {
namespace {

namespace net = Poco::Net;
using Clock = std::chrono::steady_clock;

std::vector<Target> ReadTargets(const char* path) {
  std::ifstream in(path);
  std::vector<Target> targets;
  for (std::string line; std::getline(in, line);) targets.push_back(ParseTarget(line));
  if (targets.empty()) throw Error(ErrorCode::kNotFound, fmt::format("there are no queries in {}", path));
  return targets;
}

void Search(const char* dir, const char* queries, int seconds, int threads) {
  Archive archive(dir, ArchiveOptions{});
  const std::vector<Target> targets = ReadTargets(queries);
  std::atomic<size_t> next{0};
  std::atomic<size_t> bytes{0};
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  std::vector<std::thread> askers;
  for (int i = 0; i < threads; ++i) {
    askers.emplace_back([&] {
      while (Clock::now() < end) {
        const Target& target = targets[next++ % targets.size()];
        Request request{.path = target.path, .query = target.query};
        bytes += Handle(archive, request).body.size();
      }
    });
  }
  for (std::thread& asker : askers) asker.join();
  fmt::print("{} {}\n", static_cast<double>(next) / seconds, bytes / next);
}

class Fixed : public net::HTTPRequestHandler {
 public:
  explicit Fixed(const std::string& body) : body_(body) {}
  void handleRequest(net::HTTPServerRequest& /*request*/, net::HTTPServerResponse& response) override {
    response.setContentType("application/json");
    response.sendBuffer(body_.data(), body_.size());
  }

 private:
  const std::string& body_;
};

class FixedFactory : public net::HTTPRequestHandlerFactory {
 public:
  explicit FixedFactory(size_t bytes) : body_(bytes, 'x') {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest& /*request*/) override {
    return new Fixed(body_);  // Poco deletes it
  }

 private:
  const std::string body_;
};

void ServeFixed(size_t bytes, int threads) {
  net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
  params->setMaxThreads(threads);
  params->setMaxKeepAliveRequests(0);
  Poco::ThreadPool pool(threads, threads);
  const net::ServerSocket socket(net::SocketAddress("127.0.0.1:0"));
  net::HTTPServer server(new FixedFactory(bytes), pool, socket, params);
  server.start();
  fmt::print("http://{}\n", socket.address().toString());
  std::fflush(stdout);
  std::cin.get();
  server.stopAll(true);
}

int Run(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "search" && argc == 6) {
    Search(argv[2], argv[3], std::stoi(argv[4]), std::stoi(argv[5]));
  } else if (what == "fixed" && argc == 4) {
    ServeFixed(std::stoul(argv[2]), std::stoi(argv[3]));
  } else {
    fmt::print(stderr, "diwan-http-bench search ARCHIVE QUERIES SECONDS THREADS, or fixed BYTES THREADS\n");
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  try {
    return diwan::Run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "diwan-http-bench: {}\n", error.what());
    return 1;
  }
}
