#include "http_archive.h"

#include <cstdlib>
#include <sstream>
#include <utility>

#include "archive/import.h"
#include "core/base64.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr const char* kLines =
    R"({"external_id":"x-1","type":"decision","title":"أكشاك السوق","number":"١٢٣/٢٠١٩","date":"2019-03-12",)"
    R"("body":"مجلس البلدية","access":"public","pages":["قرر المجلس منح رخصة أكشاك السوق","الصفحة الثانية من القرار"]})"
    "\n"
    R"({"external_id":"x-2","type":"decision","number":"١٢٤/٢٠١٩","date":"2019-04-12","body":"مجلس البلدية",)"
    R"("pages":["قرر المجلس إلغاء القرار رقم ١٢٣ لسنة ٢٠١٩"]})"
    "\n"
    R"({"external_id":"x-3","type":"letter","title":"نامه","access":"confidential","pages":["نامه شهرداری درباره بازار"]})"
    "\n";

// A white PNG of 8 x 8 pixels: an answer may be made of it.
constexpr std::string_view kImage =
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADElEQVR4nGNYxYACASqQBVHR0mccAAAAAElFTkSuQmCC";

Page ScannedPage() {
  Page page{.record_id = kFuzzedScan, .number = 1, .width = 1000, .height = 1400, .dpi = 300};
  page.language = "ara";
  page.origin = TextOrigin::kOcr;
  page.words = {{.text = "قرار", .box = {800, 100, 100, 40}, .confidence = 87, .line = 0},
                {.text = "رقم", .box = {700, 102, 80, 40}, .confidence = 87, .line = 0},
                {.text = "١٢٣", .box = {780, 160, 60, 40}, .confidence = 60, .line = 1}};
  page.text = JoinWords(page.words);
  page.image_type = "image/png";
  return page;
}

void StoreScan(Archive& archive) {
  auto writer = archive.store().NewSource();
  writer->Append("%PDF-1.4 nobody opens it");
  Record record{.id = kFuzzedScan, .state = RecordState::kComplete, .page_count = 1, .source = writer->Finish()};
  record.file_name = "قرار.pdf";
  record.created_at = record.changed_at = NowMillis();
  SourceFile source{.digest = record.source, .size = 24, .media_type = "application/pdf"};
  source.record_id = record.id;
  ChangeSet changes;
  changes.records = {record};
  changes.pages = {{.page = ScannedPage(), .image = FromBase64(kImage).value()}};
  changes.sources = {source};
  changes.audit = {{.at = NowMillis(), .actor = "test", .action = "record.create", .subject = record.id, .detail = ""}};
  archive.WaitIndexed(archive.Commit(changes));
}

std::filesystem::path& LastFolder() {
  static std::filesystem::path folder;
  return folder;
}

void RemoveLastFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(LastFolder(), ignored);
}

}  // namespace

FuzzedArchive::FuzzedArchive() : dir_(std::filesystem::temp_directory_path() / ("diwan fuzz " + NewId())) {
  if (std::exchange(LastFolder(), dir_).empty()) std::atexit(RemoveLastFolder);
  archive_ = std::make_unique<Archive>(dir_, ArchiveOptions{.create = true});
  std::istringstream lines(kLines);
  Import(*archive_, lines, "test");
  StoreScan(*archive_);
  Accounts& accounts = archive_->accounts();
  accounts.Add({.name = "sara",
                .display_name = "",
                .role = Role::kAdministrator,
                .clearance = {},
                .password = "correct horse",
                .must_change = false},
               "test");
  token_ =
      accounts.AddToken({.account = "sara", .name = "test", .rights = RightsOf(Role::kAdministrator)}, "test").secret;
  cookie_ =
      archive_->sign_ins()
          .SignIn({.name = "sara", .password = "correct horse", .origin = "test", .network = "", .old_secret = ""})
          .secret;
}

FuzzedArchive::~FuzzedArchive() {
  archive_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(dir_, ignored);
}

}  // namespace diwan
