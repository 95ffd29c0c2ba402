// Lists of hops are read from their end, which the nearest proxy wrote: their beginning is what the client made up.
#include "api/forwarded.h"

#include <Poco/String.h>
#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "core/error.h"

namespace diwan {
namespace {

using Poco::Net::IPAddress;

constexpr unsigned kNetworkBits = 64;

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view Unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::vector<std::string_view> Split(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(sign);
    parts.push_back(Trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view HeaderOf(const std::map<std::string, std::string>& headers, const char* name) {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

// ::ffff:10.0.0.1 is 10.0.0.1.
IPAddress Plain(const IPAddress& address) {
  if (!address.isIPv4Mapped()) return address;
  const std::string text = address.toString();
  IPAddress plain;
  return IPAddress::tryParse(text.substr(text.rfind(':') + 1), plain) ? plain : address;
}

// Reads "10.0.0.1", "10.0.0.1:80", "::1" and "[::1]:80".
bool ReadAddress(std::string_view text, IPAddress& address) {
  if (text.starts_with('[')) {
    text = text.substr(1, text.find(']') - 1);
  } else if (std::ranges::count(text, ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  constexpr size_t kLongest = 45;
  if (text.empty() || text.size() > kLongest || text.find('%') != std::string_view::npos) return false;
  IPAddress read;
  if (!IPAddress::tryParse(std::string(text), read)) return false;
  address = Plain(read);
  return true;
}

unsigned BitsOf(const IPAddress& address) { return address.family() == IPAddress::IPv4 ? 32 : 128; }

std::pair<IPAddress, unsigned> ReadNetwork(const std::string& text) {
  const size_t slash = text.find('/');
  const std::string host = text.substr(0, slash);
  IPAddress address(IPAddress::IPv6);  // "::", which Poco can't read
  const bool whole = host.find(':') != std::string::npos || std::ranges::count(host, '.') == 3;  // "10" is taken else
  bool good = host == "::" || (whole && IPAddress::tryParse(host, address));
  unsigned bits = good ? BitsOf(address) : 0;
  if (good && slash != std::string::npos) {
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, bits);
    good = error == std::errc() && stop == end && bits <= BitsOf(address);
  }
  if (!good) {
    throw Error(ErrorCode::kInvalid, fmt::format("'{}' is no address and no network, as 10.0.0.0/8 is one", text));
  }
  return {address, bits};
}

}  // namespace

void CheckNetwork(const std::string& text) { ReadNetwork(text); }

Proxies::Proxies(const Forwarding& forwarding) : standard_(forwarding.standard) {
  for (const std::string& each : forwarding.trusted) networks_.push_back(ReadNetwork(each));
}

bool Proxies::Trusts(const IPAddress& address) const {
  const IPAddress plain = Plain(address);
  return std::ranges::any_of(networks_, [&](const auto& network) {
    if (network.first.family() != plain.family()) return false;
    const IPAddress mask(network.second, plain.family());
    return (plain & mask) == (network.first & mask);
  });
}

std::vector<Proxies::Hop> Proxies::HopsOf(const std::map<std::string, std::string>& headers) const {
  std::vector<Hop> hops;
  if (!standard_) {
    const std::string_view protocol = Split(HeaderOf(headers, "x-forwarded-proto"), ',').back();
    for (const std::string_view each : Split(HeaderOf(headers, "x-forwarded-for"), ','))
      hops.push_back({each, protocol});
    return hops;
  }
  for (const std::string_view element : Split(HeaderOf(headers, "forwarded"), ',')) {
    Hop hop;
    for (const std::string_view pair : Split(element, ';')) {
      const size_t equals = std::min(pair.find('='), pair.size());
      const std::string_view value = Unquoted(pair.substr(std::min(equals + 1, pair.size())));
      if (Poco::icompare(std::string(pair.substr(0, equals)), "for") == 0) hop.address = value;
      if (Poco::icompare(std::string(pair.substr(0, equals)), "proto") == 0) hop.protocol = value;
    }
    hops.push_back(hop);
  }
  return hops;
}

Origin Proxies::OriginOf(const IPAddress& peer, const std::map<std::string, std::string>& headers) const {
  Origin origin{.address = Plain(peer)};
  if (networks_.empty() || !Trusts(peer)) return origin;
  std::vector<Hop> hops = HopsOf(headers);
  for (; !hops.empty() && Trusts(origin.address); hops.pop_back()) {
    const bool said = ReadAddress(hops.back().address, origin.address);
    origin.secure = Poco::icompare(std::string(hops.back().protocol), "https") == 0;
    if (!said) break;
  }
  return origin;
}

bool IsForwarded(const std::map<std::string, std::string>& headers) {
  return headers.count("x-forwarded-for") > 0 || headers.count("forwarded") > 0 || headers.count("x-real-ip") > 0 ||
         headers.count("via") > 0;
}

std::string NetworkOf(const IPAddress& address) {
  if (address.family() != IPAddress::IPv6) return address.toString();
  return (address & IPAddress(kNetworkBits, IPAddress::IPv6)).toString();
}

}  // namespace diwan
