// Sockets in the file system, by system calls: Poco can neither set the mode before others may connect nor name a
// socket whose path is longer than a socket address.
#include "api/local_socket.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.h"

namespace diwan {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  int Release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

[[noreturn]] void Fail(const std::string& what, const std::filesystem::path& path) {
  const std::string reason = std::error_code(errno, std::generic_category()).message();
  throw Error(ErrorCode::kUnavailable, fmt::format("{} {}: {}", what, path.string(), reason));
}

// The address of a socket in `dir`. A path that is too long for one goes through the open folder.
struct Address {
  explicit Address(const std::filesystem::path& dir)
      : path(LocalSocketPath(dir)), folder(::open(dir.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    std::string name = path.string();
    if (name.size() >= sizeof(name_.sun_path)) {
      if (folder.get() < 0) Fail("can't open the folder of", path);
      name = fmt::format("/proc/self/fd/{}/{}", folder.get(), path.filename().string());
    }
    name_.sun_family = AF_UNIX;
    std::memcpy(name_.sun_path, name.c_str(), name.size() + 1);
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&name_); }

  std::filesystem::path path;
  Descriptor folder;  // open as long as the address is used

 private:
  sockaddr_un name_ = {};
};

Descriptor NewSocket(const std::filesystem::path& path) {
  const int number = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (number < 0) Fail("can't make the socket", path);
  return Descriptor(number);
}

void RemoveStale(const std::filesystem::path& path) {
  std::error_code error;
  const auto there = std::filesystem::symlink_status(path, error);
  if (!std::filesystem::exists(there)) return;
  if (there.type() != std::filesystem::file_type::socket) {
    throw Error(ErrorCode::kUnavailable, fmt::format("{} is in the place of the archive's socket", path.string()));
  }
  std::filesystem::remove(path, error);
}

}  // namespace

std::filesystem::path LocalSocketPath(const std::filesystem::path& dir) { return dir / "socket"; }

int ListenOnLocalSocket(const std::filesystem::path& dir, int max_queued) {
  const Address address(dir);
  Descriptor socket = NewSocket(address.path);
  RemoveStale(address.path);
  // On Linux the file that bind makes takes its mode from the descriptor, so there is no moment in which others could
  // connect, and the umask of the other threads stays as it is.
  if (::fchmod(socket.get(), S_IRUSR | S_IWUSR) != 0 || ::bind(socket.get(), address.get(), sizeof(sockaddr_un)) != 0) {
    Fail("can't make the socket", address.path);
  }
  if (::listen(socket.get(), max_queued) != 0) Fail("can't listen on", address.path);
  return socket.Release();
}

int ConnectToLocalSocket(const std::filesystem::path& dir) {
  const Address address(dir);
  Descriptor socket = NewSocket(address.path);
  if (::connect(socket.get(), address.get(), sizeof(sockaddr_un)) != 0) Fail("nobody answers at", address.path);
  return socket.Release();
}

uid_t PeerUser(int descriptor) {
  ucred peer = {};
  socklen_t size = sizeof(peer);
  if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    throw Error(ErrorCode::kUnavailable, "the system doesn't tell who is at the other end of the socket");
  }
  return peer.uid;
}

std::string UserName(uid_t user) {
  std::vector<char> buffer(16U << 10);
  passwd entry = {};
  passwd* found = nullptr;
  if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return found->pw_name;
  return std::to_string(user);
}

}  // namespace diwan
