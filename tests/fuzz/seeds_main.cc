// Runs a fuzzer's entry on the files of a folder, and on each cut at many places: the seeds as an ordinary test.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

void Run(const std::string& bytes) {
  // A copy of exactly this size, so that a sanitizer sees a read beyond the end.
  const std::vector<uint8_t> exact(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
    std::cerr << "usage: " << argv[0] << " SEED_FOLDER\n";
    return 2;
  }
  int seeds = 0;
  Run("");
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    Run(bytes);
    constexpr size_t kCuts = 16;
    for (size_t i = 1; i < kCuts; ++i) Run(bytes.substr(0, bytes.size() * i / kCuts));
    ++seeds;
  }
  if (seeds == 0) {
    std::cerr << argv[1] << ": no seeds\n";
    return 1;
  }
  return 0;
}
