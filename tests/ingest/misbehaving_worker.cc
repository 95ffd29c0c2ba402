// A worker for tests: the product's walls and loop around a service that does on demand what a hostile file could make
// a decoder do. The source file says what, and on which page (0: on opening): "crash 2".
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/error.h"
#include "ingest/channel.h"
#include "ingest/serve.h"
#include "ingest/worker_process.h"

extern char** environ;

namespace diwan {
namespace {

// What an action returns stands in Page::engine, for the test to see.
using Action = std::string (*)(std::string_view source);

std::string ResultOf(long result) { return result >= 0 ? "allowed" : std::strerror(errno); }

void SendRaw(std::string_view bytes) { send(kWorkerSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

[[noreturn]] void Sleep() {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}

std::string Crash(std::string_view) {
  raise(SIGSEGV);
  return "";
}

std::string Allocate(std::string_view) {
  std::vector<std::string> hoard;
  for (;;) hoard.emplace_back(1 << 20, 'x');
}

void AllocateWithoutException() noexcept { Allocate(""); }

std::string SendDeepPage(std::string_view) {
  SendFrame(kWorkerSocket, FrameType::kPage, std::string(1 << 20, '\x81'));
  SendFrame(kWorkerSocket, FrameType::kImage, "");
  Sleep();
}

std::string OpenDescriptors(std::string_view) {
  std::string list;
  for (int fd = 0; fd < 1024; ++fd) {
    if (fcntl(fd, F_GETFD) >= 0) list += std::to_string(fd) + " ";
  }
  return list;
}

std::string Environment(std::string_view) {
  std::string list;
  for (char** entry = environ; *entry != nullptr; ++entry) list += std::string(*entry) + " ";
  return list;
}

std::string Execute(std::string_view) {
  char program[] = "/bin/true";
  char* arguments[] = {program, nullptr};
  return ResultOf(execve(program, arguments, environ));
}

std::string StartThread(std::string_view) {
  std::thread([] {}).join();
  return "allowed";
}

std::string SetLimit(std::string_view) {
  const uint64_t none[2] = {~uint64_t{0}, ~uint64_t{0}};
  return ResultOf(syscall(SYS_prlimit64, 0, /*RLIMIT_AS*/ 9, none, nullptr));
}

struct Row {
  std::string_view name;
  Action act;
};
constexpr Row kActions[] = {
    {"fine", [](std::string_view) { return "pid " + std::to_string(getpid()); }},
    // losses
    {"crash", Crash},
    {"abort", [](std::string_view) -> std::string { std::abort(); }},
    {"exit", [](std::string_view) -> std::string { _exit(9); }},
    {"hang", [](std::string_view) -> std::string { Sleep(); }},
    {"spin",
     [](std::string_view) -> std::string {
       for (volatile bool spinning = true; spinning;) {
       }
       return "";
     }},
    {"busy",
     [](std::string_view) {
       while (std::clock() < CLOCKS_PER_SEC / 2) {
       }
       return std::string("done");
     }},
    {"allocate", Allocate},
    {"allocate-noexcept",
     [](std::string_view) {
       AllocateWithoutException();
       return std::string();
     }},
    {"last-byte", [](std::string_view source) { return std::string(1, source.back()); }},
    {"close-socket",
     [](std::string_view) -> std::string {
       close(kWorkerSocket);
       Sleep();
     }},
    // wrong answers
    {"garbage", [](std::string_view) -> std::string { SendRaw("HTTP/1.1 200 OK\r\n\r\n"), Sleep(); }},
    {"half-a-frame", [](std::string_view) -> std::string { SendRaw(std::string_view("\1\0", 2)), Sleep(); }},
    {"huge-frame", [](std::string_view) -> std::string { SendRaw("\xff\xff\xff\xff\4"), Sleep(); }},
    {"wrong-frame",
     [](std::string_view) -> std::string { SendFrame(kWorkerSocket, FrameType::kProbe, "{}"), Sleep(); }},
    {"wrong-error",
     [](std::string_view) -> std::string { SendFrame(kWorkerSocket, FrameType::kError, "{}"), Sleep(); }},
    {"deep-page", SendDeepPage},
    // honest failures
    {"throw-error", [](std::string_view) -> std::string { throw Error(ErrorCode::kCorrupt, "page\nis\x01 damaged"); }},
    {"throw-other", [](std::string_view) -> std::string { throw std::runtime_error("of another kind"); }},
    // what is seen from inside
    {"descriptors", OpenDescriptors},
    {"environment", Environment},
    // attempts that the walls refuse
    {"read-passwd", [](std::string_view) { return ResultOf(open("/etc/passwd", O_RDONLY)); }},
    {"read-itself", [](std::string_view) { return ResultOf(open("/proc/self/maps", O_RDONLY)); }},
    {"list-root", [](std::string_view) { return ResultOf(open("/", O_RDONLY | O_DIRECTORY)); }},
    {"read-fonts", [](std::string_view) { return ResultOf(open("/usr/share/fonts", O_RDONLY | O_DIRECTORY)); }},
    {"write-fonts", [](std::string_view) { return ResultOf(open("/usr/share/fonts/x", O_WRONLY | O_CREAT, 0600)); }},
    {"write-null", [](std::string_view) { return ResultOf(open("/dev/null", O_RDWR)); }},
    {"make-folder", [](std::string_view) { return ResultOf(mkdir("/tmp/diwan-escaped", 0700)); }},
    {"truncate", [](std::string_view) { return ResultOf(ftruncate(kWorkerSocket, 0)); }},
    // attempts that end the process
    {"socket", [](std::string_view) { return ResultOf(socket(AF_INET, SOCK_STREAM, 0)); }},
    {"connect", [](std::string_view) { return ResultOf(connect(kWorkerSocket, nullptr, 0)); }},
    {"execve", Execute},
    {"fork", [](std::string_view) { return ResultOf(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }},
    {"thread", StartThread},
    {"ptrace", [](std::string_view) { return ResultOf(ptrace(PTRACE_ATTACH, getppid(), 0, 0)); }},
    {"mount", [](std::string_view) { return ResultOf(mount("none", "/mnt", "tmpfs", 0, nullptr)); }},
    {"io_uring", [](std::string_view) { return ResultOf(syscall(SYS_io_uring_setup, 1, nullptr)); }},
    {"bpf", [](std::string_view) { return ResultOf(syscall(SYS_bpf, 0, nullptr, 0)); }},
    {"kill-parent", [](std::string_view) { return ResultOf(kill(getppid(), 0)); }},
    {"set-limit", SetLimit},
    {"executable-memory",
     [](std::string_view) {
       return ResultOf(syscall(SYS_mmap, nullptr, 4096, 7, /*MAP_PRIVATE | MAP_ANONYMOUS*/ 0x22, -1, 0));
     }},
};

class Misbehaviour : public PageService {
 public:
  void Prepare(const ReadOptions&) override {}

  SourceProbe Open(std::string_view bytes, const ReadLimits&) override {
    source_ = bytes;
    Act(0);
    return {.kind = MediaKind::kPng, .pages = 3};
  }

  PageReading Read(int number, const std::string&) override {
    PageReading reading;
    Page& page = reading.page;
    page.engine = Act(number);
    page.number = number;
    page.width = 100;
    page.height = 50;
    page.origin = TextOrigin::kOcr;
    page.words = {{.text = "قرار", .box = {.x = 1, .y = 2, .width = 99, .height = 48}, .confidence = 90}};
    page.text = JoinWords(page.words);
    page.image_type = "image/jpeg";
    reading.image = "\xff\xd8\xff and the rest";
    return reading;
  }

  std::string Cut(const ImageCut& cut) override {
    Act(cut.width);
    return "\xff\xd8\xff and the rest";
  }

 private:
  // What the source asks for on page `number`; on other pages, that of "fine".
  std::string Act(int number) {
    std::istringstream wish{std::string(source_.substr(0, 100))};
    std::string name;
    int page = -1;
    wish >> name >> page;
    if (page != number) name = "fine";
    for (const Row& row : kActions) {
      if (row.name == name) return row.act(source_);
    }
    throw Error(ErrorCode::kInvalid, "no such action: " + name);
  }

  std::string_view source_;
};

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  diwan::Misbehaviour service;
  return diwan::ServeParent(argc, argv, service);
}
