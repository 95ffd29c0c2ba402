// Each entry is a synced write, so what outsiders can cause without end is folded before it comes to the store.
#include "archive/audit.h"

#include <fmt/core.h>

#include <algorithm>

#include "archive/archive.h"
#include "archive/edit.h"
#include "core/fold.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr int64_t kWindowMs = 60'000;
constexpr size_t kMaxDetail = 400;  // bytes
constexpr std::string_view kMany = "many";

void MakeOneLine(std::string& text) {
  text = ToUtf8(FromUtf8(CutAtCodePoint(text, kMaxDetail)));
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
}

std::string KeyOf(const AuditEntry& entry) {
  return entry.actor + '\n' + entry.action + '\n' + entry.subject + '\n' + entry.detail + '\n';
}

}  // namespace

Trail::Trail(Store& store) : store_(store) {}

Trail::~Trail() {
  try {
    Flush();
  } catch (const Error&) {  // the disk is full or fails: there is nowhere to tell it any more
  }
}

void Trail::Write(AuditEntry entry) {
  entry.at = NowMillis();
  for (std::string* text : {&entry.actor, &entry.subject, &entry.detail}) MakeOneLine(*text);
  ChangeSet changes;
  changes.audit.push_back(std::move(entry));
  store_.Commit(changes);
}

void Trail::Count(AuditEntry entry, Crowd crowd, std::string_view apart) {
  for (std::string* text : {&entry.actor, &entry.subject, &entry.detail}) MakeOneLine(*text);
  const std::lock_guard lock(mutex_);
  const int64_t now = NowMillis();
  Settle(now);
  std::string key = KeyOf(entry) + std::string(apart);
  auto found = kinds_.find(key);
  const bool crowded = found == kinds_.end() && kinds_.size() >= kMostKinds;
  if (crowded && crowd == Crowd::kWrite) return Write(std::move(entry));
  if (crowded) {
    entry = {.actor = std::string(kMany), .action = entry.action};
    key = KeyOf(entry);
    found = kinds_.find(key);
  }
  if (found != kinds_.end()) {
    ++found->second.more;
    return;
  }
  Write(entry);
  kinds_[key] = {.entry = std::move(entry), .since = now};
}

void Trail::Flush() {
  const std::lock_guard lock(mutex_);
  for (auto& [key, kind] : kinds_) {
    if (kind.more > 0) WriteNumbers(kind);
    kind.more = 0;
  }
}

void Trail::Settle(int64_t now) {
  constexpr int64_t kPauseMs = 1000;
  if (now - settled_ < kPauseMs) return;
  settled_ = now;
  for (auto at = kinds_.begin(); at != kinds_.end();) {
    Kind& kind = at->second;
    if (now - kind.since < kWindowMs) {
      ++at;
      continue;
    }
    const bool goes_on = kind.more > 0;
    if (goes_on) WriteNumbers(kind);
    kind.since = now;
    kind.more = 0;
    at = goes_on ? std::next(at) : kinds_.erase(at);
  }
}

void Trail::WriteNumbers(const Kind& kind) const {
  AuditEntry entry = kind.entry;
  entry.at = NowMillis();
  entry.detail +=
      fmt::format("{}{} times more since {}", entry.detail.empty() ? "" : "; ", kind.more, FormatTime(kind.since));
  ChangeSet changes;
  changes.audit.push_back(std::move(entry));
  store_.Commit(changes);
}

void NoteView(Archive& archive, std::string_view actor, std::string_view record_id, std::string_view what) {
  archive.trail().Count({.actor = std::string(actor),
                         .action = "record.view",
                         .subject = std::string(record_id),
                         .detail = std::string(what)},
                        Trail::Crowd::kWrite);
}

void NoteExport(Archive& archive, std::string_view actor, std::string_view what) {
  archive.trail().Count({.actor = std::string(actor), .action = "export", .subject = "", .detail = std::string(what)},
                        Trail::Crowd::kWrite);
}

}  // namespace diwan
