// Whose word counts when a request is said to come from another address.
#include "api/forwarded.h"

#include "access_fixture.h"
#include "core/error.h"

namespace diwan {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

using Headers = std::map<std::string, std::string>;

Headers For(const std::string& hops) { return {{"x-forwarded-for", hops}}; }

TEST(Proxies, TheLastAddressThatIsNotTrustedIsTheClients) {
  const Proxies proxies({.trusted = {"10.0.0.0/8", "192.168.1.1", "fd00::/8"}});
  const struct {
    const char* peer;
    Headers headers;
    const char* client;
  } kRows[] = {
      {"10.1.1.1", For("9.9.9.9"), "9.9.9.9"},
      {"9.9.9.9", For("1.2.3.4"), "9.9.9.9"},  // nobody whom we know
      {"11.0.0.1", For("1.2.3.4"), "11.0.0.1"},
      {"192.168.1.1", For("1.2.3.4"), "1.2.3.4"},
      {"192.168.1.2", For("1.2.3.4"), "192.168.1.2"},
      {"10.1.1.1", For("6.6.6.6, 9.9.9.9"), "9.9.9.9"},  // the first is the client's own word
      {"10.1.1.1", For("6.6.6.6, 9.9.9.9, 10.2.2.2"), "9.9.9.9"},
      {"10.1.1.1", For("10.3.3.3, 10.2.2.2"), "10.3.3.3"},
      {"10.1.1.1", For("10.3.3.3,9.9.9.9,"), "10.1.1.1"},
      {"10.1.1.1", For("9.9.9.9, unknown"), "10.1.1.1"},
      {"10.1.1.1", For("9.9.9.9, <script>, 10.2.2.2"), "10.2.2.2"},
      {"10.1.1.1", For("9.9.9.9:1234"), "9.9.9.9"},
      {"10.1.1.1", For("[2001:db8::1]:1234"), "2001:db8::1"},
      {"10.1.1.1", For("2001:db8::1"), "2001:db8::1"},
      {"10.1.1.1", For("::ffff:9.9.9.9"), "9.9.9.9"},
      {"::ffff:10.1.1.1", For("9.9.9.9"), "9.9.9.9"},
      {"fd00::1", For("9.9.9.9"), "9.9.9.9"},
      {"fe80::1", For("9.9.9.9"), "fe80::1"},
      {"10.1.1.1", For(""), "10.1.1.1"},
      {"10.1.1.1", For("fe80::1%eth0"), "10.1.1.1"},
      {"10.1.1.1", {}, "10.1.1.1"},
      {"10.1.1.1", {{"forwarded", "for=9.9.9.9"}}, "10.1.1.1"},  // not the way that was named
      {"10.1.1.1", For(std::string(10'000, ',')), "10.1.1.1"},
  };
  for (const auto& row : kRows) {
    const Origin origin = proxies.OriginOf(Poco::Net::IPAddress(row.peer), row.headers);
    EXPECT_EQ(origin.address.toString(), row.client) << row.peer;
    EXPECT_FALSE(origin.secure);
  }
}

TEST(Proxies, TheStandardHeaderIsReadWhereItIsNamed) {
  const Proxies proxies({.trusted = {"10.0.0.0/8"}, .standard = true});
  const struct {
    const char* forwarded;
    const char* client;
    bool secure;
  } kRows[] = {
      {"for=9.9.9.9;proto=https", "9.9.9.9", true},
      {"For=\"[2001:db8::1]:4711\" ; Proto=HTTPS;by=10.1.1.1", "2001:db8::1", true},
      {"for=6.6.6.6;proto=https, for=9.9.9.9;proto=http", "9.9.9.9", false},
      {"for=9.9.9.9;proto=https, for=10.2.2.2;proto=http", "9.9.9.9", true},
      {"for=_hidden;proto=https", "10.1.1.1", true},
      {"proto=https", "10.1.1.1", true},
      {";;==,=;", "10.1.1.1", false},
  };
  for (const auto& row : kRows) {
    const Origin origin = proxies.OriginOf(Poco::Net::IPAddress("10.1.1.1"),
                                           {{"forwarded", row.forwarded}, {"x-forwarded-for", "1.1.1.1"}});
    EXPECT_EQ(origin.address.toString(), row.client) << row.forwarded;
    EXPECT_EQ(origin.secure, row.secure) << row.forwarded;
  }
}

TEST(Proxies, NetworksAreReadStrictly) {
  for (const char* bad : {"", "x", "10", "10/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::1/129",
                          "/8", "localhost", "10.0.0.0/8/8"}) {
    EXPECT_THROW(CheckNetwork(bad), Error) << bad;
  }
  const Proxies all({.trusted = {"0.0.0.0/0", "::/0"}});
  EXPECT_TRUE(all.Trusts(Poco::Net::IPAddress("255.1.2.3")));
  EXPECT_TRUE(all.Trusts(Poco::Net::IPAddress("2001:db8::1")));
  const Proxies odd({.trusted = {"10.128.0.0/9", "2001:db8:8000::/33"}});
  EXPECT_TRUE(odd.Trusts(Poco::Net::IPAddress("10.200.0.1")));
  EXPECT_FALSE(odd.Trusts(Poco::Net::IPAddress("10.127.0.1")));
  EXPECT_TRUE(odd.Trusts(Poco::Net::IPAddress("2001:db8:8001::1")));
  EXPECT_FALSE(odd.Trusts(Poco::Net::IPAddress("2001:db8:1::1")));
}

using ForwardedTest = AccessTest;

TEST_F(ForwardedTest, LimitsAndTheTrailUseTheClientsAddress) {
  Listen({.requests_per_minute = 3, .forwarding = {.trusted = {"127.0.0.0/8"}}});
  for (const char* client : {"9.9.9.1", "9.9.9.2", "2001:db8::1"}) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(Ask("GET", "/v1/stats", For(client)).status, 401) << client;
    EXPECT_EQ(Ask("GET", "/v1/stats", For(client)).status, 429) << client;
  }
  EXPECT_EQ(Ask("GET", "/v1/stats", For("2001:db8::2")).status, 429) << "of the same network";
  archive_->trail().Flush();
  std::vector<std::string> actors;
  for (const AuditEntry& entry : archive_->store().Audit(0, 1000)) actors.push_back(entry.actor);
  EXPECT_THAT(actors, Contains("http:9.9.9.1"));
  EXPECT_THAT(actors, Contains("http:2001:db8::1"));
}

TEST_F(ForwardedTest, WhoIsNotTrustedIsNotBelieved) {
  Listen({.requests_per_minute = 3, .forwarding = {.trusted = {"10.0.0.0/8"}}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Ask("GET", "/v1/stats", For("9.9.9." + std::to_string(i))).status, 401);
  EXPECT_EQ(Ask("GET", "/v1/stats", For("9.9.9.9")).status, 429);
  archive_->trail().Flush();
  for (const AuditEntry& entry : archive_->store().Audit(0, 1000)) EXPECT_THAT(entry.actor, Not(HasSubstr("9.9.9")));
}

TEST_F(ForwardedTest, CookiesAreBoundToTheTlsOfTheProxy) {
  Listen({.forwarding = {.trusted = {"127.0.0.1"}}});
  AddPerson("ahmad", Role::kReader);
  const Headers tls = {{"x-forwarded-for", "9.9.9.9"}, {"x-forwarded-proto", "https"}};
  EXPECT_THAT(SignIn("ahmad", kPassword, tls).headers.at("Set-Cookie"), HasSubstr("__Host-diwan"));
  EXPECT_THAT(SignIn("ahmad", kPassword).headers.at("Set-Cookie"), Not(HasSubstr("Secure")));
  Listen();
  EXPECT_THAT(SignIn("ahmad", kPassword, tls).headers.at("Set-Cookie"), Not(HasSubstr("Secure")));
}

}  // namespace
}  // namespace diwan
