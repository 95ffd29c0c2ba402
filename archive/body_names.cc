// Bodies are named in full, in short, and misread; so names are compared word by word.
#include "archive/body_names.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/fold.h"

namespace diwan {
namespace {

// Words of a name, folded, without the article.
std::vector<std::u32string> NameWords(std::string_view name) {
  std::vector<std::u32string> words;
  std::u32string word;
  const auto end_word = [&] {
    if (word.size() > 3 && word.starts_with(U"ال")) word.erase(0, 2);
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char32_t c : FromUtf8(FoldToUtf8(name))) {
    if (c == U'\u0621') continue;  // a hamza of its own is often not written
    const bool letter = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c > U'\u0621' && c <= U'\u06D3');
    if (letter) word += c;
    if (!letter) end_word();
  }
  end_word();
  return words;
}

// Whether one letter changed, lost or added makes one of the other.
bool NearlySame(const std::u32string& a, const std::u32string& b) {
  if (a == b) return true;
  constexpr size_t kLeast = 4;
  const auto& [shorter, longer] = a.size() <= b.size() ? std::tie(a, b) : std::tie(b, a);
  if (shorter.size() < kLeast || longer.size() > shorter.size() + 1) return false;
  size_t same = 0;
  while (same < shorter.size() && shorter[same] == longer[same]) ++same;
  const size_t skip = longer.size() == shorter.size() ? same + 1 : same;
  return std::u32string_view(shorter).substr(std::min(skip, shorter.size())) ==
         std::u32string_view(longer).substr(same + 1);
}

bool Has(const std::vector<std::u32string>& words, const std::u32string& word) {
  return std::ranges::any_of(words, [&](const std::u32string& other) { return NearlySame(word, other); });
}

// What a body rules over. One place may have several, of which each numbers its decisions for itself.
enum class Realm { kNotSaid, kState, kProvince, kUnion, kDistrict, kTown, kVillage };

struct RealmRow {
  Realm realm;
  std::string_view words;
};
constexpr RealmRow kRealms[] = {
    {Realm::kState, "وزارة وزير وزارت"},
    {Realm::kProvince, "محافظة محافظ ولاية ولائي والي استان استانداری استاندار"},
    {Realm::kUnion, "اتحاد مشترك مشتركة اتحادیه"},
    {Realm::kDistrict,
     "قضاء قائممقامية لواء عمالة إقليم معتمدية متصرفية شهرستان فرمانداری فرماندار ولسوالی بخش بخشداری"},
    {Realm::kVillage, "قرية قروي قروية روستا روستای دهیاری"},
    {Realm::kTown, "بلدي بلدية مدينة بلدة جماعة جماعي أمانة شهر شهرداری شاروالی"},
};

// What says neither whose it is nor over what it rules.
constexpr std::string_view kKinds =
    "مجلس مجالس بلديات هيئة لجنة جهة مديرية دائرة رئاسة رئيس إدارة إداري إدارية تنفيذي تنفيذية محلي محلية عام عامة "
    "كبرى "
    "أعلى مركز سلطة مؤسسة ديوان شعبي موقر خدمات مكتب شورای شورا اسلامی سازمان کمیسیون هیئت هیات اداره کل منطقه ریاست "
    "كميته من في از و";

// Words with which many names of places begin: `بيت لحم` and `بيت جالا` are two.
constexpr std::string_view kBeginnings =
    "بيت دير كفر عين تل برج جبل رأس أم أبو خربة وادي بني سيدي أولاد آيت حمام قصر سوق باب مزرعة قلعة قلعه شاه نجف علی "
    "حسن "
    "جديدة جدید نو آباد";

using Words = std::vector<std::u32string>;

// Behind a particle too: لبلدية, للمدينة.
bool IsIn(const Words& list, const std::u32string& word) {
  const auto has = [&](size_t skip) { return std::ranges::find(list, word.substr(skip)) != list.end(); };
  if (has(0)) return true;
  if (word.starts_with(U"لل") && has(2)) return true;
  return (word.starts_with(U"ل") || word.starts_with(U"ب")) && has(1);
}

Realm RealmOf(const std::u32string& word) {
  static const auto rows = [] {
    std::vector<std::pair<Realm, Words>> out;
    for (const RealmRow& row : kRealms) out.emplace_back(row.realm, NameWords(row.words));
    return out;
  }();
  const auto found = std::ranges::find_if(rows, [&](const auto& row) { return IsIn(row.second, word); });
  return found == rows.end() ? Realm::kNotSaid : found->first;
}

struct BodyName {
  Realm realm = Realm::kNotSaid;
  Words place;  // sorted, each once
};

BodyName Parse(std::string_view name) {
  static const Words kinds = NameWords(kKinds);
  BodyName out;
  for (std::u32string& word : NameWords(name)) {
    const Realm realm = RealmOf(word);
    if (out.realm == Realm::kNotSaid) out.realm = realm;
    if (realm == Realm::kNotSaid && !IsIn(kinds, word)) out.place.push_back(std::move(word));
  }
  std::ranges::sort(out.place);
  out.place.erase(std::unique(out.place.begin(), out.place.end()), out.place.end());
  return out;
}

// The words that tell a place from others.
Words Telling(const Words& place) {
  static const Words beginnings = NameWords(kBeginnings);
  Words out;
  std::ranges::copy_if(place, std::back_inserter(out),
                       [](const std::u32string& word) { return std::ranges::count(beginnings, word) == 0; });
  return out.empty() ? place : out;
}

bool AreOtherPlaces(const Words& a, const Words& b) {
  const Words first = Telling(a);
  const Words second = Telling(b);
  return std::ranges::none_of(first, [&](const std::u32string& word) { return Has(second, word); });
}

// `المجلس الجماعي لسلا`, beside `جماعة سلا`.
void DropParticles(Words& place, const Words& other) {
  for (std::u32string& word : place) {
    const bool particle = word.starts_with(U"ل") && std::ranges::count(other, word) == 0;
    if (particle && std::ranges::count(other, word.substr(1)) > 0) word.erase(0, 1);
  }
  std::ranges::sort(place);
}

// Whether one place has both, and papers of the one may be headed as the other's.
bool MayBeOne(Realm a, Realm b) {
  const auto is_local = [](Realm r) { return r == Realm::kDistrict || r == Realm::kTown || r == Realm::kVillage; };
  return a == b || a == Realm::kNotSaid || b == Realm::kNotSaid || (is_local(a) && is_local(b));
}

}  // namespace

bool SameBody(std::string_view a, std::string_view b) {
  std::vector<std::u32string> first = NameWords(a);
  std::vector<std::u32string> second = NameWords(b);
  if (first.size() > second.size()) std::swap(first, second);
  return !first.empty() && std::ranges::all_of(first, [&](const std::u32string& word) { return Has(second, word); });
}

bool NamesPlace(std::string_view name) { return !Parse(name).place.empty(); }

BodiesAre CompareBodies(std::string_view a, std::string_view b) {
  BodyName first = Parse(a);
  BodyName second = Parse(b);
  DropParticles(first.place, second.place);
  DropParticles(second.place, first.place);
  if (!MayBeOne(first.realm, second.realm)) return BodiesAre::kOther;
  if (first.place.empty() || second.place.empty()) return BodiesAre::kPerhaps;
  if (AreOtherPlaces(first.place, second.place)) return BodiesAre::kOther;
  // A ministry is named in full and in short; a town with another word is perhaps another town.
  const bool state = first.realm == Realm::kState && SameBody(a, b);
  return state || (first.place == second.place && first.realm == second.realm) ? BodiesAre::kSame : BodiesAre::kPerhaps;
}

}  // namespace diwan
