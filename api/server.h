// The route table over HTTP: on a TCP address for the network, and on the archive's local socket for commands on the
// same machine.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "archive/archive.h"

namespace diwan {

struct ServerOptions {
  int threads = 16;
  uint64_t max_body_bytes = 4ULL << 30;  // over TCP; on the local socket only the use cases' own limits hold
  int max_queued = 64;                   // connections waiting for a thread
  int keep_alive_seconds = 5;
  int timeout_seconds = 30;  // of one read or write
};

// Serves until destroyed. Owns its threads; `archive` must outlive it.
class Server {
 public:
  virtual ~Server() = default;              // stops accepting, finishes the requests under way
  virtual std::string address() const = 0;  // "127.0.0.1:8080" as bound, or the socket's path
};

// Listens on "HOST:PORT"; port 0 takes a free one. Throws kInvalid for an address that can't be read, kUnavailable when
// it can't be bound.
std::unique_ptr<Server> ListenTcp(Archive& archive, const std::string& address, const ServerOptions& options = {});

// Listens on `socket` inside the archive's folder (mode 0600; only the same user and root are answered, told from peer
// credentials). A dead process's socket is replaced. Works for paths longer than a socket address holds.
std::unique_ptr<Server> ListenLocal(Archive& archive, const ServerOptions& options = {});

}  // namespace diwan
