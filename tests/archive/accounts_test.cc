// Who gets in and who does not, at any hour of a clock that the test turns.
#include "archive/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <thread>

#include "archive/archive.h"
#include "core/digest.h"
#include "core/id.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int64_t kSecond = 1000;
constexpr int64_t kHour = 3600 * kSecond;
constexpr const char* kPassword = "correct horse";

class AccountsTest : public testing::Test {
 protected:
  AccountsTest() { Open(); }
  void Open() {
    archive_.reset();
    archive_ = std::make_unique<Archive>(folder_.path() / "archive",
                                         ArchiveOptions{.create = true, .now = [this] { return now_; }});
  }
  Accounts& accounts() { return archive_->accounts(); }
  Account Add(const std::string& name, Role role = Role::kReader) {
    return accounts().Add({.name = name, .display_name = "", .role = role, .password = kPassword, .must_change = false},
                          "test");
  }
  SignedIn SignIn(const std::string& name, const std::string& password, const std::string& network = "10.0.0.1") {
    return archive_->sign_ins().SignIn(
        {.name = name, .password = password, .origin = "http:" + network, .network = network, .old_secret = ""});
  }
  // "in", "no" or "later".
  std::string Try(const std::string& name, const std::string& password, const std::string& network = "10.0.0.1") {
    try {
      SignIn(name, password, network);
      return "in";
    } catch (const NotSignedIn&) {
      return "no";
    } catch (const TooOften&) {
      return "later";
    }
  }
  std::vector<std::string> Actions() {
    std::vector<std::string> actions;
    for (const AuditEntry& entry : archive_->store().Audit(0, 1000)) actions.push_back(entry.action);
    return actions;
  }

  TempFolder folder_;
  int64_t now_ = 1'800'000'000'000;
  std::unique_ptr<Archive> archive_;
};

std::string WhyNoName(const std::string& name) {
  return CodeOf([&] { AccountName(name); });
}

TEST_F(AccountsTest, NamesAreFoldedAndBounded) {
  EXPECT_EQ(AccountName("Ahmad"), "ahmad");
  EXPECT_EQ(AccountName("عليّ"), AccountName("علی"));
  for (const char* bad : {"", " ", "a b", "a/b", "..", ".a", "-a", "a\nb", "a\"b", "\xFF"}) {
    EXPECT_EQ(WhyNoName(bad), "invalid") << bad;
  }
  EXPECT_EQ(WhyNoName(std::string(kMaxAccountName + 1, 'a')), "invalid");
  Add("Ahmad");
  EXPECT_EQ(CodeOf([&] { Add("AHMAD"); }), "invalid");
}

TEST_F(AccountsTest, PasswordsAreHashedAndFollowRules) {
  const Account account = Add("ahmad");
  EXPECT_THAT(account.password_hash, testing::StartsWith("$argon2id$v=19$m=65536,t=3,p=1$"));
  const auto code = [&](const std::string& password) {
    return CodeOf([&] { accounts().SetPassword("ahmad", password, false, "test"); });
  };
  EXPECT_EQ(code("too short"), "invalid");
  EXPECT_EQ(code(std::string(kLongestPassword + 1, 'x')), "invalid");
  EXPECT_EQ(code("long enough \xFF"), "invalid");
  EXPECT_EQ(code("كلمة سر طويلة"), "none");
  EXPECT_EQ(
      CodeOf([&] { accounts().Add({.name = "muhammad-ali", .display_name = "", .password = "Muhammad-Ali"}, "test"); }),
      "invalid");
}

TEST_F(AccountsTest, TheFirstAdministratorHasAOneTimePassword) {
  const auto password = accounts().MakeFirst("local:root");
  ASSERT_TRUE(password);
  EXPECT_FALSE(accounts().MakeFirst("local:root"));
  SignedIn first = SignIn("administrator", *password);
  EXPECT_TRUE(first.account.must_change);
  EXPECT_EQ(first.account.role, Role::kAdministrator);
  const SignInRequest present{.name = "administrator", .password = *password, .origin = "http:x", .network = "x"};
  EXPECT_EQ(CodeOf([&] { archive_->sign_ins().ChangePassword(present, *password); }), "invalid");
  const SignedIn changed = archive_->sign_ins().ChangePassword(present, kPassword);
  EXPECT_FALSE(changed.account.must_change);
  EXPECT_FALSE(archive_->sign_ins().Find(first.secret)) << "the old session goes on";
  EXPECT_EQ(Try("administrator", *password), "no");
  EXPECT_EQ(Try("administrator", kPassword), "in");
  for (const AuditEntry& entry : archive_->store().Audit(0, 100)) {
    EXPECT_EQ(entry.detail.find(*password), std::string::npos);
  }
}

double CpuOf(const std::function<void()>& what) {
  timespec begin{};
  timespec end{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
  what();
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  return static_cast<double>(end.tv_sec - begin.tv_sec) + 1e-9 * static_cast<double>(end.tv_nsec - begin.tv_nsec);
}

TEST_F(AccountsTest, AnUnknownNameCostsWhatAWrongPasswordCosts) {
  Add("known");
  Add("disabled");
  accounts().Add({.name = "program", .display_name = "", .password = ""}, "test");
  accounts().Change("disabled", {.disabled = true}, "test");
  Try("known", kPassword);
  std::vector<double> medians;
  std::string said;
  for (const char* name : {"known", "unknown", "disabled", "program"}) {
    std::vector<double> times;
    for (int i = 0; i < 3; ++i) {
      times.push_back(CpuOf([&] {
        try {
          SignIn(name, "wrong password");
        } catch (const NotSignedIn& error) {
          said = said.empty() ? error.what() : said;
          EXPECT_EQ(said, error.what());
        }
      }));
    }
    std::ranges::sort(times);
    medians.push_back(times[1]);
  }
  const auto [least, most] = std::ranges::minmax(medians);
  EXPECT_LT(most, 1.5 * least) << testing::PrintToString(medians);
}

TEST_F(AccountsTest, WrongPasswordsLockANameForLongerAndLonger) {
  Add("ahmad");
  for (int i = 0; i < Lockout::kFreeTries; ++i) EXPECT_EQ(Try("ahmad", "wrong password"), "no") << i;
  EXPECT_EQ(Try("AHMAD", kPassword, "10.9.9.9"), "later");
  now_ += 29 * kSecond;
  EXPECT_EQ(Try("ahmad", kPassword), "later");
  now_ += 2 * kSecond;
  EXPECT_EQ(Try("ahmad", "wrong password"), "no");
  now_ += 31 * kSecond;
  EXPECT_EQ(Try("ahmad", kPassword), "later");
  now_ += 30 * kSecond;
  EXPECT_EQ(Try("ahmad", kPassword), "in");
  EXPECT_EQ(Try("ahmad", "wrong password"), "no") << "a right one begins anew";
  EXPECT_EQ(Try("ahmad", kPassword), "in");
  for (int i = 0; i < Lockout::kFreeTries; ++i) Try("nobody", "wrong password", "10.1.1.1");
  EXPECT_EQ(Try("nobody", "wrong password", "10.1.1.1"), "later") << "names that are none are held back, too";
}

TEST_F(AccountsTest, WrongPasswordsFromOneAddressAreLimited) {
  Add("ahmad");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Try("name" + std::to_string(i), "wrong password", "10.0.0.7"), "no") << i;
  EXPECT_EQ(Try("ahmad", kPassword, "10.0.0.7"), "later");
  EXPECT_EQ(Try("ahmad", kPassword, "10.0.0.8"), "in");
  now_ += 16 * kSecond;
  EXPECT_EQ(Try("ahmad", kPassword, "10.0.0.7"), "in");
}

TEST_F(AccountsTest, SessionsEndAndSurviveARestart) {
  Add("ahmad");
  const auto lives = [this](const SignedIn& session) { return archive_->sign_ins().Find(session.secret).has_value(); };
  const SignedIn idle = SignIn("ahmad", kPassword);
  Open();
  EXPECT_TRUE(lives(idle));
  now_ += kSessionIdleMs;
  EXPECT_FALSE(lives(idle));
  const SignedIn busy = SignIn("ahmad", kPassword);
  EXPECT_EQ(archive_->store().ListSessions().size(), 1U) << "what has expired is removed";
  for (int hour = 0; hour < 11; ++hour) {
    now_ += kHour;
    EXPECT_TRUE(lives(busy)) << hour;
  }
  now_ += kHour;
  EXPECT_FALSE(lives(busy)) << "twelve hours are enough";
  const SignedIn out = SignIn("ahmad", kPassword);
  archive_->sign_ins().SignOut(out, "user:ahmad");
  EXPECT_FALSE(lives(out));
  const SignedIn disabled = SignIn("ahmad", kPassword);
  accounts().Change("ahmad", {.disabled = true}, "test");
  EXPECT_FALSE(lives(disabled));
  EXPECT_EQ(Try("ahmad", kPassword), "no");
}

TEST_F(AccountsTest, SecretsAreStoredAsHashesAlone) {
  Add("ahmad");
  const SignedIn session = SignIn("ahmad", kPassword);
  const MadeToken token = accounts().AddToken({.account = "ahmad", .name = "n", .rights = SetOf(Right::kRead)}, "test");
  EXPECT_EQ(archive_->store().ListSessions().at(0).digest, Sha256Hex(session.secret));
  EXPECT_EQ(archive_->store().ListTokens().at(0).digest, Sha256Hex(token.secret));
  EXPECT_THAT(token.secret, testing::MatchesRegex("diwan_[0-9a-f]{64}"));
}

TEST_F(AccountsTest, TokensAreBoundByTheirAccount) {
  Add("ahmad", Role::kEditor);
  Add("boss", Role::kAdministrator);
  const Rights wanted = SetOf(Right::kRead) | SetOf(Right::kEdit);
  EXPECT_EQ(CodeOf([&] { accounts().AddToken({.account = "ahmad", .name = "n", .rights = kEveryRight}, "test"); }),
            "invalid");
  EXPECT_EQ(CodeOf([&] { accounts().AddToken({.account = "nobody", .name = "n", .rights = wanted}, "test"); }),
            "not_found");
  const MadeToken made = accounts().AddToken({.account = "ahmad", .name = "n", .rights = wanted, .days = 1}, "test");
  EXPECT_EQ(accounts().Find(made.secret)->rights, wanted);
  EXPECT_FALSE(accounts().Find(made.secret + "0"));
  EXPECT_FALSE(accounts().Find(made.secret.substr(kTokenMark.size())));
  accounts().Change("ahmad", {.role = Role::kReader}, "test");
  EXPECT_EQ(accounts().Find(made.secret)->rights, SetOf(Right::kRead)) << "capped when it is used";
  accounts().Change("ahmad", {.disabled = true}, "test");
  EXPECT_FALSE(accounts().Find(made.secret));
  accounts().Change("ahmad", {.disabled = false}, "test");
  now_ += 24 * kHour;
  EXPECT_FALSE(accounts().Find(made.secret)) << "it has expired";
  now_ -= kHour;
  EXPECT_EQ(accounts().Find(made.secret)->token.used_at, now_);
  accounts().Revoke(made.token, "test");
  EXPECT_FALSE(accounts().Find(made.secret));
}

TEST_F(AccountsTest, SomebodyIsLeftToAdminister) {
  Add("boss", Role::kAdministrator);
  EXPECT_EQ(CodeOf([&] { accounts().Change("boss", {.disabled = true}, "test"); }), "invalid");
  EXPECT_EQ(CodeOf([&] { accounts().Change("boss", {.role = Role::kReader}, "test"); }), "invalid");
  Add("second", Role::kAdministrator);
  EXPECT_EQ(CodeOf([&] { accounts().Change("boss", {.disabled = true}, "test"); }), "none");
}

TEST_F(AccountsTest, EverythingIsInTheTrail) {
  Add("ahmad");
  SignIn("ahmad", kPassword);
  Try("ahmad", "wrong password");
  Try("my secret password", "ahmad");
  const MadeToken token = accounts().AddToken({.account = "ahmad", .name = "n", .rights = SetOf(Right::kRead)}, "test");
  accounts().Revoke(token.token, "test");
  accounts().SetPassword("ahmad", "another password", true, "test");
  EXPECT_THAT(Actions(), ElementsAre("account.create", "session.begin", "session.failed", "session.failed",
                                     "token.create", "token.revoke", "account.password"));
  for (const AuditEntry& entry : archive_->store().Audit(0, 100)) {
    EXPECT_EQ((entry.subject + entry.detail).find("secret"), std::string::npos) << "a password typed as a name";
  }
  EXPECT_THAT(archive_->store().CheckAudit().problems, IsEmpty());
}

TEST_F(AccountsTest, WhatIsRefusedAgainAndAgainBecomesOneEntryAndANumber) {
  const AuditEntry refused{
      .actor = "http:10.0.0.1", .action = "access.refused", .subject = "", .detail = "GET /v1/stats"};
  for (int i = 0; i < 5000; ++i) archive_->trail().Count(refused, Trail::Crowd::kJoin);
  EXPECT_EQ(Actions().size(), 1U);
  archive_->trail().Flush();
  ASSERT_EQ(Actions().size(), 2U);
  EXPECT_THAT(archive_->store().Audit(1, 1).at(0).detail, HasSubstr("4999 times more"));
  for (int i = 0; i < 5000; ++i) {
    AuditEntry other = refused;
    other.actor = "http:10.0." + std::to_string(i / 256) + "." + std::to_string(i % 256);
    archive_->trail().Count(other, Trail::Crowd::kJoin);
  }
  EXPECT_LE(Actions().size(), Trail::kMostKinds + 3);
  for (int i = 0; i < 100; ++i) NoteView(*archive_, "user:a", NewId(), "");
  EXPECT_EQ(std::ranges::count(Actions(), std::string("record.view")), 100)
      << "what was looked at is never folded away";
  Open();
  EXPECT_THAT(archive_->store().Audit(Actions().size() - 1, 1).at(0).detail, HasSubstr("times more"));
}

TEST(RateLimit, IsBoundedAndRefills) {
  RateLimit limit({.burst = 3, .refill_ms = 1000});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.Take("a", 0), 0);
  EXPECT_EQ(limit.Take("a", 0), 1);
  EXPECT_EQ(limit.Take("b", 0), 0);
  EXPECT_EQ(limit.Take("a", 1000), 0);
  EXPECT_EQ(limit.Take("a", 1000), 1);
  limit.GiveBack("a");
  EXPECT_EQ(limit.Take("a", 1000), 0);
  for (size_t i = 0; i < 2 * RateLimit::kMostKeys; ++i) limit.Take(std::to_string(i), 1000);
  EXPECT_LE(limit.keys(), RateLimit::kMostKeys);
}

TEST_F(AccountsTest, ManySignInsAtOnceAreToldToWait) {
  Add("ahmad");
  std::atomic<int> in{0};
  std::atomic<int> later{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      const std::string how = Try("ahmad", kPassword, "10.0.1." + std::to_string(i));
      in += how == "in" ? 1 : 0;
      later += how == "later" ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(in, 1);
  EXPECT_EQ(in + later, 16);
  now_ += kHour;
  EXPECT_EQ(Try("ahmad", kPassword), "in");
}

}  // namespace
}  // namespace diwan
