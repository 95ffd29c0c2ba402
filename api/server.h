// The route table over HTTP: on a TCP address for the network, and on the archive's local socket for commands on the
// same machine.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/authentication.h"
#include "api/server_log.h"
#include "archive/archive.h"

namespace diwan {

class Metrics;

struct TlsFiles {
  std::filesystem::path certificate;  // PEM: the server's, then those between it and a known authority
  std::filesystem::path key;          // PEM, without a pass phrase
};

// Whom we believe that they ask for somebody else.
struct Forwarding {
  std::vector<std::string> trusted = {};  // addresses and networks of proxies: "10.0.0.1", "fd00::/8"
  bool standard = false;  // they say so by Forwarded (RFC 7239), and not by X-Forwarded-For and X-Forwarded-Proto
};

// Throws kInvalid for what is neither an address nor a network.
void CheckNetwork(const std::string& text);

struct ServerOptions {
  int threads = 16;
  uint64_t max_body_bytes = 4ULL << 30;  // over TCP; on the local socket only the use cases' own limits hold
  size_t max_head_bytes = 64U << 10;     // at most so many
  size_t max_connections = 1000;         // beyond, the one that has waited longest for its client is closed
  // Of one address (of IPv6, one /64) that is no trusted proxy; 0: no limit.
  size_t max_connections_per_address = 250;
  int keep_alive_seconds = 5;  // from an answer to the next request
  int timeout_seconds = 30;    // for a request's head; for each wait on the client after it
  // Over TCP; without it whoever is between can read and write. The files are read anew when they change.
  std::optional<TlsFiles> tls = {};
  Anonymous anonymous = Anonymous::kNone;
  // Over TCP, of each account, and of each network of those who are not signed in; as many at once. 0: no limit.
  int requests_per_minute = 6000;
  Forwarding forwarding = {};
  bool metrics_on_loopback = false;           // the right to monitor for who asks from this machine without signing in
  std::shared_ptr<Metrics> metrics = {};      // of several servers that count together; none: one of its own
  std::shared_ptr<const ServerLog> log = {};  // none: nothing is written down
};

// Serves until destroyed. Owns its threads; `archive` must outlive it.
class Server {
 public:
  virtual ~Server() = default;              // stops accepting, finishes the requests under way
  virtual std::string address() const = 0;  // "127.0.0.1:8080" as bound, or the socket's path
};

// Listens on "HOST:PORT"; port 0 takes a free one. Throws kInvalid for an address that can't be read or a
// certificate that can't be used, kUnavailable when it can't be bound.
std::unique_ptr<Server> ListenTcp(Archive& archive, const std::string& address, const ServerOptions& options = {});

// Listens on `socket` inside the archive's folder (mode 0600; only the same user and root are answered, told from peer
// credentials). A dead process's socket is replaced. Works for paths longer than a socket address holds.
std::unique_ptr<Server> ListenLocal(Archive& archive, const ServerOptions& options = {});

}  // namespace diwan
