"""Ordinary words for the neighbours of numbers and for the reject label: aspell's Arabic and Persian dictionaries and
Debian's list of English words."""

import re
import subprocess
from functools import lru_cache
from pathlib import Path

PERSIAN_ONLY = re.compile("[پچژگکی\u200c]")
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"


@lru_cache
def dictionary(language):
    """The words of "ar", "fa" or "en", at most 13 letters long, in the dictionary's order."""
    if language == "en":
        words = Path("/usr/share/dict/words").read_text(encoding="utf8").split()
        return [w for w in words if re.fullmatch("[A-Za-z]{1,13}", w)]
    dump = subprocess.run(["aspell", "-l", language, "dump", "master"], capture_output=True, text=True, check=True)
    words = [w.split("/")[0] for w in dump.stdout.split("\n")]
    letters = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\u200c]{1,13}")
    return [w for w in words if letters.fullmatch(w) and (language == "fa" or not PERSIAN_ONLY.search(w))]


def word(random, language):
    """A word as a page may show it: sometimes cut to a letter or two, vowelled, or with a sentence mark on it."""
    text = random.choice(dictionary(language))
    chance = random.random()
    if chance < 0.07:
        return text[: random.randint(1, 2)].strip("\u200c") or "و"
    if chance < 0.10 and language == "ar":
        return "".join(c + random.choice(MARKS) if random.random() < 0.6 else c for c in text)
    if chance < 0.16:
        return text + random.choice("؛؟" if language != "en" else ";?!")
    return text.capitalize() if language == "en" and random.random() < 0.3 else text
