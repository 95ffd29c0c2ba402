#include "api/tls.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureStreamSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <fmt/core.h>

#include "core/error.h"

namespace diwan {
namespace {

namespace net = Poco::Net;

constexpr std::chrono::seconds kLook{1};  // how often the files' times are looked at, at most
constexpr int kOld =
    net::Context::PROTO_SSLV2 | net::Context::PROTO_SSLV3 | net::Context::PROTO_TLSV1 | net::Context::PROTO_TLSV1_1;
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL";  // of TLS 1.2; those of 1.3 are all good

// The server's end, which Poco makes in its own listening socket only.
class Accepted : public net::SecureStreamSocketImpl {
 public:
  Accepted(net::StreamSocketImpl* plain, net::Context::Ptr context)
      : SecureStreamSocketImpl(plain, std::move(context)) {
    acceptSSL();
  }
};

net::Context::Ptr Load(const TlsFiles& files) {
  static const bool initialized = (net::initializeSSL(), true);
  static_cast<void>(initialized);
  try {
    net::Context::Ptr context =
        new net::Context(net::Context::TLS_SERVER_USE, files.key.string(), files.certificate.string(), "",
                         net::Context::VERIFY_NONE, 9, false, kCiphers);
    context->disableProtocols(kOld);
    context->preferServerCiphers();
    return context;
  } catch (const Poco::Exception& error) {
    throw Error(ErrorCode::kInvalid, fmt::format("the certificate {} and the key {} can't be used: {}",
                                                 files.certificate.string(), files.key.string(), error.displayText()));
  }
}

}  // namespace

TlsCertificate::TlsCertificate(TlsFiles files, std::function<void(const std::string&)> say)
    : files_(std::move(files)), say_(std::move(say)), read_at_(Times()), context_(Load(files_)) {}

std::pair<TlsCertificate::FileTime, TlsCertificate::FileTime> TlsCertificate::Times() const {
  std::error_code gone;  // a file that is just being replaced is looked at again
  return {std::filesystem::last_write_time(files_.certificate, gone),
          std::filesystem::last_write_time(files_.key, gone)};
}

void TlsCertificate::LookAgain() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_look_) return;
  next_look_ = now + kLook;
  const auto times = Times();
  if (times == read_at_) return;
  read_at_ = times;
  try {
    context_ = Load(files_);
  } catch (const Error& error) {
    say_(std::string(error.what()) + "; the one before stays");
  }
}

net::StreamSocket TlsCertificate::Secure(const net::StreamSocket& accepted) {
  LookAgain();
  return net::StreamSocket(new Accepted(dynamic_cast<net::StreamSocketImpl*>(accepted.impl()), context_));
}

net::Context::Ptr ClientTls() {
  static const net::Context::Ptr context = [] {
    net::initializeSSL();
    net::Context::Ptr made = new net::Context(net::Context::TLS_CLIENT_USE, "", net::Context::VERIFY_STRICT, 9, true);
    made->disableProtocols(kOld);
    return made;
  }();
  return context;
}

}  // namespace diwan
