// Names of decisions: nobody's but one paper's, and leading to it for ever.
#include "archive/identifier.h"

#include <gmock/gmock.h>

#include "archive/edit_fields.h"
#include "archive/fetch.h"
#include "archive/removal.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

using testing::HasSubstr;

Field Said(const char* name, const char* value, float confidence = 90) {
  return {.name = name, .value = value, .origin = FieldOrigin::kOcr, .confidence = confidence};
}

Record Decision(const char* body, const char* number, const char* year = "2018") {
  return {.fields = {Said("type", "decision"), Said("body", body), Said("number", number), Said("year", year)}};
}

TEST(NameGivenTo, PartsThatDifferMakeNamesThatDiffer) {
  const auto name = [](const char* body, const char* number) { return NameGivenTo(Decision(body, number)).identifier; };
  EXPECT_EQ(name("ب", "12-3"), "decision/ب/2018/12-3");
  EXPECT_EQ(name("ب", "12/3"), "decision/ب/2018/12~3");
  EXPECT_EQ(name("ب", "12.3"), "decision/ب/2018/12.3");
  EXPECT_EQ(name("ب", "٠٤٥ / ٢٠١٨"), "decision/ب/2018/45");
  EXPECT_EQ(name("ب", "2018/45"), "decision/ب/2018/45");
  EXPECT_EQ(name("ب", "145/ص"), "decision/ب/2018/145~ص");
  EXPECT_EQ(name("ب", "(45)"), "decision/ب/2018/45");
  EXPECT_EQ(name("ب", "45 مكرر"), "decision/ب/2018/45~مكرر");
  EXPECT_EQ(name("ب", "45 مكرراً (2)"), "decision/ب/2018/45~مكرر~2");
  EXPECT_EQ(name("ب / ج", "7"), "decision/ب ~ ج/2018/7");
  EXPECT_EQ(name("ب-ج", "7"), "decision/ب-ج/2018/7");
}

TEST(NameGivenTo, WhatCantBeWrittenHasNoName) {
  EXPECT_THAT(NameGivenTo(Decision("..", "9")).why_none, HasSubstr("body"));
  EXPECT_THAT(NameGivenTo(Decision("ب~ج", "9")).why_none, HasSubstr("body"));
  for (const char* number : {"12%2F3?x#y", "12 3", "12(3)", "..", "رقم156", "رقم 156/2018", "156 لسنة 2018"}) {
    const PaperName name = NameGivenTo(Decision("ب", number));
    EXPECT_EQ(name.identifier, "") << number;
    EXPECT_THAT(name.why_none, HasSubstr("number")) << number;
  }
}

TEST(NameGivenTo, DoubtMakesNoName) {
  for (size_t doubtful = 1; doubtful < 4; ++doubtful) {
    Record record = Decision("ب", "45");
    record.fields[doubtful].confidence = kSureConfidence - 1;
    EXPECT_THAT(NameGivenTo(record).why_none,
                HasSubstr("its " + record.fields[doubtful].name + " was read with doubt"));
    record.fields[doubtful].state = FieldState::kConfirmed;
    EXPECT_EQ(NameGivenTo(record).identifier, "decision/ب/2018/45");
  }
  EXPECT_THAT(NameGivenTo(Decision("ب", "46/2019")).why_none, HasSubstr("two years"));
  EXPECT_THAT(NameGivenTo({}).why_none, HasSubstr("only decisions"));
}

class FindNamedTest : public ArchiveTest {
 protected:
  FindNamedTest() {
    Open();
    ImportText(
        R"({"external_id":"a","type":"decision","body":"بلدية السلط","number":"45/2018","pages":["x"]})"
        "\n"
        R"({"external_id":"b","type":"decision","body":"بلدية جرش","number":"12-3","year":"2018","pages":["x"]})"
        "\n"
        R"({"external_id":"c","type":"decision","body":"بلدية جرش","number":"12/3","year":"2018","pages":["x"]})");
  }

  void Set(const std::string& record, const std::string& name, const std::string& value) {
    const Edit edit{.record = record, .version = FetchRecord(*archive_, record).version, .actor = "test", .why = {}};
    EditFields(*archive_, edit, {{.action = FieldAction::kSet, .name = name, .value = value}});
  }

  // The external id of the one record that the name leads to, or how many there are.
  std::string Led(const std::string& body, const std::string& number) {
    const NamedRecords found =
        FindNamed(*archive_, {.kind = "decision", .body = body, .year = "2018", .number = number});
    return found.certain ? found.records.at(0).external_id : std::to_string(found.records.size());
  }
};

TEST_F(FindNamedTest, EachNameLeadsToItsOwnPaper) {
  EXPECT_EQ(Led("بلدية جرش", "12-3"), "b");
  EXPECT_EQ(Led("بلدية جرش", "12~3"), "c");
  EXPECT_EQ(Led("بلدية السلط", "45"), "a");
  EXPECT_EQ(Led("بلدية السلط", "46"), "0");
  EXPECT_EQ(CodeOf([&] { FindByNumber(*archive_, "45", "abcd", {}, 10); }), ErrorCode::kInvalid);
}

TEST_F(FindNamedTest, ANameThatWasGivenOutLeadsToThePaperAfterACorrection) {
  Set("a", "number", "46/2018");
  EXPECT_EQ(Led("بلدية السلط", "46"), "a");
  EXPECT_EQ(Led("بلدية السلط", "45"), "a");
  Set("a", "body", "بلدية معان");
  Set("a", "number", "47/2019");
  EXPECT_EQ(Led("بلدية السلط", "45"), "a") << "two corrections later";
  EXPECT_EQ(Led("بلدية السلط", "46"), "a");
  EXPECT_EQ(Led("بلدية السلط", "47"), "0") << "it never had that name";
  EXPECT_EQ(archive_->store().WrongNumberEntries(), 0U);
  EXPECT_EQ(archive_->store().MendNumberEntries(), 0U);
  Open();
  EXPECT_EQ(Led("بلدية السلط", "45"), "a");

  Set("b", "body", "بلدية السلط");
  Set("b", "number", "45/2018");
  EXPECT_EQ(Led("بلدية السلط", "45"), "b") << "who bears it today goes first";
  const Edit edit{.record = "b", .version = FetchRecord(*archive_, "b").version, .actor = "test", .why = "x"};
  DeleteRecord(*archive_, edit);
  EXPECT_EQ(Led("بلدية السلط", "45"), "a");
}

}  // namespace
}  // namespace diwan
