// Loading of a trained network and its card. They are the administrator's, but a wrong pair would read wrong numbers
// without a word, so they must fit each other.
#include "ingest/reader_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/digest.h"
#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

constexpr uint64_t kMaxBytes = 20'000'000;

std::string ReadWhole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code failure;
  const uint64_t size = std::filesystem::file_size(path, failure);
  if (!in || failure) throw Error(ErrorCode::kNotFound, fmt::format("no model {}: install it there", path.string()));
  if (size > kMaxBytes) throw Error(ErrorCode::kTooLarge, fmt::format("{} is too large for a model", path.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

// The alphabet's sign of two letters is one character in a label.
char32_t CharacterOf(const std::string& printed) {
  if (printed == "هـ") return U'H';
  const std::u32string text = FromUtf8(printed);
  return text.size() == 1 ? text[0] : U'\0';
}

// What stands in the card. Throws Json::exception where it is not of the kind expected.
ReaderCard Understand(const Json& json) {
  ReaderCard card;
  for (const std::string& printed : json.at("alphabet").get<std::vector<std::string>>()) {
    card.alphabet.push_back(CharacterOf(printed));
  }
  card.digest = json.at("sha256").get<std::string>();
  card.height = json.at("height").get<int>();
  card.side_padding = json.at("side_padding").get<double>();
  card.margin = json.at("margin").get<int>();
  card.frame = json.at("frame").get<int>();
  card.steps_per_frame = json.at("steps_per_frame").get<int>();
  return card;
}

bool MakesSense(const ReaderCard& card) {
  const auto within = [](auto value, auto least, auto most) { return value >= least && value <= most; };
  return within(card.alphabet.size(), size_t{1}, size_t{1000}) && card.alphabet.find(U'\0') == std::u32string::npos &&
         within(card.height, 8, 200) && within(card.side_padding, 0.0, 1.0) && within(card.margin, 0, 64) &&
         within(card.frame, 1, 16) && within(card.steps_per_frame, 1, 8);
}

ReaderCard ReadCard(const std::filesystem::path& path) {
  const Json json = Json::parse(ReadWhole(path), nullptr, /*allow_exceptions=*/false);
  try {
    ReaderCard card = Understand(json);
    if (MakesSense(card)) return card;
  } catch (const Json::exception&) {  // told below
  }
  throw Error(ErrorCode::kCorrupt, fmt::format("{} is no card of a reader", path.string()));
}

}  // namespace

TrainedReader LoadReader(const std::filesystem::path& model) {
  TrainedReader reader;
  reader.network = ReadWhole(model);
  reader.card = ReadCard(std::filesystem::path(model).replace_extension(".json"));
  if (Sha256Hex(reader.network) != reader.card.digest) {
    throw Error(ErrorCode::kCorrupt,
                fmt::format("{} is damaged or its card is another model's: install both again", model.string()));
  }
  return reader;
}

}  // namespace diwan
