// The terminal is asked itself, so that a password never stands in a list of processes or a shell's history.
#include "cli/secrets.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "core/error.h"

namespace diwan {
namespace {

constexpr char kInterrupt = '\x03';
constexpr size_t kLongestToken = 1000;

// Nothing is shown while it lives. Ctrl-C comes as a character, so that the terminal is never left like this.
class Unseen {
 public:
  Unseen() {
    tcgetattr(STDIN_FILENO, &before_);
    termios now = before_;
    now.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    now.c_cc[VEOL] = kInterrupt;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &now);
  }
  ~Unseen() { tcsetattr(STDIN_FILENO, TCSANOW, &before_); }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
};

std::string AskUnseen(const Console& console, const char* what) {
  console.err << what << std::flush;
  std::string line;
  {
    const Unseen unseen;
    for (char c = 0; read(STDIN_FILENO, &c, 1) == 1 && c != '\n'; line += c) {
      if (c == kInterrupt) throw Error(ErrorCode::kInvalid, "broken off");
    }
  }
  console.err << '\n';
  return line;
}

}  // namespace

std::string ReadPassword(const Console& console) {
  std::string password;
  if (isatty(STDIN_FILENO) == 1) {
    password = AskUnseen(console, "Password: ");
    if (AskUnseen(console, "The same again: ") != password)
      throw Error(ErrorCode::kInvalid, "the two are not the same");
  } else {
    std::getline(std::cin, password);
  }
  if (password.empty())
    throw Error(ErrorCode::kInvalid, "no password was given; it is read from the terminal or standard input");
  return password;
}

std::string ServerToken(const GlobalOptions& global) {
  std::string token;
  if (!global.token_file.empty()) {
    struct stat status {};
    std::ifstream file(global.token_file);
    if (!file || stat(global.token_file.c_str(), &status) != 0) {
      throw Error(ErrorCode::kNotFound, fmt::format("{}: can't be read", global.token_file));
    }
    if ((status.st_mode & (S_IRGRP | S_IROTH)) != 0) {
      throw Error(ErrorCode::kDenied, fmt::format("{0}: others may read it; run: chmod 600 {0}", global.token_file));
    }
    file >> token;
  } else if (const char* const variable = std::getenv("DIWAN_TOKEN"); variable != nullptr) {
    token = variable;
  }
  if (token.size() > kLongestToken || token.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != token.npos) {
    throw Error(ErrorCode::kInvalid, "what stands for the token (--token-file, DIWAN_TOKEN) is none");
  }
  return token;
}

}  // namespace diwan
