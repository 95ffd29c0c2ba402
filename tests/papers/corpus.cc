// The table of all papers: one row each says what it is, when it was dated, and in what shape it reaches the archive.
#include <algorithm>
#include <utility>

#include "tests/papers/texts.h"

namespace diwan::papers {
namespace {

constexpr std::string_view kAmiri = "Amiri", kNaskh = "Noto Naskh Arabic", kSans = "Noto Sans Arabic";
constexpr std::string_view kKufi = "Noto Kufi Arabic", kBook = "KacstBook", kKacstTitle = "KacstTitle";
constexpr std::string_view kNazli = "Nazli", kTitr = "Titr";
constexpr Digits kArabic = Digits::kArabic, kPersian = Digits::kPersian, kLatin = Digits::kLatin;

// clang-format off
const Paper kPapers[] = {
    // file, language, type, number, calendar, printed date, day, digits, condition, format, fonts, pages
    {"قرار البسطات 45.tif", "ara", "decision", 45, 2018, "hijri", "25/6/1439", "2018-03-13",
     kArabic, Condition::kClean, Format::kTiffG4, kAmiri, kKufi, kMarketStalls},
    {"street-lighting-123-2019.pdf", "ara", "decision", 123, 2019, "gregorian", "21/5/2019", "2019-05-21",
     kArabic, Condition::kSkewed, Format::kPdfJpeg, kNaskh, kNaskh, kStreetLighting},
    {"council-minutes-2021-07.tif", "ara", "minutes", 7, 2021, "gregorian", "8/11/2021", "2021-11-08",
     kLatin, Condition::kFaded, Format::kTiffJpeg, kNaskh, kNaskh, kMinutes},
    {"building-permits.jpg", "ara", "decision", 88, 2015, "gregorian", "17/2/2015", "2015-02-17",
     kLatin, Condition::kGaussian, Format::kJpeg, kNaskh, kKufi, kBuildingPermits},
    {"تسمية الشوارع.png", "ara", "decision", 219, 1439, "hijri", "4 صفر 1439", "2017-10-24",
     kArabic, Condition::kPhotocopied, Format::kPngBilevel, kNaskh, kKufi, kStreetNames},
    {"water-fees.png", "ara", "decision", 3, 2021, "gregorian", "5/1/2021", "2021-01-05",
     kLatin, Condition::kSaltPepper, Format::kPng, kAmiri, kNaskh, kWaterFees},
    {"parking.webp", "ara", "decision", 64, 2022, "gregorian", "14 حزيران 2022", "2022-06-14",
     kLatin, Condition::kSkewed, Format::kWebp, kSans, kSans, kParking},
    {"حكم 311.tif", "ara", "ruling", 311, 2017, "gregorian", "19/12/2017", "2017-12-19",
     kArabic, Condition::kFaxFine, Format::kTiffG4, kNaskh, kNaskh, kRuling},
    {"scan0007.tif", "ara", "letter", 2207, 2016, "hijri", "19 رجب 1437", "2016-04-26",
     kArabic, Condition::kUpsideDown, Format::kTiffLzw, kBook, kKacstTitle, kLetter},
    {"لائحة المسالخ.pdf", "ara", "regulation", 14, 1436, "hijri", "11 محرم 1436", "2014-11-04",
     kArabic, Condition::kBornDigital, Format::kPdfText, kAmiri, kNaskh, kSlaughterRegulation},
    {"fax-1998-08-12.tif", "ara", "letter", 16, 1998, "gregorian", "12/8/1998", "1998-08-12",
     kLatin, Condition::kFaxStandard, Format::kTiffG4, kNaskh, kNaskh, kFaxMemo},
    {"مصوبه 456.tif", "fas", "decision", 456, 1402, "jalali", "12/5/1402", "2023-08-03",
     kPersian, Condition::kSkewed, Format::kTiffG4, kNazli, kTitr, kPlayground},
    {"صورت‌جلسه شورا 31.pdf", "fas", "minutes", 31, 1399, "jalali", "2 مهر 1399", "2020-09-23",
     kPersian, Condition::kPhotocopied, Format::kPdfG4, kSans, kTitr, kCouncilMinutes},
    {"dadnameh-9801.tif", "fas", "ruling", 9801, 1390, "jalali", "14/4/1390", "2011-07-05",
     kPersian, Condition::kFaded, Format::kTiffLzw, kSans, kSans, kCourtRuling},
    {"IMG_2018.jpeg", "fas", "letter", 1187, 1396, "jalali", "10 بهمن 1396", "2018-01-30",
     kPersian, Condition::kLowQuality, Format::kJpeg, kSans, kTitr, kPersianLetter},
    {"آیین‌نامه پسماند.pdf", "fas", "regulation", 27, 1395, "jalali", "27/9/1395", "2016-12-17",
     kPersian, Condition::kBornDigital, Format::kPdfText, kNazli, kTitr, kWasteRegulation},
    {"parks-72.png", "fas", "decision", 72, 2013, "gregorian", "22/5/2013", "2013-05-22",
     kLatin, Condition::kGaussian, Format::kPng, kNaskh, kNaskh, kParks},
    {"ابلاغ عوارض.tif", "fas", "letter", 505, 1387, "jalali", "14 اسفند 1387", "2009-03-04",
     kPersian, Condition::kSideways, Format::kTiffJpeg, kAmiri, kTitr, kDuesNotice},
    {"agenda-ramadan.jpg", "fas", "minutes", 9, 1444, "hijri", "15 رمضان 1444", "2023-04-06",
     kPersian, Condition::kSaltPepper, Format::kJpeg, kNazli, kTitr, kAgenda},
};
// clang-format on

constexpr std::string_view kDigitNames[] = {"arabic", "persian", "latin"};
constexpr std::string_view kConditionNames[] = {"clean", "born_digital", "skewed",   "salt_pepper",
                                                "noisy", "faded",        "fax_fine", "fax_standard",
                                                "copy",  "upside_down",  "sideways", "low_quality"};
constexpr std::string_view kFormatNames[] = {"tiff_g4",  "tiff_jpeg", "tiff_lzw", "pdf_jpeg",    "pdf_g4",
                                             "pdf_text", "jpeg",      "png",      "png_bilevel", "webp"};

}  // namespace

std::span<const Paper> Corpus() { return kPapers; }

std::string_view NameOf(Digits digits) { return kDigitNames[static_cast<size_t>(digits)]; }
std::string_view NameOf(Condition condition) { return kConditionNames[static_cast<size_t>(condition)]; }
std::string_view NameOf(Format format) { return kFormatNames[static_cast<size_t>(format)]; }

}  // namespace diwan::papers
