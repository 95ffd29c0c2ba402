// CTC decoding, in logarithms throughout: the product of two hundred steps is too small for a float.
#include "ingest/ctc.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace diwan {
namespace {

constexpr int kBlank = 0;
constexpr double kNever = -std::numeric_limits<double>::infinity();

// log(e^a + e^b)
double LogSum(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNever ? a : a + std::log1p(std::exp(b - a));
}

// What a prefix of an answer has gathered so far, by whether the last step was blank.
struct Mass {
  double blank = kNever;
  double character = kNever;
  double Total() const { return LogSum(blank, character); }
};
using Beam = std::vector<std::pair<std::vector<int>, Mass>>;

Beam Pruned(std::map<std::vector<int>, Mass> prefixes, size_t width) {
  Beam beam(std::make_move_iterator(prefixes.begin()), std::make_move_iterator(prefixes.end()));
  std::stable_sort(beam.begin(), beam.end(),
                   [](const auto& a, const auto& b) { return a.second.Total() > b.second.Total(); });
  beam.resize(std::min(beam.size(), width));
  return beam;
}

// The prefixes of `beam` after one more step.
std::map<std::vector<int>, Mass> Extended(const Beam& beam, const CtcScores& scores, int step) {
  constexpr double kUnlikely = -7;  // a class below e^-7 is not tried: it would save no answer that matters
  std::map<std::vector<int>, Mass> next;
  for (const auto& [prefix, mass] : beam) {
    const double total = mass.Total();
    Mass& same = next[prefix];
    same.blank = LogSum(same.blank, total + scores.At(step, kBlank));
    const int last = prefix.empty() ? kBlank : prefix.back();
    if (last != kBlank) same.character = LogSum(same.character, mass.character + scores.At(step, last));
    for (int c = 1; c < scores.classes(); ++c) {
      if (scores.At(step, c) < kUnlikely) continue;
      std::vector<int> longer = prefix;
      longer.push_back(c);
      Mass& grown = next[std::move(longer)];
      grown.character = LogSum(grown.character, (c == last ? mass.blank : total) + scores.At(step, c));
    }
  }
  return next;
}

}  // namespace

CtcScores::CtcScores(std::vector<float> scores, int classes)
    : scores_(std::move(scores)), classes_(classes), steps_(static_cast<int>(scores_.size()) / classes) {
  for (auto row = scores_.begin(); row != scores_.end(); row += classes) {
    const float highest = *std::max_element(row, row + classes);
    double sum = 0;
    for (auto score = row; score != row + classes; ++score) sum += std::exp(static_cast<double>(*score - highest));
    const float norm = highest + static_cast<float>(std::log(sum));
    for (auto score = row; score != row + classes; ++score) *score -= norm;
  }
}

CtcPath BestPath(const CtcScores& scores, Favour favour) {
  const auto score = [&](int step, int c) { return scores.At(step, c) + (c == favour.a_class ? favour.by : 0); };
  CtcPath path;
  int last = kBlank;
  for (int step = 0; step < scores.steps(); ++step) {
    int best = kBlank;
    for (int c = 1; c < scores.classes(); ++c) {
      if (score(step, c) > score(step, best)) best = c;
    }
    if (best != kBlank && best != last) {
      path.classes.push_back(best);
      path.steps.push_back(step);
    }
    last = best;
  }
  return path;
}

double CtcProbability(const CtcScores& scores, const std::vector<int>& classes) {
  // States are blank, character, blank, ..., character, blank.
  const size_t states = 2 * classes.size() + 1;
  const auto class_of = [&](size_t state) { return state % 2 == 0 ? kBlank : classes[state / 2]; };
  std::vector<double> now(states, kNever);
  now[0] = 0;  // before the first step
  for (int step = 0; step < scores.steps(); ++step) {
    for (size_t state = states; state-- > 0;) {
      double sum = now[state];
      if (state > 0) sum = LogSum(sum, now[state - 1]);
      if (state > 1 && state % 2 == 1 && class_of(state) != class_of(state - 2)) sum = LogSum(sum, now[state - 2]);
      now[state] = sum + scores.At(step, class_of(state));
    }
  }
  return std::exp(states == 1 ? now[0] : LogSum(now[states - 1], now[states - 2]));
}

std::vector<CtcAnswer> BestAnswers(const CtcScores& scores, size_t count, size_t width) {
  Beam beam = {{{}, Mass{.blank = 0}}};
  for (int step = 0; step < scores.steps(); ++step) beam = Pruned(Extended(beam, scores, step), width);
  std::vector<CtcAnswer> answers;
  for (auto& [prefix, mass] : beam) {
    const double probability = CtcProbability(scores, prefix);
    answers.push_back({std::move(prefix), probability});
  }
  std::stable_sort(answers.begin(), answers.end(),
                   [](const CtcAnswer& a, const CtcAnswer& b) { return a.probability > b.probability; });
  answers.resize(std::min(answers.size(), count));
  return answers;
}

}  // namespace diwan
