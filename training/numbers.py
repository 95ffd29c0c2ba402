"""What the reader of numbers has to read: the sampler "numbers" draws the content of one crop.

Everything is in visual order, left to right as printed. A number is a string of ASCII digits and marks; drawing.py
shows its digits in the crop's digit set. H stands for the Hijri mark هـ and M for م, which print to the left of their
year.
"""

from .line import Line, Run
from .words import word

EVALUATED = {"number": 1, "word": 0.5}  # kinds of crops in an evaluation, and the share of crops of each
PRINTED = {"H": "هـ", "M": "م"}  # labels that stand for something else
LONE_MARKS = {"ه": "H", "هـ": "H", "م": "M"}


def digits(random, low, high):
    return "".join(random.choice("0123456789") for _ in range(random.randint(low, high)))


def below(random, limit):
    return str(random.randint(1, limit))


def year(random):
    low, high = random.choice([(1340, 1410), (1380, 1450), (1950, 2035), (1995, 2030)])
    return str(random.randint(low, high))


def decision(random):
    """n/yyyy, in either order."""
    parts = [below(random, 10 ** random.randint(1, 4)), year(random)]
    random.shuffle(parts)
    return random.choice("/////-").join(parts)


def chain(random):
    return random.choice("//-").join(below(random, 10 ** random.randint(1, 4)) for _ in range(random.choice([2, 2, 3])))


def date(random):
    pad = random.choice(["", "02"])
    day, month = format(random.randint(1, 31), pad), format(random.randint(1, 12), pad)
    full = year(random)
    printed = full if random.random() < 0.9 else full[2:]
    orders = [(day, month, printed), (printed, month, day), (month, day, printed), (printed, day, month)]
    return random.choice("/////--..").join(random.choices(orders, [4, 4, 1, 1])[0])


def grouped(random):
    amount = f"{random.randint(1000, 10 ** random.randint(4, 9)):,}"
    if random.random() < 0.15:
        amount = amount.replace(",", ".")
    elif random.random() < 0.3:
        amount += "." + digits(random, 1, 3)
    return amount


def decimal(random):
    return digits(random, 1, 3) + random.choice(",,./") + digits(random, 1, 3)


def time(random):
    return f"{random.randint(0, 23):{random.choice(['', '02'])}}:{random.randint(0, 59):02d}"


def percent(random):
    amount = below(random, 100)
    return random.choice(["%" + amount, amount + "%"])


def clause(random):
    number = below(random, random.choice([9, 40, 200]))
    return random.choice(["-", ".", "(", "", ":"]) + number + random.choice(["", "", "-", ")", "."])


def phone(random):
    return random.choice(["0", "00", "09", ""]) + digits(random, 2, 3) + random.choice(["-", ""]) + digits(random, 5, 7)


def span(random):
    first = random.randint(1, 400)
    return f"{first}-{first + random.randint(1, 60)}"


KINDS = {
    lambda random: digits(random, 1, 7): 26,
    lambda random: below(random, 40): 4,
    year: 7,
    decision: 15,
    chain: 5,
    date: 20,
    grouped: 7,
    decimal: 4,
    time: 4,
    percent: 2,
    clause: 5,
    phone: 3,
    span: 2,
}


def number(random):
    """One number token as the runs of its parts."""
    text = random.choices(list(KINDS), list(KINDS.values()))[0](random)
    if random.random() < 0.10:
        return [Run("number", "(" + text + ")")]
    runs = [Run("number", text)]
    if len(text) >= 4 and text[-4:].isdigit() and random.random() < 0.25 or random.random() < 0.02:
        mark = Run("mark", random.choice("HHM"))
        runs = [mark, *runs] if random.random() < 0.9 else [*runs, mark]
    if random.random() < 0.06:
        runs.insert(0, Run("number", random.choice(".,:")))
    return runs


def plain_word(random, language):
    if random.random() < 0.12:
        language = "en"
    return [Run("latin" if language == "en" else "letters", word(random, language))]


def touching(random, language):
    """A number with letters on it, as in ق/12, 5/ص/90 or a word whose space was lost."""
    letters = plain_word(random, language)
    if random.random() < 0.4:
        letters = [Run("letters", word(random, language)[0])]
        if random.random() < 0.3:
            return [Run("number", below(random, 999) + "/"), *letters, Run("number", "/" + below(random, 9999))]
        return [*number(random), Run("number", "/"), *letters]
    return [*letters, *number(random)] if random.random() < 0.5 else [*number(random), *letters]


def mixture(random, language, words):
    """Several words, of which some are numbers."""
    choices = [random.random() < 0.4 for _ in range(words)]
    choices[random.randrange(words)] = True
    return [number(random) if chosen else plain_word(random, language) for chosen in choices]


def neighbour(random, language):
    """What stands beside the crop and may reach into it, or None."""
    if random.random() < 0.5:
        return None
    return plain_word(random, language) if random.random() < 0.8 else number(random)


def content(random, language, kind):
    if kind == "number":
        return [number(random)]
    if kind == "word":
        return [plain_word(random, language)]
    if kind == "touching":
        return [touching(random, language)]
    if kind == "words":
        return [plain_word(random, language) for _ in range(random.randint(2, 3))]
    return mixture(random, language, random.choice([2, 2, 2, 3, 4]))


def sample(random, languages, kind=None):
    """The content of one crop. `kind` is one of number, word, touching, words, mixture; drawn when not given."""
    language = random.choice(languages)
    kind = kind or random.choices(["number", "word", "touching", "words", "mixture"], [52, 25, 8, 4, 11])[0]
    return Line(content(random, language, kind), neighbour(random, language), neighbour(random, language), kind)


def easy(random, languages):
    """Single plain numbers, to begin with."""
    if random.random() < 0.2:
        return Line([plain_word(random, random.choice(languages))], None, None, "word")
    return Line([[Run("number", digits(random, 1, 5))]], None, None, "number")


def label(words, digit_set):
    """What the reader should answer: see numbers.toml for the alphabet."""
    return " ".join(word_label(runs, digit_set) for runs in words)


def word_label(runs, digit_set):
    label = ""
    for run in runs:
        if run.kind in ("letters", "latin"):
            piece = LONE_MARKS.get(run.text, "~") if len(runs) == 1 or run.kind == "letters" else "~"
        elif digit_set == "latin":
            piece = run.text
        else:
            piece = "".join("٠١٢٣٤٥٦٧٨٩"[int(c)] if c.isdigit() else c for c in run.text)
        label += "" if piece == "~" and label.endswith("~") else piece
    return label
