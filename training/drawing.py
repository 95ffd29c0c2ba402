"""Prints a Line in a face: ink on an empty strip, and the box that the product would cut."""

import re
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .faces import BASIC_MARKS, Face, load_faces, pick, stacked_letters

TALL = "الطعيجمكلو"  # reaches the top and the bottom of an ordinary line
MARK_FORMS = {"H": ["هـ", "هـ", "هـ", "ه"], "M": ["م"]}
COMMAS = "،٬٫،٫,"
JOINING = "[ئبتثجحخسشصضطظعغـفقكلمنهيپچکگی]"  # to the letter after them
JOINED = "[\u0622-\u064a\u066e-\u06d3]"  # to a joining letter before them
JOINER = "\u200d"
PLACES = {  # of a ligature -> the pattern around its letters, what is put before and after it
    "initial": (f"(?<!{JOINING})(?<![\u064b-\u0652])%s(?={JOINED})", "", JOINER),
    "isolated": (f"(?<!{JOINING})(?<![\u064b-\u0652])%s(?!{JOINED})", "", ""),
    "final": (f"(?<={JOINING})%s(?!{JOINED})", JOINER, ""),
}


@dataclass
class Drawing:
    """`ink` is 0..255, bright on black. The box holds the words' ink, top and bottom are those of the line."""

    ink: np.ndarray
    left: int
    right: int
    top: float
    bottom: float
    em: int
    gap: float
    family: str


@lru_cache(maxsize=3000)
def font(file, size, shaped):
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(file), size, layout_engine=engine)


@lru_cache(maxsize=1000)
def extents(file):
    """How far an ordinary line of the face reaches above and below its base line, in em."""
    box = font(file, 100, True).getbbox(TALL, anchor="ls", direction="rtl")
    return -box[1] / 100, box[3] / 100


@lru_cache
def stacking(ligatures):
    """Pattern and replacement for each of these ligatures."""
    rules = []
    for character in ligatures:
        place, letters = stacked_letters()[character]
        pattern, before, after = PLACES[place]
        rules.append((re.compile(pattern % letters), before + character + after))
    return rules


def stacked(text, ligatures):
    """Letters one above the other where the face can, as metal type has them."""
    for pattern, ligature in stacking(ligatures):
        text = pattern.sub(ligature, text)
    return text


@dataclass(frozen=True)
class Print:
    """The faces of one line: `face` for letters and native digits, `latin` for Latin digits and missing marks, `words`
    for Latin words."""

    face: Face
    latin: Face
    words: Face
    digit_set: str
    line_height: int

    @property
    def languages(self):
        """Of the words that may stand on the line."""
        return {"arabic": ("ar",), "persian": ("fa",)}.get(self.digit_set, self.face.letters)

    @property
    def em(self):
        up, down = extents(self.face.file)
        return max(12, round(self.line_height / (up + down) / 2) * 2)


def choose_print(random, split, digit_set, line_height):
    """Faces for a line. One that has Latin digits and marks of its own is used for them half of the time."""
    letters = "fa" if digit_set == "persian" else "ar"
    faces = [f for f in load_faces(split) if letters in f.letters and (digit_set == "latin" or f.digits(digit_set))]
    face = pick(random, faces)
    latin = [f for f in load_faces(split) if not f.letters]
    own = face.latin and face.marks.startswith(BASIC_MARKS) and random.random() < 0.5
    return Print(face, face if own else pick(random, latin), pick(random, latin), digit_set, line_height)


@lru_cache
def spare():
    """A face that draws every sign."""
    return next(face for face in load_faces("train") if face.file.name == "DejaVuSans.ttf")


class Strip:
    """A line under way: draws from left to right."""

    def __init__(self, random, prints, length):
        self.random, self.prints, self.em = random, prints, prints.em
        up, down = extents(prints.face.file)
        self.top, self.base = self.em * 0.9, self.em * (up + 0.9)
        self.bottom = self.base + self.em * down
        self.image = Image.new("L", (int(self.em * (length * 0.95 + 8)), int(self.bottom + self.em * 0.9)), 0)
        self.pen = ImageDraw.Draw(self.image)
        self.x = self.em * 2.0
        self.ligatures = prints.face.ligatures if random.random() < 0.5 else ""
        self.tracking = random.choice([0, 0, 0, 0, -0.025, 0.03, 0.06]) * self.em
        self.urdu = prints.digit_set == "persian" and random.random() < 0.12

    def text(self, face, text, direction=None, size=1.0, lift=0.0, language=None):
        """`size` and `lift` above the base line are in em."""
        shaped = font(face.file, round(self.em * size), direction is not None)
        place = (self.x, self.base - lift * self.em)
        self.pen.text(place, text, font=shaped, fill=255, anchor="ls", direction=direction, language=language)
        self.x += shaped.getlength(text, direction=direction, language=language)

    def number(self, text, printed, **placed):
        if self.urdu:  # some programs print the Urdu forms of ۴ ۶ ۷ in Persian papers where a face has them
            placed |= {"direction": "ltr", "language": "ur"}
        for face, piece in self.pieces(text, printed):
            if not self.tracking:
                self.text(face, piece, **placed)
                continue
            for character in piece:
                self.text(face, character, **placed)
                self.x += self.tracking

    def pieces(self, text, choose):
        """The printed characters of a number, joined while they come from one face."""
        joined = []
        for character in text:
            face, printed = choose(character)
            if joined and joined[-1][0] is face:
                joined[-1][1] += printed
            else:
                joined.append([face, printed])
        return joined

    def digit(self, character):
        face, digits = self.prints.face, self.prints.digit_set
        return (self.prints.latin, character) if digits == "latin" else (face, face.digits(digits)[int(character)])

    def exactly(self, character):
        if character.isdigit():
            return self.digit(character)
        faces = (self.prints.face, self.prints.latin, spare())
        return next(face for face in faces if face.draws(character)), character

    def printed(self, character):
        face, latin, native = self.prints.face, self.prints.latin, self.prints.digit_set != "latin"
        if character.isdigit():
            return self.digit(character)
        variants = {"-": "---–", **({",": COMMAS, "%": "٪%"} if native else {})}
        character = self.random.choice(variants.get(character, character))
        if native and character in face.marks:
            return face, character
        return latin, character if character in latin.marks else {"–": "-", "٪": "%"}.get(character, ",")

    def run(self, run):
        if run.kind == "number":
            self.number(run.text, self.printed)
        elif run.kind == "exact":
            self.number(run.text, self.exactly)
        elif run.kind == "raised":
            self.number(run.text, self.exactly, size=0.6, lift=0.35)
        elif run.kind == "latin":
            self.text(self.prints.words, run.text, "ltr")
        elif run.kind == "mark":
            self.text(self.prints.face, self.random.choice(MARK_FORMS[run.text]), "rtl")
            self.x += self.random.choice([0, 0, 0.1, 0.2]) * self.em
        else:
            self.text(self.prints.face, stacked(run.text, self.ligatures), "rtl")

    def word(self, runs):
        for run in runs:
            self.run(run)


def can_print(prints, words):
    letters = [run.text for runs in words for run in runs if run.kind == "letters"]
    return all(prints.face.draws(text) for text in letters)


def draw(random, line, prints):
    """The drawing of a line, or None when the face lacks a letter of it or left it empty."""
    everything = [line.left or [], *line.words, line.right or []]
    if not can_print(prints, everything):
        return None
    strip = Strip(random, prints, sum(len(run.text) for runs in everything for run in runs) + 2 * len(everything))
    space = strip.em * random.uniform(*line.space)
    gap = space * random.uniform(0.9, 1.8)
    if line.left:
        strip.word(line.left)
        strip.x += gap
    start = strip.x
    for index, runs in enumerate(line.words):
        strip.x += space * random.uniform(0.8, 1.5) * (6 if random.random() < 0.01 else 1) if index else 0
        strip.word(runs)
    end = strip.x
    if line.right:
        strip.x += gap
        strip.word(line.right)
    ink = np.asarray(strip.image)[:, : int(strip.x + 2 * strip.em)]
    columns = np.flatnonzero(ink[:, int(start) : int(end) + 1].max(0) > 60)
    if not len(columns):
        return None
    left, right = int(start) + columns[0], int(start) + columns[-1] + 1
    wide = random.choice([1, 1, random.uniform(0.75, 1.25)])
    ink = ink if wide == 1 else cv2.resize(ink, (round(ink.shape[1] * wide), len(ink)), interpolation=cv2.INTER_LINEAR)
    left, right = round(left * wide), min(ink.shape[1], round(right * wide))
    return Drawing(ink, left, right, strip.top, strip.bottom, strip.em, gap * wide, prints.face.family)
