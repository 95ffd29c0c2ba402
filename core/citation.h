// What a text says of other papers. Plain values; none owns anything outside itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

// Stored as numbers: add at the end, never change.
enum class CitedKind { kDecision, kRuling, kLaw, kDecree, kRegulation, kCircular, kLetter, kCase };
enum class CitedRelation { kRefersTo, kAmends, kRepeals, kReplaces, kImplements };

// What persons said of a citation. A rejected one is kept, so that it does not come back when the text is read again.
enum class CitationState { kProposed, kConfirmed, kRejected };

// Where something stands in a record.
struct TextPlace {
  int page = 1;      // from 1
  size_t begin = 0;  // bytes of that page's text
  size_t end = 0;
  bool operator==(const TextPlace&) const = default;
};

// How sure a citation is at most: where what is said of the paper is perhaps not so, and where its number may be a part
// of another. The second is the lower: below the first, the number is in doubt too.
inline constexpr float kDoubtedRelation = 0.5F;
inline constexpr float kDoubtedNumber = 0.4F;

// A mention of another paper. Digits are as read; what is not said is empty.
struct Citation {
  CitedKind kind = CitedKind::kDecision;
  CitedRelation relation = CitedRelation::kRefersTo;
  std::string number;   // Latin digits, without the year
  std::string year;     // Latin digits: "2019", or "45" of a judicial year
  std::string date;     // ISO 8601, where the mention has the paper's day
  std::string body;     // council or court, as printed
  std::string title;    // the words that name a law: "شهرداری" of قانون شهرداری
  std::string article;  // "12"; "3,5" of several
  std::string clause;   // a part of the article, as printed: تبصره ۲
  std::string printed;
  TextPlace place;
  float confidence = 0;  // 0..1
  std::string target;    // record id, of a relation that a person made; "" of what was read
  CitationState state = CitationState::kProposed;
  bool unclear = false;  // it says nothing that is understood, and stands where something may be said of the paper
  bool operator==(const Citation&) const = default;
};

// All that one record cites, by place. A citation is named by its index.
struct RecordCitations {
  std::string record_id;
  std::vector<Citation> citations;
  bool operator==(const RecordCitations&) const = default;
};

// Whether the number may be another one than was read. One of no confidence was given, not read.
bool HasDoubtedNumber(const Citation& citation);

// Stable names, as rules, documents and programs write them: "decision", "refers_to".
std::string_view NameOf(CitedKind value);
std::string_view NameOf(CitedRelation value);
std::string_view NameOf(CitationState value);
std::optional<CitedKind> CitedKindOfName(std::string_view name);
std::optional<CitedRelation> CitedRelationOfName(std::string_view name);
std::optional<CitationState> CitationStateOfName(std::string_view name);

}  // namespace diwan
