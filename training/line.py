"""The content of one crop, between a sampler, which makes it up, and drawing, which prints it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Characters of one kind: "letters" (Arabic or Persian, as written) or "latin"; in visual order "number" (ASCII
    digits and marks, of which some have variants that drawing chooses), "mark" (H or M), "exact" (ASCII digits and
    signs that are printed as they are) and "raised" (the same, small and high)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """Words from left to right, each a list of runs that touch; on either side what may stand there unlabelled; the
    least and the most space between words, in em."""

    words: list
    left: list | None
    right: list | None
    kind: str
    space: tuple = (0.22, 0.5)
