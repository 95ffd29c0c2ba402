// The audit trail's chain: whatever is done to a stored entry is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "core/digest.h"
#include "core/encoding.h"
#include "store/keys.h"
#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

using testing::HasSubstr;

// A store with ten audit entries, on disk.
struct Trail {
  TempFolder folder;
  AuditCheck before;

  Trail() {
    Store store(folder.Store());
    for (int i = 0; i < 5; ++i) {
      ChangeSet changes;
      changes.audit = {MakeAudit(std::to_string(2 * i)), MakeAudit(std::to_string(2 * i + 1))};
      store.Commit(changes);
    }
    before = store.CheckAudit();
  }
};

TEST(Audit, EachEntryHoldsTheHashOfTheOneBefore) {
  const Trail trail;
  EXPECT_EQ(trail.before.problem_count, 0U);
  EXPECT_EQ(trail.before.entries, 10U);
  const Store store(trail.folder.Store());
  std::string previous(64, '0');
  for (const ChainedAuditEntry& entry : store.AuditChain(0, 100)) {
    EXPECT_EQ(entry.previous, previous);
    // As docs/on_disk_format.md says, so that others can compute it.
    EXPECT_EQ(entry.hash, Sha256Hex(SequenceKey(entry.number) + DigestKey(entry.previous) + entry.bytes));
    EXPECT_EQ(entry.entry, DecodeAuditEntry(entry.bytes, "it"));
    previous = entry.hash;
  }
  EXPECT_EQ(trail.before.head, previous);
}

TEST(Audit, TamperingIsFound) {
  using Values = std::map<std::string, std::string>;
  const struct {
    const char* what;
    std::function<void(RawStore&, const Values&)> tamper;
    const char* told;
  } rows[] = {
      {"altered",
       [](RawStore& raw, const Values& v) {
         std::string value = v.at(SequenceKey(4));
         value.replace(value.find("test"), 4, "Test");
         raw.Put("audit", SequenceKey(4), value);
       },
       "audit entry 5 does not follow"},
      {"the last one altered",
       [](RawStore& raw, const Values& v) {
         std::string value = v.at(SequenceKey(9));
         value.replace(value.find("test"), 4, "Test");
         raw.Put("audit", SequenceKey(9), value);
       },
       "audit entry 9 is not the one"},
      {"the first one missing", [](RawStore& raw, const Values&) { raw.Delete("audit", SequenceKey(0)); },
       "audit entry 0 is missing"},
      {"one missing", [](RawStore& raw, const Values&) { raw.Delete("audit", SequenceKey(3)); },
       "audit entry 3 is missing"},
      {"several missing",
       [](RawStore& raw, const Values&) {
         for (const uint64_t n : {3U, 4U, 5U}) raw.Delete("audit", SequenceKey(n));
       },
       "audit entries 3 to 5 are missing"},
      {"the last ones missing",
       [](RawStore& raw, const Values&) {
         for (const uint64_t n : {8U, 9U}) raw.Delete("audit", SequenceKey(n));
       },
       "audit entries 8 to 9 are missing"},
      {"swapped",
       [](RawStore& raw, const Values& v) {
         raw.Put("audit", SequenceKey(2), v.at(SequenceKey(6)));
         raw.Put("audit", SequenceKey(6), v.at(SequenceKey(2)));
       },
       "audit entry 2 does not follow"},
      {"one twice in place of another",
       [](RawStore& raw, const Values& v) { raw.Put("audit", SequenceKey(5), v.at(SequenceKey(4))); },
       "audit entry 5 does not follow"},
      {"no entry", [](RawStore& raw, const Values&) { raw.Put("audit", SequenceKey(7), "?"); },
       "audit entry 7 does not follow"},
      {"all missing",
       [](RawStore& raw, const Values& v) {
         for (const auto& [key, value] : v) raw.Delete("audit", key);
       },
       "audit entries 0 to 9 are missing"},
  };
  for (const auto& row : rows) {
    const Trail trail;
    {
      RawStore raw(trail.folder.Store());
      row.tamper(raw, raw.All("audit"));
    }
    const AuditCheck check = Store(trail.folder.Store()).CheckAudit();
    ASSERT_FALSE(check.problems.empty()) << row.what;
    EXPECT_THAT(check.problems.front(), HasSubstr(row.told)) << row.what;
  }
}

// Whoever can write the whole database can cut the end off and make it fit; a head that was kept elsewhere shows it.
TEST(Audit, AnEndThatWasCutOffAndMadeToFitIsToldByAKnownHead) {
  const Trail trail;
  {
    RawStore raw(trail.folder.Store());
    const std::string last_kept = raw.All("audit").at(SequenceKey(7));
    const std::string hash = DigestKey(Sha256Hex(SequenceKey(7) + last_kept));
    for (const uint64_t n : {8U, 9U}) raw.Delete("audit", SequenceKey(n));
    raw.Put("default", "audit_head", SequenceKey(8) + hash);
    Counters counters = DecodeCounters(raw.All("default").at("counters"));
    counters.audit = 8;
    raw.Put("default", "counters", EncodeCounters(counters));
  }
  Store store(trail.folder.Store());
  EXPECT_EQ(store.CheckAudit().problem_count, 0U);
  const KnownAuditHead known{.entries = trail.before.entries, .hash = trail.before.head};
  EXPECT_THAT(store.CheckAudit(known).problems.at(0), HasSubstr("cut off"));
  for (int i = 0; i < 5; ++i) {
    ChangeSet changes;
    changes.audit = {MakeAudit("new")};
    store.Commit(changes);
  }
  EXPECT_THAT(store.CheckAudit(known).problems.at(0), HasSubstr("are not those"));
  const AuditCheck now = store.CheckAudit();
  EXPECT_EQ(store.CheckAudit({.entries = now.entries, .hash = now.head}).problem_count, 0U);
}

TEST(Audit, OldArchivesAreChainedWhenTheyAreOpened) {
  const Trail trail;
  constexpr size_t kHash = 32;
  for (const size_t chained : {0U, 4U}) {  // also one that was broken off on the way
    {
      RawStore raw(trail.folder.Store());
      const auto values = raw.All("audit");
      for (const auto& [key, value] : values) {
        if (ParseSequenceKey(key) >= chained) raw.Put("audit", key, value.substr(kHash));
      }
      raw.Delete("default", "audit_head");
      if (chained > 0) {
        const std::string& last = values.at(SequenceKey(chained - 1));
        raw.Put("default", "audit_head", SequenceKey(chained) + DigestKey(Sha256Hex(SequenceKey(chained - 1) + last)));
      }
      raw.Put("default", "format", "3");
    }
    Store store(trail.folder.Store());
    const AuditCheck check = store.CheckAudit();
    EXPECT_THAT(check.problems, testing::IsEmpty());
    EXPECT_EQ(check.head, trail.before.head);
    EXPECT_EQ(store.Audit(0, 100).size(), 10U);
  }
}

TEST(Access, AccountsTokensAndSessionsAreKept) {
  const TempFolder folder;
  const Account account{.name = "\xD8\xA3\xD8\xAD\xD9\x85\xD8\xAF",
                        .display_name = "A",
                        .password_hash = "$argon",
                        .role = Role::kEditor,
                        .clearance = {.level = AccessLevel::kInternal, .bodies = {"b"}},
                        .disabled = true,
                        .must_change = true,
                        .created_at = 5,
                        .changed_at = 6};
  const Token token{.digest = Sha256Hex("t"),
                    .id = "i",
                    .name = "n",
                    .account = "a",
                    .rights = SetOf(Right::kRead) | SetOf(Right::kEdit),
                    .created_at = 1,
                    .expires_at = 2,
                    .used_at = 3};
  const Session session{.digest = Sha256Hex("s"), .account = "a", .created_at = 1, .used_at = 2};
  {
    Store store(folder.Store());
    ChangeSet changes;
    changes.accounts = {account};
    changes.tokens = {token};
    changes.sessions = {session};
    store.Commit(changes);
  }
  Store store(folder.Store());
  EXPECT_EQ(store.GetAccount(account.name), account);
  EXPECT_EQ(store.GetToken(token.digest), token);
  EXPECT_EQ(store.GetSession(session.digest), session);
  EXPECT_EQ(store.GetSession(token.digest), std::nullopt);
  EXPECT_EQ(store.GetToken("no digest"), std::nullopt);
  EXPECT_EQ(store.ListAccounts().size() + store.ListTokens().size() + store.ListSessions().size(), 3U);
  ChangeSet changes;
  changes.ended = {token.digest, session.digest};
  store.Commit(changes);
  EXPECT_TRUE(store.ListTokens().empty() && store.ListSessions().empty());
}

}  // namespace
}  // namespace diwan
