// Any bytes as a manifest; the first one tells its form and language. It is read whole or told why not, and what was
// read is the same after the way that a row takes: as JSON to the archive, as CSV to whoever exports it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "archive/csv.h"
#include "archive/manifest.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void CheckRow(const diwan::Description& row, std::string_view language) {
  Expect(!row.file.empty() && row.file.size() <= diwan::kMaxGivenValue);
  Expect(row.external_id.size() <= diwan::kMaxExternalName);
  const std::string json = diwan::DescriptionJson(row).dump();
  const diwan::Description back = diwan::ReadStrictDescription(json, language);
  Expect(diwan::DescriptionJson(back).dump() == json);
  Expect(back.fields.size() == row.fields.size());
  std::vector<std::string> cells = {row.file};
  for (const diwan::Field& field : row.fields) cells.push_back(diwan::GuardedCell(field.printed));
  std::istringstream csv("a,b\n" + diwan::CsvRow(cells));
  diwan::CsvReader reader(csv);
  std::vector<std::string> read;
  Expect(reader.Next(read) && reader.Next(read) && read.size() == cells.size());
  for (size_t i = 0; i < row.fields.size(); ++i) Expect(diwan::BareCell(read[i + 1]) == row.fields[i].printed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto form = data[0] % 2 == 0 ? diwan::ManifestForm::kCsv : diwan::ManifestForm::kJsonLines;
  const std::string_view language = data[0] % 4 < 2 ? "auto" : "fas";
  std::istringstream in(std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  const diwan::Manifest manifest = diwan::ReadManifest(in, form, language);
  Expect(manifest.problems.size() == std::min<uint64_t>(manifest.problem_count, diwan::kMaxManifestProblemsTold));
  if (manifest.problem_count > 0) return 0;
  uint64_t line = 0;
  for (const diwan::ManifestRow& row : manifest.rows) {
    Expect(row.line > line);
    line = row.line;
    CheckRow(row.description, language);
  }
  return 0;
}
