// The three ways to the route table, as one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "api/message.h"
#include "archive/archive.h"

namespace diwan {

// Sends requests one at a time. One thread.
class Client {
 public:
  virtual ~Client() = default;
  // The response, its body complete in `body` unless `sink` is given: then a 2xx body goes there instead. Throws
  // kUnavailable when the other side can't be reached or breaks off.
  virtual Response Send(Request& request, const std::function<void(std::string_view)>* sink = nullptr) = 0;
};

// Calls the route table of an archive that this process holds.
std::unique_ptr<Client> ConnectInProcess(Archive& archive);

// Goes to the process that holds the archive in `dir`, through its socket. Throws kUnavailable when nobody answers.
std::unique_ptr<Client> ConnectLocal(const std::filesystem::path& dir);

// Goes to "http://HOST:PORT" or "https://HOST:PORT", there only where the certificate is the host's and by an authority
// that the system, or the file that SSL_CERT_FILE names, knows. Throws kInvalid for a URL that can't be used; the
// connection is made by Send. Each request carries `token`, unless that is "".
std::unique_ptr<Client> ConnectHttp(const std::string& url, const std::string& token = "");

}  // namespace diwan
