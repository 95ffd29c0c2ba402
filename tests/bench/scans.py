"""Draws passages as scanned pages, for tests/bench/read: pango sets the text, numpy wears the paper out.

A clean page is a scan of a good original at 300 dpi: a trace of skew, blur and grain. A bad one is a copy of a copy, of
crooked paper at 200 dpi: worn or swollen strokes, uneven light, specks, a strong JPEG.
"""
import math
import gi
gi.require_version('Pango', '1.0')
gi.require_version('PangoCairo', '1.0')
from gi.repository import Pango, PangoCairo  # noqa: E402
import cairo  # noqa: E402
import numpy  # noqa: E402
from PIL import Image, ImageFilter  # noqa: E402

FONTS = {'ar': ['Amiri', 'KacstBook', 'Noto Naskh Arabic', 'DejaVu Sans'],
         'fa': ['Nazli', 'Noto Naskh Arabic', 'Amiri', 'DejaVu Sans']}
WIDTH, MARGIN, DPI = 2480, 300, 300  # of A4


def typeset(text, font, points):
    """The text in justified lines on white, as tall as it needs: a grey picture at 300 dpi."""
    def layout_on(surface):
        context = cairo.Context(surface)
        layout = PangoCairo.create_layout(context)
        PangoCairo.context_set_resolution(layout.get_context(), DPI)
        layout.set_font_description(Pango.FontDescription(f'{font} {points}'))
        layout.set_width((WIDTH - 2 * MARGIN) * Pango.SCALE)
        layout.set_justify(True)
        layout.set_auto_dir(True)
        layout.set_spacing(points * 2 * Pango.SCALE)
        layout.set_text(text, -1)
        return context, layout

    height = layout_on(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))[1].get_pixel_size()[1] + 2 * MARGIN
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, WIDTH, height)
    context, layout = layout_on(surface)
    context.set_source_rgb(1, 1, 1)
    context.paint()
    context.set_source_rgb(0, 0, 0)
    context.move_to(MARGIN, MARGIN)
    PangoCairo.show_layout(context, layout)
    pixels = numpy.ndarray((height, surface.get_stride() // 4, 4), numpy.uint8, surface.get_data())
    return Image.fromarray(pixels[:, :WIDTH, 0].copy())


def turn(page, degrees):
    return page.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def grain(page, strength, rng):
    noisy = numpy.asarray(page, numpy.float32) + rng.normal(0, strength, (page.height, page.width))
    return Image.fromarray(noisy.clip(0, 255).astype(numpy.uint8))


def light(page, depth, rng):
    """Uneven light: a broad shade that darkens one side by up to `depth`."""
    angle = rng.uniform(0, 2 * math.pi)
    y, x = numpy.mgrid[-1:1:page.height * 1j, -1:1:page.width * 1j]
    shade = depth * (x * math.cos(angle) + y * math.sin(angle) + 1.4) / 2.8
    return Image.fromarray((numpy.asarray(page) * (1 - shade)).clip(0, 255).astype(numpy.uint8))


def photocopy(page, rng):
    """Strokes worn or swollen by a threshold after a blur, and specks, as a copier leaves them."""
    soft = numpy.asarray(page.filter(ImageFilter.GaussianBlur(rng.uniform(1.0, 1.6))), numpy.float32)
    soft += rng.normal(0, 18, soft.shape)
    ink = soft < rng.uniform(130, 180)
    ink |= rng.random(soft.shape) < 0.0006
    ink &= rng.random(soft.shape) > 0.01
    return Image.fromarray(numpy.where(ink, 40, 235).astype(numpy.uint8))


def good_scan(text, language, rng):
    page = typeset(text, rng.choice(FONTS[language]), int(rng.integers(12, 15)))
    page = turn(page, rng.uniform(-0.3, 0.3)).filter(ImageFilter.GaussianBlur(0.6))
    return grain(page, 4, rng), {'quality': 90, 'dpi': (DPI, DPI)}


def bad_scan(text, language, rng):
    page = typeset(text, rng.choice(FONTS[language]), int(rng.integers(11, 14)))
    page = photocopy(page, rng)
    page = turn(page, rng.uniform(-2.5, 2.5))
    page = page.resize((page.width * 2 // 3, page.height * 2 // 3), Image.Resampling.BILINEAR)
    page = light(page.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 0.9))), 0.35, rng)
    return grain(page, 10, rng), {'quality': int(rng.integers(35, 55)), 'dpi': (200, 200)}


SCANS = {'good scans': good_scan, 'bad scans': bad_scan}
