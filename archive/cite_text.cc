// From a stranger's text to the records that it cites.
#include "archive/cite_text.h"

#include <fmt/core.h>

#include "archive/lines.h"
#include "core/fold.h"
#include "ingest/fields.h"

namespace diwan {
namespace {

LookUp ResultOf(Resolved status) {
  if (status == Resolved::kNone) return LookUp::kNone;
  return status == Resolved::kOne ? LookUp::kOne : LookUp::kSeveral;
}

}  // namespace

LookedUp LookUpCitation(Archive& archive, Citation citation) {
  LookedUp found;
  found.citation = std::move(citation);
  if (!NumberOf(found.citation)) {
    found.result = LookUp::kNotLookedUp;
    return found;
  }
  const Resolution resolution = Resolve(archive.store(), found.citation);
  found.result = ResultOf(resolution.status);
  found.more = resolution.more || resolution.matches.size() > kMostShown;
  for (const PaperMatch& match : resolution.matches) {
    if (found.matches.size() == kMostShown) break;
    if (auto record = archive.store().GetRecord(match.record_id)) found.matches.emplace_back(*record, match.kind);
  }
  return found;
}

std::vector<LookedUp> LookUpText(Archive& archive, std::string_view given, std::string_view language, size_t most) {
  const std::string plain = WithoutControls(std::string(given));
  const std::string_view text = plain;
  std::vector<LookedUp> out;
  size_t bytes = 0;
  size_t points = 0;
  for (Citation& citation : FindCitations(text, language)) {
    const TextPlace place = citation.place;
    LookedUp found;
    if (out.size() < most) {
      found = LookUpCitation(archive, std::move(citation));
    } else {
      found.citation = std::move(citation);
      found.result = LookUp::kTooMany;
    }
    points += CodePoints(text.substr(bytes, place.begin - bytes));
    bytes = place.begin;
    found.begin = points;
    found.end = points + CodePoints(text.substr(place.begin, place.end - place.begin));
    out.push_back(std::move(found));
  }
  return out;
}

std::string NormalCitation(const Citation& citation) {
  std::string text(NameOf(citation.kind));
  const auto number = NumberOf(citation);
  if (number) text += " " + number->number + (number->year.empty() ? "" : "/" + number->year);
  if (!number && !citation.title.empty()) text += " " + citation.title;
  if (!citation.article.empty()) text += " article " + citation.article;
  return text;
}

}  // namespace diwan
