// Words are told again by where they stand: boxes of one page, whatever was read in them.
#include "archive/reread.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr double kMostly = 0.5;  // of a word's area

int64_t AreaOf(const Box& box) { return int64_t{box.width} * box.height; }

int64_t Common(const Box& a, const Box& b) {
  const int64_t width = int64_t{std::min(a.x + a.width, b.x + b.width)} - std::max(a.x, b.x);
  const int64_t height = int64_t{std::min(a.y + a.height, b.y + b.height)} - std::max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

// The image may have another size than before.
Box Scaled(const Box& box, const Page& from, const Page& to) {
  if (from.width <= 0 || from.height <= 0 || (from.width == to.width && from.height == to.height)) return box;
  const double across = static_cast<double>(to.width) / from.width;
  const double down = static_cast<double>(to.height) / from.height;
  const auto at = [](int n, double by) { return static_cast<int>(std::lround(n * by)); };
  return {at(box.x, across), at(box.y, down), at(box.width, across), at(box.height, down)};
}

// Puts a person's words among those that were read now.
class Keeper {
 public:
  Keeper(const Page& before, Page now) : now_(std::move(now)) {
    for (const Word& word : before.words) {
      if (!word.corrected) continue;
      kept_.push_back(word);
      kept_.back().box = Scaled(word.box, before, now_);
    }
  }

  Page Run() {
    if (kept_.empty()) return std::move(now_);
    std::vector<std::vector<Word>> before(now_.words.size() + 1);  // what is put before each word, and at the end
    std::vector<bool> covered(now_.words.size());
    for (size_t i = 0; i < now_.words.size(); ++i) covered[i] = IsCovered(now_.words[i]);
    for (Word& word : kept_) {
      const size_t at = PlaceOf(word);
      TakeLine(word, at);
      before[at].push_back(std::move(word));
    }
    std::vector<Word> words;
    for (size_t i = 0; i <= now_.words.size(); ++i) {
      for (Word& word : before[i]) words.push_back(std::move(word));
      if (i < now_.words.size() && !covered[i]) words.push_back(std::move(now_.words[i]));
    }
    now_.words = std::move(words);
    now_.text = JoinWords(now_.words);
    return std::move(now_);
  }

 private:
  // Whether persons said what stands where this word was read.
  bool IsCovered(const Word& word) const {
    int64_t common = 0;
    for (const Word& kept : kept_) common += Common(kept.box, word.box);
    return common > 0 && static_cast<double>(common) >= kMostly * static_cast<double>(AreaOf(word.box));
  }

  // The index of the word before which it belongs: the one that has most of its box; else the first behind it on its
  // line, in the direction of the line; else the end of the words above.
  size_t PlaceOf(const Word& kept) const {
    size_t best = now_.words.size();
    int64_t most = 0;
    for (size_t i = 0; i < now_.words.size(); ++i) {
      const int64_t common = Common(kept.box, now_.words[i].box);
      if (common > most) {
        most = common;
        best = i;
      }
    }
    return most > 0 ? best : PlaceByLine(kept);
  }

  size_t PlaceByLine(const Word& kept) const {
    size_t above = 0;
    std::optional<size_t> nearest;
    int64_t distance = std::numeric_limits<int64_t>::max();
    const int middle = kept.box.y + kept.box.height / 2;
    for (size_t i = 0; i < now_.words.size(); ++i) {
      const Box& box = now_.words[i].box;
      if (box.y + box.height <= middle) above = i + 1;
      if (box.y > middle || box.y + box.height <= middle) continue;
      const int64_t gap = std::llabs(int64_t{box.x} + box.width / 2 - kept.box.x - kept.box.width / 2);
      if (gap < distance) {
        distance = gap;
        nearest = i;
      }
    }
    if (!nearest) return above;
    // Behind its neighbour when that one stands on the side that the line comes from.
    const int neighbour = now_.words[*nearest].box.x;
    const bool comes_behind = RightToLeft(*nearest) ? neighbour > kept.box.x : neighbour < kept.box.x;
    return comes_behind ? *nearest + 1 : *nearest;
  }

  // The direction of the line of word `i`, from its words' places.
  bool RightToLeft(size_t i) const {
    const auto same = [&](size_t a, size_t b) {
      return now_.words[a].line == now_.words[b].line && now_.words[a].block == now_.words[b].block;
    };
    if (i + 1 < now_.words.size() && same(i, i + 1)) return now_.words[i + 1].box.x < now_.words[i].box.x;
    if (i > 0 && same(i, i - 1)) return now_.words[i].box.x < now_.words[i - 1].box.x;
    return true;
  }

  // A word belongs to the line of what it stands before, or behind.
  void TakeLine(Word& word, size_t at) const {
    if (now_.words.empty()) return;
    const bool fits = at < now_.words.size() && Overlaps(word, now_.words[at]);
    const Word& neighbour = now_.words[fits || at == 0 ? std::min(at, now_.words.size() - 1) : at - 1];
    word.line = neighbour.line;
    word.block = neighbour.block;
  }

  static bool Overlaps(const Word& a, const Word& b) {
    return a.box.y < b.box.y + b.box.height && b.box.y < a.box.y + a.box.height;
  }

  Page now_;
  std::vector<Word> kept_;
};

}  // namespace

Page KeepCorrections(const Page& before, Page now) { return Keeper(before, std::move(now)).Run(); }

Record QueueReading(Archive& archive, const Edit& edit, int page) {
  Job job;
  Record record = ChangeRecord(archive, edit, [&](const RecordChange& change) {
    const Record& now = change.record;
    if (now.deleted) throw Error(ErrorCode::kInvalid, fmt::format("record {} is deleted", now.id));
    if (now.source.empty()) {
      throw Error(ErrorCode::kInvalid, fmt::format("record {} came as text; there is nothing to read", now.id));
    }
    if (page < 0 || page > now.page_count) {
      throw Error(ErrorCode::kNotFound, fmt::format("record {} has no page {}", now.id, page));
    }
    if (now.state == RecordState::kReading || archive.store().GetJob(now.id)) {
      throw Error(ErrorCode::kBusy, fmt::format("the pages of record {} are being read already", now.id));
    }
    const Field* language = now.Find("language");
    const bool given = language != nullptr && language->origin != FieldOrigin::kOcr;
    job = {.record_id = now.id, .digest = now.source, .queued_at = change.audit.at, .again = true, .page = page};
    job.language = given ? language->value : "auto";
    change.changes.jobs = {job};
    change.audit.action = "record.read_again";
    change.audit.detail = page == 0 ? "all pages" : fmt::format("page {}", page);
  });
  archive.AddJob(job);
  return record;
}

}  // namespace diwan
