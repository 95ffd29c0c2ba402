// Fields of records: which number is the record's own, and what its head, its end and its text say.
#include "ingest/fields.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <utility>

namespace diwan {
namespace {

const FoundField* Find(const TextReading& reading, std::string_view name) {
  for (const FoundField& field : reading.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

// The values of one field, parted by "; ".
std::string Values(const TextReading& reading, std::string_view name) {
  std::string out;
  for (const FoundField& field : reading.fields) {
    if (field.name == name) out += (out.empty() ? "" : "; ") + field.value;
  }
  return out;
}

TextReading Read(std::string_view text, std::string_view language = "ara") {
  return ReadTextFields({{.text = text}}, language);
}

struct Row {
  const char* text;
  const char* name;
  const char* value;
};

// Of a number that may be a part of another, neither it nor its year is sure.
TEST(ReadTextFields, ANumberThatMayBeCutIsNotSure) {
  constexpr const char* kCut[] = {
      "٤ ٥ لسنة ٢٠١٨",
      "( ٤ ٥ ) لسنة ٢٠١٨",
      "٤ه لسنة ٢٠١٨",
      "٤S لسنة ٢٠١٨",
      "4l",
      "4؟",
      "4_",
      "4..",
      "4…",
      "4\u00A05",
      "4\u200B5",
      "4 (خمسة وأربعون)",
      "1O لسنة 2015",
      "45أ",
      "45 أ لسنة 2018",
      "45 إلى 48",
      "½45",
      "٤٥²",
      "٤٥ لسنة ٢O١٨",
      "٤٥ لسنة ٢٠ ١٨",
      "٤٥ لسنة ٢٠٢I",
      "45\uFFFD لسنة 2018",
  };
  constexpr const char* kWhole[] = {
      "٤٥ لسنة ٢٠١٨",    "( ٤٥ ) لسنة ٢٠١٨",
      "45لسنة 2018",     "45.",
      "45، لسنة 2018",   "«45»",
      "45: تنظيم السوق", "45 (خمسة وأربعون)",
      "45/2018م",        "٤٥ لسنة ١٤٤٠هـ",
      "٤٥ لسنة ١٤٤٠ هـ", "45 بتاريخ 3/2/2018",
      "45 3/2/2018",     "-45-",
      "45 مكرر",         "45 مكررا لسنة 2018",
      "(45) مكرر أ",     "45/مكرر",
  };
  constexpr float kSure = 0.7F;
  for (const auto& [rows, sure] : {std::pair<std::span<const char* const>, bool>(kCut, false), {kWhole, true}}) {
    for (const char* row : rows) {
      const TextReading read = Read(std::string("بلدية الزهراء\nقرار رقم ") + row);
      for (const char* name : {"number", "year"}) {
        const FoundField* found = Find(read, name);
        if (found == nullptr) continue;
        EXPECT_EQ(found->confidence >= kSure, sure) << row << ": " << name << ' ' << found->value;
      }
      EXPECT_TRUE(!sure || Find(read, "number") != nullptr) << row;
    }
  }
}

TEST(ReadTextFields, ArabicForms) {
  constexpr Row kRows[] = {
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "number", "123/2019"},
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "year", "2019"},
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "type", "decision"},
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "body", "بلدية الزهراء"},
      {"بلدية الزهراء - قرار رقم ٧", "number", "7"},
      {"بلدية الزهراء\nالقرر رقم 33 لسنة 2020\nقرر المجلس شيئا.", "number", "33/2020"},
      {"بلدية الزهراء\nقرار رقم 45 مكرر لسنة 2018", "number", "45 مكرر/2018"},
      {"بلدية الزهراء\nقرار رقم 45 مكرر لسنة 2018", "year", "2018"},
      {"ق ٧ ج ١٢\nتاريخ الجلسة ٣/٤/٢٠١٨", "number", "7"},
      {"ق ٧ ج ١٢\nتاريخ الجلسة ٣/٤/٢٠١٨", "session", "12"},
      {"ق ٧ ج ١٢\nتاريخ الجلسة ٣/٤/٢٠١٨", "session_date", "2018-04-03"},
      {"خلاصة عن قرار المجلس البلدي رقم ١٥ الصادر عن جلسته رقم ٤", "number", "15"},
      {"خلاصة عن قرار المجلس البلدي رقم ١٥ الصادر عن جلسته رقم ٤", "session", "4"},
      {"بلدية الساحل\nالرقم : 456 / م.ت / 2021", "number", "456/م.ت/2021"},
      {"بلاغ رقم ٤ / ب", "number", "4/ب"},
      {"كتاب دوري رقم ٩ د / ١٢ / ٣٣٤", "number", "9د/12/334"},
      {"محكمة الأرز\nقرار بالدعوى رقم ٥٥٤ / ج / ٢٠١٦", "case", "554/ج/2016"},
      {"محضر الاجتماع السادس والعشرين\nالتصديق على محضر الاجتماع السابق رقم ٢٥ بتاريخ ١٨/٧/٢٠١١", "session", "26"},
      {"الرقم ٢ / ٢ / ١ / ٥٥٣١\nالتاريخ ٢٠٢٠/٩/٦ م\nكتاب معاليكم رقم ١٩ / ٤ / ٨٨٢", "number", "2/2/1/5531"},
      {"يستثنى البائع المتجول\nمن القرار رقم ٥ لسنة ٢٠١٨", "number", ""},
      {"المرجع : ب ك / ق / ٢٢١ / ٢٠٢٢", "year", "2022"},
      {"دعوى عدل عليا رقم : 233/2009", "year", ""},
      {"عطاء رقم ٣٧ لسنة ٢٠٢٢", "number", "37/2022"},
      {"محكمة الأرز\nرقم القضية ٢٢١٧/ ق لعام ١٤٣٥هـ", "case", "2217/ق/1435"},
      {"محكمة الأرز\nرقم الدعوى : ٤١٢\nرقم الأساس : ٩٩", "case", "412"},
      {"فرار رقم ٥ لسنة ٢٠١٨", "number", "5/2018"},
      {"محضر الجلسة رقم ٣\nالتاريخ: الأحد ٢١/٤/٢٠١٩", "session_date", "2019-04-21"},
      {"محضر الجلسة رقم ٣\nالتاريخ: الأحد ٢١/٤/٢٠١٩", "date", ""},
      {"الدورة العادية الثالثة", "session", ""},
      {"محضر جلسة المجلس البلدي\nالقرار رقم 12", "session", ""},
      {"محضر جلسة المجلس البلدي\nالقرار رقم 12", "number", "12"},
      {"محضر جلسة المجلس البلدي\nالقرار رقم 12", "type", "decision"},
      {"محضر جلسة المجلس البلدي\nقرار رقم (245) لسنة 2016", "session", ""},
      {"محضر جلسة المجلس البلدي\nقرار رقم (245) لسنة 2016", "number", "245/2016"},
      {"محضر جلسة المجلس البلدي رقم 9\nالقرار رقم 12\nالموافقة\nالقرار رقم 15\nالرفض", "number", ""},
      {"محضر الجلسة السابعة عشرة بعد المئة", "session", "117"},
      {"محضر الجلسة التاسعة والتسعون بعد المئتين", "session", "299"},
      {"قرار رقم ٤٥ لسنة ألفين وثمانية عشر", "number", "45/2018"},
      {"قرار رقم ٤٥ لسنة ألفين وثمانية عشر", "year", "2018"},
      {"قرار رقم ١٬٢٣٤ لسنة ٢٠١٨", "number", "1234/2018"},
      {"قرر المجلس إلغاء القرار رقم ٥ لسنة ٢٠١٩", "body", ""},
      {"قرر المجلس البلدي إلغاء القرار رقم ٥ لسنة ٢٠١٩", "body", "المجلس البلدي"},
      {"قرر المجلس المصادقة على المحضر", "body", ""},
      {"قرر المجلس البلدي لمدينة صور إلزام المتعهد بالعمل", "body", "المجلس البلدي لمدينة صور"},
      {"جلسة الخميس الواقع فيه التاسع من شباط ٢٠١٧", "session_date", "2017-02-09"},
      {"في عام ألفين وثمانية عشر وفي اليوم الثالث من شهر أفريل اجتمع المجلس الشعبي", "session_date", "2018-04-03"},
      {"مقرر عدد 12 مؤرخ في غرة مارس 2017 يتعلق بضبط تعريفة النقل", "date", "2017-03-01"},
      {"مقرر عدد 12 مؤرخ في غرة مارس 2017 يتعلق بضبط تعريفة النقل", "title", "ضبط تعريفة النقل"},
      {"بتاريخ ١٩ / ٠٣ / ٢٠٢١ تقدم المستدعي بطلب", "date", ""},
      {"سكرتير الجلسة        رئيس البلدية\nسهى عيسى خضر        باسم جميل شاهين", "signatory",
       "سهى عيسى خضر; باسم جميل شاهين"},
      {"مبلغ (٤٥٦٠٠) ريال خمسة وأربعين ألفا وستمائة ريال", "money", "45600 ريال"},
      {"قرر المجلس رفع رسوم النفايات", "body", ""},
      {"قرر المجلس إلغاء القرار رقم ٥/٢٠١٩", "number", ""},
      {"بناء على\nالقرار رقم ٥/٢٠١٩", "number", ""},
      {"الرقم: ١٤٥/ص\nالتاريخ: ١/٢/٢٠١٩", "number", "145/ص"},
      {"الرقم: ١٤٥/ص\nالتاريخ: ١/٢/٢٠١٩", "date", "2019-02-01"},
      {"التاريخ: ١٧ رجب ١٤٤٢هـ الموافق ١ مارس ٢٠٢١م", "date", "2021-03-01"},
      {"قرار رقم ٥ بتاريخ ٣/٢/٢٠١٨", "date", "2018-02-03"},
      {"قرار رقم ٥\nأولا: كذا.\nصدر في ١٥/١/٢٠٢٣", "date", "2023-01-15"},
      {"الجلسة رقم ٧ المنعقدة بتاريخ ٥/٢/٢٠٢٠", "session", "7"},
      {"الجلسة رقم ٧ المنعقدة بتاريخ ٥/٢/٢٠٢٠", "session_date", "2020-02-05"},
      {"الجلسة رقم ٧ المنعقدة بتاريخ ٥/٢/٢٠٢٠", "date", ""},
      {"الجلسة السابعة عشرة المنعقدة بتاريخ ٥/٢/٢٠٢٠", "session", "17"},
      {"محكمة النقض\nالطعن رقم ٢٣١٥ لسنة ٦٧ ق", "case", "2315/67"},
      {"محكمة النقض\nالدائرة المدنية", "court", "محكمة النقض"},
      {"محكمة النقض\nالدائرة المدنية", "chamber", "الدائرة المدنية"},
      {"محكمة الأرز\nقرار رقم ١٢/٢٠١٤", "type", "ruling"},
      {"المدعي: سالم الحمداني\nالمدعى عليه: شركة النقل", "claimant", "سالم الحمداني"},
      {"المدعي: سالم الحمداني\nالمدعى عليه: شركة النقل", "respondent", "شركة النقل"},
      {"الموضوع: صيانة الشبكة", "title", "صيانة الشبكة"},
      {"م/ تخصيص أرض", "title", "تخصيص أرض"},
      {"بلدية الساحل\nإدارة التخطيط", "department", "إدارة التخطيط"},
      {"رئيس المجلس: ممدوح طه الراوي", "signatory", "ممدوح طه الراوي"},
      {"أمين السر\nعادل كنعان\nرئيس المجلس\nممدوح الراوي", "signatory", "عادل كنعان; ممدوح الراوي"},
      {"أحمد سعيد\nرئيس المجلس", "signatory", "أحمد سعيد"},
      {"القطعة رقم ٤٤٥ في شارع الزيتون", "parcel", "445"},
      {"القطعة رقم ٤٤٥ في شارع الزيتون", "place", "شارع الزيتون"},
      {"صرف مبلغ ١٢٬٥٠٠ دينار و٣ آلاف ريال", "money", "12500 دينار; 3000 ريال"},
      {"الرقم: ب.م/ق/٣٠٢", "number", "ب.م/ق/302"},
      {"إعلان عن طلب عروض رقم 08/2024/و.ت", "number", "08/2024/و.ت"},
      {"إعلان عن طلب عروض رقم 08/2024/و.ت", "year", "2024"},
      {"الرقم: 2019/7110/415", "year", ""},
      {"رقم الاضبارة : ٢٢١/هيئة مدنية/٢٠٢٢", "case", "221/هيئة مدنية/2022"},
      {"أساس ٥٥٢ لعام ٢٠٠٤ قرار ٦٣٠ لعام ٢٠٠٦", "number", "630/2006"},
      {"وزارة الداخلية\nالقرار رقم ٥ بشأن تنظيم وترتيب وتوزيع الأكشاك والبسطات", "number", "5"},
      {"رقم السند: ٤٥٣٢", "number", "4532"},
      {"تعميم رقم ١٢ / م / ٢٠١٩", "number", "12/م/2019"},
      {"رقم 234 / م إ ت / 2018", "number", "234/م إ ت/2018"},
      {"بلدية الصفا\nقرار (١٤٧)", "number", "147"},
      {"القرار رقم /٦٢/", "number", "62"},
      {"قرار رقم (٥٥)/٢٠١٩", "number", "55/2019"},
      {"قرار رقم ٥٥ لسنة/٢٠١٩", "number", "55/2019"},
      {"الرقم: م ع ن/٥٥", "number", "م ع ن/55"},
      {"دائرة التنفيذ\nقرار رقم ٥٥", "number", "55"},
      {"عرض التقرير\nقرار رقم ٥٥", "number", "55"},
      {"الظهير الشريف رقم 1.15.85 صادر في 7 يوليو 2015 بتنفيذ القانون رقم 113.14", "number", "1.15.85"},
      {"مجلس الحكومة\nمرسوم رقم ٥ صادر في ٥/٥/٢٠١٩ وهو مرسوم طويل العنوان جدا لا ينتهي", "number", "5"},
      {"محكمة النقض\nالقرار رقم (٢١٤/٢) في القضية رقم ١٤٥٥ لسنة ٢٠١٧", "case", "1455/2017"},
      {"محكمة النقض\nصدر الحكم الآتي في الدعوى رقم ٤٤ لسنة ٦٦ ق", "case", "44/66"},
      {"بيان بالقرارات\nالقرار رقم ٥٠ لسنة ٢٠١١ معدلا القرار رقم ٤٨ لسنة ٢٠١٠\nالقرار رقم ٦٠ لسنة ٢٠١٢", "number", ""},
      {"محضر الاجتماع رقم ١٧\nالقرار رقم ٤٠٨ : طي ملف", "number", ""},
      {"عقد إيجار رقم ٤٥/٢٠١٩", "number", "45/2019"},
      {"٣٠ آذار ١٩٩٥", "date", "1995-03-30"},
      {"نص\nالرباط في 5 ربيع الأول 1445 (20 سبتمبر 2023)", "date", "2023-09-20"},
      {"إن المجلس\nاطلع في الرباط على ما ورد بتاريخ 5/5/2020", "date", ""},
      {"التأريخ الهجري : ٣ / ١ / ١٤٤١\nالتأريخ الميلادي : ٢ / ٩ / ٢٠١٩", "date", "2019-09-02"},
      {"حرر في ٢٢ رجب ١٤٢٧ هـ / ١٦ آب ٢٠٠٦ م", "date", "2006-08-16"},
      {"صدر في الخامس عشر من آذار سنة ألفين وتسعة عشر", "date", "2019-03-15"},
      {"تاريخ التبليغ: ٥/٥/٢٠٢٠", "date", ""},
      {"قيد برقم 5512 بتاريخ 12/3/2019 ، وتم الكشف", "date", ""},
      {"في اليوم الأول من آذار سنة ألفين وعشرين اجتمع المجلس", "session_date", "2020-03-01"},
      {"الدعوى رقم ٥ لسنة ٢٠١٠\nجلسة ٤ أبريل ١٩٩٨", "session_date", "1998-04-04"},
      {"وحيث استقر القضاء على ذلك (الطعن رقم ٣٥٤ لسنة ٣٨ ق جلسة ١٢/٤/١٩٩٧)", "session_date", ""},
      {"الجلسة الاستثنائية (٩)\nالأربعاء ٢٠١١/٦/٢٢", "session", "9"},
      {"عقدت جلسة واحدة", "session", ""},
      {"محكمة النقض\nالقضية رقم ٥ لسنة ٢٠١٠", "type", "ruling"},
      {"وزارة البلديات\nالدائرة القانونية", "department", "الدائرة القانونية"},
      {"القطعة المرقمة ١٢/٤٥٦ مقاطعة ٨", "parcel", "12/456"},
      {"الكشف بشارع الجمهورية", "place", "شارع الجمهورية"},
      {"في شارع سعد زغلول، عصرا", "place", "شارع سعد زغلول"},
      {"الشارع واسع", "place", ""},
      {"بمبلغ خمسة آلاف دينار و/٢٥٠٠٠/ ليرة سورية و٢٥٠ ل.س", "money", "5000 دينار; 25000 ليرة سورية; 250 ل.س"},
      {"موضوع الدعوى : مطالبة بمبلغ 15,400 دينار", "title", "مطالبة بمبلغ 15,400 دينار"},
      {"موضوع الدعوى : مطالبة بمبلغ 15,400 دينار", "money", "15400 دينار"},
      {"وبين : جماعة الزيتون\nبين : إدريس الفاضلي", "respondent", "جماعة الزيتون"},
      {"المدعي: سالم الحمداني      العنوان: شارع", "claimant", "سالم الحمداني"},
      {"نص\nالمهندس المكلف            رئيس القسم", "signatory", ""},
      {"محضر اجتماع", "type", "minutes"},
      {"جدول أعمال الجلسة", "type", "agenda"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Values(Read(row.text), row.name), row.value) << row.text << " " << row.name;
}

TEST(ReadTextFields, PersianForms) {
  constexpr Row kRows[] = {
      {"قانون شهرداری مصوب ۱۳۳۴/۴/۱۱", "type", "law"},
      {"قانون شهرداری مصوب ۱۳۳۴/۴/۱۱", "date", "1955-07-03"},
      {"شورای شهر بهاران\nمصوبه شماره ۱۲۳ سال ۱۳۹۸", "number", "123/1398"},
      {"شورای شهر بهاران\nمصوبه شماره ۱۲۳ سال ۱۳۹۸", "year", "1398"},
      {"شورای شهر بهاران\nمصوبه شماره ۱۲۳ سال ۱۳۹۸", "body", "شورای شهر بهاران"},
      {"شماره: ۵۵/۱۲۳۴\nتاریخ: ۱۳۹۴/۱۰/۲۸", "number", "55/1234"},
      {"شماره: ۱۳۰۲/ب\nتاریخ: ۱۴۰۰/۱۰/۲۸", "number", "1302/ب"},
      {"شماره: ۱۳۰۲/ب\nتاریخ: ۱۴۰۰/۱۰/۲۸", "year", ""},
      {"مصوبه شماره ۱۳۰۲/ب\nتاریخ: ۱۴۰۰/۱۰/۲۸", "year", ""},
      {"مصوبه شماره ۱۴۰۲/ص/۱۲۳", "year", "1402"},
      {"شماره: ۵۵/۱۲۳۴\nتاریخ: ۱۳۹۴/۱۰/۲۸", "date", "2016-01-18"},
      {"جلسه شماره ۸۷ مورخ ۱۳۹۷/۰۸/۲۲", "session", "87"},
      {"جلسه مورخ ۱۳۹۷/۰۸/۲۲", "session_date", "2018-11-13"},
      {"دادنامه شماره ۵۴۳\nکلاسه پرونده: ۸۸/۱۲۰", "number", "543"},
      {"دادنامه شماره ۵۴۳\nکلاسه پرونده: ۸۸/۱۲۰", "case", "88/120"},
      {"دادنامه شماره ۵۴۳\nکلاسه پرونده: ۸۸/۱۲۰", "type", "ruling"},
      {"شعبه ۱۲ دادگاه مهرگان", "chamber", "شعبه ۱۲"},
      {"شعبه ۱۲ دادگاه مهرگان", "court", "دادگاه مهرگان"},
      {"هفتاد و سومین جلسه رسمی\nمورخ: سه‌شنبه ۱۴۰۱/۰۶/۰۱", "session", "73"},
      {"صورتجلسه\nهفتاد و سومین جلسه رسمی\nمورخ: سه‌شنبه ۱۴۰۱/۰۶/۰۱",
       "session_date", "2022-08-23"},
      {"مصوبات جلسه شماره ۴۴ شورا تأیید شد", "session", ""},
      {"«مصوبه دویست و هفتاد و یکم»", "number", "271"},
      {"رأی وحدت رویه شماره ۷۹۴ – ۱۳۹۹/۵/۲۱", "date", "2020-08-11"},
      {"شماره وارده ۵۵۶\nشماره: ۱۴۰۲/۵۱۸", "number", "518/1402"},
      {"متحدالمال نمبر (۱۱۲۲ - ۱۱۹۵)", "number", "1122-1195"},
      {"نمره ١١٢٠۵\nبتاریخ ١٧ خرداد ١٣٢٩", "number", "11205"},
      {"شماره : ٣٣٢ / ش", "number", "332/ش"},
      {"تاریخ تصویب: ۱۳۹۹/۰۴/۰۸    شماره مصوبه: ۲/۴۵۰", "number", "2/450"},
      {"در خصوص تعرفه حمل به مراکز", "title", "تعرفه حمل به مراکز"},
      {"خواهان: علی رضایی\nخوانده: بانک سپیدار", "claimant", "علی رضایی"},
      {"خواهان: علی رضایی\nخوانده: بانک سپیدار", "respondent", "بانک سپیدار"},
      {"موضوع: وصول عوارض", "title", "وصول عوارض"},
      {"شهرداری نوبهار\nمعاونت شهرسازی", "department", "معاونت شهرسازی"},
      {"پلاک ثبتی ۴۵۶۷ در خیابان سعدی", "parcel", "4567"},
      {"پلاک ثبتی ۴۵۶۷ در خیابان سعدی", "place", "خیابان سعدی"},
      {"مبلغ ۵۰٬۰۰۰٬۰۰۰ ریال و ۲۰ میلیون تومان", "money", "50000000 ریال; 20000000 تومان"},
      {"شهردار سپیده\nاحمد نوری", "signatory", "احمد نوری"},
      {"صورتجلسه کمیسیون", "type", "minutes"},
      {"بخشنامه\nبه کلیه مناطق\nشماره: ۱۰۰/۲", "number", "100/2"},
      {"دادنامه ۳۷۷/۱۴", "number", "377/14"},
      {"«طرح دو فوریتی»\nمصوبه شماره ۷/د تاریخ ۱۴۰۳/۰۳/۱۶", "number", "7/د"},
      {"اداره اوقاف\nشماره ۸۱۲", "number", "812"},
      {"مصوبه شماره ۴۵/۱۳۹۸ شورای اسلامی شهر نگین", "body", "شورای اسلامی شهر نگین"},
      {"تاریخ ابلاغ: ۱۳۹۸/۱۰/۲۵", "date", ""},
      {"تاریخ: ۱۳۹۹/۸/۷ شمسی مطابق با ۱۲ ربیع‌الاول ۱۴۴۲ قمری", "date",
       "2020-10-28"},
      {"۱۵ محرم ۱۴۱۹ برابر ۱۳۷۷/۲/۲۲", "date", "1998-05-12"},
      {"نشست\nتاریخ: ۲۵ مرداد ۸۵", "date", "2006-08-16"},
      {"به تاریخ بیست و دوم اردیبهشت یکهزار و سیصد و هفتاد و هفت", "date", "1998-05-12"},
      {"صورتجلسه چهل و دومین جلسه", "session", "42"},
      {"قانون مدیریت پسماند\nمصوب ۱۳۸۳/۲/۲۰", "date", "2004-05-09"},
      {"نشانی: خیابان شهید مطهری، کوچه دهم، پلاک ۱۷", "parcel", ""},
      {"نشانی: خیابان شهید مطهری، کوچه دهم، پلاک ۱۷", "place", "خیابان شهید مطهری; کوچه دهم"},
      {"در قریه خواجه‌سرخ باران آمد", "place", "قریه خواجه‌سرخ"},
      {"مبلغ دوازده میلیارد تومان", "money", "12000000000 تومان"},
      {"رأی\nرئیس شعبه: جلال اعتمادی       مستشار: نوشین بهرامی", "signatory", "جلال اعتمادی; نوشین بهرامی"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Values(Read(row.text, "fas"), row.name), row.value) << row.text << " " << row.name;
  }
}

TEST(ReadTextFields, TheOwnNumberIsNoCitation) {
  const TextReading reading =
      Read("قرار رقم ٥ لسنة ٢٠٢٠\nبتعديل القرار رقم ٣ لسنة ٢٠١٨\n\nتنفيذا للقرار رقم ٥ لسنة ٢٠٢٠");
  EXPECT_EQ(Values(reading, "number"), "5/2020");
  ASSERT_EQ(reading.citations.size(), 1U);
  EXPECT_EQ(reading.citations[0].number, "3");
  EXPECT_EQ(reading.citations[0].relation, CitedRelation::kAmends);
}

TEST(ReadTextFields, DecisionsThatMinutesListAreNotCited) {
  const TextReading reading =
      Read("محضر الاجتماع رقم ١٧\nالقرار رقم ٤٠٨ : الموافقة\nالقرار رقم ٤٠٩ : إلغاء القرار رقم ٣٩٩ لعام ٢٠٢٠");
  ASSERT_EQ(reading.citations.size(), 1U);
  EXPECT_EQ(reading.citations[0].number, "399");
}

TEST(ReadTextFields, DecisionsAloneInTheirLinesAreListedWhereTheyCount) {
  const TextReading listed = Read("بلدية النبع\nالقرار ( ١٠١ )\nالموافقة\nالقرار ( ١٠٢ )\nإلغاء القرار رقم ٩٩");
  EXPECT_EQ(Values(listed, "number"), "");
  EXPECT_EQ(Values(listed, "type"), "");
  ASSERT_EQ(listed.citations.size(), 1U);
  EXPECT_EQ(listed.citations[0].number, "99");
  EXPECT_EQ(Read("بلدية النبع\nقرار رقم ٥\nالموافقة\nالقرار رقم ٩٩").citations.size(), 1U);
  EXPECT_TRUE(
      ReadTextFields({{.text = "صورتجلسه\n۱) مصوبه شماره ۱: موافقت\nمصوبه ۲: تمدید"}}, "fas").citations.empty());
}

TEST(ReadTextFields, TwoDatesOfOneDayAreNoRivals) {
  const float one = Find(Read("التاريخ: ٤/٤/٢٠١٨"), "date")->confidence;
  const float both = Find(Read("التاريخ: ١٨/٧/١٤٣٩ هـ\nالموافق: ٤/٤/٢٠١٨"), "date")->confidence;
  const float rivals = Find(Read("التاريخ: ٤/٤/٢٠١٨\nالموافق: ٩/٩/٢٠١٨"), "date")->confidence;
  EXPECT_GE(both, one);
  EXPECT_LT(rivals, one);
}

TEST(ReadTextFields, PagesAndPlaces) {
  const std::string first = "قرار رقم ٥ لسنة ٢٠٢٠";
  const std::string last = "يلغى القرار رقم ٣/٢٠١٨\n\nرئيس المجلس\nأحمد سعيد";
  const TextReading reading = ReadTextFields({{.text = first}, {.text = last}}, "ara");
  ASSERT_EQ(reading.citations.size(), 1U);
  EXPECT_EQ(reading.citations[0].place.page, 2);
  const FoundField* signatory = Find(reading, "signatory");
  ASSERT_NE(signatory, nullptr);
  EXPECT_EQ(signatory->place.page, 2);
  EXPECT_EQ(last.substr(signatory->place.begin, signatory->place.end - signatory->place.begin), "أحمد سعيد");
  const FoundField* number = Find(reading, "number");
  ASSERT_NE(number, nullptr);
  EXPECT_EQ(first.substr(number->place.begin, number->place.end - number->place.begin), "٥ لسنة ٢٠٢٠");
}

TEST(ReadTextFields, ANumberKeepsTheDoubtOfItsReading) {
  const std::string text = "قرار رقم ٥٧ لسنة ٢٠٢٠\nيلغى القرار رقم ٣/٢٠١٨";
  const size_t number = text.find("٥٧");
  const size_t other = text.find("٣/");
  const std::vector<ReadStretch> doubts = {{.begin = 0, .end = 4, .confidence = 0.1F},
                                           {.begin = number, .end = number + 4, .confidence = 0.4F},
                                           {.begin = other, .end = other + 2, .confidence = 0.3F}};
  const TextReading reading = ReadTextFields({{.text = text, .stretches = &doubts}}, "ara");
  EXPECT_FLOAT_EQ(Find(reading, "number")->confidence, 0.4F);
  EXPECT_GT(Find(reading, "year")->confidence, 0.9F);
  ASSERT_EQ(reading.citations.size(), 1U);
  EXPECT_FLOAT_EQ(reading.citations[0].confidence, 0.3F);
}

TEST(ReadTextFields, WhatSaysTheSameInShortIsNoRival) {
  const TextReading reading =
      Read("مجلس بلدية النور\nقرار رقم (٤٥) لسنة ٢٠١٨\nالموضوع: تنظيم السوق\nقرر المجلس تنظيمه.");
  EXPECT_EQ(Values(reading, "body"), "مجلس بلدية النور");
  EXPECT_FLOAT_EQ(Find(reading, "body")->confidence, Find(reading, "number")->confidence);
  EXPECT_FLOAT_EQ(Find(reading, "type")->confidence, Find(reading, "number")->confidence);
  const TextReading other = Read("مجلس بلدية النور\nقرار رقم (٤٥) لسنة ٢٠١٨\nقرر مجلس الوزراء تنظيمه.");
  EXPECT_LT(Find(other, "body")->confidence, Find(reading, "body")->confidence);
}

TEST(ReadTextFields, AnExtractOfMinutesIsNotSure) {
  const TextReading reading = Read("محضر جلسة المجلس البلدي\nالقرار رقم 12 لسنة 2016\nالموافقة على الحساب.");
  constexpr float kSure = 0.7F;
  EXPECT_LT(Find(reading, "number")->confidence, kSure);
  EXPECT_LT(Find(reading, "type")->confidence, kSure);
}

TEST(ReadTextFields, WhatTheCouncilDoesLeavesItsNameSure) {
  constexpr const char* kDone[] = {"إلغاء", "الغاء", "تعديل", "إلزام المتعهد بموجب", "المصادقة على", "إلحاق"};
  for (const char* council : {"المجلس", "المجلس البلدي"}) {
    for (const char* done : kDone) {
      const TextReading reading =
          Read(fmt::format("بلدية صور\nقرار رقم 9 لسنة 2019\nقرر {} {} القرار رقم 3 لسنة 2014.", council, done));
      EXPECT_EQ(Values(reading, "body"), "بلدية صور") << council << ' ' << done;
      EXPECT_GE(Find(reading, "body")->confidence, 0.9F) << council << ' ' << done;
    }
  }
}

// A heading names who stands above its council; a paper of his that speaks of a council is another matter.
TEST(ReadTextFields, WhoStandsAboveACouncilDoesNotGainsayIt) {
  const TextReading council = Read("الجمهورية اللبنانية\nمحافظة البقاع\nبلدية زحلة\nقرار رقم 9 لسنة 2019");
  EXPECT_EQ(Values(council, "body"), "بلدية زحلة");
  EXPECT_GE(Find(council, "body")->confidence, 0.9F);
  const TextReading governor = Read("محافظة البقاع\nقرار رقم 9 لسنة 2019\nبلدية زحلة");
  EXPECT_LT(Find(governor, "body")->confidence, 0.7F);
}

TEST(ReadTextFields, ABodyOfAnyTownIsNoRival) {
  for (const char* common : {"المجلس البلدي", "مجلس البلدية"}) {
    const TextReading reading = Read(fmt::format("بلدية السلط الكبرى\nقرار رقم 45/2018\nقرر {} تنظيم السوق.", common));
    EXPECT_EQ(Values(reading, "body"), "بلدية السلط الكبرى");
    EXPECT_GE(Find(reading, "body")->confidence, 0.9F) << common;
  }
  for (const char* other : {"مجلس بلدية إربد", "المجلس البلدي لمدينة إربد"}) {
    const TextReading reading = Read(fmt::format("بلدية السلط الكبرى\nقرار رقم 45/2018\nقرر {} تنظيم السوق.", other));
    EXPECT_LT(Find(reading, "body")->confidence, 0.7F) << other;
  }
}

TEST(ReadTextFields, RivalsLowerTheConfidence) {
  const float alone = Find(Read("قرار رقم ٥ لسنة ٢٠٢٠"), "number")->confidence;
  const float gainsaid = Find(Read("قرار رقم ٥ لسنة ٢٠٢٠\nقرار رقم ٩ لسنة ٢٠٢٠"), "number")->confidence;
  EXPECT_LT(gainsaid, alone);
}

TEST(ReadTextFields, ADoubtfulDateIsLessSure) {
  const TextReading plain = Read("التاريخ: ١٣/٣/٢٠١٩");
  const TextReading turned = Read("التاريخ: ٣/١٣/٢٠١٩");
  ASSERT_EQ(Values(turned, "date"), Values(plain, "date"));
  EXPECT_LT(Find(turned, "date")->confidence, Find(plain, "date")->confidence);
}

// Quadratic time would run into the test's time-out.
TEST(ReadTextFields, HostileTextTakesTimeByItsLengthAlone) {
  for (const char* unit :
       {"((((((((((((قرار رقم ٥ ", "الموضوع: ", "١٢ دينار ", "رئيس المجلس\n", "المدعي: أ\n", "الجلسة رقم ٧ "}) {
    std::string text;
    while (text.size() < 300'000) text += unit;
    for (const FoundField& field : Read(text).fields) EXPECT_LT(field.printed.size(), 4096U);
  }
  std::string money;
  for (int i = 0; i < 1000; ++i) money += std::to_string(i) + " دينار\n";
  EXPECT_EQ(Read(money).fields.size(), 200U);
}

TEST(ReadTextFields, NothingOfNothing) {
  EXPECT_TRUE(ReadTextFields({}, "ara").fields.empty());
  EXPECT_TRUE(Read("").fields.empty());
  EXPECT_TRUE(Read("\n\n \xFF\xD9").citations.empty());
}

}  // namespace
}  // namespace diwan
