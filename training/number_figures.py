"""How well the reader of numbers does: each digit set, clean and degraded."""

import re

from .crops import DIGIT_SETS
from .evaluate import EDGES, share

CORE = re.compile(r"^\(?[HM]?\d+([/.-]\d+)*[HM]?\)?$")  # plain numbers, n/yyyy, dates
COLUMNS = ("numbers right", "of these plain, n/yyyy, dates", "words taken for numbers")
BY_FAMILY = "all numbers right"
CALIBRATED = "the CTC probability of the answer"
BOX = "word's"


def key(text):
    return text.replace(" ", "")


def is_number(text):
    return bool(re.search(r"\d", text)) and "~" not in text


def figures(stored, answers):
    """For each digit set and level: share of numbers right as wholes (all, core) and of words taken for numbers."""
    table = {}
    for digit_set in DIGIT_SETS:
        for level in ("clean", "degraded"):
            pairs = zip(stored.meta, answers)
            here = [(m, text) for m, (text, _) in pairs if (m["digit_set"], m["level"]) == (digit_set, level)]
            numbers = [(key(m["label"]), key(text)) for m, text in here if m["kind"] == "number"]
            table[f"{digit_set} {level}"] = {
                "all": share(label == text for label, text in numbers),
                "core": share(label == text for label, text in numbers if CORE.match(label)),
                "words_as_numbers": share(is_number(text) for m, text in here if m["kind"] == "word"),
            }
    return table


def by_family(stored, answers):
    """Share of numbers right as wholes for each family of faces."""
    families = {}
    for m, (text, _) in zip(stored.meta, answers):
        if m["kind"] == "number":
            families.setdefault(m["family"], []).append(key(text) == key(m["label"]))
    return {family: share(flags) for family, flags in sorted(families.items())}


def calibration(stored, answers):
    """Of the answers that are numbers: how many are right at each confidence. Rows: from, to, answers, right."""
    numbers = [(c, key(text) == key(m["label"])) for m, (text, c) in zip(stored.meta, answers) if is_number(text)]
    rows = []
    for low, high in zip(EDGES, EDGES[1:]):
        right = [ok for c, ok in numbers if low <= c < high]
        rows.append({"from": low, "to": min(high, 1), "answers": len(right), "right": share(right)})
    return rows


def merit(table):
    """One figure to choose a checkpoint by: numbers right, less half of the words taken for numbers."""
    rows = table.values()
    return sum(row["all"] - 0.5 * row["words_as_numbers"] for row in rows) / len(rows)
