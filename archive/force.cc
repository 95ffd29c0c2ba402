// The answer to "is it still in force?", with the papers and the words that say so.
#include "archive/force.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "archive/effects.h"
#include "archive/fetch.h"
#include "archive/merge.h"
#include "archive/paper_kind.h"

namespace diwan {
namespace {

bool Ends(const Effect& effect) { return effect.relation != CitedRelation::kAmends && !effect.partial; }

std::string_view DoneBy(const Effect& effect) {
  if (effect.unclear) return "named, it is not understood why,";
  if (effect.relation == CitedRelation::kAmends || (effect.relation == CitedRelation::kReplaces && effect.partial)) {
    return "amended";
  }
  if (effect.relation == CitedRelation::kReplaces) return "replaced";
  return effect.partial ? "repealed in part" : "repealed";
}

class ForceJudge {
 public:
  ForceJudge(const Store& store, const Record& record) : finder_(store), record_(record) {}

  ForceAnswer Judge() {
    answer_.effects = finder_.On(record_, more_);
    const std::vector<const Effect*> certain = Those([](const Effect& e) { return e.certain; });
    const std::vector<const Effect*> ends = Those([](const Effect& e) { return e.certain && Ends(e); });
    const std::vector<const Effect*> perhaps =
        Those([](const Effect& e) { return !e.certain && (Ends(e) || e.unclear); });
    if (!ends.empty()) {
      JudgeEnd(ends);
    } else if (!perhaps.empty()) {
      Unknown(perhaps);
    } else if (!certain.empty()) {
      JudgeChange(certain);
    } else if (!answer_.effects.empty()) {
      Unknown(Those([](const Effect&) { return true; }));
    } else {
      JudgeUntouched();
    }
    if (answer_.force != Force::kNotKnown && ends.empty()) JudgeTerm();
    if (more_) answer_.reason += "; more papers name it than were looked through";
    return std::move(answer_);
  }

 private:
  template <typename Test>
  std::vector<const Effect*> Those(const Test& test) const {
    std::vector<const Effect*> out;
    for (const Effect& effect : answer_.effects) {
      if (test(effect)) out.push_back(&effect);
    }
    return out;
  }

  // "repealed by decision 12/2020 of 2020-03-01, as read from page 2 of it («…»), not confirmed".
  std::string Told(const Effect& effect) {
    const Record* by = finder_.Find(effect.by);
    std::string text = fmt::format("{} by {}", DoneBy(effect), by == nullptr ? effect.by : NameOfPaper(*by));
    if (effect.citation.target.empty()) {
      const std::string& words = effect.place.words.empty() ? effect.citation.printed : effect.place.words;
      text += fmt::format(", as read from page {} of it («{}»), {}", effect.citation.place.page, words,
                          effect.confirmed ? "confirmed" : "not confirmed");
    } else {
      text += ", as a person said";
    }
    if (!effect.citation.article.empty()) text += fmt::format("; article {}", effect.citation.article);
    return text;
  }

  std::string ToldAll(const std::vector<const Effect*>& effects) {
    constexpr size_t kMostTold = 5;
    std::string text;
    for (size_t i = 0; i < std::min(effects.size(), kMostTold); ++i) {
      text += (text.empty() ? "" : "; ") + Told(*effects[i]);
    }
    if (effects.size() > kMostTold) text += fmt::format("; and {} more", effects.size() - kMostTold);
    return text;
  }

  void Say(Force force, const std::vector<const Effect*>& effects) {
    answer_.force = force;
    answer_.confidence = (*std::ranges::min_element(effects, {}, &Effect::confidence))->confidence;
    answer_.confirmed = std::ranges::all_of(effects, &Effect::confirmed);
    answer_.reason = ToldAll(effects);
  }

  void Unknown(const std::vector<const Effect*>& effects) {
    answer_.force = Force::kNotKnown;
    answer_.confidence = 0;
    answer_.reason = "read with doubt, or perhaps of another paper: " + ToldAll(effects);
  }

  // The first paper that ends it counts; where that one both repeals and replaces, there is a successor.
  void JudgeEnd(const std::vector<const Effect*>& ends) {
    const std::string& first = ends.front()->by;
    std::vector<const Effect*> of_first;
    std::ranges::copy_if(ends, std::back_inserter(of_first), [&](const Effect* e) { return e->by == first; });
    const auto replaces = [](const Effect* e) { return e->relation == CitedRelation::kReplaces; };
    const bool replaced = std::ranges::any_of(of_first, replaces);
    std::erase_if(of_first, [&](const Effect* e) { return replaced && !replaces(e); });
    Say(replaced ? Force::kReplaced : Force::kRepealed, {of_first.front()});
    const Record* by = finder_.Find(first);
    bool ignored = false;
    const std::vector<Effect> undone = by == nullptr ? std::vector<Effect>() : finder_.On(*by, ignored);
    const auto end = std::ranges::find_if(undone, [](const Effect& e) { return e.certain && Ends(e); });
    if (end != undone.end() && !(replaced && end->relation == CitedRelation::kReplaces)) {
      Leave(fmt::format(". That one is itself {}; whether this paper came into force again is not said", Told(*end)));
    } else if (const Effect* later = ChangeBehind(first)) {
      Leave(fmt::format(". Yet it is {}; whether it came into force again is not said", Told(*later)));
    }
  }

  void Leave(const std::string& why) {
    answer_.force = Force::kNotKnown;
    answer_.confirmed = false;
    answer_.confidence = 0;
    answer_.reason += why;
  }

  // What ended is changed no more, but where it was revived.
  const Effect* ChangeBehind(const std::string& end) {
    const Record* by = finder_.Find(end);
    for (const Effect& effect : answer_.effects) {
      const Record* other = effect.relation == CitedRelation::kAmends ? finder_.Find(effect.by) : nullptr;
      if (by != nullptr && other != nullptr && IsBefore(OrderOf(*by), OrderOf(*other))) return &effect;
    }
    return nullptr;
  }

  // A paper may say itself how long it is in force.
  void JudgeTerm() {
    const std::string term = finder_.TermOf(record_);
    if (!term.empty()) Leave(fmt::format(". Yet it says itself how long it is in force («{}»)", term));
  }

  // Whether a paper that changes this one is itself ended, or perhaps is; that is told.
  bool IsUndone(const std::vector<const Effect*>& changes) {
    for (const Effect* change : changes) {
      const Record* by = finder_.Find(change->by);
      bool ignored = false;
      const std::vector<Effect> undone = by == nullptr ? std::vector<Effect>() : finder_.On(*by, ignored);
      const auto end = std::ranges::find_if(undone, [](const Effect& e) { return e.alone && Ends(e); });
      if (end == undone.end()) continue;
      answer_.reason = fmt::format("{}. That one is {}{}; whether the change holds is not said", Told(*change),
                                   end->certain ? "itself " : "perhaps ", Told(*end));
      return true;
    }
    return false;
  }

  void JudgeChange(const std::vector<const Effect*>& certain) {
    if (IsUndone(certain)) return;
    const std::vector<const Effect*> repeals =
        Those([](const Effect& e) { return e.certain && e.relation == CitedRelation::kRepeals; });
    Say(repeals.empty() ? Force::kAmended : Force::kPartlyRepealed, repeals.empty() ? certain : repeals);
    const std::vector<const Effect*> perhaps = Those([](const Effect& e) { return !e.certain; });
    if (!perhaps.empty()) answer_.reason += ". Perhaps also " + ToldAll(perhaps);
  }

  void JudgeUntouched() {
    const Field* number = record_.Find("number");
    if (record_.state != RecordState::kComplete) {
      answer_.reason = "not all of its pages are read yet";
    } else if (!MayBeInForce(record_.Value("type"))) {
      answer_.reason = record_.Value("type").empty() ? "it is not known what kind of paper this is"
                                                     : "papers of its kind are not in force or out of it";
    } else if (number == nullptr || !IsSure(*number)) {
      answer_.reason = number == nullptr ? "it has no number by which others could name it"
                                         : "its number was read with doubt, so what names it can't be told";
    } else {
      answer_.force = Force::kInForce;
      answer_.confidence = static_cast<int>(number->state == FieldState::kConfirmed ? 100 : number->confidence);
      answer_.reason = "no paper in this archive amends, repeals or replaces it";
    }
  }

  EffectFinder finder_;
  const Record& record_;
  ForceAnswer answer_;
  bool more_ = false;
};

// Walks effects from a record; each paper is entered once, so that papers that name each other don't lead in circles.
class ChainWalker {
 public:
  explicit ChainWalker(const Store& store) : finder_(store) {}

  Chain Walk(const Record& record) {
    Enter(record);
    for (size_t step = 0; !edge_.empty(); ++step) Step(step, /*up=*/true);
    for (const auto& id : entered_) edge_.push_back(id);
    for (size_t step = 0; !edge_.empty(); ++step) Step(step, /*up=*/false);
    std::erase_if(chain_.effects,
                  [&](const Effect& e) { return !entered_.contains(e.by) || !entered_.contains(e.on); });
    SortEffects(chain_.effects, finder_);
    std::sort(chain_.papers.begin(), chain_.papers.end(),
              [](const Record& a, const Record& b) { return OrderOf(a) < OrderOf(b); });
    return std::move(chain_);
  }

 private:
  // From the papers at the edge to those that they change, or that change them.
  void Step(size_t step, bool up) {
    std::deque<std::string> edge;
    edge.swap(edge_);
    if (step >= kDeepestChain) {
      chain_.cut = true;
      return;
    }
    for (const std::string& id : edge) {
      const Record* record = finder_.Find(id);
      if (record == nullptr) continue;
      for (Effect& effect : up ? finder_.By(*record) : finder_.On(*record, chain_.cut)) {
        if (!effect.alone || effect.unclear) continue;
        const Record* next = finder_.Find(up ? effect.on : effect.by);
        if (next != nullptr) Enter(*next);
        if (!up) chain_.effects.push_back(std::move(effect));
      }
    }
  }

  void Enter(const Record& record) {
    if (entered_.contains(record.id)) return;
    if (entered_.size() >= kMostChain) {
      chain_.cut = true;
      return;
    }
    entered_.insert(record.id);
    chain_.papers.push_back(record);
    edge_.push_back(record.id);
  }

  EffectFinder finder_;
  Chain chain_;
  std::set<std::string> entered_;
  std::deque<std::string> edge_;
};

}  // namespace

ForceAnswer ForceOf(Archive& archive, std::string_view record) {
  const Record found = FollowMerges(archive.store(), FetchRecord(archive, record));
  ForceAnswer answer = ForceJudge(archive.store(), found).Judge();
  if (archive.store().SeesAll() || answer.force == Force::kNotKnown) return answer;
  // A paper that may not be seen may yet decide; that nothing is known is all that is told of it.
  if (ForceJudge(archive.Whole().store(), found).Judge().force == answer.force) return answer;
  answer.force = Force::kNotKnown;
  answer.confirmed = false;
  answer.confidence = 0;
  answer.reason = "it can't be told from what may be seen here";
  return answer;
}

Chain ChainOf(Archive& archive, std::string_view record) {
  const Record found = FollowMerges(archive.store(), FetchRecord(archive, record));
  return ChainWalker(archive.store()).Walk(found);
}

std::string_view NameOf(Force value) {
  constexpr std::array<std::string_view, 6> kNames = {"in_force", "amended",  "partly_repealed",
                                                      "repealed", "replaced", "not_known"};
  return kNames[static_cast<size_t>(value)];
}

}  // namespace diwan
