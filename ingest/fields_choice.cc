#include "ingest/fields_choice.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostOfOne = 200;  // values of one field

// Fields that a record may have several times.
constexpr std::string_view kSeveral[] = {"claimant", "respondent", "signatory", "place", "parcel", "money", kNoField};

bool MayBeSeveral(std::string_view name) { return std::ranges::find(kSeveral, name) != std::end(kSeveral); }

bool Overlap(const TextPlace& a, const TextPlace& b) { return a.page == b.page && a.begin < b.end && b.begin < a.end; }

bool NameOneDay(const FieldCandidate& one, const FieldCandidate& other) {
  return one.date && other.date && one.date->days.first <= other.date->days.last &&
         other.date->days.first <= one.date->days.last;
}

// Whether `name` begins with a word that has the article and stands in `chosen` without it: المجلس, of مجلس بلدية
// النور.
bool RefersBackTo(const std::string& name, const std::string& chosen) {
  constexpr std::u32string_view kArticle = U"ال";
  const std::u32string folded = Fold(name).text;
  if (!folded.starts_with(kArticle)) return false;
  const std::u32string word = folded.substr(0, folded.find(U' ')).substr(kArticle.size());
  return (U" " + Fold(chosen).text + U" ").find(U" " + word + U" ") != std::u32string::npos;
}

// The name by which a text calls the body of its own town: المجلس البلدي, شورای شهر. The line goes on behind the Arabic
// ones, but not with the town: المجلس البلدي لمدينة إربد.
bool IsCommonName(const std::string& name) {
  constexpr std::string_view kArabic[] = {"المجلس البلدي", "مجلس البلدية",  "المجلس الجماعي",      "مجلس الجماعة",
                                          "المجلس القروي", "مجلس المحافظة", "المجلس الشعبي البلدي"};
  constexpr std::string_view kPersian[] = {"شورای شهر", "شورای اسلامی شهر"};
  const std::string folded = FoldToUtf8(name);
  const auto begins = [&](std::string_view common) {
    const std::string known = FoldToUtf8(common);
    const std::string town = known + " ل";
    return folded == known || (folded.starts_with(known + ' ') && !folded.starts_with(town));
  };
  return std::ranges::any_of(kArabic, begins) ||
         std::ranges::any_of(kPersian, [&](std::string_view common) { return folded == FoldToUtf8(common); });
}

// Whether a word of a body's name says that it is a town's.
bool IsOfTown(const std::string& name) {
  constexpr std::string_view kKinds[] = {"مجلس", "بلدية", "البلدية", "جماعة", "محافظة", "شورای", "شهرداری"};
  const std::string folded = " " + FoldToUtf8(name) + " ";
  return std::ranges::any_of(
      kKinds, [&](std::string_view kind) { return folded.find(" " + FoldToUtf8(kind) + " ") != std::string::npos; });
}

// What says nothing against the chosen value: a body's short name, and letter, whose words (الموضوع، السيد) stand in
// other papers too.
bool GainsaysNothing(const FoundField& rival, const FoundField& chosen) {
  if (rival.name == "type") return rival.value == "letter";
  if (rival.name != "body") return false;
  if (chosen.value.starts_with(rival.value + ' ')) return true;
  return RefersBackTo(rival.value, chosen.value) || (IsCommonName(rival.value) && IsOfTown(chosen.value));
}

class Choice {
 public:
  void Take(FieldCandidate candidate) {
    const FoundField& field = candidate.field;
    const auto same = std::ranges::find(chosen_, field.name, [](const FieldCandidate& c) { return c.field.name; });
    if (same != chosen_.end() && !MayBeSeveral(field.name)) {
      TakeRival(*same, std::move(candidate));
    } else if (IsKnown(field)) {
      again_.push_back({field.name, field.place});
    } else if (!IsTaken(field) && ++count_[field.name] <= kMostOfOne) {
      chosen_.push_back(std::move(candidate));
    }
  }

  std::vector<FoundField> Chosen() {
    std::vector<FoundField> out;
    out.reserve(chosen_.size());
    for (FieldCandidate& candidate : chosen_) out.push_back(std::move(candidate.field));
    return out;
  }

 private:
  static void TakeRival(FieldCandidate& chosen, FieldCandidate rival) {
    if (chosen.field.value == rival.field.value || GainsaysNothing(rival.field, chosen.field)) return;
    if (!NameOneDay(chosen, rival)) {
      chosen.field.confidence *= kRival;
    } else if (chosen.date->calendar == Calendar::kHijri && rival.date->calendar != Calendar::kHijri) {
      chosen = std::move(rival);
    }
  }

  bool IsKnown(const FoundField& field) const {
    return field.name != kNoField && std::ranges::any_of(chosen_, [&](const FieldCandidate& chosen) {
             return chosen.field.name == field.name && chosen.field.value == field.value;
           });
  }

  bool IsTaken(const FoundField& field) const {
    const bool part = std::ranges::any_of(
        again_, [&](const auto& place) { return place.first == field.name && Overlap(place.second, field.place); });
    return part || std::ranges::any_of(chosen_, [&](const FieldCandidate& chosen) {
             const FoundField& other = chosen.field;
             const bool number_and_year = (other.name == "number" && field.name == "year") || field.name == "type" ||
                                          (other.name == "case" && field.name == "year");
             const bool wide = other.name == "type" || (other.name == "title" && MayBeSeveral(field.name)) ||
                               (field.name == "title" && MayBeSeveral(other.name) && other.name != kNoField);
             return !number_and_year && !wide && Overlap(other.place, field.place);
           });
  }

  std::map<std::string, size_t> count_;
  std::vector<std::pair<std::string, TextPlace>> again_;  // where chosen values stand again
  std::vector<FieldCandidate> chosen_;
};

}  // namespace

std::vector<FoundField> ChooseFields(std::vector<FieldCandidate> candidates) {
  std::ranges::stable_sort(candidates, {}, [](const FieldCandidate& c) {
    return std::tuple(c.rank, c.field.place.page, c.field.place.begin);
  });
  Choice choice;
  for (FieldCandidate& candidate : candidates) choice.Take(std::move(candidate));
  return choice.Chosen();
}

}  // namespace diwan
