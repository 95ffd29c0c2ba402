// What everything beyond stems and surfaces costs: indexes the same passages twice, once as Diwan does and once with
// stems and surfaces alone, asks both the same questions in this process, and prints sizes and CPU times.
//
//   diwan-index-cost FOLDER QUESTIONS < PASSAGES
//
// PASSAGES are JSON lines as `diwan import` takes them, one page each; QUESTIONS have a text a line. FOLDER, which must
// not be there, gets both indexes.
#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/analysis.h"
#include "index/index.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

constexpr size_t kCommitBytes = size_t{32} << 20U;  // as the archive's indexer

Language LanguageOf(const std::string& code) {
  return code == "fas" || code == "fa" ? Language::kPersian : Language::kArabic;
}

// Surfaces with their places, stems without, and nothing else.
class PlainIndex {
 public:
  explicit PlainIndex(const std::string& dir) : database_(dir, Xapian::DB_CREATE) { database_.begin_transaction(); }

  void Put(const std::string& id, const std::string& text, Language language) {
    const AnalysedText analysed = Analyse(text);
    Xapian::Document document;
    for (const PlacedSurface& placed : PlacedSurfaces(analysed)) {
      document.add_posting(MakeTerm(kSurfacePrefix, placed.surface), placed.position);
    }
    for (const TextWord& word : analysed.words) {
      for (const std::string& stem : StemTermsOf(word, language)) document.add_term(stem);
    }
    const std::string key = MakeTerm(kKeyPrefix, id);
    document.add_boolean_term(key);
    database_.replace_document(key, document);
    bytes_ += text.size();
    if (bytes_ >= kCommitBytes) Commit();
  }

  void Commit() {
    database_.commit_transaction();
    database_.begin_transaction();
    bytes_ = 0;
  }

 private:
  Xapian::WritableDatabase database_;
  size_t bytes_ = 0;
};

void AskPlain(const Xapian::Database& database, const std::string& text) {
  std::vector<Xapian::Query> parts;
  for (const TextWord& word : Analyse(text).words) {
    if (word.stop) continue;
    for (const Language language : {Language::kArabic, Language::kPersian}) {
      for (const std::string& stem : StemTermsOf(word, language)) parts.emplace_back(stem);
    }
    const Xapian::Query surface(MakeTerm(kSurfacePrefix, word.surface));
    parts.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, surface, 0.5);
  }
  Xapian::Enquire enquire(database);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, parts.begin(), parts.end()));
  enquire.get_mset(0, 10, database.get_doccount());
}

// The passages' texts as the archive would give them: read from a file when they are asked for.
class Texts {
 public:
  explicit Texts(const std::filesystem::path& path) : file_(path, kReadAndWrite | std::ios::trunc) {}

  void Put(const std::string& id, const std::string& text) {
    places_[id] = {end_, text.size()};
    file_ << text;
    end_ += static_cast<std::streamoff>(text.size());
  }

  std::optional<std::string> Get(std::string_view id) {
    const auto place = places_.find(std::string(id));
    if (place == places_.end()) return std::nullopt;
    std::string text(place->second.second, '\0');
    file_.seekg(place->second.first);
    file_.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
  }

 private:
  static constexpr auto kReadAndWrite = std::ios::in | std::ios::out | std::ios::binary;
  std::fstream file_;
  std::unordered_map<std::string, std::pair<std::streamoff, size_t>> places_;
  std::streamoff end_ = 0;
};

double CpuMs() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Times {
  double median = 0;
  double p99 = 0;
};

// Of the second time round: the first warms up.
template <typename Ask>
Times Measure(const std::vector<std::string>& questions, Ask ask) {
  for (const std::string& question : questions) ask(question);
  std::vector<double> times;
  for (const std::string& question : questions) {
    const double begin = CpuMs();
    ask(question);
    times.push_back(CpuMs() - begin);
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

double MiB(const std::filesystem::path& dir) {
  uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return static_cast<double>(bytes) / (1 << 20);
}

// Indexes grow by halves of blocks; packed they can be compared.
double PackedMiB(const std::filesystem::path& dir) {
  const std::filesystem::path packed = dir.string() + ".packed";
  Xapian::Database(dir.string()).compact(packed.string());
  const double size = MiB(packed);
  std::filesystem::remove_all(packed);
  return size;
}

int Run(const std::filesystem::path& folder, const std::string& questions_file) {
  std::filesystem::create_directory(folder);
  double full_cpu = 0;
  double plain_cpu = 0;
  size_t count = 0;
  Texts texts(folder / "texts");
  {
    IndexWriter full(folder / "full");
    PlainIndex plain((folder / "plain").string());
    for (std::string line; std::getline(std::cin, line); ++count) {
      const nlohmann::json row = nlohmann::json::parse(line);
      Record record;
      record.id = row.at("external_id").get<std::string>();
      record.page_count = 1;
      Page page;
      page.record_id = record.id;
      page.number = 1;
      page.text = row.at("pages").at(0).get<std::string>();
      page.language = LanguageOf(row.value("language", "")) == Language::kPersian ? "fas" : "ara";
      texts.Put(record.id, page.text);
      const double begin = CpuMs();
      full.Put({.record = &record, .page = &page});
      const double middle = CpuMs();
      plain.Put(record.id, page.text, LanguageOf(page.language));
      full_cpu += middle - begin;
      plain_cpu += CpuMs() - middle;
    }
    const double begin = CpuMs();
    full.Commit(1);
    const double middle = CpuMs();
    plain.Commit();
    full_cpu += middle - begin;
    plain_cpu += CpuMs() - middle;
  }
  std::vector<std::string> questions;
  std::ifstream file(questions_file);
  for (std::string line; std::getline(file, line);) questions.push_back(line);
  IndexReader reader(folder / "full");
  const Xapian::Database database((folder / "plain").string());
  const Times plain = Measure(questions, [&](const std::string& text) { AskPlain(database, text); });
  const Times full = Measure(questions, [&](const std::string& text) {
    Query query;
    query.text = text;
    query.limit = 10;
    reader.Search(query, [&](std::string_view id, int /*page*/) { return texts.Get(id); });
  });
  const double full_size = PackedMiB(folder / "full");
  const double plain_size = PackedMiB(folder / "plain");
  fmt::print("{} passages, {} questions; packed sizes; CPU of this process\n", count, questions.size());
  fmt::print("{:<26}{:>12}{:>14}{:>12}{:>12}\n", "", "index MiB", "indexing s", "p50 ms", "p99 ms");
  fmt::print("{:<26}{:>12.1f}{:>14.1f}{:>12.2f}{:>12.2f}\n", "stems and surfaces alone", plain_size, plain_cpu / 1e3,
             plain.median, plain.p99);
  fmt::print("{:<26}{:>12.1f}{:>14.1f}{:>12.2f}{:>12.2f}\n", "Diwan", full_size, full_cpu / 1e3, full.median, full.p99);
  fmt::print("{:<26}{:>12.2f}{:>14.2f}{:>12.2f}{:>12.2f}\n", "ratio", full_size / plain_size, full_cpu / plain_cpu,
             full.median / plain.median, full.p99 / plain.p99);
  return 0;
}

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: diwan-index-cost FOLDER QUESTIONS < PASSAGES\n";
    return 2;
  }
  try {
    return diwan::Run(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::cerr << "diwan-index-cost: " << error.what() << '\n';
    return 1;
  } catch (const Xapian::Error& error) {
    std::cerr << "diwan-index-cost: " << error.get_description() << '\n';
    return 1;
  }
}
