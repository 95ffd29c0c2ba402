// Ctrl-C for commands that have something to finish first.
#pragma once

namespace diwan {

// From here on, the first SIGINT or SIGTERM only sets Interrupted; the second ends the process at once with status 130.
// Broken pipes no longer end the process. Call once, before threads are started.
void FinishOnSignals();

// Whether a signal came. Any thread may call.
bool Interrupted();

}  // namespace diwan
