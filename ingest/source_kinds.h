// The openers behind OpenSource, one per family of formats. `bytes` must outlive the result; errors as OpenSource's.
#pragma once

#include <memory>
#include <string_view>

#include "ingest/page_source.h"

namespace diwan {

std::unique_ptr<PageSource> OpenImage(std::string_view bytes, MediaKind kind, const ReadLimits& limits);
std::unique_ptr<PageSource> OpenPdf(std::string_view bytes, const ReadLimits& limits);

}  // namespace diwan
