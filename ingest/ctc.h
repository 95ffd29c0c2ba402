// Connectionist temporal classification: from a network's scores, step by step along a line, to what is written there.
// Pure functions; any thread may call.
#pragma once

#include <cstddef>
#include <vector>

namespace diwan {

// Class 0 is the blank; every other class is a character.
class CtcScores {
 public:
  // `scores` are steps x classes, not normalised; they become logarithms of probabilities. REQUIRES: their number is a
  // multiple of `classes`.
  CtcScores(std::vector<float> scores, int classes);

  int steps() const { return steps_; }
  int classes() const { return classes_; }
  float At(int step, int a_class) const { return scores_[static_cast<size_t>(step) * classes_ + a_class]; }

 private:
  std::vector<float> scores_;
  int classes_;
  int steps_;
};

// The greedy answer.
struct CtcPath {
  std::vector<int> classes;
  std::vector<int> steps;  // at which each of them begins
};
// A class that is taken for more likely than the scores say; the default favours none.
struct Favour {
  int a_class = 0;
  float by = 0;  // added to the logarithm of its probability
};
CtcPath BestPath(const CtcScores& scores, Favour favour = {});

// Probability, 0..1, that `classes` are what is written: over all the ways to spread them along the steps.
double CtcProbability(const CtcScores& scores, const std::vector<int>& classes);

struct CtcAnswer {
  std::vector<int> classes;
  double probability = 0;  // as CtcProbability gives it
};
// The `count` most probable answers that a prefix beam search of `width` finds, best first. REQUIRES: width >= count.
std::vector<CtcAnswer> BestAnswers(const CtcScores& scores, size_t count, size_t width);

}  // namespace diwan
