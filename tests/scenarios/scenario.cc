// Reads scenario files and plays them with the real program.
#include "scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "program.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kUntilSearchable{5};  // two are promised; a busy machine gets more

std::string Trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r");
  return first == text.npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

// "search بلدية" as "search" and "بلدية".
std::pair<std::string, std::string> SplitFirst(const std::string& line) {
  const size_t space = line.find(' ');
  return {line.substr(0, space), space == line.npos ? "" : Trimmed(line.substr(space))};
}

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    if (!Trimmed(part).empty()) parts.push_back(Trimmed(part));
  }
  return parts;
}

// "--limit 2 -- قرار" as its options and "قرار"; what has no options is words.
std::pair<std::vector<std::string>, std::string> OptionsAndWords(const std::string& rest) {
  const size_t end = rest.find(" -- ");
  if (!rest.starts_with("--") || end == rest.npos) return {{}, rest};
  return {Split(rest.substr(0, end), ' '), Trimmed(rest.substr(end + 4))};
}

bool Asks(const Step& step) { return step.verb == "search" || step.verb == "suggest" || step.verb == "related"; }

Json RecordOf(const Step& step) {
  Json record;
  if (step.rest != "-") record["external_id"] = step.rest;
  record["pages"] = Json::array();
  for (const std::string& detail : step.details) {
    const auto [name, value] = SplitFirst(detail);
    if (name == "page") {
      record["pages"].push_back(value);
    } else {
      record[name] = value;
    }
  }
  return record;
}

class Player {
 public:
  explicit Player(Way way) {
    const std::string archive = (folder_.path() / "archive").string();
    where_ = {"--archive", archive};
    if (way == Way::kOwnProcess) return;
    RunProgram({"init", "--archive", archive}, folder_.path());
    holder_ = std::make_unique<Program>(
        std::vector<std::string>{"serve", "--listen", "127.0.0.1:0", "--workers", "0", "--archive", archive},
        folder_.path());
    const std::string address = holder_->FirstLine();
    if (address.empty()) problems_.push_back("the server did not start: " + holder_->Wait().err);
    if (way != Way::kServer) return;
    where_ = TokenFor(archive, folder_.path());
    where_.insert(where_.end(), {"--server", address});
  }

  std::vector<std::string> Play(const Scenario& scenario) {
    for (const Step& step : scenario.steps) {
      if (step.verb == "record") {
        pending_ += RecordOf(step).dump() + "\n";
      } else if (step.verb == "line") {
        pending_ += step.rest + "\n";
      } else {
        PlayCommand(step);
      }
    }
    return problems_;
  }

 private:
  // What is searched for may need a moment to be searchable, so a search is repeated for a while.
  void PlayCommand(const Step& step) {
    const std::vector<std::string> arguments = ArgumentsOf(step);
    const auto deadline = std::chrono::steady_clock::now() + kUntilSearchable;
    std::vector<std::string> wrong;
    do {
      wrong = Check(step, RunProgram(arguments, folder_.path()));
      if (!wrong.empty() && Asks(step)) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    } while (!wrong.empty() && Asks(step) && std::chrono::steady_clock::now() < deadline);
    problems_.insert(problems_.end(), wrong.begin(), wrong.end());
  }

  std::vector<std::string> ArgumentsOf(const Step& step) {
    std::vector<std::string> arguments = where_;
    if (step.verb == "run") {
      const auto words = Split(step.rest, ' ');
      arguments.insert(arguments.end(), words.begin(), words.end());
    } else if (step.verb == "search") {
      const auto [options, words] = OptionsAndWords(step.rest);
      arguments.insert(arguments.end(), {"search", "--json"});
      arguments.insert(arguments.end(), options.begin(), options.end());
      arguments.insert(arguments.end(), {"--", words});
    } else if (step.verb == "suggest") {
      arguments.insert(arguments.end(), {"suggest", "--json", "--", step.rest});
    } else if (step.verb == "related") {
      arguments.insert(arguments.end(), {"related", "--json", ids_.contains(step.rest) ? ids_[step.rest] : step.rest});
    } else if (step.verb == "import") {
      arguments.insert(arguments.end(), {"import", "--json", folder_.Write("import.jsonl", pending_).string()});
      pending_.clear();
    } else {
      const auto [name, page] = SplitFirst(step.rest);
      arguments.insert(arguments.end(), {"show", ids_.contains(name) ? ids_[name] : name});
      if (!page.empty()) arguments.push_back(page);
    }
    return arguments;
  }

  std::vector<std::string> Check(const Step& step, const Ended& ended) {
    const Json answer = Json::parse(ended.out, nullptr, false);
    RememberIds(answer);
    std::vector<std::string> wrong;
    std::string status = "0";
    for (const std::string& detail : step.details) {
      const auto [what, value] = SplitFirst(detail);
      if (what == "status") {
        status = value;
      } else if (const std::string found = Found(what, value, ended, answer); found != "yes") {
        wrong.push_back(fmt::format("line {}: expected {} {}, but {}", step.line, what, value, found));
      }
    }
    if (std::to_string(ended.status) != status) {
      wrong.push_back(fmt::format("line {}: expected status {}, but it was {}: {}", step.line, status, ended.status,
                                  Trimmed(ended.err)));
    }
    return wrong;
  }

  // "yes", or what there is instead.
  static std::string Found(const std::string& what, const std::string& value, const Ended& ended, const Json& answer) {
    if (what == "prints") return ended.out.find(value) != std::string::npos ? "yes" : "it printed " + ended.out;
    if (!answer.is_object()) return "there was no answer: " + ended.out;
    if (what == "finds" || what == "ranks" || what == "guesses" || what == "offers") {
      return NamesFound(what, value, answer);
    }
    return Holds(what, value, answer) ? "yes" : "the answer is " + answer.dump();
  }

  static std::string NamesFound(const std::string& what, const std::string& value, const Json& answer) {
    std::vector<std::string> expected = value == "nothing" ? std::vector<std::string>{} : Split(value, ',');
    std::vector<std::string> names;
    for (const Json& completion : answer.value("completions", Json::array())) names.push_back(completion["text"]);
    for (const Json& result : answer.value("results", Json::array())) {
      if (what != "guesses" || result["guess"] == true) names.push_back(NameOf(result));
    }
    const std::string found = fmt::format("found {}", fmt::join(names, ", "));
    if (what != "ranks") {
      std::sort(expected.begin(), expected.end());
      std::sort(names.begin(), names.end());
    }
    const bool some = what == "offers" && !expected.empty();
    const bool holds =
        some ? std::includes(names.begin(), names.end(), expected.begin(), expected.end()) : names == expected;
    return holds ? "yes" : found;
  }

  // Expectations of one member of the answer.
  static bool Holds(const std::string& what, const std::string& value, const Json& answer) {
    const auto [first, rest] = SplitFirst(value);
    const auto [second, third] = SplitFirst(rest);
    if (what == "shows" || what == "matches") {
      const Json result = ResultOf(answer, first);
      if (what == "shows") return result["page"].dump() == second && result["more_pages"].dump() == third;
      return Has(result["matched"], rest);
    }
    if (what == "counts") {
      const Json values = answer["facets"].is_object() ? answer["facets"].value(first, Json::array()) : Json::array();
      return Has(values, Json{{"value", second}, {"count", std::stoi(third)}});
    }
    if (what == "explains") {
      for (const Json& word : answer["explain"].value("words", Json::array())) {
        for (const Json& term : word["terms"]) {
          if (word["typed"] == first && term["kind"] == second && term["text"] == third) return true;
        }
      }
      return false;
    }
    return answer.contains(what) && answer[what].dump() == value;
  }

  static bool Has(const Json& list, const Json& member) {
    return std::find(list.begin(), list.end(), member) != list.end();
  }

  static std::string NameOf(const Json& result) {
    const Json& name = result["external_id"];
    return name.is_string() ? name.get<std::string>() : "-";
  }

  // A result without members when none is of this name.
  static Json ResultOf(const Json& answer, const std::string& name) {
    for (const Json& result : answer.value("results", Json::array())) {
      if (NameOf(result) == name) return result;
    }
    return {{"page", nullptr}, {"more_pages", nullptr}, {"matched", Json::array()}};
  }

  void RememberIds(const Json& answer) {
    if (!answer.is_object()) return;
    for (const Json& result : answer.value("results", Json::array())) {
      if (result["external_id"].is_string()) ids_[result["external_id"]] = result["record"];
    }
  }

  TempFolder folder_;  // outlives the holder, whose archive is in it
  std::vector<std::string> where_;
  std::unique_ptr<Program> holder_;
  std::string pending_;  // lines for the next import
  std::map<std::string, std::string> ids_;
  std::vector<std::string> problems_;
};

}  // namespace

Scenario ReadScenario(const std::filesystem::path& file) {
  Scenario scenario{file.stem().string(), {}};
  std::ifstream lines(file);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::string text = Trimmed(line);
    if (text.empty() || text.starts_with('#')) continue;
    if (line.starts_with(' ')) {
      if (scenario.steps.empty()) throw std::runtime_error(fmt::format("{}:{}: nothing above", file.string(), number));
      scenario.steps.back().details.push_back(text);
      continue;
    }
    const auto [verb, rest] = SplitFirst(text);
    const std::vector<std::string> verbs{"record", "line", "import", "search", "suggest", "related", "show", "run"};
    if (std::find(verbs.begin(), verbs.end(), verb) == verbs.end()) {
      throw std::runtime_error(fmt::format("{}:{}: what is '{}'?", file.string(), number, verb));
    }
    scenario.steps.push_back({number, verb, rest, {}});
  }
  if (scenario.steps.empty()) throw std::runtime_error(file.string() + ": is empty");
  return scenario;
}

std::vector<std::string> RunScenario(const Scenario& scenario, Way way) { return Player(way).Play(scenario); }

}  // namespace diwan
