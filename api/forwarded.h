// For whom a proxy asks. Whoever else says that they ask for another is not heard. Inside api/ only.
#pragma once

#include <Poco/Net/IPAddress.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/server.h"

namespace diwan {

// Where a request began.
struct Origin {
  Poco::Net::IPAddress address;
  bool secure = false;  // it came over TLS to the proxy
};

// Any thread may call.
class Proxies {
 public:
  // Throws kInvalid, naming it, for what is neither an address nor a network.
  explicit Proxies(const Forwarding& forwarding);

  bool Trusts(const Poco::Net::IPAddress& address) const;

  // `headers` as a Request has them. From the peer back as long as it is one of the proxies that says for whom it asks;
  // what was said before the first one that is not trusted counts for nothing.
  Origin OriginOf(const Poco::Net::IPAddress& peer, const std::map<std::string, std::string>& headers) const;

 private:
  struct Hop {
    std::string_view address;
    std::string_view protocol;
  };
  std::vector<Hop> HopsOf(const std::map<std::string, std::string>& headers) const;

  std::vector<std::pair<Poco::Net::IPAddress, unsigned>> networks_;  // and the bits that count
  const bool standard_;
};

// Whether the request says that it comes by way of somebody, trusted or not.
bool IsForwarded(const std::map<std::string, std::string>& headers);

// One that has a network of IPv6 has 2^64 addresses: what is counted for an address is counted for this.
std::string NetworkOf(const Poco::Net::IPAddress& address);

}  // namespace diwan
