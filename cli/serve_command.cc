// `diwan serve`: holds the archive, reads what waits, and answers over HTTP and on the archive's socket.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "api/server.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/open.h"
#include "cli/settings.h"
#include "cli/signals.h"

namespace diwan {
namespace {

bool IsLoopback(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("localhost:") || address.starts_with("[::1]:");
}

// A password must never come into a log, so it is shown on a terminal or nowhere.
void WelcomeFirst(const Call& call, Archive& archive, const ServerLog& log) {
  if (!archive.accounts().List().empty()) return;
  if (!call.console.err_is_terminal) {
    log.Say(LogLevel::kWarning, "nobody can sign in yet; on this machine: diwan user add NAME --role administrator");
    return;
  }
  const auto password = archive.accounts().MakeFirst(LocalActor());
  if (!password) return;
  call.console.Say(fmt::format("made the account {} with this password for one use: {}", kFirstAccount, *password));
  call.console.Say("it is shown this once, and has to be changed at the first sign-in");
}

// The settings in force, with the flags that were given.
Settings Given(Call& call) {
  std::map<std::string_view, std::string> flags;
  ArgumentParser parser(call);
  for (const Setting& setting : SettingTable()) {
    if (!setting.flag.empty()) parser.Text(std::string(setting.flag), flags[setting.name], HelpOf(setting));
  }
  parser.Parse();
  if (!call.global.server.empty()) ThrowUsage(call, "an archive is served where it lies, without --server");
  return ReadSettings(call.global, std::move(flags)).values;
}

// Each line is written at once, so that lines of several threads don't mix.
std::shared_ptr<const ServerLog> LogTo(const Console& console, LogLevel level) {
  return std::make_shared<ServerLog>(level,
                                     [&console, mutex = std::make_shared<std::mutex>()](const std::string& line) {
                                       const std::lock_guard lock(*mutex);
                                       console.err << line + '\n' << std::flush;
                                     });
}

ServerOptions OptionsOf(const Settings& settings, const Call& call) {
  ServerOptions options;
  options.threads = static_cast<int>(settings.threads);
  options.max_body_bytes = static_cast<uint64_t>(settings.body_bytes);
  options.max_connections = static_cast<size_t>(settings.connections);
  options.keep_alive_seconds = static_cast<int>(settings.idle_seconds);
  options.timeout_seconds = static_cast<int>(settings.client_seconds);
  if (!settings.certificate.empty()) options.tls = TlsFiles{.certificate = settings.certificate, .key = settings.key};
  options.anonymous = settings.anonymous == "public" ? Anonymous::kPublic : Anonymous::kNone;
  options.requests_per_minute = static_cast<int>(settings.requests_per_minute);
  options.max_head_bytes = static_cast<size_t>(settings.header_bytes);
  options.max_connections_per_address = static_cast<size_t>(settings.connections_per_address);
  options.forwarding = {.trusted = settings.trusted_proxies, .standard = settings.forwarded == "standard"};
  options.metrics_on_loopback = settings.metrics == "loopback";
  options.log = LogTo(call.console, LogLevelNamed(settings.log_level).value());
  return options;
}

// Memory that one thread gave back is there for the others: with a heap for almost each of them, as is usual, many
// uploads at once leave a hundred MiB behind.
void ShareMemory() { mallopt(M_ARENA_MAX, std::max(4, static_cast<int>(std::thread::hardware_concurrency()))); }

}  // namespace

int RunServe(Call& call) {
  const Settings settings = Given(call);
  const ServerOptions options = OptionsOf(settings, call);
  OpenOptions open{.access = settings.access};
  open.workers = static_cast<int>(settings.workers);
  open.tidy_uploads = true;
  open.catch_up = false;  // answers from the first moment, and tells how much it searched

  FinishOnSignals();
  ShareMemory();
  const auto archive = Hold(call, open);
  WelcomeFirst(call, *archive, *options.log);
  for (const std::string& line : UnknownVariables()) options.log->Say(LogLevel::kWarning, line);
  const auto local = ListenLocal(*archive, {.log = options.log});
  const auto server = ListenTcp(*archive, settings.listen, options);
  if (!IsLoopback(server->address()) && !options.tls) {
    options.log->Say(LogLevel::kWarning,
                     "without --certificate and --key, passwords and papers cross the network unencrypted");
  }
  call.console.PrintLine((options.tls ? "https://" : "http://") + server->address());
  call.console.out << std::flush;
  while (!Interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  options.log->Say(LogLevel::kInfo, "stopping");
  return kExitSuccess;
}

}  // namespace diwan
