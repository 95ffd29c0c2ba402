// The server over TLS: who may talk to it, and a certificate that changes under it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include "api_fixture.h"
#include "core/error.h"

namespace diwan {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* thing) const {
    kFree(thing);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Free<X509_free>>;
using FilePtr = std::unique_ptr<FILE, Free<std::fclose>>;

void AddExtension(X509* certificate, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// A certificate for "localhost" that vouches for itself.
void WriteCertificate(const TlsFiles& files, int serial) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertificatePtr certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  AddExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(certificate.get(), NID_subject_alt_name, "DNS:localhost");
  X509_set_pubkey(certificate.get(), key.get());
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  PEM_write_X509(FilePtr(std::fopen(files.certificate.c_str(), "w")).get(), certificate.get());
  PEM_write_PrivateKey(FilePtr(std::fopen(files.key.c_str(), "w")).get(), key.get(), nullptr, nullptr, 0, nullptr,
                       nullptr);
}

class TlsTest : public ApiTest {
 protected:
  TlsTest() : files_{.certificate = dir_ / "server.pem", .key = dir_ / "server.key"} { WriteCertificate(files_, 1); }

  void Listen() {
    server_ = ListenTcp(
        *archive_, "127.0.0.1:0",
        {.timeout_seconds = 2,
         .tls = files_,
         .log = std::make_shared<ServerLog>(LogLevel::kWarning, [this](const std::string& line) { said_ += line; })});
  }
  std::string Url() { return "https://localhost:" + std::to_string(PortOf(*server_)); }

  // What one connection of OpenSSL's own client gets for a request, of versions up to `version`.
  struct Exchange {
    std::string answer;
    long serial = 0;
  };
  Exchange Ask(int version = TLS1_3_VERSION) {
    const std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_max_proto_version(context.get(), version);
    const RawConnection connection(PortOf(*server_));
    const std::unique_ptr<SSL, Free<SSL_free>> ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), connection.descriptor());
    if (SSL_connect(ssl.get()) != 1) return {};
    const CertificatePtr shown(SSL_get1_peer_certificate(ssl.get()));
    Exchange exchange{.serial = ASN1_INTEGER_get(X509_get0_serialNumber(shown.get()))};
    const std::string request = "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (const char c : request) SSL_write(ssl.get(), &c, 1);  // a record each
    char bytes[4096];
    for (int count = SSL_read(ssl.get(), bytes, sizeof(bytes)); count > 0;
         count = SSL_read(ssl.get(), bytes, sizeof(bytes))) {
      exchange.answer.append(bytes, static_cast<size_t>(count));
    }
    return exchange;
  }

  // A connection that stays open.
  struct Open {
    explicit Open(uint16_t port)
        : connection(port), context(SSL_CTX_new(TLS_client_method())), ssl(SSL_new(context.get())) {
      SSL_set_fd(ssl.get(), connection.descriptor());
      EXPECT_EQ(SSL_connect(ssl.get()), 1);
    }
    std::string Ask() const {
      constexpr std::string_view kRequest = "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
      SSL_write(ssl.get(), kRequest.data(), static_cast<int>(kRequest.size()));
      std::string answer;
      char bytes[4096];
      for (int count = 1; count > 0 && !answer.ends_with('}');) {
        count = SSL_read(ssl.get(), bytes, sizeof(bytes));
        if (count > 0) answer.append(bytes, static_cast<size_t>(count));
      }
      return answer;
    }
    const RawConnection connection;
    const std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context;
    const std::unique_ptr<SSL, Free<SSL_free>> ssl;
  };

  const TlsFiles files_;
  std::string said_;
  std::unique_ptr<Server> server_;
};

TEST_F(TlsTest, AnswersThoseWhoBelieveTheCertificate) {
  Listen();
  EXPECT_THAT(Ask().answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Ask(TLS1_2_VERSION).answer, StartsWith("HTTP/1.1 200"));
  Request request{.path = "/v1/health"};
  EXPECT_THROW(ConnectHttp(Url())->Send(request), Error);  // the system doesn't know who made it
}

TEST_F(TlsTest, OlderVersionsAndPlainTextGetNothing) {
  Listen();
  EXPECT_EQ(Ask(TLS1_1_VERSION).answer, "");
  EXPECT_THAT(RawExchange(PortOf(*server_), "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"),
              testing::Not(HasSubstr("200")));
  const RawConnection silent(PortOf(*server_));  // never begins its handshake
  EXPECT_THAT(Ask().answer, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(silent.ReceiveSome(), "");
}

TEST_F(TlsTest, CertificateIsReadAnewWhenItChanges) {
  Listen();
  EXPECT_EQ(Ask().serial, 1);
  const Open open(PortOf(*server_));
  EXPECT_THAT(open.Ask(), StartsWith("HTTP/1.1 200"));
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  WriteCertificate(files_, 2);
  EXPECT_EQ(Ask().serial, 2);
  EXPECT_THAT(open.Ask(), StartsWith("HTTP/1.1 200")) << "connections that are open go on";
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  std::ofstream(files_.certificate) << "no certificate\n";
  EXPECT_EQ(Ask().serial, 2);
  EXPECT_THAT(said_, HasSubstr("the one before stays"));
}

TEST_F(TlsTest, FilesThatCannotBeUsedAreToldAtOnce) {
  for (const TlsFiles& files : {TlsFiles{.certificate = files_.certificate, .key = files_.certificate},
                                TlsFiles{.certificate = dir_ / "missing.pem", .key = files_.key}}) {
    try {
      ListenTcp(*archive_, "127.0.0.1:0", {.tls = files});
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid);
      EXPECT_THAT(error.what(), HasSubstr(files.certificate.string()));
    }
  }
}

}  // namespace
}  // namespace diwan
