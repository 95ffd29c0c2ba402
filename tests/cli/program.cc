// Output goes to files, not pipes, so that a program that prints much and one that is watched need no threads.
#include "program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace diwan {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::milliseconds kPause{10};

std::atomic<int> next_number{0};

void PutOutputIn(const std::filesystem::path& path, int fd) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || dup2(file, fd) < 0) _exit(127);
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                 const std::filesystem::path& in) {
  const std::string number = std::to_string(next_number++);
  out_ = folder / ("out" + number);
  err_ = folder / ("err" + number);
  std::vector<std::string> words{DIWAN_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_ = fork();
  if (pid_ != 0) return;
  if (!in.empty() && dup2(open(in.c_str(), O_RDONLY | O_CLOEXEC), STDIN_FILENO) < 0) _exit(127);
  setenv("XDG_DATA_HOME", folder.c_str(), 1);  // whoever runs the tests has an archive of their own
  PutOutputIn(out_, STDOUT_FILENO);
  PutOutputIn(err_, STDERR_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

Program::~Program() {
  if (!Over(false)) {
    kill(pid_, SIGKILL);
    Over(true);
  }
}

bool Program::Over(bool wait) {
  if (ended_) return true;
  int status = 0;
  if (waitpid(pid_, &status, wait ? 0 : WNOHANG) != pid_) return false;
  ended_ = true;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

std::string Program::FirstLine() {
  const auto deadline = Clock::now() + kPatience;
  while (Clock::now() < deadline) {
    const bool over = Over(false);
    const std::string out = ReadFile(out_);
    if (out.find('\n') != std::string::npos) return out.substr(0, out.find('\n'));
    if (over) return "";
    std::this_thread::sleep_for(kPause);
  }
  return "";
}

bool Program::WaitForMessage(const std::string& part) {
  const auto deadline = Clock::now() + kPatience;
  while (Clock::now() < deadline) {
    const bool over = Over(false);
    if (ReadFile(err_).find(part) != std::string::npos) return true;
    if (over) return false;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

void Program::Signal(int signal) {
  if (!Over(false)) kill(pid_, signal);
}

Ended Program::Wait() {
  Over(true);
  return {status_, ReadFile(out_), ReadFile(err_)};
}

Ended RunProgram(const std::vector<std::string>& arguments, const std::filesystem::path& folder) {
  return Program(arguments, folder).Wait();
}

Ended RunWithInput(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                   const std::string& input) {
  const std::filesystem::path in = folder / ("in" + std::to_string(next_number++));
  std::ofstream(in) << input;
  return Program(arguments, folder, in).Wait();
}

std::vector<std::string> TokenFor(const std::string& archive, const std::filesystem::path& folder) {
  RunProgram({"user", "add", "tests", "--role", "administrator", "--level", "confidential", "--no-password",
              "--archive", archive},
             folder);
  std::vector<std::string> add = {"token", "add", "tests", "--account", "tests", "--archive", archive};
  for (const char* scope : {"read", "deliver", "edit", "administer", "monitor"})
    add.insert(add.end(), {"--scope", scope});
  const std::filesystem::path file = folder / "token";
  std::ofstream(file) << RunProgram(add, folder).out;
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  return {"--token-file", file.string()};
}

TempFolder::TempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "diwan-cli-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TempFolder::Write(const std::string& name, const std::string& bytes) const {
  const std::filesystem::path path = path_ / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  std::ifstream file(path, std::ios::binary);
  if (file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  return text.str();
}

}  // namespace diwan
