// Connections that nobody between can read: TLS 1.2 and 1.3. Inside api/ only.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>

#include "api/server.h"

namespace diwan {

// A server's certificate, read anew when its files change; connections that are open keep the one that they began with.
// One thread.
class TlsCertificate {
 public:
  // `say` is told of files that changed and can't be used: the certificate before stays. Throws kInvalid when the files
  // can't be used now.
  TlsCertificate(TlsFiles files, std::function<void(const std::string&)> say);

  // The server's end of a connection that was just accepted and does not block; the handshake begins with the first
  // bytes received.
  Poco::Net::StreamSocket Secure(const Poco::Net::StreamSocket& accepted);

 private:
  using FileTime = std::filesystem::file_time_type;
  void LookAgain();
  std::pair<FileTime, FileTime> Times() const;

  const TlsFiles files_;
  const std::function<void(const std::string&)> say_;
  std::pair<FileTime, FileTime> read_at_;  // last changes of the files when they were read
  std::chrono::steady_clock::time_point next_look_;
  Poco::Net::Context::Ptr context_;
};

// For a client: believes the system's authorities, and those in the file that SSL_CERT_FILE names.
Poco::Net::Context::Ptr ClientTls();

}  // namespace diwan
