// The archive that the API's tests ask, and raw sockets for what no client would send.
#include "api_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <sstream>

#include "archive/import.h"
#include "core/base64.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr const char* kLines =
    R"({"external_id":"دفتر-1","type":"decision","title":"أكشاك السوق","number":"١٢٣/٢٠١٩","date":"2019-03-12",)"
    R"("body":"مجلس البلدية","language":"ara","pages":["قرر المجلس منح رخصة أكشاك السوق","الصفحة الثانية من القرار"]})"
    "\n"
    R"({"external_id":"x-2","type":"letter","title":"نامه","language":"fas","pages":["نامه شهرداری درباره بازار"]})"
    "\n";

}  // namespace

Page SamplePage() {
  Page page;
  page.number = 1;
  page.width = 1000;
  page.height = 1400;
  page.dpi = 300;
  page.language = "ara";
  page.origin = TextOrigin::kOcr;
  page.engine = "tesseract <5.3>";
  page.confidence = 87.3;
  const auto word = [](const char* text, Box box, int line, int block) {
    return Word{.text = text, .box = box, .confidence = 87.3F, .line = line, .block = block};
  };
  page.words = {word("قرار", {800, 100, 100, 40}, 0, 0), word("رقم", {700, 102, 80, 40}, 0, 0),
                word("١٢٣", {780, 160, 60, 40}, 1, 0), word("المجلس", {600, 400, 200, 50}, 2, 1),
                word("R&D<\"", {500, 400, 80, 50}, 2, 1)};
  page.text = JoinWords(page.words);
  page.image_type = "image/png";
  return page;
}

std::string SampleImage() {
  return FromBase64("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADElEQVR4nGNYxYACASqQBVHR0mccAAAAAElFTkSuQmCC")
      .value();
}

ApiTest::ApiTest() : dir_(std::filesystem::temp_directory_path() / ("diwan api " + NewId())) {
  archive_ = std::make_unique<Archive>(dir_, ArchiveOptions{.create = true});
  std::istringstream lines(kLines);
  Import(*archive_, lines, "test");
  imported_id_ = archive_->store().RecordIdOfExternal("دفتر-1").value();

  for (int i = 0; i < 200'000; ++i) source_bytes_ += "scan line " + std::to_string(i) + '\n';
  auto writer = archive_->store().NewSource();
  writer->Append(source_bytes_);
  scan_id_ = NewId();
  Record record{.id = scan_id_, .state = RecordState::kComplete, .page_count = 1, .source = writer->Finish()};
  record.file_name = "قرار \"١٢٣\".pdf";
  record.created_at = record.changed_at = NowMillis();
  SourceFile source{.digest = record.source, .size = source_bytes_.size(), .media_type = "application/pdf"};
  source.file_name = record.file_name;
  source.record_id = scan_id_;
  Page page = SamplePage();
  page.record_id = scan_id_;
  ChangeSet changes;
  changes.records = {record};
  changes.pages = {{.page = page, .image = SampleImage()}};
  changes.sources = {source};
  changes.audit = {{.at = NowMillis(), .actor = "test", .action = "record.create", .subject = scan_id_, .detail = ""}};
  archive_->WaitIndexed(archive_->Commit(changes));
}

ApiTest::~ApiTest() {
  archive_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(dir_, ignored);
}

Response ApiTest::Get(const std::string& path, const std::map<std::string, std::string>& query) {
  Request request;
  request.path = path;
  request.query = query;
  return ConnectInProcess(*archive_)->Send(request);
}

std::string ApiTest::MakeToken(Role role) {
  const Account account = archive_->accounts().Add(
      {.name = "program-" + NewId().substr(24), .display_name = "", .role = role, .clearance = {}, .password = ""},
      "test");
  return archive_->accounts()
      .AddToken({.account = account.name, .name = "test", .rights = RightsOf(role)}, "test")
      .secret;
}

std::unique_ptr<Client> ApiTest::Asking(const Server& server, const std::string& base) {
  return ConnectHttp("http://" + server.address() + base, MakeToken());
}

uint16_t ApiTest::PortOf(const Server& server) {
  const std::string address = server.address();
  return static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

std::string ApiTest::RawExchange(uint16_t port, const std::string& bytes) {
  const RawConnection connection(port);
  connection.Send(bytes);
  return connection.ReceiveAll();
}

RawConnection::RawConnection(uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval timeout{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
}

RawConnection::~RawConnection() { ::close(descriptor_); }

bool RawConnection::Send(const std::string& bytes) const {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t now = ::send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now <= 0) return false;
    sent += static_cast<size_t>(now);
  }
  return true;
}

std::string RawConnection::ReceiveSome() const {
  std::string piece(64U << 10, '\0');
  const ssize_t got = ::recv(descriptor_, piece.data(), piece.size(), 0);
  piece.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return piece;
}

std::string RawConnection::ReceiveAll() const {
  std::string all;
  for (std::string piece = ReceiveSome(); !piece.empty(); piece = ReceiveSome()) all += piece;
  return all;
}

}  // namespace diwan
