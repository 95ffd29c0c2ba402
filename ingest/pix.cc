// Gives Leptonica's images back to it.
#include "ingest/pix.h"

#include <leptonica/allheaders.h>

namespace diwan {

void PixDeleter::operator()(Pix* pix) const { pixDestroy(&pix); }

}  // namespace diwan
