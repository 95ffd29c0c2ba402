// Models are files of the administrator's: in a page's life nobody else has a say in what reads it.
#include "ingest/models.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

#include "core/digest.h"
#include "core/error.h"

namespace diwan {

LanguageModel FindLanguageModel(const ReadOptions& options, const std::string& language) {
  struct Place {
    std::filesystem::path folder;
    bool own;
  };
  for (const Place& place : {Place{options.models.value_or(""), true}, Place{options.tessdata, false}}) {
    if (place.folder.empty()) continue;
    const std::filesystem::path file = place.folder / (language + ".traineddata");
    std::error_code failure;
    const auto bytes = std::filesystem::file_size(file, failure);
    if (!failure) return {.file = file, .own = place.own, .bytes = static_cast<int64_t>(bytes)};
  }
  return {};
}

std::string ModelDigest(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  Sha256 digest;
  std::array<char, 1 << 16> buffer{};
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    digest.Update({buffer.data(), static_cast<size_t>(in.gcount())});
  }
  if (!in.eof()) throw Error(ErrorCode::kNotFound, fmt::format("{} can't be read", file.string()));
  return digest.Finish();
}

std::filesystem::path InstalledModels() {
  std::error_code failure;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failure);
  return failure ? std::filesystem::path() : (self.parent_path() / "../share/diwan/models").lexically_normal();
}

ReadOptions WithInstalledModels(ReadOptions options) {
  if (!options.models) options.models = InstalledModels();
  const auto installed = [](std::string_view name) {
    std::error_code failure;
    std::filesystem::path model = InstalledModels() / name;
    return std::filesystem::exists(model, failure) ? model : std::filesystem::path();
  };
  if (!options.numbers) options.numbers = installed("numbers.onnx");
  if (!options.lines) options.lines = installed("lines.onnx");
  return options;
}

}  // namespace diwan
