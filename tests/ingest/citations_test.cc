// Mentions of other papers: a row for each form that papers use.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/fold.h"
#include "core/record.h"
#include "ingest/fields.h"
#include "ingest/printed_number.h"

namespace diwan {
namespace {

// "KIND NUMBER/YEAR aARTICLE RELATION; ..." of a text.
std::string Cited(const char* text, const char* language) {
  std::string out;
  for (const FoundCitation& found : FindCitations(text, language)) {
    out +=
        (out.empty() ? "" : "; ") + std::string(NameOf(found.kind)) + " " + (found.number.empty() ? "-" : found.number);
    if (!found.year.empty()) out += "/" + found.year;
    if (!found.article.empty()) out += " a" + found.article;
    out += " " + std::string(NameOf(found.relation));
  }
  return out;
}

struct Row {
  const char* text;
  const char* cited;
};

TEST(FindCitations, ArabicForms) {
  constexpr Row kRows[] = {
      {"قرار رقم (١٢٣) لسنة ٢٠١٩", "decision 123/2019 refers_to"},
      {"قرار رقم 45/2018", "decision 45/2018 refers_to"},
      {"القرار رقم ٤٥ لسنة ٢٠١٨ و٢٠١٩", "decision 45/2018 refers_to"},
      {"القرار رقم ٤٥ لسنة ٢٠١٨ و٤٦ لسنة ٢٠١٩", "decision 45/2018 refers_to; decision 46/2019 refers_to"},
      {"القرار رقم ٤٥ لسنة ألفين وثمانية عشر", "decision 45/2018 refers_to"},
      {"القرار رقم ١٬٢٣٤ لسنة ٢٠١٨", "decision 1234/2018 refers_to"},
      {"القانون الأساسي عدد 29 لسنة 2018", "law 29/2018 refers_to"},
      {"المنشور في العدد ٥٤٠٠ من الجريدة الرسمية", ""},
      {"قرار رقم 2018/45", "decision 45/2018 refers_to"},
      {"القرار 45/2018", "decision 45/2018 refers_to"},
      {"في القرار 45", ""},
      {"القرار (45)", "decision 45 refers_to"},
      {"قرار عدد 45 لسنة 2017", "decision 45/2017 refers_to"},
      {"القرار المرقم ٣١٢ في ١٩/٦/٢٠٢٢", "decision 312 refers_to"},
      {"المادة ١٤ من قانون المناقصات الصادر بالقانون رقم ٨٩ لسنة ١٩٩٨", "law 89/1998 a14 refers_to"},
      {"المادة ٨ من نظام المرافعات أمام ديوان المظالم الصادر بالمرسوم الملكي رقم م/٣", "decree م/3 a8 refers_to"},
      {"المادة 117 من القانون التنظيمي 113.14", "law 113.14 a117 refers_to"},
      {"المادة ٩٥ من دستور الولاية لسنة ٢٠٠٥", "law -/2005 a95 refers_to"},
      {"القانون رقم 11 - 10 المؤرخ في 22 / 06 / 2011", "law 11-10 refers_to"},
      {"القرار رقم 12 - 15 آذار 2010", "decision 12 refers_to"},
      {"المادة ٧ / أ من القانون رقم ٥ لسنة ٢٠٠٤", "law 5/2004 a7 refers_to"},
      {"البلاغ رقم ١٢ / ب لعام ١٩٩٥", "circular 12/ب/1995 refers_to"},
      {"كتاب مديرية الحكم المحلي رقم ٢٢٧/١٣", "letter 227/13 refers_to"},
      {"قرار محكمة النقض رقم ٨١٢ أساس ١٠٣٠ تاريخ ١٩/٦/٢٠٠٥", "ruling 812 refers_to"},
      {"الأمر القانوني رقم 87.289 الصادر بتاريخ 20 أكتوبر 1987", "decree 87.289 refers_to"},
      {"قرار المجلس رقم (18/95/17 م.و/ر.ح) لعام 2016", "decision 18/95/17/2016 refers_to"},
      {"تقرير المصلحة رقم 889/أ.ح", "letter 889/أ.ح refers_to"},
      {"خلافا لأحكام المادة ٥ من القانون رقم ٦٤٦", "law 646 a5 refers_to"},
      {"عملا بنصوص المواد (٢٢٠ ، ٢٢٢) من قانون المرافعات رقم (٤٠) لسنة ٢٠٠٢", "law 40/2002 a220,222 implements"},
      {"قرار مجلس البلدية رقم ٧", "decision 7 refers_to"},
      {"قرار مجلس بلدية\nالزهراء رقم ٧ لعام ٢٠٢٠", "decision 7/2020 refers_to"},
      {"القضية رقم ٧٨٩/٢٠١٩", "case 789/2019 refers_to"},
      {"الطعن رقم ٢٣١٥ لسنة ٦٧ ق", "case 2315/67 refers_to"},
      {"الطعن المدني رقم ٢٣١٥ لسنة ٦٧ قضائية", "case 2315/67 refers_to"},
      {"الدعوى رقم ٣٣٠ لسنة ٢٠١١", "case 330/2011 refers_to"},
      {"ملف رقم ١٢/٢٠١٤", "case 12/2014 refers_to"},
      {"كتاب رقم ٩٨ بتاريخ ١/٩/٢٠١٩", "letter 98 refers_to"},
      {"الخطاب رقم ٥٥٠٣ وتاريخ ١٢/١١/١٤٣٩هـ", "letter 5503 refers_to"},
      {"المادة (١٢) من القانون رقم ٥ لسنة ٢٠٠٤", "law 5/2004 a12 refers_to"},
      {"المادتين ٣ و٤ من القانون رقم ٥ لسنة ٢٠٠٤", "law 5/2004 a3,4 refers_to"},
      {"المادة الثانية عشرة من القانون رقم ٥ لسنة ٢٠٠٤", "law 5/2004 a12 refers_to"},
      {"الفقرة (ب) من المادة (٧) من قانون البلديات رقم ٤١ لسنة ٢٠١٥", "law 41/2015 a7 refers_to"},
      {"المادة ١٥٥ من قانون أصول المحاكمات", "law - a155 refers_to"},
      {"المادة ٥ من هذا القانون", ""},
      {"المرسوم الملكي رقم م/٢١ وتاريخ ١٤/٥/١٤٣٨هـ", "decree م/21 refers_to"},
      {"المرسوم بقانون رقم (٣) لسنة ١٩٩٦", "decree 3/1996 refers_to"},
      {"نظام الأبنية رقم ١٦ لسنة ٢٠٠٨", "regulation 16/2008 refers_to"},
      {"التعميم رقم ٨٨ لسنة ٢٠١٧", "circular 88/2017 refers_to"},
      {"حكم محكمة التمييز رقم ١٢/٢٠١٩", "ruling 12/2019 refers_to"},
      {"القرارات أرقام ٥ و٦ و٧ لسنة ٢٠١٨",
       "decision 5/2018 refers_to; decision 6/2018 refers_to; decision 7/2018 refers_to"},
      {"القرارات رقم (٢٨) و(٢٩) لسنة ٢٠٢٣", "decision 28/2023 refers_to; decision 29/2023 refers_to"},
      {"القرارين ١١/٢٠٠٢ و١٢/٢٠٠٢", "decision 11/2002 refers_to; decision 12/2002 refers_to"},
      {"القانون ١٠٤ لعام ١٩٦٠", "law 104/1960 refers_to"},
      {"كتابكم ٧٧١ في ١٤/٦/٢٠١١", "letter 771 refers_to"},
      {"كتاب قائممقامية القضاء (٧٧١) في ٢٠١١/٦/١٤", "letter 771 refers_to"},
      {"كتاب وزارة المالية / الدائرة القانونية المرقم ٨٠٢/٧٧", "letter 802/77 refers_to"},
      {"كتاب وزير الحكم المحلي رقم ح م/٤٤٥", "letter ح م/445 refers_to"},
      {"الأمر السامي رقم ١٢٣٤/م ب وتاريخ ٤/٤/١٤٢٢هـ", "decree 1234/م ب refers_to"},
      {"الأمر رقم 75-41 المؤرخ في 17 جوان 1975", "decree 75-41 refers_to"},
      {"الأمر رقم ٤٥ لسنة ٢٠١٩", "decision 45/2019 refers_to"},
      {"المرسوم التشريعي رقم /١٠٧/ لعام ٢٠١١", "decree 107/2011 refers_to"},
      {"بالفقرة /ب/ من المادة /٢٠/ من القانون رقم /٣٥/ لعام ٢٠٠٧", "law 35/2007 a20 refers_to"},
      {"المادة (١٦/أولا) من القانون رقم ٦٥ لسنة ١٩٧٩", "law 65/1979 a16 refers_to"},
      {"المادة ٥/ب من القانون رقم ١١ لسنة ١٩٥٤", "law 11/1954 a5 refers_to"},
      {"المادة الثالثة والعشرين من القانون رقم ١١ لسنة ١٩٥٤", "law 11/1954 a23 refers_to"},
      {"المادتين الثالثة والرابعة من القانون رقم ١١ لسنة ١٩٥٤", "law 11/1954 a3,4 refers_to"},
      {"الفصلين 242 و278 من مجلة الالتزامات", "law - a242,278 refers_to"},
      {"الفصل 92 من الدستور", "law - a92 refers_to"},
      {"المادة ٢٣٤ أصول محاكمات", "law - a234 refers_to"},
      {"قانون الحكم المحلي لسنة ٢٠٠٦م", "law -/2006 refers_to"},
      {"قانون المحافظات غير المنتظمة في إقليم رقم ٢١ لسنة ٢٠٠٨", "law 21/2008 refers_to"},
      {"يسمى هذا القانون (قانون البلديات لسنة ٢٠١٥)", ""},
      {"الدورية عدد 14520", "circular 14520 refers_to"},
      {"المنشور بالجريدة الرسمية العدد ١٠", ""},
      {"والطعنان رقما ٩٠٢ و٩١٧ لسنة ٤١ ق", "case 902/41 refers_to; case 917/41 refers_to"},
      {"الطعن رقم ٣٥٤ لسنة ٣٨ ق جلسة ١٢/٤/١٩٩٧", "case 354/38 refers_to"},
      {"القرار المستأنف رقم ٣١٤ أساس ١٢٠", "ruling 314 refers_to"},
      {"أساس ٥٥٢ لعام ٢٠٠٤", "case 552/2004 refers_to"},
      {"التماس سكان العقار رقم ٤٤", ""},
      {"قرار المجلس\nرقم القطعة: ٥", ""},
      {"القرار ٩/١١/٢٠٢٠", ""},
      {"القرار\nرقم: ٥", ""},
      {"القطعة رقم ١٢ والهاتف رقم ٥٥٥", ""},
      {"قرر المجلس شراء ١٢ سيارة لسنة ٢٠١٩", ""},
  };
  for (const Row& row : kRows) EXPECT_EQ(Cited(row.text, "ara"), row.cited) << row.text;
}

TEST(FindCitations, ArabicRelations) {
  constexpr Row kRows[] = {
      {"يعدل القرار رقم ٣/٢٠١٨", "decision 3/2018 amends"},
      {"تعديل القرار رقم ٣/٢٠١٨", "decision 3/2018 amends"},
      {"القانون رقم ٧/١٩٩٣ المعدل بالقانون رقم ٨/٢٠٠٣", "law 7/1993 refers_to; law 8/2003 refers_to"},
      {"يلغى القرار رقم ٣/٢٠١٨", "decision 3/2018 repeals"},
      {"إلغاء المادة ٢ من القرار رقم ٣/٢٠١٨", "decision 3/2018 a2 repeals"},
      {"القرار رقم ٣/٢٠١٨ ملغى", "decision 3/2018 repeals"},
      {"يحل هذا القرار محل القرار رقم ٣/٢٠١٨", "decision 3/2018 replaces"},
      {"استبدال القرار رقم ٣/٢٠١٨", "decision 3/2018 replaces"},
      {"تنفيذا للقرار رقم ٣/٢٠١٨", "decision 3/2018 implements"},
      {"عملا بأحكام القرار رقم ٣/٢٠١٨", "decision 3/2018 implements"},
      {"استنادا إلى القرار رقم ٣/٢٠١٨ والقرار رقم ٤/٢٠١٨", "decision 3/2018 implements; decision 4/2018 implements"},
      {"بناء على القرار رقم ٣/٢٠١٨، يلغى القرار رقم ٤/٢٠١٨", "decision 3/2018 implements; decision 4/2018 repeals"},
      {"بعد الاطلاع على القرار رقم ٣/٢٠١٨", "decision 3/2018 refers_to"},
      {"طي القرار رقم ٣/٢٠١٨", "decision 3/2018 repeals"},
      {"ورد طي كتابكم رقم ٣", "letter 3 refers_to"},
      {"وزير المالية إضافة لوظيفته القرار رقم ٣/٢٠١٨", "decision 3/2018 refers_to"},
      {"يقرأ هذا النظام مع النظام رقم ٣/٢٠١٨", "regulation 3/2018 refers_to"},
      {"اللجنة الإقليمية للتنظيم والبناء\nالقرار رقم ٣/٢٠١٨", "decision 3/2018 refers_to"},
      {"(لا يكفي لإلغاء القرار) القرار رقم ٣/٢٠١٨", "decision 3/2018 refers_to"},
      {"(يلغى) القرار رقم ٣/٢٠١٨", "decision 3/2018 repeals"},
      {"طلب إلغاء القرار\nالوقائع : القرار رقم ٣/٢٠١٨", "decision 3/2018 refers_to"},
      {"بناء على القانون رقم ٥٢.٠٥؛\nوعلى كتاب الوزارة رقم ٧", "law 52.05 implements; letter 7 implements"},
      {"تعديل القرار رقم ٣/٢٠١٨\nالقرار رقم ٤/٢٠١٨", "decision 3/2018 amends; decision 4/2018 refers_to"},
      {"ألغي المشروع. القرار رقم ٣/٢٠١٨ نافذ", "decision 3/2018 refers_to"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Cited(row.text, "ara"), row.cited) << row.text;
}

TEST(FindCitations, PersianForms) {
  constexpr Row kRows[] = {
      {"قانون شماره ۱۲ مورخ ۱۳۹۰/۲/۳", "law 12 refers_to"},
      {"ضمانت‌نامه شماره ۲۲۰", ""},
      {"مصوبه شماره ۱۲۳", "decision 123 refers_to"},
      {"مصوبه شماره ۱۵ سال ۱۳۹۷", "decision 15/1397 refers_to"},
      {"مصوبه‌ی شماره ۱۲/۱۳۹۶", "decision 12/1396 refers_to"},
      {"مصوبه ۱۲/۱۳۹۶", "decision 12/1396 refers_to"},
      {"ماده ۸۰ قانون تشکیلات، وظایف و انتخابات شوراهای اسلامی کشور مصوب ۱۳۷۵", "law -/1375 a80 refers_to"},
      {"ماده ۶۹۰ قانون مجازات اسلامی (بخش تعزیرات) مصوب ۱۳۷۵", "law -/1375 a690 refers_to"},
      {"ماده ۳۵۸ قانون آیین دادرسی دادگاه‌های عمومی و انقلاب در "
       "امور "
       "مدنی "
       "مصوب "
       "۱۳۷۹",
       "law -/1379 a358 refers_to"},
      {"بند ۱ ماده ۱۲ و ماده ۸۸ قانون تشکیلات دیوان مصوب سال ۱۳۹۲", "law -/1392 a12,88 refers_to"},
      {"ماده ۹۰ اصلاحی قانون شوراها", "law - a90 refers_to"},
      {"ماده ۳۸ قانون شهرداریها مصوب مرداد ١٣٢٨", "law -/1328 a38 refers_to"},
      {"ماده ۱۸ قانون شاروالی‌ها منتشره سال ۱۳۹۹", "law -/1399 a18 refers_to"},
      {"ماده ۱۲ مقرره تنظیم ترافیک منتشره جریده رسمی شماره (۹۸۵) سال ۱۳۸۸", "regulation - a12 refers_to"},
      {"ماده ۵۴ قانون تشکیل و صلاحیت محاکم", "law - a54 refers_to"},
      {"ماده ۵۴ قانون مذکور", ""},
      {"ماده اول: مقرره شماره (۱۰۴) سال ۱۳۸۴", "regulation 104/1384 refers_to"},
      {"آیین‌نامه مصوب ۱۳۷۸", "regulation -/1378 refers_to"},
      {"کمیسیون ماده ۱۰۰ قانون شهرداری", ""},
      {"تصویر نامه شماره ۲۴۰۰۱۲", "letter 240012 refers_to"},
      {"نامه مورخ ۱۳۹۶/۹/۳۰ به شماره ۴۴/د", "letter 44/د refers_to"},
      {"استعلام شماره ۱۷۷۸ به تاریخ ۱۳۹۶/۱۲/۱۰", "letter 1778 refers_to"},
      {"دادنامه شماره ۲۱۰ مورخ ۱۳۸۸/۰۳/۰۲", "ruling 210 refers_to"},
      {"رأی وحدت رویه شماره ۷۴۸ مورخ ۱۳۹۵/۰۱/۲۴", "ruling 748 refers_to"},
      {"کلاسه پرونده ۹۵/۷۷۸", "case 95/778 refers_to"},
      {"پرونده کلاسه ۹۰/۴۵۶", "case 90/456 refers_to"},
      {"ماده ۱۲ قانون شهرداری", "law - a12 refers_to"},
      {"تبصره ۲ ماده ۱۰۰ قانون شهرداری", "law - a100 refers_to"},
      {"بند ج ماده ۵۵ قانون شهرداری", "law - a55 refers_to"},
      {"ماده ۷ قانون مدیریت پسماندها مصوب ۱۳۸۳", "law -/1383 a7 refers_to"},
      {"بخشنامه شماره ۹۹۸ سال ۱۴۰۱", "circular 998/1401 refers_to"},
      {"آیین‌نامه شماره ۱۱۵۴۰ سال ۱۳۸۰", "regulation 11540/1380 refers_to"},
      {"آیین نامه شماره ۱۱۵۴۰ سال ۱۳۸۰", "regulation 11540/1380 refers_to"},
      {"نامه شماره ۸۸۷۶ مورخ ۱۴۰۱/۰۶/۱۵", "letter 8876 refers_to"},
      {"تصویب‌نامه هیئت وزیران شماره ۳۲۱۰۰", "decree 32100 refers_to"},
      {"مصوبه ۷۰ مورخ ۱۳۹۹/۱۲/۰۱", "decision 70 refers_to"},
      {"طبق نامه ۱۱۷ مورخ ۱۳۹۰/۳/۲۵", "letter 117 implements"},
      {"تصویب‌نامه شماره ۵۰/۷۷۱۲/ت۶۰۱هـ", "decree 50/7712/ت601هـ refers_to"},
      {"اصل یکصد و سی و هشتم قانون اساسی", "law - a138 refers_to"},
      {"ماده ۴۵۲ اصول محاکمات مدنی", "law - a452 refers_to"},
      {"ماده ۹ قانون رسیدگی به تخلفات اداری", "law - a9 refers_to"},
      {"ماده ۱۲ آیین‌نامه اجرایی قانون خدمات مصوب ۱۳۸۸",
       "regulation -/1388 a12 refers_to"},
      {"رأی کمیسیون ماده ۵ شماره ۲۲/۴", "ruling 22/4 refers_to"},
      {"فیصله محکمه ابتدائیه شماره (۷۷)", "ruling 77 refers_to"},
      {"دوسیه نمبر ۶۱/۱۴۰۰", "case 61/1400 refers_to"},
      {"در سال ۱۳۹۲ تعداد ۴۵ نفر", ""},
  };
  for (const Row& row : kRows) EXPECT_EQ(Cited(row.text, "fas"), row.cited) << row.text;
}

TEST(FindCitations, PersianRelations) {
  constexpr Row kRows[] = {
      {"اصلاح مصوبه شماره ۱۲", "decision 12 amends"},
      {"اصلاحیه مصوبه شماره ۱۲", "decision 12 amends"},
      {"به تأسی از فرمان شماره ۱۲", "decree 12 implements"},
      {"فرمان شماره ۱۲ لغو است", "decree 12 repeals"},
      {"مصوبه شماره ۱۲ به استناد بند ۱ ماده ۱۲ قانون دیوان ابطال "
       "می‌شود",
       "decision 12 repeals; law - a12 implements"},
      {"عطف به مصوبه شماره ۱۲ به استناد ماده ۵ قانون شوراها لغو "
       "می‌شود",
       "decision 12 refers_to; law - a5 implements"},
      {"به علت عدم رعایت ماده ۸۲ مکرر ۱ قانون شوراها لغو گردیده است", "law - a82 refers_to"},
      {"بخشنامه شماره ۲۱ از درجه اعتبار ساقط است", "circular 21 repeals"},
      {"الحاق یک تبصره به ماده ۴ مصوبه شماره ۱۲", "decision 12 a4 amends"},
      {"مصوبه شماره ۱۲ اصلاح می‌شود", "decision 12 amends"},
      {"لغو مصوبه شماره ۱۲", "decision 12 repeals"},
      {"مصوبه شماره ۱۲ لغو گردید", "decision 12 repeals"},
      {"مصوبه شماره ۱۲ ملغی است", "decision 12 repeals"},
      {"مصوبه شماره ۱۲ نسخ شد", "decision 12 repeals"},
      {"جایگزین مصوبه شماره ۱۲ می‌شود", "decision 12 replaces"},
      {"در اجرای مصوبه شماره ۱۲", "decision 12 implements"},
      {"به استناد ماده ۱۲ قانون شهرداری، مصوبه شماره ۵ لغو شد", "law - a12 implements; decision 5 repeals"},
      {"مصوبه شماره ۴ و شماره ۵ سال ۱۳۷۸ اصلاح شد", "decision 4/1378 amends; decision 5/1378 amends"},
      {"مصوبه شماره ۱۲ الحاق می‌شود", "decision 12 amends"},
      {"رأی شماره ۱۲ نقض و پرونده مختومه شد", "ruling 12 repeals"},
      {"مصوبه شماره ۱۲ جایگزین می‌شود با این مصوبه", "decision 12 replaces"},
      {"تاریخ ۱۳۹۹/۸/۷ مطابق با ۱۱ ربیع‌الاول ۱۴۴۲ دستورالعمل شماره "
       "۱۲",
       "regulation 12 refers_to"},
      {"پیرو نامه شماره ۱۲", "letter 12 refers_to"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Cited(row.text, "fas"), row.cited) << row.text;
}

TEST(FindCitations, KeywordsMayBeMisreadNumbersNot) {
  const auto exact = FindCitations("القرارات رقم ٤٥ لسنة ٢٠١٨", "ara");
  const auto misread = FindCitations("الفرارات رقم ٤٥ لسنة ٢٠١٨", "ara");
  ASSERT_EQ(exact.size(), 1U);
  ASSERT_EQ(misread.size(), 1U);
  EXPECT_LT(misread[0].confidence, exact[0].confidence);
  EXPECT_EQ(misread[0].number, "45");
  EXPECT_EQ(FindCitations("القرار رقم ٤٥ب٧ لسنة ٢٠١٨", "ara")[0].number, "45");  // no digit is made of a letter
}

TEST(FindCitations, PartsAndPlace) {
  const std::string text = "يلغى قرار مجلس بلدية الزهراء رقم ٥ المؤرخ في ٢/٣/٢٠٠٦ اليوم";
  const auto found = FindCitations(text, "ara");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].body, "مجلس بلدية الزهراء");
  EXPECT_EQ(found[0].date, "2006-03-02");
  EXPECT_EQ(found[0].printed, "قرار مجلس بلدية الزهراء رقم ٥ المؤرخ في ٢/٣/٢٠٠٦");
  EXPECT_EQ(text.substr(found[0].place.begin, found[0].place.end - found[0].place.begin), found[0].printed);
  const auto note = FindCitations("تبصره ۲ ماده ۱۰۰ قانون شهرداری", "fas");
  ASSERT_EQ(note.size(), 1U);
  EXPECT_EQ(note[0].title, "شهرداری");
  EXPECT_EQ(note[0].clause, "۲");
}

TEST(FindCitations, ADoubtfulWordBesideANumberLeavesItUnsure) {
  const std::string text = "ثم إن المجلس قد اطلع على النظام، والمادة ٥ من القرار رقم ١٢";
  const auto confidence = [&](size_t begin) {
    const std::vector<ReadStretch> doubtful = {{.begin = begin, .end = begin + 2, .confidence = 0.3F}};
    return ReadTextFields({{.text = text, .stretches = &doubtful}}, "ara").citations.at(0).confidence;
  };
  EXPECT_LT(confidence(text.find("القرار")), 0.7F);
  EXPECT_LT(confidence(text.find("النظام")), 0.7F);
  EXPECT_GT(confidence(0), 0.9F);
}

TEST(FindCitations, TheLanguageIsToldWhereItIsNotSaid) {
  EXPECT_EQ(Cited("قرار رقم 45/2018", ""), "decision 45/2018 refers_to");
  EXPECT_EQ(Cited("مصوبه شماره 12", ""), "decision 12 refers_to");
}

// Every token of these begins a rule or leads far into one. Quadratic time would run into the test's time-out.
TEST(FindCitations, HostileTextTakesTimeByItsLengthAlone) {
  for (const char* unit : {"قرار ", "قرار مجلس ", "المادة ١ و", "يعدل ", "يحل ", "الفقرة ب من ", "رقم ١/", "\"((",
                           "١ و", "،", "١ د / ", "(١ - ", "المادة ١ من قانون "}) {
    std::string text;
    while (text.size() < 300'000) text += unit;
    EXPECT_LT(FindCitations(text, "ara").size(), text.size());
  }
}

TEST(Split, TheYearIsThePartOfFourDigits) {
  EXPECT_EQ(Split("٤٥/٢٠١٨").number, "45");
  EXPECT_EQ(Split("٤٥/٢٠١٨").year, "2018");
  EXPECT_EQ(Split("2018-45").number, "45");
  EXPECT_EQ(Split("۱۴۰۲/ص/۱۲۳").number, "1402/ص/123");
  EXPECT_EQ(Split("45/92").number, "45/92");
  EXPECT_EQ(Split("2016/2018").year, "2018");
  EXPECT_LT(Split("2016/2018").sure, 1);
}

TEST(SplitPrinted, WordsInANumberKeepTheirSpace) {
  EXPECT_EQ(SplitPrinted("٢٢١/هيئة مدنية/٢٠٢٢").number, "221/هيئة مدنية/2022");
  EXPECT_EQ(SplitPrinted("١٢ / م / ٢٠١٩").number, "12/م/2019");
  EXPECT_EQ(SplitPrinted("٤٥ / ٢٠١٨").year, "2018");
}

TEST(PlainAmount, ThousandsAndFractions) {
  EXPECT_EQ(PlainAmount("1,250,000", 1), "1250000");
  EXPECT_EQ(PlainAmount("1.250.000", 1), "1250000");
  EXPECT_EQ(PlainAmount("1,250.50", 1), "1250.5");
  EXPECT_EQ(PlainAmount("12.5", 1), "12.5");
  EXPECT_EQ(PlainAmount("1.500", 1), "1500");
  EXPECT_EQ(PlainAmount("85,000.250", 1), "85000.25");
  EXPECT_EQ(PlainAmount("2.5", 1000000), "2500000");
  EXPECT_EQ(PlainAmount("1,25,000", 1), "");
  EXPECT_EQ(PlainAmount("1234567890123456", 1), "");
}

}  // namespace
}  // namespace diwan
