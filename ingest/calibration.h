// What the confidence of recognition is worth. Pure; any thread may call.
#pragma once

namespace diwan {

// The share, 0..100, of words that are right among those that came out of the reading of lines
// (ingest/line_recognition.h) with the confidence `read` (0..100). Rises with it.
float CalibratedConfidence(float read);

}  // namespace diwan
