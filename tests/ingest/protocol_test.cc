// Frames and messages between a worker and its parent: what is sent arrives, and nothing else is believed.
#include "ingest/protocol.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <functional>
#include <limits>
#include <thread>

#include "core/encoding.h"
#include "ingest/channel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace diwan {
namespace {

using std::chrono::steady_clock;

struct SocketPair {
  SocketPair() {
    int ends[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    left = OwnedFd(ends[0]);
    right = OwnedFd(ends[1]);
  }
  Received Receive(TakeFile take = TakeFile::kNo) const {
    return ReceiveFrame(right.get(), steady_clock::now() + std::chrono::milliseconds(200), take);
  }
  OwnedFd left, right;
};

Page GoodPage() {
  Page page;
  page.number = 7;
  page.width = 1000;
  page.height = 1400;
  page.dpi = 300;
  page.rotation = 90;
  page.skew = -0.4;
  page.language = "fas";
  page.origin = TextOrigin::kOcr;
  page.engine = "tesseract";
  page.confidence = 88.5;
  page.words = {{.text = "تصمیم", .box = {.x = 900, .y = 10, .width = 100, .height = 40}, .confidence = 91},
                {.text = "۱۲۳/۴", .box = {.x = 700, .y = 10, .width = 90, .height = 40}, .confidence = 70},
                {.text = "شورا", .box = {.x = 0, .y = 1360, .width = 1000, .height = 40}, .confidence = 0, .line = 1}};
  page.words[1].number = NumberState::kUnsure;
  page.words[1].first_reading = "۱۲۳/؟";
  page.words[1].alternatives = std::vector<std::string>(kMaxAlternatives, "۱۲۳/۶");
  page.text = JoinWords(page.words);
  page.image_type = "image/png";
  return page;
}

const std::string kPng = "\x89PNG\r\n\x1a\n...";
const ReadRequest kAsked = {.number = 7, .language = "fas"};

ErrorCode CodeOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::kInternal;  // no error, or not the one that is wanted
}

TEST(Channel, CarriesFramesOfEverySize) {
  const SocketPair pair;
  for (const size_t size : {0U, 1U, 4096U, 5'000'000U}) {
    const std::string payload(size, 'x');
    std::thread sender([&] { EXPECT_TRUE(SendFrame(pair.left.get(), FrameType::kImage, payload)); });
    const Received received = ReceiveFrame(pair.right.get(), std::nullopt, TakeFile::kNo);
    sender.join();
    EXPECT_EQ(received.arrival, Arrival::kFrame);
    EXPECT_EQ(received.frame.type, FrameType::kImage);
    EXPECT_TRUE(received.frame.payload == payload);
  }
}

TEST(Channel, CarriesAFileOnlyWhereOneIsTaken) {
  const SocketPair pair;
  EXPECT_TRUE(SendFrame(pair.left.get(), FrameType::kOpen, "a", pair.left.get()));
  const Received taken = pair.Receive(TakeFile::kYes);
  EXPECT_EQ(taken.frame.payload, "a");
  ASSERT_TRUE(taken.frame.file.valid());
  EXPECT_NE(fcntl(taken.frame.file.get(), F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_TRUE(SendFrame(pair.left.get(), FrameType::kOpen, "b", pair.left.get()));
  const Received refused = pair.Receive();
  EXPECT_EQ(refused.frame.payload, "b");
  EXPECT_FALSE(refused.frame.file.valid());
}

TEST(Channel, TellsWhyNothingCame) {
  SocketPair pair;
  EXPECT_EQ(pair.Receive().arrival, Arrival::kLate);
  ASSERT_EQ(send(pair.left.get(), "\x05\0\0\0\x06!!", 7, 0), 7);
  EXPECT_EQ(pair.Receive().arrival, Arrival::kLate);  // a part of a frame is none
  ASSERT_EQ(send(pair.left.get(), "\x05\0\0\0\x09", 5, 0), 5);
  EXPECT_EQ(pair.Receive().arrival, Arrival::kMalformed);
  pair.left = OwnedFd();
  SocketPair closed;
  { const OwnedFd gone = std::move(closed.left); }
  EXPECT_EQ(closed.Receive().arrival, Arrival::kClosed);
  EXPECT_FALSE(SendFrame(closed.right.get(), FrameType::kRead, "x"));
}

TEST(Channel, BelievesNoHeaderBeyondItsLimit) {
  struct Row {
    std::string bytes;
    bool good;
  };
  const Row rows[] = {
      {std::string("\0\0\0\0\1", 5), true},    {std::string("\0\x10\0\0\1", 5), true},
      {std::string("\1\x10\0\0\1", 5), false},                                         // kOpen: 4 KiB at most
      {std::string("\0\0\0\4\5", 5), true},    {std::string("\1\0\0\4\5", 5), false},  // kImage: 64 MiB
      {std::string("\0\0\0\0\0", 5), false},   {std::string("\0\0\0\0\10", 5), false},
      {std::string("\0\0\0\0\xff", 5), false}, {std::string("\0\0\0\1", 4), false},
  };
  for (const Row& row : rows)
    EXPECT_EQ(ParseFrameHeader(row.bytes).has_value(), row.good) << testing::PrintToString(row.bytes);
}

TEST(Protocol, MessagesComeBack) {
  const ReadLimits limits =
      DecodeLimits(Encode(ReadLimits{.max_pixels = 1'234'567'890'123, .max_side = 7, .max_pages = 9}));
  EXPECT_EQ(limits.max_pixels, 1'234'567'890'123);
  EXPECT_EQ(limits.max_side, 7);
  EXPECT_EQ(limits.max_pages, 9);
  const ReadRequest request = DecodeReadRequest(Encode(kAsked));
  EXPECT_EQ(request.number, 7);
  EXPECT_EQ(request.language, "fas");
  const ImageCut cut = DecodeImageCut(Encode(ImageCut{.part = {.x = 1, .y = 2, .width = 3, .height = 4}, .width = 5}));
  EXPECT_EQ(cut.part, (Box{.x = 1, .y = 2, .width = 3, .height = 4}));
  EXPECT_EQ(cut.width, 5);
  const SourceProbe probe = DecodeProbe(Encode(SourceProbe{.kind = MediaKind::kPdf, .pages = 12}), {});
  EXPECT_EQ(probe.kind, MediaKind::kPdf);
  EXPECT_EQ(probe.pages, 12);
  const Error error = DecodeError(Encode(Error(ErrorCode::kTooLarge, "صفحه\n2: \x01\xff")));
  EXPECT_EQ(error.code(), ErrorCode::kTooLarge);
  EXPECT_STREQ(error.what(), "صفحه 2:  \xef\xbf\xbd");
  EXPECT_LE(std::string(DecodeError(Encode(Error(ErrorCode::kInvalid, std::string(9'999, '\x80')))).what()).size(),
            3'000U);
}

TEST(Protocol, SmallMessagesAreChecked) {
  const std::string wrong[] = {"",
                               "x",
                               "[]",
                               "{}",
                               R"({"kind":5})",
                               R"({"kind":0,"pages":1})",
                               R"({"kind":99,"pages":1})",
                               R"({"kind":1,"pages":0})",
                               R"({"kind":1,"pages":20001})",
                               R"({"kind":1,"pages":-1})",
                               R"({"kind":1,"pages":18446744073709551615})",
                               R"({"kind":1,"pages":1.5})",
                               R"({"code":1,"message":"x"})",
                               R"({"code":"invalid","message":""})",
                               R"({"number":0,"language":"ara"})",
                               R"({"number":1,"language":1})",
                               R"({"pixels":-1,"side":1,"pages":1})",
                               R"({"x":-1,"y":0,"part_width":1,"part_height":1,"width":1})",
                               R"({"x":0,"y":0,"part_width":0,"part_height":1,"width":1})",
                               R"({"x":0,"y":0,"part_width":1,"part_height":1,"width":4097})",
                               std::string(4096, '['),
                               "{\"code\":\"invalid\",\"message\":\"\xff\"}"};
  for (const std::string& payload : wrong) {
    EXPECT_EQ(CodeOf([&] { DecodeProbe(payload, {}); }), ErrorCode::kCorrupt) << payload;
    EXPECT_EQ(CodeOf([&] { DecodeError(payload); }), ErrorCode::kCorrupt) << payload;
    EXPECT_EQ(CodeOf([&] { DecodeReadRequest(payload); }), ErrorCode::kCorrupt) << payload;
    EXPECT_EQ(CodeOf([&] { DecodeLimits(payload); }), ErrorCode::kCorrupt) << payload;
    EXPECT_EQ(CodeOf([&] { DecodeImageCut(payload); }), ErrorCode::kCorrupt) << payload;
    EXPECT_EQ(CodeOf([&] { CheckCutImage(payload); }), ErrorCode::kCorrupt) << payload;
  }
}

TEST(Protocol, APageComesBack) {
  Page page = GoodPage();
  PageReading reading = DecodeReading(Encode(page), kPng, kAsked, {});
  EXPECT_GT(reading.page.read_at, 0);
  page.read_at = reading.page.read_at;
  EXPECT_EQ(reading.page, page);
  EXPECT_EQ(reading.image, kPng);
}

TEST(Protocol, ALongReadingComesBack) {
  Page page = GoodPage();
  page.words[1].first_reading = std::string(kMaxReadingBytes, '5');
  EXPECT_EQ(DecodeReading(Encode(page), kPng, kAsked, {}).page.words, page.words);
}

TEST(Protocol, AnEmptyPageIsFine) {
  Page page = GoodPage();
  page.words.clear();
  page.text.clear();
  page.origin = TextOrigin::kNone;
  EXPECT_TRUE(DecodeReading(Encode(page), kPng, kAsked, {}).page.text.empty());
}

TEST(Protocol, AWorkerCanNotChooseTheRecord) {
  Page page = GoodPage();
  page.record_id = "another";
  page.read_at = -1;
  const PageReading reading = DecodeReading(Encode(page), kPng, kAsked, {});
  EXPECT_EQ(reading.page.record_id, "");
  EXPECT_GT(reading.page.read_at, 0);
}

TEST(Protocol, PagesAreChecked) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr int kMost = std::numeric_limits<int>::max();
  const std::function<void(Page&)> damages[] = {
      [](Page& p) { p.number = 8; },
      [](Page& p) { p.width = 0; },
      [](Page& p) { p.height = 60'001; },
      [](Page& p) { p.width = -1; },
      [](Page& p) { p.dpi = -1; },
      [](Page& p) { p.dpi = 10'001; },
      [](Page& p) { p.rotation = 45; },
      [](Page& p) { p.skew = kNan; },
      [](Page& p) { p.skew = 91; },
      [](Page& p) { p.language = "eng"; },
      [](Page& p) { p.origin = TextOrigin::kImport; },
      [](Page& p) { p.engine = std::string(1'001, 'x'); },
      [](Page& p) { p.engine = "\xff"; },
      [](Page& p) { p.confidence = kNan; },
      [](Page& p) { p.confidence = 100.1; },
      [](Page& p) { p.failure = "x"; },
      [](Page& p) { p.image_type = "image/svg+xml"; },
      [](Page& p) { p.image_type = "image/jpeg"; },
      [](Page& p) { p.text += "x"; },
      [](Page& p) { p.text.clear(), p.words.pop_back(); },
      [](Page& p) { p.words[1].offset += 1; },
      [](Page& p) { p.words[0].text = "شعبان"; },
      [](Page& p) { p.words[0].text = "تصم م", p.text = JoinWords(p.words); },
      [](Page& p) { p.words[0].text = "a\tb", p.text = JoinWords(p.words); },
      [](Page& p) { p.words[0].text = "\xd8", p.text = JoinWords(p.words); },
      [](Page& p) { p.words[0].text = "", p.text = JoinWords(p.words); },
      [](Page& p) { p.words[0].confidence = -1; },
      [](Page& p) { p.words[0].confidence = std::numeric_limits<float>::infinity(); },
      [](Page& p) { p.words[0].line = -1, p.text = JoinWords(p.words); },
      [](Page& p) { p.words[0].box.x = -1; },
      [](Page& p) { p.words[0].box.x = 901; },
      [](Page& p) { p.words[0].box.width = -5; },
      [](Page& p) { p.words[0].box.width = kMost; },
      [](Page& p) { p.words[0].box = {.x = kMost, .y = kMost, .width = kMost, .height = kMost}; },
      [](Page& p) { p.words[2].box.y = 1361; },
      [](Page& p) { p.words[1].number = static_cast<NumberState>(3); },
      [](Page& p) { p.words[1].first_reading = std::string(kMaxReadingBytes + 1, '5'); },
      [](Page& p) { p.words[1].first_reading = "\xd8"; },
      [](Page& p) { p.words[1].first_reading = "1 2"; },
      [](Page& p) { p.words[1].first_reading = "1\n2"; },
      [](Page& p) { p.words[1].first_reading = p.words[1].text; },
      [](Page& p) { p.words[1].alternatives.emplace_back("۹"); },
      [](Page& p) { p.words[1].alternatives[0] = std::string(kMaxReadingBytes + 1, '5'); },
      [](Page& p) { p.words[1].alternatives[7] = "\xff"; },
      [](Page& p) { p.words[1].alternatives[0] = ""; },
      [](Page& p) { p.words[1].alternatives[0] = "\x7f"; },
      [](Page& p) { p.words[1].alternatives[0] = p.words[1].text; },
  };
  for (size_t i = 0; i < std::size(damages); ++i) {
    Page page = GoodPage();
    damages[i](page);
    const std::string bytes = Encode(page);
    EXPECT_EQ(CodeOf([&] { DecodeReading(bytes, kPng, kAsked, {}); }), ErrorCode::kCorrupt) << "damage " << i;
  }
}

TEST(Protocol, DeepAndWideBytesAreRefused) {
  const std::string deep(16 << 20, '\x81');                                         // arrays in arrays
  const std::string wide = "\x9a\x00\xff\xff\xff" + std::string(16 << 20, '\x00');  // millions of zeroes
  for (const std::string& bytes : {deep, wide, std::string(), std::string(1000, '\xff')}) {
    EXPECT_EQ(CodeOf([&] { DecodeReading(bytes, kPng, kAsked, {}); }), ErrorCode::kCorrupt);
  }
}

// The fuzzer's entry with its seeds: each message by each decoder, whole and cut short.
TEST(Protocol, FuzzerSeedsPass) {
  const std::string seeds[] = {std::string("\0\0\0\0\1", 5),
                               Encode(ReadLimits{}),
                               Encode(kAsked),
                               Encode(SourceProbe{.kind = MediaKind::kPdf, .pages = 2}),
                               Encode(Error(ErrorCode::kCorrupt, "page 2 is damaged")),
                               Encode(GoodPage())};
  for (const std::string& seed : seeds) {
    for (char decoder = 0; decoder < 6; ++decoder) {
      for (size_t length = 0; length <= seed.size(); ++length) {
        const std::string input = decoder + seed.substr(0, length);
        EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size()), 0);
      }
    }
  }
}

}  // namespace
}  // namespace diwan
