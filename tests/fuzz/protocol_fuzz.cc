// Fuzzes what the parent reads from a worker, and a worker from its parent. The first byte chooses the decoder. What a
// decoder takes must come back the same from its own encoding.
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "core/encoding.h"
#include "core/error.h"
#include "ingest/channel.h"
#include "ingest/protocol.h"

namespace {

using diwan::ReadLimits;

void Expect(bool holds) {
  if (!holds) std::abort();
}

void Header(std::string_view bytes) {
  const auto header = diwan::ParseFrameHeader(bytes);
  Expect(!header || header->size <= diwan::FrameLimit(header->type));
}

void Limits(std::string_view bytes) {
  const ReadLimits limits = diwan::DecodeLimits(bytes);
  const std::string again = Encode(limits);
  Expect(Encode(diwan::DecodeLimits(again)) == again);
}

void Request(std::string_view bytes) {
  const std::string again = Encode(diwan::DecodeReadRequest(bytes));
  Expect(Encode(diwan::DecodeReadRequest(again)) == again);
}

void Probe(std::string_view bytes) {
  const std::string again = Encode(diwan::DecodeProbe(bytes, ReadLimits{}));
  Expect(Encode(diwan::DecodeProbe(again, ReadLimits{})) == again);
}

void Failure(std::string_view bytes) {
  const diwan::Error error = diwan::DecodeError(bytes);
  Expect(std::string_view(error.what()).find('\n') == std::string_view::npos);
}

void Reading(std::string_view bytes) {
  constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n";
  const diwan::ReadRequest asked{.number = 7, .language = "ara"};
  const diwan::PageReading first = diwan::DecodeReading(bytes, std::string(kPng), asked, {});
  diwan::PageReading again = diwan::DecodeReading(Encode(first.page), first.image, asked, {});
  again.page.read_at = first.page.read_at;
  Expect(again.page == first.page && again.image == first.image);
}

constexpr void (*kDecoders[])(std::string_view) = {Header, Limits, Request, Probe, Failure, Reading};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    kDecoders[data[0] % std::size(kDecoders)](bytes.substr(1));
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kCorrupt);
  }
  return 0;
}
