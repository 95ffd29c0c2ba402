#include "cli/settings_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/error.h"

namespace diwan {
namespace {

std::string ReadWhole(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw Error(ErrorCode::kNotFound, fmt::format("{}: there is no such file", file.string()));
  }
  if (std::filesystem::file_size(file, error) > kMaxSettingsFile) {
    throw Error(ErrorCode::kTooLarge, fmt::format("{}: too large for a configuration", file.string()));
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw Error(ErrorCode::kDenied, fmt::format("{}: can't be read", file.string()));
  return bytes;
}

std::optional<SettingValue> ValueOf(const toml::node& node) {
  if (const auto* const text = node.as_string()) return text->get();
  if (const auto* const number = node.as_integer()) return number->get();
  const toml::array* const array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const toml::node& each : *array) {
    if (!each.is_string()) return std::nullopt;
    texts.push_back(each.as_string()->get());
  }
  return texts;
}

std::string TypeName(const toml::node& node) {
  constexpr std::pair<toml::node_type, const char*> kNames[] = {
      {toml::node_type::array, "a list that has not only texts"},
      {toml::node_type::floating_point, "a number with a point"},
      {toml::node_type::boolean, "true or false"},
      {toml::node_type::date, "a date"},
      {toml::node_type::time, "a time"}};
  const auto* const found = std::ranges::find(kNames, node.type(), &std::pair<toml::node_type, const char*>::first);
  return found == std::end(kNames) ? "a date with a time" : found->second;
}

void Collect(const toml::table& table, const std::string& prefix, std::vector<FileSetting>& found) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const toml::table* const inner = node.as_table()) {
      Collect(*inner, name + ".", found);
    } else {
      found.push_back({.name = name, .line = key.source().begin.line, .value = ValueOf(node), .type = TypeName(node)});
    }
  }
}

}  // namespace

std::vector<FileSetting> ReadSettingsFile(const std::filesystem::path& file) {
  const std::string bytes = ReadWhole(file);
  std::vector<FileSetting> found;
  try {
    Collect(toml::parse(bytes, file.string()), "", found);
  } catch (const toml::parse_error& error) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("{}:{}: {}", file.string(), error.source().begin.line, error.description()));
  }
  std::ranges::sort(found, {}, &FileSetting::line);
  return found;
}

}  // namespace diwan
