"""One crop from beginning to end: content, print, paper, the box that the product would cut, and its normal form."""

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from . import lines, numbers
from .drawing import choose_print, draw
from .paper import STRENGTH, print_and_scan

DIGIT_SETS = ("arabic", "persian", "latin")
SAMPLERS = {"numbers": numbers, "lines": lines}  # each has sample, easy, label and EVALUATED


@dataclass
class Crop:
    """`pixels` is height x width, ink bright on 0, as the network sees it."""

    pixels: np.ndarray
    label: str
    digit_set: str
    level: str
    kind: str
    family: str


def normalise(image, height):
    """The form that every crop takes, here and in the product: `height` pixels tall with its shape kept, ink bright on
    0, stretched so that the paper (the 80th percentile of grey) is 0 and the ink (the 2nd) is 255."""
    width = max(8, round(image.shape[1] * height / image.shape[0]))
    method = cv2.INTER_AREA if image.shape[0] > height else cv2.INTER_LINEAR
    image = cv2.resize(image, (width, height), interpolation=method)
    ordered = np.sort(image, axis=None)
    paper, ink = float(ordered[int(0.80 * (ordered.size - 1))]), float(ordered[int(0.02 * (ordered.size - 1))])
    ink = min(ink, paper - 24)
    return np.clip((paper - image.astype(np.float32)) * (255 / (paper - ink)), 0, 255).astype(np.uint8)


def box(rng, drawing, padding, loose, jitter):
    """Left, top, right, bottom of the cut in the drawing's pixels, with the inexactness of a layout analysis; `loose` is
    the share of boxes much taller than the line."""
    height = drawing.bottom - drawing.top
    shake = lambda amount: rng.uniform(-amount, amount) * height * jitter
    side = [min(padding * height + shake(0.13), drawing.gap + 0.12 * drawing.em) for _ in range(2)]
    rows = np.flatnonzero(drawing.ink[:, drawing.left : drawing.right].max(1) > 60)
    high, low = rows[0], rows[-1] + 1
    top, bottom = min(drawing.top, high), max(drawing.bottom, low)
    if rng.random() < 0.25 and low - high > 0.3 * height:  # a line that holds nothing taller than this word
        top, bottom = high - 0.06 * height, low + 0.06 * height
    elif rng.random() < loose * jitter:
        top, bottom = top - rng.uniform(0, 0.35) * height, bottom + rng.uniform(0, 0.35) * height
    top, bottom = min(top + shake(0.12), high + 0.02 * height), max(bottom + shake(0.12), low - 0.02 * height)
    return drawing.left - side[0], max(0, top), drawing.right + side[1], min(len(drawing.ink), bottom)


def cut(image, area, drawn_shape):
    """The part of the scanned image that a box in the drawing's pixels covers."""
    across, down = image.shape[1] / drawn_shape[1], image.shape[0] / drawn_shape[0]
    left, top, right, bottom = area
    return image[round(top * down) : round(bottom * down), max(0, round(left * across)) : round(right * across)]


def window(drawing, area):
    """The drawing with only an em beside the box kept, for speed; and the box in it."""
    margin = drawing.em
    left, right = max(0, int(area[0] - margin)), min(drawing.ink.shape[1], int(area[2] + margin))
    return drawing.ink[:, left:right], (area[0] - left, area[1], area[2] - left, area[3])


def draw_crop(random, config, split, digit_set=None, level=None, kind=None, easy=False):
    """A crop, or None when this try came out empty or too wide."""
    rng = np.random.default_rng(random.getrandbits(64))
    digit_set = digit_set or random.choice(DIGIT_SETS)
    level = "clean" if easy else level or random.choices(list(STRENGTH), [0.28, 0.30, 0.42])[0]
    sampler = SAMPLERS[config.sampler]
    prints = choose_print(random, split, digit_set, random.choice([random.uniform(26, 44), random.uniform(40, 66)]))
    line = sampler.easy(random, prints.languages) if easy else sampler.sample(random, prints.languages, kind)
    drawing = draw(random, line, prints)
    if drawing is None:
        return None
    ink, area = window(drawing, box(rng, drawing, config.side_padding, config.loose, 0.4 if easy else 1))
    scanned = print_and_scan(rng, ink, drawing.em, level, drawing.top, drawing.bottom)
    image = cut(scanned, area, ink.shape)
    if min(image.shape) < 6:
        return None
    pixels = normalise(image, config.height)
    label = sampler.label(line.words, digit_set)
    steps = pixels.shape[1] // 4 * config.network.steps_per_frame
    if pixels.shape[1] > config.max_width or steps < 2 * len(label) + 1:
        return None
    return Crop(pixels, label, digit_set, level, line.kind, drawing.family)


def draw_crops(seed, count, config, split, **wanted):
    """`count` crops; the same for the same arguments."""
    random, crops = Random(seed), []
    while len(crops) < count:
        crop = draw_crop(random, config, split, **wanted)
        if crop is not None:
            crops.append(crop)
    return crops
