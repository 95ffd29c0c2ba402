// `diwan gaps`: what the archive lacks, as tables.
#include <fmt/format.h>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/open.h"

namespace diwan {
namespace {

// The members of an object that an answer may lack.
const Json& PartOf(const Json& answer, const char* key) {
  static const Json kNothing = Json::object();
  const auto part = answer.find(key);
  return part != answer.end() && part->is_object() ? *part : kNothing;
}

// The name by which people know a record, else its id.
std::string NameOf(const Json& record) {
  for (const char* key : {"external_id", "file_name", "record"}) {
    if (std::string name = TextOf(record, key); !name.empty()) return name;
  }
  return "";
}

// Of a part: its table under a title that tells how many there are.
void PrintPart(const Console& console, const Json& part, const std::string& title, const Table& table) {
  const uint64_t total = NumberOf(part, "total");
  if (total == 0) return;
  const size_t shown = ListOf(part, "items").size();
  console.PrintLine(fmt::format("\n{}{}", title, shown < total ? fmt::format(", the first {}", shown) : ""));
  console.Print(Format(table));
}

std::string NameOfSeries(const Json& row) {
  std::string name;
  for (const char* key : {"body", "type", "year"}) {
    const std::string value = TextOf(row, key);
    name += (name.empty() ? "" : ", ") + (value.empty() ? fmt::format("no {}", key) : value);
  }
  return name;
}

// "17 (file-3)"; "" for none.
std::string Neighbour(const Json& row, const char* key) {
  const Json& record = PartOf(row, key);
  return record.empty() ? "" : fmt::format("{} ({})", TextOf(record, "number"), NameOf(record));
}

void PrintSeries(const Console& console, const Json& part) {
  Table table{{{"SERIES", "PAPERS", "FROM", "TO", "MISSING", "DOUBLED", "UNSURE", "NOT PLAIN"}}, {1, 2, 3, 4, 5, 6, 7}};
  for (const Json& row : ListOf(part, "items")) {
    std::vector<std::string>& cells = table.rows.emplace_back(1, NameOfSeries(row));
    for (const char* key : {"papers", "from", "last", "missing", "doubled", "unsure", "not_plain"}) {
      cells.push_back(TextOf(row, key));
    }
  }
  PrintPart(console, part, Count(NumberOf(part, "total"), "series of papers", "series of papers"), table);
}

void PrintMissing(const Console& console, const Json& part) {
  Table table{{{"SERIES", "MISSING", "COUNT", "BEHIND", "BEFORE"}}, {2}};
  for (const Json& row : ListOf(part, "items")) {
    table.rows.push_back({NameOfSeries(row), TextOf(row, "numbers"), TextOf(row, "count"), Neighbour(row, "before"),
                          Neighbour(row, "after")});
  }
  PrintPart(console, part, Count(NumberOf(part, "numbers"), "number is missing", "numbers are missing"), table);
}

void PrintDoubled(const Console& console, const Json& part) {
  Table table{{{"SERIES", "NUMBER", "RECORDS", "CERTAIN", "BORNE BY"}}, {2}};
  for (const Json& row : ListOf(part, "items")) {
    std::vector<std::string>& cells = table.rows.emplace_back();
    cells = {NameOfSeries(row), TextOf(row, "number"), TextOf(row, "total"), TextOf(row, "certain")};
    for (const Json& record : ListOf(row, "records")) cells.push_back(NameOf(record));
  }
  PrintPart(console, part, Count(NumberOf(part, "total"), "number is borne by several", "numbers are borne by several"),
            table);
}

void PrintUnsure(const Console& console, const Json& part) {
  Table table{{{"SERIES", "NUMBER", "CONFIDENCE", "STANDING", "RECORD"}}, {2}};
  for (const Json& row : ListOf(part, "items")) {
    table.rows.push_back(
        {NameOfSeries(row), TextOf(row, "number"), TextOf(row, "confidence"), TextOf(row, "standing"), NameOf(row)});
  }
  PrintPart(console, part,
            Count(NumberOf(part, "total"), "number is unsure, and fills no gap and makes none",
                  "numbers are unsure, and fill no gap and make none"),
            table);
}

void PrintPages(const Console& console, const Json& part) {
  Table table{{{"RECORD", "PAGE", "WHY"}}, {1}};
  for (const Json& row : ListOf(part, "items")) {
    const std::string failure = TextOf(row, "failure");
    table.rows.push_back({NameOf(row), TextOf(row, "page"), failure.empty() ? "nothing was found on it" : failure});
  }
  const std::string pages = Count(NumberOf(part, "total"), "page has no text", "pages have no text");
  PrintPart(console, part, fmt::format("{}; of {} reading failed", pages, NumberOf(part, "failed")), table);
}

void PrintRecords(const Console& console, const Json& part, const std::string& what) {
  Table table{{{"RECORD", "ID"}}, {}};
  for (const Json& row : ListOf(part, "items")) table.rows.push_back({NameOf(row), TextOf(row, "record")});
  PrintPart(console, part, fmt::format("{} no {}", Count(NumberOf(part, "total"), "record has", "records have"), what),
            table);
}

void PrintProposed(const Console& console, const Json& fields) {
  Table table{{{"FIELD", "PROPOSED", "UNSURE"}}, {1, 2}};
  for (const Json& field : fields) {
    table.rows.push_back({TextOf(field, "name"), TextOf(field, "proposed"), TextOf(field, "unsure")});
  }
  if (table.rows.size() == 1) return;
  console.PrintLine("\nfields that nobody confirmed");
  console.Print(Format(table));
}

void PrintGaps(const Console& console, const Json& answer) {
  const uint64_t reading = NumberOf(answer, "reading");
  console.PrintLine(
      Count(NumberOf(answer, "records"), "record", "records") + " looked at" +
      (reading > 0 ? fmt::format("; {} still being read, whose numbers may be missing here", reading) : ""));
  PrintSeries(console, PartOf(answer, "series"));
  PrintMissing(console, PartOf(answer, "missing"));
  PrintDoubled(console, PartOf(answer, "doubled"));
  PrintUnsure(console, PartOf(answer, "unsure_numbers"));
  PrintPages(console, PartOf(answer, "pages_without_text"));
  PrintRecords(console, PartOf(answer, "without_number"), "number");
  PrintRecords(console, PartOf(answer, "without_date"), "date");
  PrintProposed(console, ListOf(answer, "proposed_fields"));
}

}  // namespace

int RunGaps(Call& call) {
  std::string body;
  std::string type;
  std::string year;
  int64_t limit = 100;
  ArgumentParser parser(call);
  parser.Text("--body", body, "of this council or court alone");
  parser.Text("--type", type, "of this type of paper alone");
  parser.Text("--year", year, "of this year alone, as it is printed");
  parser.Number("--limit", limit, 1, 1000, "how much of each list is shown");
  parser.Parse();
  std::map<std::string, std::string> query = {{"limit", std::to_string(limit)}};
  for (const auto& [name, value] : {std::pair("body", &body), {"type", &type}, {"year", &year}}) {
    if (!value->empty()) query[name] = *value;
  }
  const Response response = Ask(*Connect(call), Get("/v1/reports/gaps", std::move(query)));
  if (call.global.json) {
    call.console.PrintLine(response.body);
  } else {
    PrintGaps(call.console, ReadAnswer(response));
  }
  return kExitSuccess;
}

}  // namespace diwan
