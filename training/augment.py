"""Small changes to stored crops, so that no crop is seen twice alike: size, lean, place, weight, noise, a stain."""

import cv2
import numpy as np


def warped(rng, pixels):
    height, width = pixels.shape
    tall = rng.uniform(0.86, 1.12)
    wide = tall * rng.uniform(0.88, 1.13)
    lean = rng.uniform(-0.07, 0.07)
    before, after = rng.uniform(2, 12), rng.uniform(2, 12)
    down = (height - height * tall) / 2 + rng.uniform(-2, 2)
    matrix = np.float32([[wide, lean, before - lean * height / 2], [0, tall, down]])
    return cv2.warpAffine(pixels, matrix, (int(width * wide + before + after) + 1, height), flags=cv2.INTER_LINEAR)


def reweighted(rng, pixels):
    chance = rng.random()
    if chance < 0.12:
        return cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.4, 1.0))
    if chance < 0.18:
        return cv2.dilate(pixels, np.ones((2, 2), np.uint8))
    if chance < 0.24:
        return cv2.erode(pixels, np.ones((2, 2), np.uint8))
    return pixels


def stained(rng, crop):
    """A small spot of some grey, smaller than most digits."""
    y, x = rng.integers(crop.shape[0]), rng.integers(crop.shape[1])
    high, wide = rng.integers(2, 6, 2)
    crop[y : y + high, x : x + wide] = rng.random()


def augmented_batch(rng, crops):
    """batch x 1 x height x width, 0..1, of crops that were changed a little."""
    changed = [reweighted(rng, warped(rng, np.ascontiguousarray(crop))) for crop in crops]
    width = (max(crop.shape[1] for crop in changed) + 7) // 8 * 8
    batch = np.zeros((len(changed), 1, crops[0].shape[0], width), np.float32)
    for row, crop in zip(batch, changed):
        part = row[0, :, : crop.shape[1]]
        part[:] = (crop / np.float32(255)) ** rng.uniform(0.65, 1.5) if rng.random() < 0.4 else crop / np.float32(255)
        if rng.random() < 0.3:
            part += rng.standard_normal(part.shape, dtype=np.float32) * np.float32(rng.uniform(0, 0.1))
        if rng.random() < 0.08:
            stained(rng, part)
    return batch
