// Encoding of requests and answers, and the checks by which the parent believes a worker's page. The four small
// messages are JSON, the page is its stored form (core/encoding.h), the image its bare bytes.
#include "ingest/protocol.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "core/fold.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDpi = 10'000;
constexpr size_t kMaxEngineBytes = 1'000;
constexpr size_t kMaxMessageBytes = 1'000;

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kCorrupt, why); }

void Require(bool holds, const char* why) {
  if (!holds) Refuse(why);
}

// JSON is read without recursion, and its strings are UTF-8 or it is refused.
Json ParseObject(std::string_view payload) {
  Json value = Json::parse(payload, nullptr, /*allow_exceptions=*/false);
  Require(value.is_object(), "a message is no JSON object");
  return value;
}

std::string Dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

template <typename T>
T Integer(const Json& object, const char* key, T least, T most) {
  const auto found = object.find(key);
  Require(found != object.end() && found->is_number_integer(), "a message lacks a number");
  const auto value = found->get<int64_t>();
  Require(value >= least && value <= most, "a message has a number out of its range");
  return static_cast<T>(value);
}

std::string Text(const Json& object, const char* key) {
  const auto found = object.find(key);
  Require(found != object.end() && found->is_string(), "a message lacks a text");
  return found->get<std::string>();
}

bool IsUtf8(std::string_view text) { return ToUtf8(FromUtf8(text)) == text; }

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

bool IsPercentage(double value) { return value >= 0 && value <= 100; }  // false for NaN

bool Within(const Box& box, const Page& page) {
  return box.x >= 0 && box.y >= 0 && box.width >= 0 && box.height >= 0 && box.width <= page.width - box.x &&
         box.height <= page.height - box.y;
}

void CheckWordText(std::string_view text) {
  Require(!text.empty() && IsUtf8(text), "a word is no text");
  const bool has_space = std::ranges::any_of(text, [](char c) { return c == ' ' || IsControl(c); });
  Require(!has_space, "a word has white space in it");
}

void CheckOtherReading(const std::string& reading, const Word& word) {
  Require(reading.size() <= kMaxReadingBytes, "a word's other reading is too long");
  CheckWordText(reading);
  Require(reading != word.text, "a word's other reading is its text");
}

void CheckWord(const Word& word, const Page& page) {
  CheckWordText(word.text);
  if (!word.first_reading.empty()) CheckOtherReading(word.first_reading, word);
  Require(word.alternatives.size() <= kMaxAlternatives, "a word has too many other readings");
  for (const std::string& alternative : word.alternatives) CheckOtherReading(alternative, word);
  Require(Within(word.box, page), "a word lies outside its page");
  Require(IsPercentage(word.confidence), "a word's confidence is out of its range");
  Require(word.line >= 0 && word.block >= 0, "a word's place is out of its range");
}

void CheckText(const Page& page) {
  std::vector<Word> words = page.words;
  Require(JoinWords(words) == page.text && words == page.words, "a page's text is not that of its words");
}

void CheckPage(const Page& page, const ReadRequest& request, const ReadLimits& limits) {
  constexpr int kRotations[] = {0, 90, 180, 270};
  constexpr std::string_view kLanguages[] = {"", "ara", "fas"};
  const auto side = [&](int length) { return length > 0 && length <= limits.max_side; };
  Require(page.number == request.number, "it is another page than the one asked for");
  Require(side(page.width) && side(page.height), "a page's size is out of its range");
  Require(page.dpi >= 0 && page.dpi <= kMaxDpi, "a page's resolution is out of its range");
  Require(std::ranges::count(kRotations, page.rotation) == 1, "a page's rotation is out of its range");
  Require(std::abs(page.skew) <= 90, "a page's skew is out of its range");  // false for NaN
  Require(std::ranges::count(kLanguages, page.language) == 1, "a page's language is not known");
  Require(page.origin != TextOrigin::kImport, "a page's origin is out of its range");
  Require(page.engine.size() <= kMaxEngineBytes && IsUtf8(page.engine), "a page's engine is no text");
  Require(IsPercentage(page.confidence), "a page's confidence is out of its range");
  Require(page.failure.empty(), "a page that was read has a failure");
  for (const Word& word : page.words) CheckWord(word, page);
  CheckText(page);
}

struct Magic {
  std::string_view type, bytes;
};
constexpr Magic kMagics[] = {{"image/jpeg", "\xff\xd8\xff"}, {"image/png", "\x89PNG\r\n\x1a\n"}};

void CheckImage(std::string_view type, std::string_view image) {
  const auto matches = [&](const Magic& magic) { return magic.type == type && image.starts_with(magic.bytes); };
  Require(std::ranges::any_of(kMagics, matches), "an access image is not of the type that it says");
}

}  // namespace

std::string Encode(const ReadLimits& limits) {
  return Dump({{"pixels", limits.max_pixels}, {"side", limits.max_side}, {"pages", limits.max_pages}});
}

std::string Encode(const ReadRequest& request) {
  return Dump({{"number", request.number}, {"language", request.language}});
}

std::string Encode(const ImageCut& cut) {
  return Dump({{"x", cut.part.x},
               {"y", cut.part.y},
               {"part_width", cut.part.width},
               {"part_height", cut.part.height},
               {"width", cut.width}});
}

std::string Encode(const SourceProbe& probe) {
  return Dump({{"kind", static_cast<int>(probe.kind)}, {"pages", probe.pages}});
}

std::string Encode(const Error& error) {
  const std::string_view message = error.what();
  return Dump({{"code", CodeName(error.code())}, {"message", message.substr(0, kMaxMessageBytes)}});
}

ReadLimits DecodeLimits(std::string_view payload) {
  const Json object = ParseObject(payload);
  ReadLimits limits;
  limits.max_pixels = Integer<int64_t>(object, "pixels", 0, INT64_MAX);
  limits.max_side = Integer<int>(object, "side", 0, INT32_MAX);
  limits.max_pages = Integer<int>(object, "pages", 0, INT32_MAX);
  return limits;
}

ReadRequest DecodeReadRequest(std::string_view payload) {
  const Json object = ParseObject(payload);
  return {.number = Integer<int>(object, "number", 1, INT32_MAX), .language = Text(object, "language")};
}

ImageCut DecodeImageCut(std::string_view payload) {
  const Json object = ParseObject(payload);
  const auto side = [&](const char* key) { return Integer<int>(object, key, 1, INT32_MAX / 2); };
  const auto place = [&](const char* key) { return Integer<int>(object, key, 0, INT32_MAX / 2); };
  return {.part = {.x = place("x"), .y = place("y"), .width = side("part_width"), .height = side("part_height")},
          .width = Integer<int>(object, "width", 1, kMaxCutWidth)};
}

SourceProbe DecodeProbe(std::string_view payload, const ReadLimits& limits) {
  const Json object = ParseObject(payload);
  const int kind = Integer<int>(object, "kind", 1, static_cast<int>(MediaKind::kPdf));
  return {.kind = static_cast<MediaKind>(kind), .pages = Integer<int>(object, "pages", 1, limits.max_pages)};
}

Error DecodeError(std::string_view payload) {
  const Json object = ParseObject(payload);
  std::string message = Text(object, "message");
  Require(!message.empty() && message.size() <= 3 * kMaxMessageBytes, "an error's message is out of its range");
  std::ranges::replace_if(message, IsControl, ' ');
  return {CodeOfName(Text(object, "code")), message};
}

PageReading DecodeReading(std::string_view page, std::string image, const ReadRequest& request,
                          const ReadLimits& limits) {
  PageReading reading{.page = DecodePage(page, "a page"), .image = std::move(image)};
  CheckPage(reading.page, request, limits);
  CheckImage(reading.page.image_type, reading.image);
  reading.page.record_id.clear();
  reading.page.read_at = NowMillis();
  return reading;
}

void CheckCutImage(std::string_view image) {
  const auto begins = [&](const Magic& magic) { return image.starts_with(magic.bytes); };
  Require(std::ranges::any_of(kMagics, begins), "a part of an image is no image");
}

}  // namespace diwan
