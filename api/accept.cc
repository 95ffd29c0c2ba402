// Weighted lists, from header to choice, on the way into the handlers of records and pages, and out of failures.
#include "api/accept.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace diwan {
namespace {

struct Wish {
  std::string name;  // in lower case: "text/*", "ar-eg", "*"
  int weight = 0;    // thousandths
};

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

// What stands before `separator`, trimmed; takes both off.
std::string_view Next(std::string_view& list, char separator) {
  const std::string_view piece = list.substr(0, list.find(separator));
  list.remove_prefix(std::min(piece.size() + 1, list.size()));
  return Trimmed(piece);
}

// "0.5" as 500. No value for what is none of "0", "1", up to three digits behind the point.
std::optional<int> ParseWeight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int weight = (text[0] - '0') * 1000;
  int step = 100;
  for (const char c : text.substr(std::min<size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    weight += (c - '0') * step;
    step /= 10;
  }
  return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

// In their order; what can't be read is left out.
std::vector<Wish> Wishes(std::string_view list) {
  std::vector<Wish> wishes;
  while (!list.empty()) {
    std::string_view item = Next(list, ',');
    Wish wish{.name = LowerCase(Next(item, ';')), .weight = 1000};
    bool readable = !wish.name.empty();
    while (!item.empty()) {
      const std::string_view parameter = Next(item, ';');
      if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
      const auto weight = ParseWeight(parameter.substr(2));
      readable = readable && weight;
      wish.weight = weight.value_or(0);
    }
    if (readable) wishes.push_back(std::move(wish));
  }
  return wishes;
}

// How exactly a range names a type: 3 it, 2 its family, 1 anything; 0 not at all.
int Fit(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*") return 1;
  const bool family = range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1));
  return family ? 2 : 0;
}

int WeightOf(std::string_view type, const std::vector<Wish>& wishes) {
  int best_fit = 0;
  int weight = 0;
  for (const Wish& wish : wishes) {
    const int fit = Fit(wish.name, type);
    if (fit <= best_fit) continue;
    best_fit = fit;
    weight = wish.weight;
  }
  return weight;
}

constexpr std::array<std::string_view, 3> kLanguages = {"en", "ar", "fa"};

// The language that a range like "ar-eg" means; of "*" the first that no other wish names; "" for none of ours.
std::string_view Meant(const Wish& wish, const std::vector<Wish>& wishes) {
  const auto primary = [](const Wish& each) { return std::string_view(each.name).substr(0, each.name.find('-')); };
  for (const std::string_view language : kLanguages) {
    if (primary(wish) == language) return language;
    if (wish.name == "*" && std::ranges::find(wishes, language, primary) == wishes.end()) return language;
  }
  return "";
}

}  // namespace

std::optional<size_t> ChooseMediaType(std::string_view accept, const std::vector<std::string_view>& offered) {
  const std::vector<Wish> wishes = Wishes(accept);
  if (wishes.empty()) return 0;
  std::optional<size_t> chosen;
  int best = 0;
  for (size_t i = 0; i < offered.size(); ++i) {
    const int weight = WeightOf(offered[i], wishes);
    if (weight <= best) continue;
    best = weight;
    chosen = i;
  }
  return chosen;
}

std::string_view LanguageOf(std::string_view accept_language) {
  const std::vector<Wish> wishes = Wishes(accept_language);
  std::string_view chosen = "en";
  int best = 0;
  for (const Wish& wish : wishes) {
    const std::string_view language = Meant(wish, wishes);
    if (wish.weight <= best || language.empty()) continue;
    best = wish.weight;
    chosen = language;
  }
  return chosen;
}

std::string_view LanguageOf(const Request& request) { return LanguageOf(HeaderOf(request, "accept-language")); }

std::string_view HeaderOf(const Request& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? std::string_view() : std::string_view(found->second);
}

void Vary(Response& response, std::string_view header) {
  std::string& vary = response.headers["Vary"];
  vary += (vary.empty() ? "" : ", ") + std::string(header);
}

}  // namespace diwan
