// A small archive for the tests of the API: two imported papers, and one scan with its image, words and source file, as
// the workers would have stored it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "api/client.h"
#include "api/server.h"
#include "archive/archive.h"

namespace diwan {

class ApiTest : public testing::Test {
 protected:
  ApiTest();
  ~ApiTest() override;

  Response Get(const std::string& path, const std::map<std::string, std::string>& query = {});
  // A token of an account of its own with these rights, new with each call.
  std::string MakeToken(Role role = Role::kAdministrator);
  // A client over HTTP with a token for everything.
  std::unique_ptr<Client> Asking(const Server& server, const std::string& base = "");
  static uint16_t PortOf(const Server& server);
  // Sends raw bytes to 127.0.0.1:`port` and returns all that comes back until the other side closes.
  static std::string RawExchange(uint16_t port, const std::string& bytes);

  std::filesystem::path dir_;
  std::unique_ptr<Archive> archive_;
  std::string imported_id_;
  std::string scan_id_;
  std::string source_bytes_;
};

// A connected TCP socket to 127.0.0.1, closed with the object.
class RawConnection {
 public:
  explicit RawConnection(uint16_t port);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  bool Send(const std::string& bytes) const;
  std::string ReceiveSome() const;  // "" when closed, or nothing came for ten seconds
  std::string ReceiveAll() const;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// A page with two blocks, three lines and five words of Arabic, right to left.
Page SamplePage();

// The image that the scan has: a PNG of 8 x 8 pixels.
std::string SampleImage();

}  // namespace diwan
