// What the recogniser's confidence is worth. Pure; any thread may call.
#pragma once

namespace diwan {

// The share, 0..100, of words that are right among those that Tesseract is so confident of (0..100). Rises with it.
float CalibratedConfidence(float tesseract);

}  // namespace diwan
