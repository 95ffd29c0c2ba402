// Which records a citation names, exactly or as a candidate.
#include "archive/resolve.h"

#include <gtest/gtest.h>

#include "archive/body_names.h"
#include "archive/citations.h"
#include "archive/cite_text.h"
#include "citations_fixture.h"

namespace diwan {
namespace {

TEST_F(CitationsTest, NarrowedByWhatBothSidesSay) {
  Put("a", {Given("type", "decision"), Given("number", "45/2018"), Given("body", "بلدية السلط")});
  Put("b",
      {Given("type", "قرار"), Given("number", "45/2018"), Given("body", "بلدية إربد"), Given("date", "2018-05-01")});
  Put("c", {Given("type", "law"), Given("number", "45/2018")});
  Put("d", {Given("type", "decision"), Given("number", "2019/45"), Given("body", "بلدية السلط")});
  Put("e", {Given("number", "77")});
  Put("f",
      {Given("type", "ruling"), Given("number", "9/2017"), Given("case", "2315/67"), Given("court", "محكمة النقض")});
  const struct {
    Citation citation;
    std::string body;  // of the citing paper
    std::string wanted;
  } rows[] = {
      {{.number = "45", .year = "2018"}, "", "several: a b"},
      {{.number = "45", .year = "2018", .body = "البلدية السلط"}, "", "one: a"},
      {{.number = "45", .year = "2018", .body = "لبلدية اربد"}, "", "one: b"},
      {{.number = "45", .year = "2018", .body = "مجلس الوزراء"}, "", "none"},
      {{.number = "45", .year = "2018"}, "مجلس بلدية إربد", "one: b"},
      {{.number = "45", .year = "2018", .date = "2018-05-01"}, "", "several: a b"},
      {{.number = "45", .year = "2018", .date = "2018-05-02"}, "", "one: a"},
      {{.number = "45", .year = "2018", .date = "2018-05-09"}, "", "one: a"},
      {{.kind = CitedKind::kLaw, .number = "45", .year = "2018"}, "", "one: c"},
      {{.kind = CitedKind::kCircular, .number = "45", .year = "2018"}, "", "none"},
      {{.number = "2018/45"}, "", "several: a b"},
      {{.number = "45", .year = "2019"}, "", "one: d"},
      {{.number = "45", .year = "2020"}, "", "none"},
      // Without a year it is a number alone: never exact.
      {{.number = "45"}, "", "several: a(number_only) b(number_only) d(number_only)"},
      {{.number = "45", .body = "بلدية إربد"}, "", "one: b(number_only)"},
      {{.kind = CitedKind::kLaw, .number = "45"}, "", "one: c(number_only)"},
      {{.number = "77", .year = "2018"}, "", "none: e(year_not_known)"},
      // Of another kind of paper it is a candidate; a case has numbers of its own.
      {{.number = "9", .year = "2017"}, "", "none: f(other_kind)"},
      {{.kind = CitedKind::kRuling, .number = "9", .year = "2017"}, "", "one: f"},
      {{.kind = CitedKind::kRuling, .number = "45", .year = "2018"}, "", "none: a(other_kind) b(other_kind)"},
      {{.kind = CitedKind::kRuling, .number = "77"}, "", "one: e(number_only)"},
      {{.kind = CitedKind::kCase, .number = "2315", .year = "67"}, "", "one: f"},
      {{.kind = CitedKind::kCase, .number = "9", .year = "2017"}, "", "none"},
      {{.kind = CitedKind::kLaw, .title = "شهرداری"}, "", "none"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(ResolvedAs(row.citation, row.body), row.wanted)
        << NameOf(row.citation.kind) << ' ' << row.citation.number << '/' << row.citation.year << row.body;
  }
}

TEST_F(CitationsTest, ADoubtfulReadingIsACandidateAndNeverExact) {
  Put("doubtful", {Given("type", "decision"), ReadField("number", "45/2018", 60)});
  Put("sure", {Given("type", "decision"), ReadField("number", "12/2018", 95)});
  EXPECT_EQ(ResolvedAs({.number = "45", .year = "2018"}), "none: doubtful(unsure_number)");
  EXPECT_EQ(ResolvedAs({.number = "40", .year = "2018"}), "none: doubtful(look_alike)");
  EXPECT_EQ(ResolvedAs({.number = "45", .year = "2017"}), "none: doubtful(look_alike)");
  EXPECT_EQ(ResolvedAs({.number = "44", .year = "2018"}), "none");
  // A number that was read well is no look-alike of another, unless the other was read badly.
  EXPECT_EQ(ResolvedAs({.number = "13", .year = "2018", .confidence = 0.95F}), "none");
  EXPECT_EQ(ResolvedAs({.number = "13", .year = "2018", .confidence = 0.5F}), "none: sure(look_alike)");
}

TEST_F(CitationsTest, ACutNumberNamesNoRecord) {
  Put("sure", {Given("type", "decision"), ReadField("number", "77/2021", 95)});
  const auto status = [&](const std::string& text) {
    const std::vector<LookedUp> found = LookUpText(*archive_, "القرار رقم " + text, "ara", 1);
    return found.empty() ? LookUp::kNotLookedUp : found[0].result;
  };
  EXPECT_EQ(status("77 لسنة 2021"), LookUp::kOne);
  EXPECT_EQ(status("77"), LookUp::kOne);
  for (const char* cut : {"77 ب لسنة 2021", "77أ لسنة 2021", "77؟ لسنة 2021", "77.. لسنة 2021", "77 لسنة ٢٠٢I", "77O"})
    EXPECT_NE(status(cut), LookUp::kOne) << cut;
  // A person who says that it is so is believed.
  Citation said{.number = "77", .year = "2021", .confidence = 0.4F};
  EXPECT_EQ(ResolvedAs(said), "none: sure(unsure_number)");
  said.state = CitationState::kConfirmed;
  EXPECT_EQ(ResolvedAs(said), "one: sure");
}

// "STATUS NAME(MATCH) ...; ..." of the citations of a text.
class LookUpTest : public CitationsTest {
 protected:
  std::string LookedUpAs(const std::string& text) {
    std::string out;
    for (const LookedUp& found : LookUpText(*archive_, text, "", 250)) {
      out += out.empty() ? "" : "; ";
      out += found.result == LookUp::kOne ? "one" : found.result == LookUp::kSeveral ? "several" : "none";
      for (const auto& [record, match] : found.matches)
        out += " " + record.external_id + "(" + std::string(NameOf(match)) + ")";
    }
    return out;
  }
};

TEST_F(LookUpTest, LettersAndYearTogetherFindTheRecordHoweverTheyStand) {
  Bring({"m", "بلدية المفرق\nقرار رقم م/٢١ لسنة ٢٠٢٠\nقرر المجلس."});
  Bring({"s", "بلدية المفرق\nقرار رقم 145/ص/2020\nقرر المجلس."});
  Put("given", {Given("type", "decision"), Given("number", "ك/7/2020")});
  for (const char* text : {"القرار رقم م/٢١ لسنة ٢٠٢٠", "القرار رقم م/21/2020", "القرار رقم م / 21 لسنة 2020"})
    EXPECT_EQ(LookedUpAs(text), "one m(exact)") << text;
  for (const char* text : {"القرار رقم 145/ص/2020", "القرار رقم ١٤٥/ص لسنة ٢٠٢٠"})
    EXPECT_EQ(LookedUpAs(text), "one s(exact)") << text;
  EXPECT_EQ(LookedUpAs("القرار رقم ك/7 لسنة 2020"), "one given(exact)");
  EXPECT_EQ(LookedUpAs("القرار رقم م/٢١"), "one m(number_only)");
  EXPECT_EQ(LookedUpAs("القرار رقم م/٢١ لسنة ٢٠١٩"), "none");
  EXPECT_EQ(FindNumbered(archive_->store(), "م/21", "2020", {}, 9).size(), 1U);
}

TEST_F(LookUpTest, ARepeatedNumberIsAnother) {
  Bring({"45", "بلدية المفرق\nقرار رقم 45 لسنة 2018\nقرر المجلس."});
  EXPECT_EQ(LookedUpAs("القرار رقم 45 مكرر لسنة 2018"), "none");
  Bring({"45b", "بلدية المفرق\nقرار رقم 45 مكرر لسنة 2018\nقرر المجلس."});
  Bring({"45ba", "بلدية المفرق\nقرار رقم (45) مكررا (أ) لسنة 2018\nقرر المجلس."});
  EXPECT_EQ(LookedUpAs("القرار رقم 45 لسنة 2018"), "one 45(exact)");
  EXPECT_EQ(LookedUpAs("القرار رقم 45 مكرر لسنة 2018"), "one 45b(exact)");
  EXPECT_EQ(LookedUpAs("القرار رقم 45 bis لسنة 2018"), "one 45b(exact)");
  EXPECT_EQ(LookedUpAs("القرار رقم 45 مكرر أ لسنة 2018"), "one 45ba(exact)");
  EXPECT_EQ(ForceOf("45b"), "in_force");
}

TEST_F(LookUpTest, ARulingIsNoDecision) {
  Bring({"decision", "بلدية المفرق\nقرار رقم 9 لسنة 2021\nقرر المجلس."});
  EXPECT_EQ(LookedUpAs("الحكم رقم 9 لسنة 2021"), "none decision(other_kind)");
  EXPECT_EQ(LookedUpAs("القرار رقم 9 لسنة 2021"), "one decision(exact)");
  Put("ruling", {Given("type", "ruling"), Given("number", "9/2021"), Given("court", "محكمة النقض")});
  EXPECT_EQ(LookedUpAs("الحكم رقم 9 لسنة 2021"), "one ruling(exact)");
  EXPECT_EQ(LookedUpAs("القرار رقم 9 لسنة 2021"), "one decision(exact)");
}

TEST_F(LookUpTest, OnlyHijriDaysMayDifferByOne) {
  Bring({"gregorian", "بلدية المفرق\nقرار رقم 5 لسنة 2018\nالتاريخ: 5/5/2018\nقرر المجلس."});
  Bring({"hijri", "بلدية المفرق\nقرار رقم 6 لسنة 1440\nالتاريخ: 10/5/1440هـ\nقرر المجلس."});
  Bring({"jalali", "شورای اسلامی شهر شیراز\nمصوبه شماره ۷ مورخ ۱۳۹۸/۰۲/۰۲\nموضوع: پارک\nتصویب شد."});
  EXPECT_EQ(LookedUpAs("القرار رقم 5 بتاريخ 5/5/2018"), "one gregorian(exact)");
  EXPECT_EQ(LookedUpAs("القرار رقم 5 بتاريخ 6/5/2018"), "none gregorian(other_day)");
  EXPECT_EQ(LookedUpAs("القرار رقم 5 بتاريخ 4/5/2018"), "none gregorian(other_day)");
  EXPECT_EQ(LookedUpAs("القرار رقم 6 بتاريخ 11/5/1440هـ"), "one hijri(exact)");
  EXPECT_EQ(LookedUpAs("القرار رقم 6 بتاريخ 12/5/1440هـ"), "none hijri(other_day)");
  EXPECT_EQ(LookedUpAs("القرار رقم 6 بتاريخ 17/1/2019"), "one hijri(exact)");
  EXPECT_EQ(LookedUpAs("مصوبه شماره ۷ مورخ ۱۳۹۸/۲/۲"), "one jalali(exact)");
  EXPECT_EQ(LookedUpAs("مصوبه شماره ۷ مورخ ۱۳۹۸/۲/۳"), "none jalali(other_day)");
}

TEST_F(CitationsTest, ACouncilThatNamesNoOtherMeansItself) {
  Bring({"a", "بلدية السلط\nقرار رقم 55 لسنة 2018\nقرر المجلس."});
  const auto cites = [&](const std::string& name, const std::string& body, const std::string& words) {
    Bring({name, body + "\nقرار رقم 3 لسنة 2019\nقرر المجلس تعديل " + words + " رقم 55 لسنة 2018."});
  };
  cites("own", "بلدية السلط", "القرار");
  cites("council", "المجلس البلدي لمدينة السلط", "القرار");
  cites("other", "بلدية عجلون", "القرار");
  cites("named", "بلدية عجلون", "قرار بلدية السلط");
  cites("named-other", "بلدية السلط", "قرار بلدية جرش");
  std::string citing;
  for (const ResolvedCitation& found : CitationsTo(*archive_, "a", 50).citations)
    citing += " " + NameOfRecord(found.record_id);
  EXPECT_EQ(citing, " own council named");
  EXPECT_EQ(ResolvedAs({.number = "55", .year = "2018"}, "بلدية عجلون"), "none: a(other_body)");
  EXPECT_EQ(ResolvedAs({.number = "55", .year = "2018"}), "one: a");
  EXPECT_EQ(ForceOf("a"), "amended");
}

TEST(CompareBodies, ByPlaceAndRealm) {
  const struct {
    const char* a;
    const char* b;
    BodiesAre are;
  } rows[] = {
      // One body under several names.
      {"بلدية بيروت", "مجلس بلدي بيروت", BodiesAre::kSame},
      {"بلدية بيروت", "المجلس البلدي لمدينة بيروت", BodiesAre::kSame},
      {"مجلس بلدية بيروت", "المجلس البلدي لبلدية بيروت", BodiesAre::kSame},
      {"المجلس الشعبي البلدي لبلدية وهران", "بلدية وهران", BodiesAre::kSame},
      {"جماعة سلا", "المجلس الجماعي لسلا", BodiesAre::kSame},
      {"محافظة مأدبا", "مجلس محافظة مادبا", BodiesAre::kSame},
      {"أمانة عمان الكبرى", "مجلس أمانة عمان", BodiesAre::kSame},
      {"شورای اسلامی شهر تبریز", "شهرداری تبریز", BodiesAre::kSame},
      {"دهیاری کهریزک", "شورای اسلامی روستای کهریزک", BodiesAre::kSame},
      {"بلدية الزهراء", "بلدية الزهرا", BodiesAre::kSame},
      {"وزارة الداخلية", "وزارة الداخلية والبلديات", BodiesAre::kSame},
      // Perhaps one.
      {"المجلس البلدي", "بلدية جرش", BodiesAre::kPerhaps},
      {"المجلس البلدي", "المجلس البلدي", BodiesAre::kPerhaps},
      {"شورای اسلامی شهر", "شهرداری قم", BodiesAre::kPerhaps},
      {"", "بلدية جرش", BodiesAre::kPerhaps},
      {"بلدية الزرقاء", "بلدية الزرفاء", BodiesAre::kPerhaps},
      {"بلدية طرابلس", "بلدية طرابلس الغرب", BodiesAre::kPerhaps},
      {"شهرداری تهران", "شهرداری منطقه 5 تهران", BodiesAre::kPerhaps},
      {"شورای اسلامی شهر کازرون", "شورای اسلامی شهرستان کازرون", BodiesAre::kPerhaps},
      // Two.
      {"بلدية السلط", "بلدية جرش", BodiesAre::kOther},
      {"وزارة المالية", "وزارة الصحة", BodiesAre::kOther},
      {"شورای اسلامی شهر شیراز", "شهرداری تبریز", BodiesAre::kOther},
      {"بلدية جبيل", "اتحاد بلديات جبيل", BodiesAre::kOther},
      {"محافظة مأدبا", "بلدية مأدبا", BodiesAre::kOther},
      {"استانداری قم", "شورای اسلامی شهر قم", BodiesAre::kOther},
      {"وزارة الداخلية", "المجلس البلدي", BodiesAre::kOther},
      {"بلدية بيت لحم", "بلدية بيت جالا", BodiesAre::kOther},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(CompareBodies(row.a, row.b), row.are) << row.a << " | " << row.b;
    EXPECT_EQ(CompareBodies(row.b, row.a), row.are) << row.b << " | " << row.a;
  }
}

TEST_F(CitationsTest, ABodyWithoutItsTownNamesNoPaperForCertain) {
  Bring({"beirut", "بلدية بيروت\nالمجلس البلدي\nقرار رقم ٣ لسنة ٢٠١٤\nقرر المجلس تنظيم السوق."});
  const auto repeal = [&](const std::string& head) {
    Bring({"x", head + "\nقرار رقم ٩ لسنة ٢٠١٩\nقرر المجلس ما يلي:\nيلغى القرار رقم ٣ لسنة ٢٠١٤.\n"}, head);
    return ForceOf("beirut");
  };
  EXPECT_EQ(repeal("بلدية صيدا\nالمجلس البلدي"), "in_force");
  EXPECT_EQ(repeal("اتحاد بلديات بيروت"), "in_force");
  EXPECT_EQ(repeal("المجلس البلدي"), "not_known");
  EXPECT_EQ(repeal("مجلس بلدي\nبيروت"), "repealed");
  // Nor does a citation that names a council without its town.
  EXPECT_EQ(ResolvedAs({.number = "3", .year = "2014", .body = "المجلس البلدي"}, "بلدية صيدا"),
            "none: beirut(other_body)");
  EXPECT_EQ(ResolvedAs({.number = "3", .year = "2014", .body = "المجلس البلدي"}, "مجلس بلدي بيروت"), "one: beirut");
  EXPECT_EQ(ResolvedAs({.number = "3", .year = "2014", .body = "وزارة الداخلية"}), "none");
  Put("doubtful", {Given("type", "decision"), Given("number", "4/2014"), ReadField("body", "بلدية صور", 60)});
  EXPECT_EQ(ResolvedAs({.number = "4", .year = "2014"}, "بلدية صور"), "none: doubtful(unsure_body)");
}

TEST(SameBody, NamesMeanOne) {
  const struct {
    const char* a;
    const char* b;
    bool same;
  } rows[] = {
      {"بلدية السلط", "بلدية السلط", true},
      {"مجلس بلدية السلط", "بلدية السلط", true},
      {"بلدية الزرقاء", "بلدية الزرفاء", true},  // one letter
      {"شهرداری تهران", "شهرداري طهران", true},
      {"بلدية السلط", "بلدية إربد", false},
      {"مجلس الوزراء", "المجلس البلدي", false},
      {"", "بلدية السلط", false},
      {"", "", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(SameBody(row.a, row.b), row.same) << row.a << " | " << row.b;
    EXPECT_EQ(SameBody(row.b, row.a), row.same) << row.b << " | " << row.a;
  }
}

}  // namespace
}  // namespace diwan
