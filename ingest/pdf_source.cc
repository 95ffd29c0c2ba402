#include "ingest/source_kinds.h"
#include "core/error.h"
namespace diwan {
std::unique_ptr<PageSource> OpenPdf(std::string_view, const ReadLimits&) { throw Error(ErrorCode::kInternal, "x"); }
}
