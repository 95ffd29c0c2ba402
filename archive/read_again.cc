// Reading never takes back what a person said; it only finds the places of it again.
#include "archive/read_again.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "archive/read_text.h"

namespace diwan {
namespace {

// Where `printed` stands nearest to `near`, if at all.
std::optional<size_t> Nearest(std::string_view text, std::string_view printed, size_t near) {
  std::optional<size_t> best;
  const auto distance = [near](size_t at) { return at > near ? at - near : near - at; };
  for (size_t at = text.find(printed); at != std::string_view::npos; at = text.find(printed, at + 1)) {
    if (!best || distance(at) < distance(*best)) best = at;
  }
  return best;
}

// A field's place follows its words; where they are gone it has the page alone, and without the page none.
void Relocate(Field& field, const std::map<int, std::string>& texts) {
  if (field.page == 0) return;
  const auto text = texts.find(field.page);
  const bool placed = field.end > 0 && !field.printed.empty();
  const auto at = text == texts.end() || !placed ? std::nullopt : Nearest(text->second, field.printed, field.begin);
  if (text == texts.end()) field.page = 0;
  field.begin = static_cast<uint32_t>(at.value_or(0));
  field.end = at ? field.begin + static_cast<uint32_t>(field.printed.size()) : 0;
}

// The mention in `read` that `before` was: nobody said anything of it yet, and it is the nearest.
Citation* Find(RecordCitations& read, const Citation& before) {
  Citation* best = nullptr;
  const auto distance = [&](const Citation& c) {
    return std::llabs(static_cast<long long>(c.place.begin) - static_cast<long long>(before.place.begin));
  };
  for (Citation& each : read.citations) {
    if (each.state != CitationState::kProposed || !IsSameMention(each, before)) continue;
    if (best == nullptr || distance(each) < distance(*best)) best = &each;
  }
  return best;
}

}  // namespace

bool IsSameMention(const Citation& a, const Citation& b) {
  return a.kind == b.kind && a.number == b.number && a.year == b.year && a.article == b.article &&
         a.place.page == b.place.page && a.target.empty() && b.target.empty();
}

RecordCitations KeepDecisions(const RecordCitations& before, RecordCitations read) {
  std::vector<Citation> kept;
  for (const Citation& each : before.citations) {
    if (each.target.empty() && each.state == CitationState::kProposed) continue;
    Citation* again = each.target.empty() ? Find(read, each) : nullptr;
    if (again != nullptr) {
      again->state = each.state;
      again->relation = each.relation;
      continue;
    }
    kept.push_back(each);
    kept.back().place.begin = kept.back().place.end = 0;
  }
  kept.resize(std::min(kept.size(), kMostCitations));
  read.citations.resize(std::min(read.citations.size(), kMostCitations - kept.size()));
  read.citations.insert(read.citations.end(), kept.begin(), kept.end());
  return read;
}

void ReadAgain(const Store& store, Record& record, const std::vector<Page>& changed, ChangeSet& changes) {
  ReadAgain(store, record, changed, store.GetCitations(record.id).value_or(RecordCitations()), changes);
}

void ReadAgain(const Store& store, Record& record, const std::vector<Page>& changed, const RecordCitations& before,
               ChangeSet& changes) {
  TextReader reader;
  std::map<int, std::string> texts;  // of pages that fields which stay were read from
  for (const Field& field : record.fields) {
    if (field.page > 0 && !IsOfText(field)) texts[field.page];
  }
  std::map<int, std::optional<Page>> pages;
  for (const int number : store.PageNumbers(record.id)) pages[number];
  for (const Page& page : changed) pages[page.number] = page;
  for (auto& [number, page] : pages) {
    if (number > record.page_count) break;
    if (!page) page = store.GetPage(record.id, number);
    if (!page) continue;
    reader.Add(*page);
    if (const auto wanted = texts.find(number); wanted != texts.end()) wanted->second = page->text;
    page.reset();
  }
  std::erase_if(texts, [&](const auto& text) { return text.first > record.page_count; });
  for (Field& field : record.fields) Relocate(field, texts);
  changes.citations.push_back(KeepDecisions(before, reader.ReadInto(record)));
}

}  // namespace diwan
