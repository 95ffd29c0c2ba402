// Makes a scan readable: grey, smoothed where it is noisy, its background even, upright, straight, of the size the
// engine reads best, black on white, without stamps, frames and rules. Each stage is a function of its own; images
// pass between them as they are, never encoded. Any thread may call; all throw kInternal when memory is short.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// Ready for recognition: the whole page, in the scan's proportions.
struct CleanPage {
  PixPtr image;             // 1 bit a pixel, resolution set
  PixPtr gray;              // 8 bits a pixel, of the same size, with all that is on the page
  PixPtr letters;           // the same, of what is in `image`: its soft edges, and white around
  int rotation = 0;         // clockwise degrees by which the scan was turned
  double skew = 0;          // clockwise degrees by which it was straightened after that
  std::vector<Box> stamps;  // round stamps and emblems, in pixels of the image
};

// `turn` is clockwise degrees (0, 90, 180, 270) by which to turn the scan; -1: upright or sideways is told by its
// lines.
CleanPage CleanForOcr(Pix* scan, int turn = -1);

// A scan of 1, 8 or 32 bits as 8-bit grey.
PixPtr ToGray(Pix* scan);

// The strokes of a bitonal scan whole again where copying has eaten into them; other scans as they are.
PixPtr MendStrokes(Pix* scan);

// Takes salt-and-pepper and sensor noise out of grey, only where it is measured: smoothing costs clean pages detail.
PixPtr SmoothNoise(PixPtr gray);

// Scales grey or colour by `factor`, each new pixel the mean of those it covers.
PixPtr Shrink(Pix* pix, double factor);

// Paper becomes white wherever on the page it was darker or yellowed.
PixPtr NormalizeBackground(PixPtr gray);

// 1-bit black on white. A 1-bit image stays as it is.
PixPtr Binarize(Pix* gray);

// Whether text lines run up and down instead of across.
bool LiesOnItsSide(Pix* binary);

// Clockwise degrees that make the lines of `binary` level; 0 when there is no clear answer or no need.
double FindSkew(Pix* binary);

// Turned clockwise about its centre by a small angle, its size kept, white coming in.
PixPtr Deskew(PixPtr pix, double degrees);

// Turned clockwise by quarters: 0, 90, 180, 270 degrees.
PixPtr Turn(PixPtr pix, int degrees);

// Height of the letters in pixels: the median over components that can be letters; 0 when there are too few.
double LetterHeight(Pix* binary);

// Without frames, rules, stamps and pictures: the parts far larger than letters.
PixPtr RemoveLargeComponents(Pix* binary);

// Without what is taller than any line: rules and frames that run down a page that stands upright.
PixPtr RemoveUprights(Pix* binary);

// Grey about the ink of `binary`, of the same size and some `reach` pixels wide, steep from black to white; white
// elsewhere: the recogniser reads edges, and must not see what was taken out.
PixPtr SoftLetters(Pix* gray, Pix* binary, int reach);

// Boxes of rings of the size of a stamp or an emblem.
std::vector<Box> FindStamps(Pix* binary);

// Without dots that stand alone: dirt between columns makes layout analysis join them. Dots near letters stay.
PixPtr RemoveStraySpecks(Pix* binary);

}  // namespace diwan
