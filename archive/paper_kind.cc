// Manifests name types in words of their own; this is what the usual ones mean.
#include "archive/paper_kind.h"

#include <algorithm>

#include "core/fold.h"

namespace diwan {
namespace {

struct TypeRow {
  std::string_view name;   // as rules write it
  std::string_view words;  // folded, by spaces, each with a space behind it
  bool in_force;
  bool decides;  // what is done in it is done
};
constexpr TypeRow kTypes[] = {
    {"decision", "decision resolution قرار مصوبه تصميم ", true, true},
    {"ruling", "ruling judgment judgement حكم دادنامه راي ", true, true},
    {"law", "law act قانون ", true, true},
    {"decree", "decree مرسوم ظهير فرمان ", true, true},
    {"regulation", "regulation لائحه نظام تعليمات آييننامه ايين اييننامه ", true, true},
    {"circular", "circular تعميم منشور بخشنامه ", true, true},
    {"letter", "letter كتاب خطاب رساله نامه ", false, false},
    {"minutes", "minutes محضر صورتجلسه ", false, true},
    {"agenda", "agenda جدول دستور ", false, false},
    {"contract", "contract agreement عقد اتفاقيه قرارداد ", false, false},
    {"deed", "deed سند صك حجه وكاله قباله ", false, false},
    {"tender", "tender عطاء مناقصه مزايده ممارسه ", false, false},
    {"permit", "permit licence license رخصه ترخيص اذن پروانه مجوز ", false, false},
    {"certificate", "certificate شهاده افاده گواهي ", false, false},
    {"application", "application petition طلب استدعاء عريضه درخواست دادخواست ", false, false},
    {"invoice", "invoice bill receipt فاتوره وصل فاكتور صورتحساب رسيد ", false, false},
    {"report", "report تقرير گزارش ", false, false},
    {"notice", "notice announcement اعلان اخطار انذار اگهي اطلاعيه ", false, false},
    {"memorandum", "memorandum memo مذكره ", false, false},
    {"opinion", "opinion فتوي نظريه ", false, false},
    {"plan", "plan map drawing مخطط خريطه نقشه ", false, false},
    {"list", "list register قائمه كشف سجل فهرست ", false, false},
    {"photograph", "photograph photo صوره عكس ", false, false},
    {"other", "other اخري سائر ساير ", false, false},
};

// The row of a type by its first word, or nullptr.
const TypeRow* RowOf(std::string_view type) {
  std::string word = FoldToUtf8(type);
  word.resize(std::min(word.find(' '), word.size()));
  if (word.empty()) return nullptr;
  word += ' ';
  for (const TypeRow& row : kTypes) {
    const size_t at = row.words.find(word);
    if (at != std::string_view::npos && (at == 0 || row.words[at - 1] == ' ')) return &row;
  }
  return nullptr;
}

}  // namespace

bool IsOfKind(std::string_view type, CitedKind kind) {
  const TypeRow* row = RowOf(type);
  return row == nullptr || kind == CitedKind::kCase || row->name == NameOf(kind);
}

bool MayBe(std::string_view type, CitedKind kind) {
  if (IsOfKind(type, kind)) return true;
  const TypeRow* row = RowOf(type);
  const bool decided = kind == CitedKind::kDecision || kind == CitedKind::kRuling;
  return decided && (row->name == NameOf(CitedKind::kDecision) || row->name == NameOf(CitedKind::kRuling));
}

bool SameType(std::string_view a, std::string_view b) {
  const TypeRow* first = RowOf(a);
  const TypeRow* second = RowOf(b);
  return first == nullptr || second == nullptr ? FoldToUtf8(a) == FoldToUtf8(b) : first == second;
}

std::string NormalType(std::string_view type) {
  const TypeRow* row = RowOf(type);
  return row == nullptr ? FoldToUtf8(type) : std::string(row->name);
}

bool IsKnownType(std::string_view type) { return RowOf(type) != nullptr; }

std::string KnownTypes() {
  std::string names;
  for (const TypeRow& row : kTypes) {
    if (row.name != "other") names += (names.empty() ? "" : ", ") + std::string(row.name);
  }
  return names;
}

bool MayDecide(std::string_view type) {
  const TypeRow* row = RowOf(type);
  return row != nullptr && row->decides;
}

bool MayBeInForce(std::string_view type) {
  const TypeRow* row = RowOf(type);
  return row != nullptr && row->in_force;
}

}  // namespace diwan
