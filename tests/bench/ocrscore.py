"""How well a page was read, against its truth: letters, words, numbers as wholes, boxes, order, and whether confidence
means what it says. For tests/bench/ocr; nothing here knows Diwan.

Texts are compared folded: compatibility forms, marks, tatweel and ZWNJ dropped, letters that differ by habit of writing
one (أ ا, ي ی, ك ک, ة ه), digits and punctuation of all scripts one, white space collapsed.
"""
import collections, re, unicodedata
import numpy
import benchlib

_DROPPED = dict.fromkeys([0x61C, 0x640, 0x200C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_ALIKE = {'أإآٱ': 'ا', 'يىۍې': 'ی', 'ك': 'ک', 'ةۀہە': 'ه', '٬،': ',', '؛': ';', '؟': '?', '“”„«»': '"', '‘’': "'",
          '–—−': '-', '٪': '%', '٫': '.'}
_LETTERS = {**_DROPPED, **{ord(letter): one for letters, one in _ALIKE.items() for letter in letters}}
_DIGITS = {first + value: str(value) for first in (0x660, 0x6F0) for value in range(10)}
DIGIT_SETS = ('Arabic-Indic', 'Persian', 'Latin')

# A date or n/n, a number with thousands apart, an integer of three digits or more.
_D = '[0-9٠-٩۰-۹]'
_NUMBER = re.compile(f'{_D}+(?:[/.-]{_D}+)+|{_D}+(?:,{_D}{{3}})+|{_D}{{3,}}')
_CORE = re.compile(f'{_D}(?:.*{_D})?')


def fold_letters(text):
    """Folded but for its digits."""
    text = unicodedata.normalize('NFKC', text).translate(_DROPPED)
    text = ''.join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    return ' '.join(text.split())


def fold(text):
    return fold_letters(text).translate(_DIGITS)


def core(word):
    """What is between the first and the last digit of a word, folded; '' when it has none."""
    found = _CORE.search(fold(word))
    return found.group() if found else ''


def digit_set(token):
    digit = next(c for c in token if c.isdigit())
    return DIGIT_SETS[0 if '٠' <= digit <= '٩' else 1 if '۰' <= digit <= '۹' else 2]


# -- letters, words, numbers

def errors(truth, read):
    """Counts of one page: letters and words of the truth and edits to them; numbers of the truth and those read right, by
    digit set; numbers of the reading that the truth does not have. Counts of pages may be added."""
    wanted, got = fold(truth), fold(read)
    counts = collections.Counter({'pages': 1, 'letters': len(wanted), 'words': len(wanted.split())})
    counts['letter edits'] = benchlib.edits(wanted, got)
    counts['word edits'] = benchlib.edits(wanted.split(), got.split())
    counts.update(_number_counts(truth, read))
    return counts


def _number_counts(truth, read):
    counts = collections.Counter()
    left = collections.Counter(_NUMBER.findall(fold_letters(read)))
    missing = []
    for token in _NUMBER.findall(fold_letters(truth)):
        counts['numbers', digit_set(token)] += 1
        if left[token] > 0:
            left[token] -= 1
            counts['numbers right', digit_set(token)] += 1
        else:
            missing.append(token)
    left = sum((collections.Counter({token.translate(_DIGITS): n}) for token, n in left.items()), collections.Counter())
    for token in missing:  # the same in the digits of another set
        if left[token.translate(_DIGITS)] > 0:
            left[token.translate(_DIGITS)] -= 1
            counts['numbers right', digit_set(token)] += 1
    counts['false numbers'] = sum(left.values())
    return counts


def share(counts, part, whole):
    """In percent, nan when there is nothing; `part` and `whole` name counts, or lists of them."""
    def total(names):
        return sum(counts[name] for name in (names if isinstance(names, list) else [names]))
    return 100 * total(part) / total(whole) if total(whole) else float('nan')


def of_sets(name):
    return [(name, digits) for digits in DIGIT_SETS]


# -- which word of the truth a word of the reading is

_GAP = 0.45  # two words that have less than a tenth in common are better left alone


def _unlikeness(truth, read):
    """A matrix of 0 (the same letters and pairs of letters) to 1 (none in common)."""
    def profile(words):
        table = numpy.zeros((len(words), 96), numpy.int16)
        for row, word in enumerate(words):
            for piece in [*word, *(word[i:i + 2] for i in range(len(word) - 1))]:
                table[row, (sum(ord(c) * 31 ** i for i, c in enumerate(piece)) + len(piece)) % 96] += 1
        return table
    a, b = profile(truth), profile(read)
    sizes = a.sum(1)[:, None] + b.sum(1)[None, :]
    common = numpy.stack([numpy.minimum(row, b).sum(1) for row in a])
    matrix = 1 - 2 * common / numpy.maximum(sizes, 1)
    same = numpy.array(truth, dtype=object)[:, None] == numpy.array(read, dtype=object)[None, :]
    return numpy.where(same, 0, numpy.maximum(matrix, 0.05))


def align(truth, read):
    """For each word of the reading (both folded) the place of its word in the truth, or None: the cheapest alignment in
    order; what is left over on both sides and the same stands elsewhere (columns, headings) and is paired too."""
    if not truth or not read:
        return [None] * len(read)
    unlike = _unlikeness(truth, read)
    cost = numpy.zeros((len(truth) + 1, len(read) + 1))
    steps = numpy.arange(len(read) + 1) * _GAP
    cost[0] = steps
    for i in range(1, len(truth) + 1):
        best = numpy.minimum(cost[i - 1, 1:] + _GAP, cost[i - 1, :-1] + unlike[i - 1])
        cost[i] = numpy.minimum.accumulate(numpy.concatenate(([i * _GAP], best)) - steps) + steps
    pairs, i, j = [None] * len(read), len(truth), len(read)
    while i > 0 and j > 0:
        if abs(cost[i, j] - cost[i - 1, j - 1] - unlike[i - 1, j - 1]) < 1e-9:
            i, j = i - 1, j - 1
            pairs[j] = i
        elif abs(cost[i, j] - cost[i - 1, j] - _GAP) < 1e-9:
            i -= 1
        else:
            j -= 1
    taken = {place for j, place in enumerate(pairs) if place is not None and truth[place] == read[j]}
    free = collections.defaultdict(list)
    for place, word in enumerate(truth):
        if place not in taken:
            free[word].append(place)
    for j, word in enumerate(read):
        if (pairs[j] is None or truth[pairs[j]] != word) and free[word]:
            place = free[word].pop()
            pairs = [None if other == place else other for other in pairs]
            pairs[j] = place
    return pairs


# confidence: 0 to 100. kind: 'sure' or 'unsure' of numbers, else 'word'. aligned: it stands for a word of the truth.
Judged = collections.namedtuple('Judged', 'confidence right kind aligned')


def judge(truth, words):
    """A Judged for each of `words` as the reader gives them: dictionaries with text, confidence and perhaps number. A word is
    right when it is its word of the truth, folded; a number when it is from its first digit to its last."""
    wanted = fold(truth).split()
    texts = [fold(word['text']).replace(' ', '') for word in words]
    pairs = align(wanted, texts)
    numbers = collections.Counter(core(word) for word in wanted)
    judged = [None] * len(words)
    late = []
    for j, (word, place) in enumerate(zip(words, pairs)):
        kind = word.get('number') or 'word'
        right = place is not None and texts[j] == wanted[place]
        if kind != 'word':
            right = place is not None and core(texts[j]) == core(wanted[place])
            if right:
                numbers[core(texts[j])] -= 1
            else:
                late.append(j)
        judged[j] = Judged(word['confidence'], right, kind, place is not None)
    for j in late:  # a number that stands elsewhere in the truth
        number = core(texts[j])
        if number and numbers[number] > 0:
            numbers[number] -= 1
            judged[j] = judged[j]._replace(right=True, aligned=True)
    return judged


BINS = 10


def reliability(judged):
    """Rows (from, to, words, mean confidence, share right) of the bins of confidence that have words; all in percent."""
    rows = []
    for number in range(BINS):
        inside = [j for j in judged if min(int(j.confidence * BINS / 100), BINS - 1) == number]
        if inside:
            rows.append((number * 100 / BINS, (number + 1) * 100 / BINS, len(inside),
                         sum(j.confidence for j in inside) / len(inside), 100 * sum(j.right for j in inside) / len(inside)))
    return rows


def calibration_error(judged):
    """Expected calibration error in points: how far confidence is from the share that is right, over BINS bins."""
    rows = reliability(judged)
    total = sum(row[2] for row in rows)
    return sum(row[2] * abs(row[3] - row[4]) for row in rows) / total if total else float('nan')


# -- boxes: arrays of rows left, top, right, bottom

def overlaps(truth, read):
    """Matrix of area in common by area of both together."""
    width = numpy.minimum(truth[:, None, 2], read[None, :, 2]) - numpy.maximum(truth[:, None, 0], read[None, :, 0])
    height = numpy.minimum(truth[:, None, 3], read[None, :, 3]) - numpy.maximum(truth[:, None, 1], read[None, :, 1])
    common = numpy.maximum(width, 0) * numpy.maximum(height, 0)
    areas = [(boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) for boxes in (truth, read)]
    return common / numpy.maximum(areas[0][:, None] + areas[1][None, :] - common, 1e-9)


def box_scores(truth, read):
    """Of the words of a page, both in reading order: the overlaps of each truth box with the best box of the reading, and how
    many neighbours on a line were found, and of these in the truth's order."""
    if len(read) == 0:
        return numpy.zeros(len(truth)), 0, 0
    matrix = overlaps(truth, read)
    best, place = matrix.max(1), matrix.argmax(1)
    found = best > 0.5
    middle, height = (truth[:, 1] + truth[:, 3]) / 2, truth[:, 3] - truth[:, 1]
    together = abs(middle[1:] - middle[:-1]) < 0.5 * numpy.maximum(height[1:], height[:-1])
    both = together & found[1:] & found[:-1] & (place[1:] != place[:-1])
    return best, int(both.sum()), int((both & (place[1:] > place[:-1])).sum())


# -- boxes of ink from boxes of lines

def _components(ink):
    """Boxes (left, top, right, bottom) of what hangs together in a matrix of booleans."""
    height, width = ink.shape
    padded = numpy.zeros((height, width + 2), numpy.int8)
    padded[:, 1:-1] = ink
    change = numpy.diff(padded, axis=1)
    row, start = numpy.nonzero(change == 1)
    end = numpy.nonzero(change == -1)[1]  # one past the last pixel
    step = width + 3
    first = numpy.searchsorted(row * step + end, (row + 1) * step + start, 'left')  # corners touch
    last = numpy.searchsorted(row * step + start, (row + 1) * step + end, 'right')
    count = numpy.maximum(last - first, 0)
    above = numpy.repeat(numpy.arange(len(row)), count)
    below = numpy.arange(count.sum()) - numpy.repeat(numpy.cumsum(count) - count, count) + numpy.repeat(first, count)
    label = numpy.arange(len(row))
    while True:
        smallest = numpy.minimum(label[above], label[below])
        new = label.copy()
        numpy.minimum.at(new, above, smallest)
        numpy.minimum.at(new, below, smallest)
        numpy.minimum.at(new, label[above], smallest)
        numpy.minimum.at(new, label[below], smallest)
        new = new[new]
        if (new == label).all():
            break
        label = new
    names, index = numpy.unique(label, return_inverse=True)
    boxes = numpy.zeros((len(names), 4))
    boxes[:, :2] = 1e9
    for column, values, best in ((0, start, numpy.minimum), (1, row, numpy.minimum), (2, end, numpy.maximum),
                                 (3, row + 1, numpy.maximum)):
        best.at(boxes[:, column], index, values)
    return boxes


def ink_boxes(boxes, ink):
    """Shrinks boxes of words that are as tall as their lines, and overlap the next, to the word's ink: every blot of ink goes
    to the word of the nearest line of which the box has its middle. A word without ink keeps its box."""
    blots = _components(ink)
    size = blots[:, 2:] - blots[:, :2]
    height = numpy.median(boxes[:, 3] - boxes[:, 1])
    blots = blots[(size[:, 1] < height) & (size.max(1) > 1)]
    x, y = (blots[:, 0] + blots[:, 2]) / 2, (blots[:, 1] + blots[:, 3]) / 2
    inside = ((x[:, None] >= boxes[:, 0]) & (x[:, None] <= boxes[:, 2])
              & (y[:, None] >= boxes[:, 1]) & (y[:, None] <= boxes[:, 3]))
    tall = boxes[:, 3] - boxes[:, 1]
    middle = (boxes[:, 1] + boxes[:, 3]) / 2

    def owners(offset):
        """The word of each blot, -1 for none; letters are `offset` of the line's height below its middle."""
        away = numpy.where(inside, abs(y[:, None] - (middle + offset * tall)), numpy.inf)
        return numpy.where(inside.any(1), away.argmin(1), -1)

    owner = owners(0)
    large = (owner >= 0) & (blots[:, 3] - blots[:, 1] > 0.25 * height)  # not dots
    if large.any():
        owner = owners(numpy.median(((y - middle[owner]) / tall[owner])[large]))
    shrunk = boxes.copy()
    for word in range(len(boxes)):
        own = blots[owner == word]
        if len(own):
            shrunk[word] = [own[:, 0].min(), own[:, 1].min(), own[:, 2].max(), own[:, 3].max()]
    return shrunk
