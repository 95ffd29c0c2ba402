// Papers that cite each other, in an archive of their own.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "archive/fetch.h"
#include "archive/force.h"
#include "archive/read_text.h"
#include "archive/resolve.h"
#include "archive_fixture.h"

namespace diwan {

struct Paper {
  std::string name;
  std::string text;
};

inline Paper Decision(const std::string& name, int number, const std::string& date, const std::string& decided) {
  return {name, "بلدية السلط\nقرار رقم (" + std::to_string(number) + ") لسنة " + date.substr(date.size() - 4) +
                    "\nالتاريخ: " + date + "\nقرر المجلس ما يلي:\n" + decided + "\n"};
}

// A decision, two amendments of it, the repeal of one article, and the decision that takes its place; each with a
// number greater by `shift`.
inline std::vector<Paper> FiveDecisions(int shift = 0) {
  const std::string original = "القرار رقم " + std::to_string(10 + shift) + " لسنة 2015.";
  return {Decision("original", 10 + shift, "12/03/2015", "تنظيم أكشاك السوق."),
          Decision("first", 22 + shift, "01/06/2016", "تعديل " + original),
          Decision("second", 31 + shift, "05/07/2017", "تعديل " + original),
          Decision("partial", 8 + shift, "09/02/2018", "إلغاء المادة 5 من " + original),
          Decision("replacement", 40 + shift, "20/10/2019", "يحل هذا القرار محل " + original)};
}

class CitationsTest : public ArchiveTest {
 protected:
  CitationsTest() { Open(); }

  Record RecordOf(const std::string& name) { return FetchRecord(*archive_, name); }

  std::string NameOfRecord(const std::string& id) { return FetchRecord(*archive_, id).external_id; }

  // "one: a", "several: a b", "none", and candidates as "none: a(look_alike)".
  std::string ResolvedAs(const Citation& citation, const std::string& body = "") {
    const Resolution resolution = Resolve(archive_->store(), citation, {.body = body});
    std::vector<std::string> names;
    for (const PaperMatch& match : resolution.matches) {
      const std::string label = match.kind == MatchKind::kExact ? "" : "(" + std::string(NameOf(match.kind)) + ")";
      names.push_back(NameOfRecord(match.record_id) + label);
    }
    std::ranges::sort(names);
    std::string out(NameOf(resolution.status));
    for (const std::string& name : names) out += (&name == &names.front() ? ": " : " ") + name;
    return out;
  }

  // "by relation on", with "?" where it is not certain and "/" where it is of a part.
  std::vector<std::string> Told(const std::vector<Effect>& effects) {
    std::vector<std::string> out;
    for (const Effect& effect : effects) {
      out.push_back(NameOfRecord(effect.by) + " " + std::string(NameOf(effect.relation)) + " " +
                    NameOfRecord(effect.on) + (effect.partial ? "/" : "") + (effect.certain ? "" : "?"));
    }
    return out;
  }

  std::string ForceOf(const std::string& name) { return std::string(NameOf(diwan::ForceOf(*archive_, name).force)); }

  // A paper that was read.
  void Bring(const Paper& paper, const std::string& mark = "") {
    Page page{.number = 1, .language = "ara", .origin = TextOrigin::kOcr, .text = paper.text};
    Record record{.id = NewId(), .external_id = paper.name + mark, .state = RecordState::kComplete, .page_count = 1};
    page.record_id = record.id;
    TextReader text;
    text.Add(page);
    ChangeSet changes;
    changes.citations = {text.ReadInto(record)};
    changes.records = {record};
    changes.pages = {{.page = page, .image = {}}};
    changes.audit = {{.actor = "test", .action = "x"}};
    archive_->Commit(changes);
  }

  // A record that somebody described, with what was read of other papers.
  std::string Put(const std::string& name, std::vector<Field> fields, std::vector<Citation> citations = {}) {
    Record record{.id = NewId(), .external_id = name, .state = RecordState::kComplete, .fields = std::move(fields)};
    ChangeSet changes;
    changes.records = {record};
    changes.citations = {{.record_id = record.id, .citations = std::move(citations)}};
    changes.audit = {{.actor = "test", .action = "x"}};
    archive_->Commit(changes);
    return record.id;
  }
};

inline Field Given(const std::string& name, const std::string& value) {
  return {.name = name, .value = value, .printed = value, .state = FieldState::kConfirmed, .confidence = 100};
}

inline Field ReadField(const std::string& name, const std::string& value, float confidence) {
  return {.name = name, .value = value, .printed = value, .origin = FieldOrigin::kOcr, .confidence = confidence};
}

}  // namespace diwan
