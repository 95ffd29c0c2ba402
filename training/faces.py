"""The faces that crops are drawn with: finds them in their packages, checks what each really draws, and keeps the table
fonts.tsv, which the generator reads.

A face is used for a digit set only if it draws all ten digits, and its 4, 5 and 6 look like those of that set: some
Persian faces draw ۴۵۶ at the Arabic code points too. Whole families are held out of training: those of DEV choose the
checkpoint, those of TEST are looked at once, for the card.
"""

import csv
import re
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_name("fonts.tsv")
NPM = ROOT / "build/training/npm/node_modules"

# Debian package -> licence of its faces, as its copyright file says.
DEBIAN = {
    "fonts-arabeyes": "GPL-2",
    "fonts-dejavu-core": "Bitstream-Vera",
    "fonts-dejavu-extra": "Bitstream-Vera",
    "fonts-farsiweb": "GPL-2+",
    "fonts-freefarsi": "GPL-2+",
    "fonts-freefont-ttf": "GPL-3+ with font exception",
    "fonts-hosny-amiri": "OFL-1.1",
    "fonts-hosny-thabit": "OFL-1.1",
    "fonts-kacst": "GPL-2",
    "fonts-kacst-one": "GPL-2",
    "fonts-lemonada": "OFL-1.1",
    "fonts-liberation": "GPL-2 with font exception",
    "fonts-linuxlibertine": "GPL-2+ with font exception or OFL-1.1",
    "fonts-noto-core": "OFL-1.1",
    "fonts-noto-ui-core": "OFL-1.1",
    "fonts-paktype": "GPL-2",
    "fonts-sil-harmattan": "OFL-1.1",
    "fonts-sil-lateef": "OFL-1.1",
    "fonts-sil-scheherazade": "OFL-1.1",
    "fonts-unikurdweb": "GPL-2+ with font exception",
}
NPM_FILES = {  # npm package -> files of its Arabic faces; all OFL-1.1
    "vazirmatn": "fonts/ttf/Vazirmatn-[RBML]*[rdmt].ttf",
    "@fontsource/*": "files/*-arabic-[47]00-normal.woff",
    "*-font": "dist/*.ttf",
}
# Looked at and left out: outlines, pixels, broken letters, Urdu shapes among the Persian digits.
UNUSABLE = (
    "AmiriQuran KacstDigital KacstTitleL NotoNastaliqUrdu ae_AlManzomah ae_Haramain ae_Japan ae_Jet ae_Nada ae_Shado "
    "PakTypeNaskhBasicSindhi PakTypeNaskhBasicUrdu LinBiolinum_K LinLibertine_DR LinLibertine_I Sahel-VF"
).split()
DEV = ("Harmattan", "Thabit", "IBMPlexSans", "KacstQurn", "ae_Furat", "ae_Sharjah", "LinBiolinum")
TEST = ("Scheherazade", "MarkaziText", "KacstOne", "PakType", "ae_AlArabiya", "ae_Salem", "LinLibertine")
LATIN_TEXT = ("Liberation", "DejaVu", "FreeSerif", "FreeSans", "LinBiolinum", "LinLibertine")
DISPLAY = ("ae_", "Lemonada", "KacstArt", "KacstDecorative", "KacstPoster", "KacstScreen", "KacstTitle", "titr", "homa",
           "Jomhuria", "Rakkas", "Lalezar", "ReemKufi", "Alkalami", "Kufam", "Ruwudu")  # fmt: skip
# Nearest to old print. Amiri stacks letters as metal type did; STACKING have some such ligatures, but don't use them of
# themselves.
BOOK = {"Amiri": 8.0, "Mirza": 3.0, "Katibeh": 3.0, "KacstBook": 2.0, "KacstNaskh": 2.0, "Lateef": 2.0}
STACKING = ("Mirza", "Katibeh", "Rakkas")
NOT_PERSIAN = ("KacstQurn",)  # its ی joins no letter

DIGITS = {"arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹", "latin": "0123456789"}
LETTERS = {"ar": [chr(c) for c in (*range(0x621, 0x63B), *range(0x641, 0x64B))], "fa": list("پچژگکی")}
BASIC_MARKS = "/-.,():%"
# What a line may hold besides those: tatweel, vowel signs, ۀ, signs. A face may lack some.
OTHERS = "ـ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670ۀ،؛؟٪٫٬!\"'*+;=?@[\\]_{|}#&«»–—‘’“”•…°"
COLUMNS = "file family package licence split weight arabic persian latin letters marks lacks ligatures".split()


@dataclass(frozen=True)
class Face:
    """One row of fonts.tsv. `arabic`, `persian` and `latin` are the ten characters to draw that set with, or empty;
    `letters` the languages it has all letters of, among "ar" and "fa"; `marks` the marks that it has; `lacks` those of
    BASIC_MARKS and OTHERS that it hasn't; `ligatures` Unicode's stacked pairs of letters that it has."""

    file: Path
    family: str
    split: str
    weight: float
    arabic: str
    persian: str
    latin: str
    letters: tuple
    marks: str
    lacks: str
    ligatures: str

    def draws(self, text):
        """Whether it has all of these letters and signs. REQUIRES: it has the letters of their language."""
        return not any(character in self.lacks for character in text)

    def digits(self, digit_set):
        return getattr(self, digit_set)


def debian_files():
    for package, licence in DEBIAN.items():
        listing = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True, check=True).stdout
        for name in sorted(listing.split("\n")):
            if name.lower().endswith((".ttf", ".otf")):
                yield Path(name), package, licence


def npm_files():
    for package, pattern in NPM_FILES.items():
        for path in sorted(NPM.glob(f"{package}/{pattern}")):
            yield path, "npm " + re.match("(@[^/]+/)?[^/]+", str(path.relative_to(NPM)))[0], "OFL-1.1"


def glyph(file, character):
    """The ink of one glyph, fitted into a square so that shapes can be compared; None when nothing is drawn."""
    font = ImageFont.truetype(str(file), 64, layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("L", (200, 200), 0)
    try:
        ImageDraw.Draw(image).text((60, 130), character, font=font, fill=255, anchor="ls")
    except OSError:  # FreeType's word for a glyph without an outline
        return None
    box = image.getbbox()
    if not box:
        return None
    image = image.crop(box)
    scale = 30 / max(image.size)
    image = image.resize([max(1, round(side * scale)) for side in image.size], Image.Resampling.BOX)
    square = Image.new("L", (32, 32), 0)
    square.paste(image, ((32 - image.width) // 2, (32 - image.height) // 2))
    pixels = np.asarray(square, np.float32).ravel()
    return (pixels - pixels.mean()) / (np.linalg.norm(pixels - pixels.mean()) + 1e-6)


@lru_cache
def reference_shapes():
    """For 4, 5 and 6 the shapes of each set in faces known to have both."""
    noto = "/usr/share/fonts/truetype/noto/Noto%sArabic-Regular.ttf"
    files = [noto % "Naskh", noto % "Sans", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"]
    files += [str(path) for path, package, _ in debian_files() if path.name in ("Amiri-Regular.ttf", "homa.ttf")]
    return {
        (name, value): [glyph(file, DIGITS[name][value]) for file in files]
        for name in ("arabic", "persian")
        for value in (4, 5, 6)
    }


def drawn_set(file, characters):
    """Which set's shapes the face draws for these ten characters: "arabic", "persian", or None when neither."""
    shapes = [glyph(file, c) for c in characters]
    if any(shape is None for shape in shapes):
        return None
    votes = []
    for value in (4, 6):  # ٥ and ۵ are too much alike in many faces to vote
        known = {name: reference_shapes()[name, value] for name in ("arabic", "persian")}
        likeness = {name: max(float(shapes[value] @ r) for r in references) for name, references in known.items()}
        votes.append(max(likeness, key=likeness.get))
    return votes[0] if votes[0] == votes[1] else None


def native_digits(file, cmap):
    found = {"arabic": "", "persian": ""}
    for name in ("persian", "arabic"):
        if all(ord(c) in cmap for c in DIGITS[name]):
            drawn = drawn_set(file, DIGITS[name])
            if drawn:
                found[drawn] = DIGITS[name]
    return found


@lru_cache
def stacked_letters():
    """Unicode's ligatures of Arabic letters, which metal type had too: character -> (place, letters), where place is
    "initial", "isolated" or "final"."""
    found = {}
    for code in range(0xFC00, 0xFDC8):
        place, *codes = unicodedata.decomposition(chr(code)).split() or [""]
        letters = "".join(chr(int(c, 16)) for c in codes)
        if place[1:-1] in ("initial", "isolated", "final") and letters.isalpha() and "ـ" not in letters:
            found[chr(code)] = (place[1:-1], letters)
    return found


def family_of(file):
    stem = file.stem.replace(" ", "")
    if file.suffix == ".woff":
        return "".join(w.capitalize() for w in stem.split("-arabic-")[0].split("-")).replace("Ibm", "IBM")
    stem = re.sub(r"^mry_|-.*|_R[A-Z]*$|(Bold|Italic|Oblique)+$", "", stem)
    return {"nazlib": "nazli"}.get(stem, re.sub("^PakTypeNaskhBasic.*", "PakTypeNaskhBasic", stem))


def split_of(family):
    if family.startswith(DEV):
        return "dev"
    return "test" if family.startswith(TEST) else "train"


def survey_face(file, package, licence):
    """The row of one file, or None when it can draw no digits that we want."""
    family = family_of(file)
    if file.stem.replace(" ", "").startswith(tuple(UNUSABLE)):
        return None
    cmap = TTFont(file, lazy=True, fontNumber=0).getBestCmap() or {}
    letters = [language for language, wanted in LETTERS.items() if all(ord(c) in cmap for c in wanted)]
    letters = letters[: 1 if family in NOT_PERSIAN else 2] if "ar" in letters else []
    native = native_digits(file, cmap) if letters else {"arabic": "", "persian": ""}
    has_latin = all(ord(c) in cmap and glyph(file, c) is not None for c in DIGITS["latin"])
    latin = DIGITS["latin"] if has_latin else ""
    if not (any(native.values()) or (latin and family.startswith(LATIN_TEXT))):
        return None
    marks = "".join(c for c in BASIC_MARKS + "،٬٫٪–" if ord(c) in cmap and glyph(file, c) is not None)
    lacks = "".join(c for c in BASIC_MARKS + OTHERS if ord(c) not in cmap or glyph(file, c) is None)
    ligatures = "".join(c for c in stacked_letters() if family in STACKING and ord(c) in cmap)
    weight = 0.3 if family.startswith(DISPLAY) else BOOK.get(family, 1.0)
    return [str(file).replace(str(NPM) + "/", ""), family, package, licence, split_of(family), weight, native["arabic"],
            native["persian"], latin, " ".join(letters), marks, lacks, ligatures]  # fmt: skip


def survey():
    """Writes fonts.tsv anew from the packages that are installed."""
    rows = [row for found in (debian_files, npm_files) for file in found() if (row := survey_face(*file))]
    with TABLE.open("w", encoding="utf8", newline="") as out:
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *rows])
    return rows


@lru_cache
def load_faces(split):
    """The faces of "train", "dev" or "test" as fonts.tsv has them. Raises when one is not installed."""
    with TABLE.open(encoding="utf8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    faces = []
    for row in rows:
        if row["split"] != split:
            continue
        file = NPM / row["file"]  # an absolute name stays as it is
        if not file.exists():
            raise SystemExit(
                f"{file} is in {TABLE.name} but not installed: script/train-reader --survey writes it anew"
            )
        faces.append(Face(file, row["family"], split, float(row["weight"]), row["arabic"], row["persian"], row["latin"],
                          tuple(row["letters"].split()), row["marks"], row["lacks"], row["ligatures"]))  # fmt: skip
    return tuple(faces)


def pick(random, faces):
    """A face: first the family, so that one with seven weights is not drawn seven times as often."""
    families = {}
    for face in faces:
        families.setdefault(face.family, []).append(face)
    names = list(families)
    family = random.choices(names, [families[name][0].weight for name in names])[0]
    return random.choice(families[family])
