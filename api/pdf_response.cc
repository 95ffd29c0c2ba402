// The answers to who asks for application/pdf. A record is written twice: first to no one, to say how long it will be,
// so that a client sees when a download broke off; then to the client.
#include "api/pdf_response.h"

#include <fmt/format.h>

#include "api/handlers.h"
#include "api/pdf.h"
#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr int kMostPages = 1000;

std::string TitleOf(const Record& record) {
  std::string title;
  for (const std::string_view name : {"number", "title"}) {
    const std::string_view value = record.Value(name);
    if (!value.empty()) title += (title.empty() ? "" : " – ") + std::string(value);
  }
  return title.empty() ? record.file_name : title;
}

// "decision.tif" and "-2": "decision-2.pdf".
std::string FileNameOf(const Record& record, std::string_view behind) {
  const std::string name = record.file_name.empty() ? record.id : record.file_name;
  const size_t dot = name.find_last_of('.');
  const size_t folder = name.find_last_of("/\\");
  const bool has_kind = dot != std::string::npos && dot > 0 && (folder == std::string::npos || dot > folder + 1);
  return fmt::format("{}{}.pdf", has_kind ? name.substr(0, dot) : name, behind);
}

Response Headed(const std::string& tag, const std::string& file_name) {
  Response response;
  response.headers["ETag"] = fmt::format("\"{}-pdf\"", tag);
  response.headers["Content-Type"] = "application/pdf";
  response.headers["Content-Disposition"] = Attachment(file_name);
  return response;
}

void Add(PdfWriter& writer, Archive& archive, const Page& page, Gone gone) {
  writer.AddPage(page, page.image_type.empty() ? PageImage{} : FetchImage(archive, page.record_id, page.number, gone));
}

// Whether the sink took everything. `look` is called for each page.
template <typename Look>
bool WriteRecord(Archive& archive, const Record& record, Gone gone, PdfWriter::Sink sink, Look look) {
  PdfWriter writer(std::move(sink), TitleOf(record));
  for (int number = 1; number <= record.page_count; ++number) {
    const Page page = FetchPage(archive, record.id, number, gone);
    look(page);
    Add(writer, archive, page, gone);
  }
  return writer.Finish();
}

}  // namespace

Response PdfOfPage(Archive& archive, const Record& record, const Page& page, Gone gone) {
  Response response = Headed(std::to_string(page.version), FileNameOf(record, fmt::format("-{}", page.number)));
  PdfWriter writer(
      [&response](std::string_view piece) {
        response.body += piece;
        return true;
      },
      TitleOf(record));
  Add(writer, archive, page, gone);
  writer.Finish();
  return response;
}

Response PdfOfRecord(Archive& archive, const Record& record, Gone gone) {
  if (record.page_count > kMostPages) {
    throw Error(ErrorCode::kTooLarge,
                fmt::format("a record of more than {} pages is given page by page as a PDF", kMostPages));
  }
  uint64_t size = 0;
  Sha256 versions;
  WriteRecord(
      archive, record, gone,
      [&size](std::string_view piece) {
        size += piece.size();
        return true;
      },
      [&versions](const Page& page) { versions.Update(fmt::format("{} ", page.version)); });
  Response response = Headed(fmt::format("{}-{}", record.version, versions.Finish()), FileNameOf(record, ""));
  response.stream_size = size;
  response.stream = [&archive, record, gone](const std::function<bool(std::string_view)>& sink) {
    WriteRecord(archive, record, gone, sink, [](const Page&) {});
  };
  return response;
}

}  // namespace diwan
