// Recognition without an archive: `diwan ocr`.
#pragma once

#include <filesystem>
#include <functional>

#include "ingest/worker.h"

namespace diwan {

// Reads every page of `file` in a worker process and hands each to `sink`, in order; a page that can't be read is
// handed over with its failure. Throws when the file can't be opened or read at all.
void RecognizeFile(const std::filesystem::path& file, const WorkerOptions& options, const std::string& language,
                   const std::function<void(const PageReading&)>& sink);

}  // namespace diwan
