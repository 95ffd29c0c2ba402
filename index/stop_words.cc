// Words that say nothing by themselves. They are indexed, for phrases and for questions of nothing else, and dropped
// from a question where other words remain. One list for all languages, since the language of a question is not known:
// so no word is here that says something in another of them.
#include <set>
#include <string>
#include <string_view>

#include "core/fold.h"
#include "index/stem.h"

namespace diwan {
namespace {

// In ordinary spelling, by spaces; folded when first used.
constexpr std::string_view kArabic =
    "في من إلى على عن مع بين عند حتى منذ خلال حول ضد تحت فوق قبل بعد غير سوى دون لدى حيث أن "
    "إن أنه إنه أنها إنها لأن كأن لكن بل أو أم ثم قد لقد لا لم لن ما مما هل إذ إذا لو كل بعض "
    "أي أية أيضا فقط كما كذلك هذا هذه ذلك تلك هؤلاء أولئك هنا هناك هو هي هم هن نحن أنا أنت "
    "الذي التي الذين اللذين اللتين اللاتي اللواتي فيه فيها منه منها منهم به بها بهم له لها "
    "لهم عليه عليها عليهم إليه إليها عنه عنها كان كانت كانوا يكون تكون ليس ليست يتم تم تمت "
    "بأن بما لما ماذا لماذا متى أين كيف كم ال رقم لسنة";
constexpr std::string_view kPersian =
    "از به با در را که و تا بر برای این آن ها های هایی هم "
    "همه هر هیچ یا اگر نیز پس پیش سپس ولی اما بین بی چه "
    "چرا چند چون چگونه کجا کدام کی کیست چیست است هست "
    "هستند نیست بود بودند بوده باشد باشند شد شدند شده شود "
    "شوند می نمی کرد کردند کرده کند کنند می‌شود می‌کند "
    "می‌باشد نمی‌شود دارد دارند داشت داشته خود وی ما شما "
    "ایشان آنها آنان اینکه آنکه یک توسط درباره طی تر ترین "
    "ای اند ام اش شماره";
constexpr std::string_view kEnglish =
    "a an and are as at be by for from in is it of on or that the this to was were with";

void AddAll(std::string_view list, std::set<std::u32string>& out) {
  while (!list.empty()) {
    const size_t space = std::min(list.find(' '), list.size());
    std::u32string word = FromUtf8(FoldToUtf8(list.substr(0, space)));
    if (!word.empty()) out.insert(std::move(word));
    list.remove_prefix(std::min(space + 1, list.size()));
  }
}

const std::set<std::u32string>& StopWords() {
  static const std::set<std::u32string> words = [] {
    std::set<std::u32string> out;
    for (const std::string_view list : {kArabic, kPersian, kEnglish}) AddAll(list, out);
    return out;
  }();
  return words;
}

}  // namespace

bool IsStopWord(const std::u32string& word) {
  const std::set<std::u32string>& words = StopWords();
  if (words.contains(word)) return true;
  const bool conjunction = word.size() >= 3 && (word[0] == U'و' || word[0] == U'ف');
  return conjunction && words.contains(word.substr(1));
}

}  // namespace diwan
