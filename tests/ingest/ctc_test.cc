// CTC decoding against the definition: every way through the steps, counted one by one.
#include "ingest/ctc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

namespace diwan {
namespace {

// The probability of each answer, summed over all classes^steps paths.
std::map<std::vector<int>, double> Enumerated(const CtcScores& scores) {
  std::map<std::vector<int>, double> answers;
  const auto paths = static_cast<int>(std::pow(scores.classes(), scores.steps()));
  for (int path = 0; path < paths; ++path) {
    std::vector<int> answer;
    double logarithm = 0;
    int last = 0;
    for (int step = 0, rest = path; step < scores.steps(); ++step, rest /= scores.classes()) {
      const int here = rest % scores.classes();
      logarithm += scores.At(step, here);
      if (here != 0 && here != last) answer.push_back(here);
      last = here;
    }
    answers[answer] += std::exp(logarithm);
  }
  return answers;
}

CtcScores RandomScores(unsigned seed, int steps, int classes) {
  std::mt19937 random(seed);
  std::vector<float> scores(static_cast<size_t>(steps) * static_cast<size_t>(classes));
  for (float& score : scores) score = static_cast<float>(random() % 1000) / 250.0F;
  return {scores, classes};
}

TEST(Ctc, ProbabilityIsTheSumOverAllPaths) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const CtcScores scores = RandomScores(seed, 6, 4);
    for (const auto& [answer, probability] : Enumerated(scores)) {
      EXPECT_NEAR(CtcProbability(scores, answer), probability, 1e-6) << seed;
    }
  }
}

TEST(Ctc, TheSearchFindsTheBestAnswersInOrder) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const CtcScores scores = RandomScores(seed, 6, 4);
    std::vector<double> best;
    for (const auto& [answer, probability] : Enumerated(scores)) best.push_back(probability);
    std::sort(best.rbegin(), best.rend());
    const std::vector<CtcAnswer> found = BestAnswers(scores, 3, 200);
    ASSERT_EQ(found.size(), 3U);
    for (size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i].probability, best[i], 1e-6) << seed;
  }
}

TEST(Ctc, TheBestPathDropsBlanksAndRepeats) {
  const std::vector<int> path = {0, 1, 1, 0, 1, 2, 2, 0};
  std::vector<float> scores;
  for (const int here : path) {
    for (int c = 0; c < 3; ++c) scores.push_back(c == here ? 9 : 0);
  }
  const CtcPath best = BestPath({scores, 3});
  EXPECT_EQ(best.classes, (std::vector<int>{1, 1, 2}));
  EXPECT_EQ(best.steps, (std::vector<int>{1, 4, 5}));
}

TEST(Ctc, WhatCannotBeWrittenInSoFewStepsIsImpossible) {
  const CtcScores scores = RandomScores(1, 2, 3);
  EXPECT_EQ(CtcProbability(scores, {1, 1}), 0);  // a blank must part them
  EXPECT_GT(CtcProbability(scores, {1, 2}), 0);
}

TEST(Ctc, AFavouredClassNeedsLess) {
  // Two steps of three classes: the blank is the likelier, class 1 next, class 2 last.
  const CtcScores scores({2, 1, 0, 2, 0, 1}, 3);
  EXPECT_TRUE(BestPath(scores).classes.empty());
  const CtcPath path = BestPath(scores, {.a_class = 1, .by = 1.5F});
  EXPECT_EQ(path.classes, std::vector<int>{1});
  EXPECT_EQ(path.steps, std::vector<int>{0});
}

}  // namespace
}  // namespace diwan
