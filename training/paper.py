"""What happens to ink between press and reader: spread and loss, scanning, copying, fax, JPEG, rules and stains.

Lengths are in em, so that a crop looks alike at every size. `level` is "clean" (a good scan), "mild" or "degraded".
"""

import cv2
import numpy as np

STRENGTH = {"clean": 0.0, "mild": 0.5, "degraded": 1.0}


def smooth_noise(rng, shape, cell):
    """A field of mean 0 and deviation about 1 whose patches are `cell` pixels wide."""
    small = rng.standard_normal((max(2, int(shape[0] / cell) + 2), max(2, int(shape[1] / cell) + 2)), dtype=np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def spread(rng, ink, em, strength):
    """Ink runs into the paper or fails to reach it: blur, then an uneven threshold."""
    sigma = em * rng.uniform(0.008, 0.02 + 0.02 * strength)
    blurred = cv2.GaussianBlur(ink, (0, 0), sigma)
    blurred /= max(0.3, blurred.max())  # thin strokes keep their ink
    level = 0.5 + rng.uniform(-0.22, 0.13) * (0.4 + 0.6 * strength)
    if strength:
        level = level + smooth_noise(rng, ink.shape, em * rng.uniform(0.05, 0.5)) * rng.uniform(0, 0.13) * strength
    return np.clip((blurred - level) * rng.uniform(3, 9) + 0.5, 0, 1)


def broken(rng, ink, em):
    """Fine gaps through strokes and flakes of lost ink."""
    ink = ink.copy()
    height, width = ink.shape
    for _ in range(rng.integers(1, 4)):
        thick = max(1, round(em * rng.uniform(0.01, 0.035)))
        if rng.random() < 0.5:
            y = rng.integers(height)
            ink[y : y + thick] *= rng.uniform(0, 0.6)
        else:
            x = rng.integers(width)
            ink[:, x : x + thick] *= rng.uniform(0, 0.6)
    flakes = smooth_noise(rng, ink.shape, max(1.5, em * rng.uniform(0.03, 0.08))) > rng.uniform(1.6, 2.6)
    ink[flakes] *= rng.uniform(0, 0.5)
    return ink


def specks(rng, ink, em, strength):
    """Salt and pepper in grains well under the size of a printed zero or full stop."""
    grain = max(1.0, em * rng.uniform(0.015, 0.035))
    shape = (int(ink.shape[0] / grain) + 1, int(ink.shape[1] / grain) + 1)
    field = rng.random(shape, dtype=np.float32)
    share = rng.uniform(0.001, 0.018) * strength
    salt_and_pepper = (field < share).astype(np.float32) - (field > 1 - share)
    grains = cv2.resize(salt_and_pepper, ink.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.clip(ink + grains * rng.uniform(0.5, 1), 0, 1)


def rules(rng, ink, em, top, bottom):
    """A line under the text, or a table's rule beside, above or below it."""
    ink = ink.copy()
    thick = max(1, round(em * rng.uniform(0.02, 0.06)))
    kind = rng.choice(["under", "upright", "over", "under"])
    if kind == "upright":
        x = int(rng.choice([rng.uniform(0, 0.35), ink.shape[1] / em - rng.uniform(0.05, 0.35)]) * em)
        ink[:, max(0, x) : max(0, x) + thick] = rng.uniform(0.6, 1)
    else:
        y = int(top - em * rng.uniform(0, 0.1) if kind == "over" else bottom + em * rng.uniform(-0.28, 0.06))
        ink[max(0, y) : max(0, y) + thick] = rng.uniform(0.6, 1)
    return ink


def neighbour_lines(rng, ink, em, top, bottom):
    """The ink of the lines above and below, which reaches into the crop."""
    step = int((bottom - top) * rng.uniform(0.95, 1.3)) * rng.choice([-1, 1])
    other = np.roll(np.roll(ink, step, axis=0), int(rng.integers(1, ink.shape[1])), axis=1)
    if step > 0:
        other[:step] = 0
    else:
        other[step:] = 0
    return np.maximum(ink, other)


def struck(rng, ink, em):
    """What lies across the text: arcs of a stamp, a stroke of a pen, broad faint strokes of a watermark."""
    over = np.zeros(ink.shape, np.float32)
    height, width = ink.shape
    if rng.random() < 0.3:
        thick, weight, count = em * rng.uniform(0.3, 1), rng.uniform(0.08, 0.3), rng.integers(1, 5)
    else:
        thick, weight, count = em * rng.uniform(0.03, 0.1), rng.uniform(0.25, 0.9), rng.integers(1, 4)
    centre = rng.uniform([0, -height], [width, 2 * height])
    radius = em * rng.uniform(1, 6)
    for _ in range(count):
        sizes = np.maximum(1, radius * rng.uniform(0.7, 1.3, 2)).astype(int).tolist()
        first, turn = rng.uniform(0, 360, 2)
        place = (int(centre[0]), int(centre[1]))
        cv2.ellipse(over, place, sizes, turn, first, first + rng.uniform(30, 360), weight, max(1, round(thick)))
    return np.maximum(ink, over)


def shone_through(rng, ink, em):
    """Print of the page's other side, turned round and pale."""
    other = np.roll(ink[:, ::-1], int(rng.uniform(-1, 1) * em), axis=0)
    return np.maximum(ink, cv2.GaussianBlur(other, (0, 0), em * rng.uniform(0.02, 0.06)) * rng.uniform(0.1, 0.4))


def rotated(rng, ink, strength, top, bottom):
    """Turned as much as is left after a page was made straight, a long line less than a word; and leaning."""
    centre = (ink.shape[1] / 2, (top + bottom) / 2)
    most = min(2.0, np.degrees(0.4 * (bottom - top) / ink.shape[1]))
    angle = float(np.clip(rng.normal(0, 0.25 + 0.6 * strength), -most, most))
    lean = rng.uniform(-0.08, 0.08) * strength
    turn = cv2.getRotationMatrix2D(centre, angle, 1.0)
    turn[0, 1] += lean
    turn[0, 2] -= lean * centre[1]
    return cv2.warpAffine(ink, turn, ink.shape[::-1], flags=cv2.INTER_LINEAR)


def low_resolution(rng, image, em, strength):
    """Seen again through fewer pixels: down to 15 pixels an em, as a fax has."""
    pixels = rng.uniform(22, 48) if strength < 1 else rng.uniform(15, 36)
    scale = pixels / em
    if scale >= 1:
        return image
    size = (max(4, round(image.shape[1] * scale)), max(4, round(image.shape[0] * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def on_paper(rng, ink, strength):
    """Ink 0..1 on white becomes grey levels on paper that is not quite white nor even."""
    white = rng.uniform(205, 255) - 40 * strength * rng.random()
    black = rng.uniform(0, 60) + 60 * strength * rng.random()
    image = white - (white - black) * ink
    if strength:
        slope = np.linspace(-1, 1, image.shape[1], dtype=np.float32) * rng.uniform(-25, 25) * strength
        image = image + slope + smooth_noise(rng, image.shape, 30) * rng.uniform(0, 8) * strength
    grain = (white - black) * (rng.uniform(0, 0.02) + rng.uniform(0, 0.09) * strength)
    return image + rng.standard_normal(image.shape, dtype=np.float32) * grain


def binarised(rng, image, em):
    """A copier or a fax: black and white by Otsu's threshold, a little off, after the light was evened out."""
    image = cv2.GaussianBlur(image, (0, 0), max(0.4, em * 0.012))
    small = cv2.resize(image, (max(2, int(image.shape[1] / em / 2)), 2), interpolation=cv2.INTER_AREA)
    light = cv2.resize(small, image.shape[::-1], interpolation=cv2.INTER_LINEAR).astype(np.int16)
    image = np.clip(image + (light.max() - light), 0, 255).astype(np.uint8)
    threshold, _ = cv2.threshold(image, 0, 255, cv2.THRESH_OTSU)
    contrast = int(image.max()) - int(image.min())
    return np.where(image > threshold + rng.uniform(-0.08, 0.08) * contrast, 255, 0).astype(np.uint8)


def faxed(image):
    """Half of the rows lost, as in a fax of standard resolution."""
    return cv2.resize(image[::2], image.shape[::-1], interpolation=cv2.INTER_NEAREST)


def jpeg(rng, image, strength):
    quality = int(rng.uniform(25, 80) if strength == 1 else rng.uniform(50, 95))
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)


def print_and_scan(rng, ink, em, level, top, bottom):
    """Grey image, dark on light, of `ink` (0..255, bright on black), at some resolution of its own."""
    strength = STRENGTH[level]
    ink = ink.astype(np.float32) / 255
    chance = lambda clean, mild, degraded: rng.random() < (clean, mild, degraded)[int(strength * 2)]
    if chance(0, 0.10, 0.18):
        ink = neighbour_lines(rng, ink, em, top, bottom)
    if chance(0.01, 0.06, 0.12):
        ink = rules(rng, ink, em, top, bottom)
    if chance(0, 0.05, 0.12):
        ink = struck(rng, ink, em)
    if chance(0, 0.04, 0.10):
        ink = shone_through(rng, ink, em)
    ink = spread(rng, ink, em, strength)
    if chance(0, 0.06, 0.22):
        ink = broken(rng, ink, em)
    if chance(0, 0.3, 0.5):
        ink = specks(rng, ink, em, strength)
    ink = rotated(rng, ink, strength, top, bottom)
    blurred = cv2.GaussianBlur(ink, (0, 0), em * rng.uniform(0.004, 0.012 + 0.02 * strength))
    scanned = low_resolution(rng, blurred, em, strength)
    image = np.clip(on_paper(rng, scanned, strength), 0, 255).astype(np.uint8)
    scanned_em = em * len(image) / len(ink)
    if chance(0.25, 0.35, 0.45):
        image = binarised(rng, image, scanned_em)
        if chance(0, 0.05, 0.15):
            image = faxed(image)
        if chance(0, 0.2, 0.5):
            speckled = 1 - specks(rng, 1 - image / 255.0, scanned_em, strength)
            image = binarised(rng, (255 * speckled).astype(np.uint8), scanned_em)
    if chance(0.2, 0.4, 0.5):
        image = jpeg(rng, image, strength)
    return image
