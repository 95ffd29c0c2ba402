// `diwan serve`: holds the archive, reads what waits, and answers over HTTP and on the archive's socket.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "api/server.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/open.h"
#include "cli/signals.h"

namespace diwan {
namespace {

bool IsLoopback(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("localhost:") || address.starts_with("[::1]:");
}

// A password must never come into a log, so it is shown on a terminal or nowhere.
void WelcomeFirst(const Call& call, Archive& archive) {
  if (!archive.accounts().List().empty()) return;
  if (!call.console.err_is_terminal) {
    call.console.Say("nobody can sign in yet; on this machine: diwan user add NAME --role administrator");
    return;
  }
  const auto password = archive.accounts().MakeFirst(LocalActor());
  if (!password) return;
  call.console.Say(fmt::format("made the account {} with this password for one use: {}", kFirstAccount, *password));
  call.console.Say("it is shown this once, and has to be changed at the first sign-in");
}

}  // namespace

int RunServe(Call& call) {
  std::string listen = "127.0.0.1:8080";
  OpenOptions open;
  std::string certificate;
  std::string key;
  std::string anonymous = "none";
  int64_t requests = ServerOptions().requests_per_minute;
  int64_t workers = std::max(1U, std::thread::hardware_concurrency());
  ArgumentParser parser(call);
  parser.Text("--listen", listen, "the address to answer on, HOST:PORT (now 127.0.0.1:8080); port 0 takes a free one");
  parser.Text("--certificate", certificate,
              "PEM file of the server's certificate: answers over TLS; read anew when it changes");
  parser.Text("--key", key, "PEM file of the certificate's key");
  parser.Choice("--anonymous", anonymous, {"none", "public"},
                "what those may see who don't sign in: nothing, or public records");
  parser.Number("--requests-per-minute", requests, 0, 1'000'000,
                "of each account, and of each address that does not sign in; 0: no limit");
  parser.Number("--workers", workers, 0, 256, "processes that read waiting files");
  parser.Access(open.access);
  parser.Parse();
  if (!call.global.server.empty()) ThrowUsage(call, "an archive is served where it lies, without --server");
  if (certificate.empty() != key.empty()) ThrowUsage(call, "--certificate and --key go together");
  open.workers = static_cast<int>(workers);
  open.catch_up = false;  // answers from the first moment, and tells how much it searched

  FinishOnSignals();
  const auto archive = Hold(call, open);
  WelcomeFirst(call, *archive);
  const auto local = ListenLocal(*archive);
  ServerOptions options;
  if (!certificate.empty()) options.tls = TlsFiles{.certificate = certificate, .key = key};
  options.anonymous = anonymous == "public" ? Anonymous::kPublic : Anonymous::kNone;
  options.requests_per_minute = static_cast<int>(requests);
  options.say = [&call](const std::string& line) { call.console.Say(line); };
  const auto server = ListenTcp(*archive, listen, options);
  if (!IsLoopback(server->address()) && !options.tls) {
    call.console.Say("warning: without --certificate and --key, passwords and papers cross the network unencrypted");
  }
  call.console.PrintLine((options.tls ? "https://" : "http://") + server->address());
  call.console.out << std::flush;
  while (!Interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  call.console.Say("stopping");
  return kExitSuccess;
}

}  // namespace diwan
