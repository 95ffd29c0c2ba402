// The table of settings, and how a value comes into force: from the default, the file, the environment or a flag.
#include "cli/settings.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <thread>

#include "cli/settings_file.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr std::string_view kLevels = "public|internal|confidential";

void CheckListen(const std::string& value) {
  const size_t colon = value.rfind(':');
  const std::string port = colon == std::string::npos ? "" : value.substr(colon + 1);
  const bool digits = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
  if (colon == 0 || !digits || std::stoi(port) > 65535)
    throw Error(ErrorCode::kInvalid, fmt::format("'{}' is no HOST:PORT", value));
}

// Names stand in the files of those who administer servers: add, never change.
constexpr Setting kSettings[] = {
    {.name = "archive",
     .member = &Settings::archive,
     .what = "the archive's folder, of every command; `--archive` names another",
     .usual = "`diwan` in the XDG data folder",
     .path = true},
    {.name = "access",
     .member = &Settings::access,
     .what =
         "the [level](api.md#levels-of-access) of new records of which no row or line says one; also of `ingest` and "
         "`import`",
     .choices = kLevels,
     .flag = "--access"},
    {.name = "workers",
     .member = &Settings::workers,
     .what = "processes that read waiting files; with 0 they wait",
     .least = 0,
     .most = 256,
     .flag = "--workers",
     .usual = "one for each core"},
    {.name = "server.listen",
     .member = &Settings::listen,
     .what =
         "the address to answer on, HOST:PORT; port 0 takes a free one. On another address than the loopback, give a "
         "certificate",
     .flag = "--listen",
     .check = CheckListen},
    {.name = "server.certificate",
     .member = &Settings::certificate,
     .what =
         "PEM file of the server's certificate and those between it and a known authority: answers over TLS 1.2 and "
         "1.3 alone. Read anew when it changes",
     .flag = "--certificate",
     .path = true},
    {.name = "server.key",
     .member = &Settings::key,
     .what = "PEM file of the certificate's key, without a pass phrase",
     .flag = "--key",
     .path = true},
    {.name = "server.anonymous",
     .member = &Settings::anonymous,
     .what = "what those may see who don't sign in: nothing, or public records",
     .choices = "none|public",
     .flag = "--anonymous"},
    {.name = "server.trusted_proxies",
     .member = &Settings::trusted_proxies,
     .what = "addresses and networks of proxies that are believed when they say for whom they ask; see "
             "[Behind a proxy](#behind-a-proxy)",
     .check = CheckNetwork},
    {.name = "server.forwarded",
     .member = &Settings::forwarded,
     .what =
         "how they say it: by `X-Forwarded-For` and `X-Forwarded-Proto`, or by `Forwarded` (RFC 7239). The other is "
         "passed over",
     .choices = "x-forwarded|standard"},
    {.name = "server.metrics",
     .member = &Settings::metrics,
     .what =
         "who gets `/metrics` without signing in: nobody, or programs on this machine. With the right to `monitor`, "
         "anybody does",
     .choices = "none|loopback"},
    {.name = "server.threads",
     .member = &Settings::threads,
     .what = "requests answered at the same time; large uploads have three quarters of them at most",
     .least = 2,
     .most = 256},
    {.name = "limits.requests_per_minute",
     .member = &Settings::requests_per_minute,
     .what =
         "of each account, and of each address that is not signed in, and as many at once; beyond: 429. 0: no limit",
     .least = 0,
     .most = 1'000'000,
     .flag = "--requests-per-minute"},
    {.name = "limits.connections",
     .member = &Settings::connections,
     .what = "open at the same time; for one more, the one is closed that has waited longest for its client",
     .least = 8,
     .most = 100'000},
    {.name = "limits.connections_per_address",
     .member = &Settings::connections_per_address,
     .what = "of these, of one address (of IPv6, one /64) that is no trusted proxy; for one more, the one of the same "
             "address is closed that has waited longest. 0: no limit",
     .least = 0,
     .most = 100'000},
    {.name = "limits.header_bytes",
     .member = &Settings::header_bytes,
     .what = "of a request's head; beyond: 431. Of one line, 8 KiB in any case, and 100 lines; of the address, 16 KiB "
             "(414)",
     .least = 1024,
     .most = 65'536},
    {.name = "limits.body_bytes",
     .member = &Settings::body_bytes,
     .what = "of a request's body; beyond: 413. A larger file comes in [parts](api.md#in-parts)",
     .least = 65'536,
     .most = int64_t{4} << 30},
    {.name = "limits.file_bytes",
     .member = &Settings::file_bytes,
     .what = "of a file, whole or in parts; beyond: 413, and of a command on this machine: quarantine",
     .least = 65'536,
     .most = int64_t{4} << 30},
    {.name = "limits.waiting_bytes",
     .member = &Settings::waiting_bytes,
     .what =
         "of the files of an account that came over the network and are not read, or not whole yet; beyond: 413, until "
         "some are read",
     .least = 65'536,
     .most = int64_t{1} << 50},
    {.name = "limits.client_seconds",
     .member = &Settings::client_seconds,
     .what =
         "for a request's head (beyond: 408), and for each wait on the client after it; over a whole request, a client "
         "that moves less than 8 KiB a second is waited for no longer either",
     .least = 1,
     .most = 3600},
    {.name = "limits.idle_seconds",
     .member = &Settings::idle_seconds,
     .what = "from an answer to the next request on the same connection; beyond, it is closed",
     .least = 1,
     .most = 3600},
    {.name = "log.level",
     .member = &Settings::log_level,
     .what = "the least that is written to standard error; see [The log](#the-log)",
     .choices = "debug|info|warning|error|none"},
};

// How many signs must be changed, added or taken away to come from one name to the other.
size_t Distance(std::string_view from, std::string_view to) {
  std::vector<size_t> row(to.size() + 1);
  for (size_t i = 0; i <= to.size(); ++i) row[i] = i;
  for (size_t i = 1; i <= from.size(); ++i) {
    size_t before = row[0];
    row[0] = i;
    for (size_t j = 1; j <= to.size(); ++j) {
      const size_t replaced = before + (from[i - 1] == to[j - 1] ? 0 : 1);
      before = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

const Setting* FindSetting(std::string_view name) {
  const auto* const found = std::ranges::find(kSettings, name, &Setting::name);
  return found == std::end(kSettings) ? nullptr : found;
}

// The known name that is nearest, by its whole and by its last part: `listen` means `server.listen`.
std::string_view NearestName(std::string_view name) {
  const auto far = [name](const Setting& setting) {
    const std::string_view last = setting.name.substr(setting.name.rfind('.') + 1);
    return std::min(Distance(name, setting.name), Distance(name.substr(name.rfind('.') + 1), last));
  };
  return std::ranges::min_element(kSettings, {}, far)->name;
}

// Throws kInvalid.
void CheckText(const Setting& setting, const std::string& value) {
  const std::string_view choices = setting.choices;
  const std::string bounded = fmt::format("|{}|", choices);
  const bool known = value.find('|') == std::string::npos && bounded.find(fmt::format("|{}|", value)) != bounded.npos;
  if (!choices.empty() && !known) {
    throw Error(ErrorCode::kInvalid, fmt::format("is {}, not '{}'", TypeOf(setting), value));
  }
  if (setting.check != nullptr) setting.check(value);
}

void CheckNumber(const Setting& setting, int64_t value) {
  if (value >= setting.least && value <= setting.most) return;
  throw Error(ErrorCode::kInvalid, fmt::format("is {}, not {}", TypeOf(setting), value));
}

[[noreturn]] void ThrowType(const Setting& setting, std::string_view type) {
  throw Error(ErrorCode::kInvalid, fmt::format("is {}, not {}", TypeOf(setting), type));
}

std::string_view TypeName(const SettingValue& value) {
  if (std::holds_alternative<std::string>(value)) return "a text";
  return std::holds_alternative<int64_t>(value) ? "a number" : "a list";
}

// A value of a text, as variables and flags give it.
SettingValue ValueOfText(const Setting& setting, const std::string& text) {
  if (std::holds_alternative<std::string Settings::*>(setting.member)) return text;
  if (std::holds_alternative<int64_t Settings::*>(setting.member)) {
    int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end) ThrowType(setting, fmt::format("'{}'", text));
    return number;
  }
  std::vector<std::string> texts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    texts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return texts;
}

// Throws kInvalid for a value that can't be.
void Set(const Setting& setting, const SettingValue& value, Settings& settings) {
  const auto assign = [&]<typename T>(T Settings::*member) {
    const T* const given = std::get_if<T>(&value);
    if (given == nullptr) ThrowType(setting, TypeName(value));
    if constexpr (std::is_same_v<T, std::string>) CheckText(setting, *given);
    if constexpr (std::is_same_v<T, int64_t>) CheckNumber(setting, *given);
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      for (const std::string& each : *given) CheckText(setting, each);
    }
    settings.*member = *given;
  };
  std::visit(assign, setting.member);
}

// Gathers what is wrong, so that all of it is told at once.
class Reader {
 public:
  void File(const std::filesystem::path& file) {
    for (const FileSetting& each : ReadSettingsFile(file)) {
      const std::string from = fmt::format("{}:{}", file.string(), each.line);
      const Setting* const setting = FindSetting(each.name);
      if (setting == nullptr) {
        faults_.push_back(
            fmt::format("{}: there is no setting '{}'; is '{}' meant?", from, each.name, NearestName(each.name)));
        continue;
      }
      Guard(from, *setting, [&] {
        if (!each.value) ThrowType(*setting, each.type);
        Take(*setting, FromFolderOf(file, *setting, *each.value), from);
      });
    }
  }

  void Text(const Setting& setting, const std::string& text, const std::string& from) {
    if (text.empty()) return;
    Guard(from, setting, [&] { Take(setting, ValueOfText(setting, text), from); });
  }

  SettingsInForce Result() && {
    if (faults_.empty() && read_.values.certificate.empty() != read_.values.key.empty()) {
      faults_.emplace_back("server.certificate and server.key (--certificate and --key) go together");
    }
    if (!faults_.empty()) throw Error(ErrorCode::kInvalid, fmt::format("{}", fmt::join(faults_, "; ")));
    return std::move(read_);
  }

 private:
  void Take(const Setting& setting, const SettingValue& value, const std::string& from) {
    Set(setting, value, read_.values);
    read_.from[setting.name] = from;
  }

  template <typename Body>
  void Guard(const std::string& from, const Setting& setting, const Body& body) {
    try {
      body();
    } catch (const Error& error) {
      faults_.push_back(fmt::format("{}: {}: {}", from, setting.name, error.what()));
    }
  }

  static SettingValue FromFolderOf(const std::filesystem::path& file, const Setting& setting, SettingValue value) {
    const auto* const text = std::get_if<std::string>(&value);
    if (!setting.path || text == nullptr || text->empty()) return value;
    return (std::filesystem::absolute(file).parent_path() / *text).string();
  }

  SettingsInForce read_;
  std::vector<std::string> faults_;
};

std::optional<std::string> Environment(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string DefaultOf(const Setting& setting) {
  if (!setting.usual.empty()) return std::string(setting.usual);
  const std::string value = FormatSetting(setting, Settings());
  return value == "\"\"" || value == "[]" ? "none" : fmt::format("`{}`", value);
}

}  // namespace

int64_t Settings::UsualWorkers() { return std::max(1U, std::thread::hardware_concurrency()); }

std::span<const Setting> SettingTable() { return kSettings; }

std::string VariableOf(const Setting& setting) {
  std::string name = "DIWAN_";
  for (const char c : setting.name) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : '_';
  return name;
}

std::string TypeOf(const Setting& setting) {
  if (!setting.choices.empty()) {
    std::string choices(setting.choices);
    for (size_t at = choices.find('|'); at != std::string::npos; at = choices.find('|')) choices.replace(at, 1, ", ");
    return "one of " + choices;
  }
  if (std::holds_alternative<int64_t Settings::*>(setting.member)) {
    return fmt::format("a number from {} to {}", setting.least, setting.most);
  }
  if (std::holds_alternative<std::vector<std::string> Settings::*>(setting.member)) return "a list of texts";
  return setting.path ? "a path" : "a text";
}

std::string HelpOf(const Setting& setting) {
  std::string help(setting.what.substr(0, std::min(setting.what.find(". "), setting.what.find(": a"))));
  std::erase(help, '`');
  for (size_t open = help.find('['); open != std::string::npos; open = help.find('[')) {
    const size_t close = help.find(')', open);
    help.replace(open, close + 1 - open, help.substr(open + 1, help.find(']', open) - open - 1));
  }
  std::string usual = DefaultOf(setting);
  std::erase(usual, '`');
  return fmt::format("{} (now {})", help, usual);
}

std::vector<std::string> UnknownVariables() {
  std::vector<std::string> lines;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view entry(*each);
    const std::string_view name = entry.substr(0, entry.find('='));
    if (!name.starts_with("DIWAN_") || name == "DIWAN_CONFIG" || name == "DIWAN_TOKEN") continue;
    const auto far = [name](const Setting& setting) { return Distance(name, VariableOf(setting)); };
    const Setting& nearest = *std::ranges::min_element(kSettings, {}, far);
    if (far(nearest) == 0) continue;
    lines.push_back(fmt::format("the variable {} is no setting; is {} meant?", name, VariableOf(nearest)));
  }
  return lines;
}

std::string SettingRows() {
  std::string rows;
  for (const Setting& setting : kSettings) {
    rows +=
        fmt::format("| `{}` | {} | {} | `{}` | {} | {} |\n", setting.name, TypeOf(setting), DefaultOf(setting),
                    VariableOf(setting), setting.flag.empty() ? "" : fmt::format("`{}`", setting.flag), setting.what);
  }
  return rows;
}

SettingsInForce ReadSettings(const SettingSources& sources) {
  Reader reader;
  if (!sources.file.empty()) reader.File(sources.file);
  for (const Setting& setting : kSettings) {
    const std::string variable = VariableOf(setting);
    reader.Text(setting, sources.variable(variable).value_or(""), variable);
    const auto given = sources.flags.find(setting.name);
    if (given == sources.flags.end()) continue;
    reader.Text(setting, given->second, setting.flag.empty() ? fmt::format("--{}", setting.name) : setting.flag.data());
  }
  return std::move(reader).Result();
}

SettingsInForce ReadSettings(const GlobalOptions& global, std::map<std::string_view, std::string> flags) {
  flags["archive"] = global.archive;
  const std::string file = global.config.empty() ? Environment("DIWAN_CONFIG").value_or("") : global.config;
  return ReadSettings({.file = file, .variable = Environment, .flags = std::move(flags)});
}

std::string FormatSetting(const Setting& setting, const Settings& settings) {
  const auto quoted = [](const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    return out + '"';
  };
  const auto format = [&]<typename T>(T Settings::*member) -> std::string {
    if constexpr (std::is_same_v<T, std::string>) return quoted(settings.*member);
    if constexpr (std::is_same_v<T, int64_t>) return std::to_string(settings.*member);
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      std::vector<std::string> each;
      for (const std::string& text : settings.*member) each.push_back(quoted(text));
      return fmt::format("[{}]", fmt::join(each, ", "));
    }
  };
  return std::visit(format, setting.member);
}

}  // namespace diwan
