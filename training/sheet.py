"""A sheet of crops as one image, to look at: each with its label above it."""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .crops import DIGIT_SETS, draw_crops

WIDE = 1320
LABEL_FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def write_sheet(config, path, split="train", rows=8):
    """Rows of clean, mild and degraded crops of each digit set."""
    label_font = ImageFont.truetype(LABEL_FACE, 13, layout_engine=ImageFont.Layout.BASIC)
    columns = 4 if config.max_width < WIDE / 2 else 1
    cell = WIDE // columns, config.height + 22
    groups = [(digits, level) for level in ("clean", "mild", "degraded") for digits in DIGIT_SETS]
    sheet = Image.new("L", (cell[0] * columns, cell[1] * rows * len(groups) // 2), 255)
    pen = ImageDraw.Draw(sheet)
    for row, (digits, level) in enumerate(groups):
        crops = draw_crops(row, rows // 2 * columns, config, split, digit_set=digits, level=level)
        for index, crop in enumerate(crops):
            x, y = index % columns * cell[0], (row * rows // 2 + index // columns) * cell[1]
            sheet.paste(Image.fromarray(255 - crop.pixels[:, : cell[0] - 6]), (x, y + 18))
            pen.text((x, y + 2), f"{crop.label}   {crop.family} {crop.level}", font=label_font, fill=90)
    cv2.imwrite(str(path), np.asarray(sheet))
