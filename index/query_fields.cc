// The table of fields.
#include "index/query_fields.h"

#include <algorithm>
#include <map>

#include "core/fold.h"
#include "core/query.h"

namespace diwan {
namespace {

constexpr QueryField kFields[] = {
    {"type", "نوع النوع kind", "XY", FieldKind::kText, false},
    {"title", "موضوع الموضوع عنوان العنوان subject", "XT", FieldKind::kText, true},
    {"number", "رقم الرقم شماره no", "XN", FieldKind::kNumber, true},
    {"date", "تاريخ التاريخ", "", FieldKind::kDate, false},
    {"body", "جهة الجهة نهاد مرجع المرجع", "XB", FieldKind::kText, true},
    {"language", "لغة اللغة زبان lang", "XL", FieldKind::kExact, false},
    {"year", "سنه السنه سال", "XK", FieldKind::kNumber, false},
    {"session", "جلسه الجلسه", "XS", FieldKind::kNumber, false},
    {"session_date", "", "XJ", FieldKind::kNumber, false},
    {"case", "قضيه القضيه دعوي الدعوي كلاسه پرونده", "XC", FieldKind::kNumber, false},
    {"department", "دائره الدائره قسم القسم اداره", "XD", FieldKind::kText, false},
    {"court", "محكمه المحكمه دادگاه", "XU", FieldKind::kText, false},
    {"chamber", "غرفه الغرفه شعبه", "XH", FieldKind::kText, false},
    {"claimant", "مدعي المدعي خواهان", "XP", FieldKind::kText, false},
    {"respondent", "خوانده", "XR", FieldKind::kText, false},
    {"signatory", "موقع الموقع توقيع امضا", "XG", FieldKind::kText, false},
    {"place", "مكان المكان نشاني", "XA", FieldKind::kText, false},
    {"parcel", "قطعه القطعه عقار پلاك", "XO", FieldKind::kNumber, false},
    {"money", "مبلغ المبلغ", "XM", FieldKind::kNumber, false},
    {"external_id", "", "XE", FieldKind::kExact, false},
    {"id", "معرف المعرف شناسه", "XI", FieldKind::kExact, false},
};

constexpr QueryField kDirectives[] = {
    {"exact", "بالضبط دقيق دقيقا نصا حرفيا عينا", "", FieldKind::kSpelling, false},
    {"sort", "ترتيب الترتيب order", "", FieldKind::kSort, false},
};

struct OrderName {
  SortOrder order;
  std::string_view names;
};
constexpr OrderName kOrders[] = {
    {SortOrder::kNewest,
     "newest date new تاريخ التاريخ الأحدث أحدث جديد جدیدترین تازه‌ترین"},
    {SortOrder::kOldest, "oldest old الأقدم أقدم قديم قدیمی‌ترین کهنه‌ترین"},
    {SortOrder::kRelevance,
     "relevance best الصلة صلة الأهمية ارتباط مرتبط مرتبط‌ترین"},
};

struct LanguageName {
  std::string_view code;
  std::string_view names;
};
constexpr LanguageName kLanguages[] = {
    {"ara", "ara ar arabic عربي عربية العربية"},
    {"fas", "fas per fa persian farsi فارسي فارسية الفارسية"},
    {"eng", "eng en english انجليزي إنجليزية الإنجليزية انگلیسی"},
};

// Calls add(word) for each word of a list by spaces, folded.
template <typename Add>
void EachFolded(std::string_view list, Add add) {
  while (!list.empty()) {
    const size_t space = std::min(list.find(' '), list.size());
    if (space > 0) add(FoldToUtf8(list.substr(0, space)));
    list.remove_prefix(std::min(space + 1, list.size()));
  }
}

}  // namespace

std::span<const QueryField> QueryFields() { return kFields; }

const QueryField* FindQueryField(std::string_view typed) {
  static const auto names = [] {
    std::map<std::string, const QueryField*> out;
    for (const std::span<const QueryField> rows : {std::span<const QueryField>(kFields), {kDirectives}}) {
      for (const QueryField& field : rows) {
        out.emplace(field.name, &field);
        EachFolded(field.others, [&](std::string name) { out.emplace(std::move(name), &field); });
      }
    }
    return out;
  }();
  const auto found = names.find(FoldToUtf8(typed));
  return found == names.end() ? nullptr : found->second;
}

std::string ExactValue(const QueryField& field, std::string_view value) {
  static const auto languages = [] {
    std::map<std::string, std::string> out;
    for (const LanguageName& row : kLanguages) {
      EachFolded(row.names, [&](std::string name) { out.emplace(std::move(name), row.code); });
    }
    return out;
  }();
  std::string folded = FoldToUtf8(value);
  if (field.name != "language") return folded;
  const auto found = languages.find(folded);
  return found == languages.end() ? folded : found->second;
}

std::optional<SortOrder> SortNamed(std::string_view typed) {
  static const auto orders = [] {
    std::map<std::string, SortOrder> out;
    for (const OrderName& row : kOrders) {
      EachFolded(row.names, [&](std::string name) { out.emplace(std::move(name), row.order); });
    }
    return out;
  }();
  const auto found = orders.find(FoldToUtf8(typed));
  if (found == orders.end()) return std::nullopt;
  return found->second;
}

}  // namespace diwan
