"""What the reader of lines has to read: the sampler "lines" draws the content of one crop, a stretch of a line or all of
it, from phrases of our own (phrases.toml), the dictionaries of words.py and the numbers of numbers.py.

A text is a list of tokens as they are written; `laid_out` brings them into visual order, left to right as printed:
right-to-left words are turned round, numbers and Latin islands are not, and brackets show the shape that is seen. The
label is what is printed, letter by letter; see lines.toml for what shares a label. ASCII digits in a token stand for
those of the crop's digit set, except in tokens with Latin letters.
"""

import re
import tomllib
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from . import numbers
from .line import Line, Run
from .words import MARKS, dictionary

EVALUATED = {"official": 1, "prose": 1}  # kinds of crops in an evaluation, and the share of crops of each
PRINTED = {}

LATIN = re.compile("[A-Za-z]")
LETTER = "\u0621-\u063a\u0640-\u065f\u0670-\u06d3\u200c"
PIECE = re.compile(f"[{LETTER}]+|[0-9]+(?:[/.,:،٫٬–-]+[0-9]+)*|.")
NATIVE = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MIRRORED = str.maketrans("()[]{}«»‘’“”", ")(][}{»«’‘”“")
SAME_SIGN = str.maketrans("٪٫٬—“”‘’", "%,,–\"\"''")
SAME_LETTER = str.maketrans("کٱ", "كا")
UNSEEN = re.compile("[\u0640\u064b-\u065f\u0670]")  # tatweel and vowel signs: printed, not read
ONE_SIDED = "ءآأؤإاةدذرزوىژۀٱ"  # do not join the letter after them
HAMZAS = str.maketrans("أإآ", "ااا")
KINDS = {"official": 38, "prose": 40, "figures": 8, "random": 8, "latin": 9}
SIGNS = "،،،،،،....؛؛؟؟::!…-–"
RARE_SIGNS = "*+=|#&•°\\/@_%'"
PAIRS = ("()", "()", "[]", "«»", "«»", '""', "“”", "{}")


# --- the label -------------------------------------------------------------------------------------------------------


def letters_label(text):
    """Visual label of letters as written. A ZWNJ shows only after a letter that would join. ی shows its dots where it
    joins the next letter."""
    text = UNSEEN.sub("", text).translate(SAME_LETTER)
    text = re.sub(f"(?<=[{ONE_SIDED}])\u200c|\u200c$|^\u200c", "", text)
    text = re.sub("ی(?=[\u0621-\u06d3])", "ي", text).replace("ی", "ى")
    return text[::-1]


def run_label(run, digit_set):
    if run.kind == "letters":
        return letters_label(run.text)
    text = run.text.translate(SAME_SIGN)
    return text if run.kind == "latin" or digit_set == "latin" else text.translate(NATIVE)


def label(words, digit_set):
    """What the reader should answer: see lines.toml for the alphabet. Any leader of dots is one …"""
    text = " ".join("".join(run_label(run, digit_set) for run in runs) for runs in words)
    return re.sub(r"\.{3,}|…+", "…", text)


# --- from tokens as written to words from left to right --------------------------------------------------------------


def word_runs(token):
    """The runs of a right-to-left token, from left to right."""
    runs = []
    for piece in reversed(PIECE.findall(token)):
        if re.match(f"[{LETTER}]", piece):
            runs.append(Run("letters", piece))
        else:
            runs.append(Run("exact", piece.translate(MIRRORED)))
    return runs


def island(token):
    """The runs of a token with Latin letters: signs that belong to the text around it stand on its other side."""
    before, core, after = re.fullmatch(r"([(\[{«\"“]*)(.*?)([)\]}»\"”،؛؟]*)", token).groups()
    return [*word_runs(after), Run("latin", core), *word_runs(before)]


def laid_out(tokens):
    """The words of a right-to-left line from left to right."""
    words = []
    for latin, group in groupby(tokens, key=lambda token: bool(LATIN.search(token))):
        words += [island(token) for token in reversed(list(group))] if latin else [word_runs(token) for token in group]
    return words[::-1]


# --- phrases ---------------------------------------------------------------------------------------------------------


@lru_cache
def phrases(language):
    """The lists of phrases.toml: phrases and, for each other name, its words or, where ؛ parts them, its terms."""
    lists = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf8"))[language]
    composed = lambda text: text.replace("هٔ", "ۀ")
    parted = lambda text: [t.strip() for t in text.split("؛")] if "؛" in text else text.split()
    return {
        name: [composed(t) for t in (value if isinstance(value, list) else parted(value))]
        for name, value in lists.items()
    }


def name(random, lists):
    given = random.sample(lists["given"], random.choice([1, 1, 2]))
    return " ".join([*given, random.choice(lists["family"])])


def latin_word(random):
    choice = random.random()
    if choice < 0.4:
        return random.choice(phrases("en")["latin"])
    if choice < 0.55:
        return "".join(
            random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(random.randint(1, 4))
        ) + random.choice(
            ["", "", "-" + numbers.below(random, 999), "/" + numbers.year(random), numbers.below(random, 99)]
        )
    text = random.choice(dictionary("en"))
    return random.choice([text, text, text.capitalize(), text.upper()])


def mail(random):
    words = [random.choice(dictionary("en")).lower() for _ in range(2)]
    user = words[0] + random.choice(["", ".", "_", "-"]) + random.choice(["", numbers.below(random, 99)])
    return user.strip("._-") + "@" + words[1] + random.choice([".org", ".com", ".gov.iq", ".ir", ".net", ".edu.lb"])


def file_name(random):
    parts = [
        random.choice([random.choice(dictionary("en")), "scan", "IMG", "DOC", "file"]),
        numbers.below(random, 9999),
    ]
    return random.choice("-__").join(parts) + random.choice([".pdf", ".tif", ".docx", ".jpg", ".xml", ".PDF"])


def figure(random):
    """A number with the separators that are printed."""
    text = random.choices(list(numbers.KINDS), list(numbers.KINDS.values()))[0](random)
    text = text.replace(",", random.choice(",,٬٫،")).replace("%", random.choice("%٪"))
    return text.replace("-", random.choice("---–"))


SLOTS = {
    "n": lambda random: numbers.below(random, random.choice([9, 99, 999, 99999])),
    "y": numbers.year,
    "d": numbers.date,
    "t": numbers.time,
    "m": numbers.grouped,
    "r": lambda random: random.choice([numbers.decision, numbers.chain, numbers.phone])(random),
    "p": numbers.phone,
    "%": numbers.percent,
    "latin": latin_word,
    "mail": mail,
    "file": file_name,
}


def filled(random, lists):
    """A phrase as written."""

    def value(match):
        slot = match[1]
        if slot in SLOTS:
            return SLOTS[slot](random)
        if slot == "person":
            return name(random, lists)
        return random.choice(lists["ordinal" if slot == "o" else slot])

    return re.sub(r"{([a-z%]+)}", value, random.choice(lists["phrase"]))


# --- tokens of each kind ---------------------------------------------------------------------------------------------


def official(random, language, count):
    tokens = []
    while len(tokens) < count:
        tokens += filled(random, phrases(language)).split()
    start = random.choice([0, 0, random.randint(0, len(tokens) - count)])
    return tokens[start : start + count]


def plain_word(random, language):
    lists = phrases(language)
    if random.random() < 0.35:
        return random.choice(lists["common"])
    return random.choice(dictionary(language)) if random.random() < 0.9 else random.choice(lists["family"])


def punctuated(random, token):
    """As tokens: the token with a sign after it, touching it or not."""
    sign = random.choice(SIGNS)
    place = random.random()
    if place < 0.6:
        return [token + sign]
    return [token, sign] if place < 0.92 else [token + random.choice(SIGNS) + sign]


def prose(random, language, count, word=plain_word):
    tokens = []
    while len(tokens) < count:
        token, chance = word(random, language), random.random()
        if chance < 0.13:
            tokens += punctuated(random, token)
        elif chance < 0.18:
            opening, closing = random.choice(PAIRS)
            between = [word(random, language) for _ in range(random.choice([0, 0, 1, 2]))]
            between = [token, *between]
            spaced = random.random() < 0.15
            tokens += [opening, *between, closing] if spaced else f"{opening}{' '.join(between)}{closing}".split()
        elif chance < 0.22:
            tokens.append(random.choice([figure, figure, latin_word])(random))
        elif chance < 0.24 and tokens and not LATIN.search(tokens[-1] + token):
            tokens[-1] += random.choice("،؛.:") + token  # a space was lost
        elif chance < 0.25:
            tokens.append(random.choice(RARE_SIGNS))
        else:
            tokens.append(token)
    return tokens[:count]


def figures(random, language, count):
    return [figure(random) if random.random() < 0.5 else plain_word(random, language) for _ in range(count)]


def random_word(random, language):
    letters = "ابتثجحخدذرزسشصضطظعغفقلمنهوءآأؤإئ" + ("کی" + "پچژگ" * 2 + "ۀ" if language == "fa" else "كيىة" * 2)
    word = "".join(random.choice(letters) for _ in range(random.randint(1, 7)))
    return re.sub("[ةۀى](?=.)", "م", word)


TOKENS = {
    "official": official,
    "prose": prose,
    "figures": figures,
    "random": lambda random, language, count: prose(random, language, count, random_word),
}


# --- print shop's habits ---------------------------------------------------------------------------------------------


def vowelled(random, token, share):
    """With vowel signs on a share of its letters."""
    sign = lambda: "ّ" + random.choice(MARKS) if random.random() < 0.15 else random.choice(MARKS + "ّٰ")
    with_sign = lambda match: match[0] + (sign() if random.random() < share else "")
    return re.sub("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]", with_sign, token)


def lengthened(random, token):
    """With a tatweel or some at one joint of its letters."""
    letter = "[\u0620-\u064a\u066e-\u06d3]"
    joints = [m.end() for m in re.finditer(f"(?![{ONE_SIDED}]){letter}[{MARKS}]*(?={letter})", token)
              if token[m.start()] != "ل" and token[m.start()] != "ـ"]  # fmt: skip
    if not joints:
        return token
    at = random.choice(joints)
    return token[:at] + "ـ" * random.randint(1, 4) + token[at:]


def habits(random, language, tokens):
    """What a writer or a printer does all along a line: hamzas or dots left out, vowel signs, letters drawn out."""
    if language == "ar" and random.random() < 0.2:
        tokens = [token.translate(HAMZAS) for token in tokens]
    if language == "ar" and random.random() < 0.12:
        tokens = [re.sub("ي(?![\u0620-\u06d3])", "ى", token) for token in tokens]
    share = random.choices([0, 0.04, random.uniform(0.1, 0.8)], [0.78, 0.12, 0.1])[0]
    if share:
        tokens = [vowelled(random, token, share) for token in tokens]
    share = random.choices([0, random.uniform(0.1, 0.9)], [0.8, 0.2])[0]
    return [lengthened(random, token) if random.random() < share else token for token in tokens]


def with_note(random, words):
    """A raised number on one word, as for a footnote."""
    index, number = random.randrange(len(words)), numbers.below(random, random.choice([9, 40]))
    words[index] = [Run("raised", random.choice([number, f"({number})"])), *words[index]]


def latin_line(random, count):
    """Words of a line that runs from left to right."""
    tokens = []
    for _ in range(count):
        token = latin_word(random) if random.random() < 0.85 else figure(random).translate(SAME_SIGN)
        token += random.choice([",", ".", ":", ";", "?", "!"]) if random.random() < 0.12 else ""
        tokens.append(
            random.choice(["({})", "[{}]", '"{}"', "“{}”", "'{}'"]).format(token) if random.random() < 0.05 else token
        )
    return [[Run("latin", token.replace("،", ","))] for token in tokens]


def spacing(random):
    low = random.choice([0.1, 0.14, 0.2, 0.25, 0.3, 0.5])
    return low, low + random.choice([0.02, 0.1, 0.3])


def sample(random, languages, kind=None):
    """The content of one crop. `kind` is one of KINDS; drawn when not given."""
    language = random.choice(languages)
    kind = kind or random.choices(list(KINDS), list(KINDS.values()))[0]
    low, high = random.choices([(1, 3), (3, 6), (6, 14)], [0.4, 0.45, 0.15])[0]
    count = random.randint(low, high)
    if kind == "latin":
        return Line(latin_line(random, count), None, None, kind, spacing(random))
    words = laid_out(habits(random, language, TOKENS[kind](random, language, count)))
    if random.random() < 0.04:
        with_note(random, words)
    return Line(words, None, None, kind, spacing(random))


def easy(random, languages):
    """A word or two, to begin with."""
    language = random.choice(languages)
    tokens = [plain_word(random, language) for _ in range(random.randint(1, 2))]
    if random.random() < 0.2:
        tokens[0] = numbers.digits(random, 1, 5)
    if random.random() < 0.05:
        tokens = [latin_word(random)]
    return Line(laid_out(tokens), None, None, "easy")
