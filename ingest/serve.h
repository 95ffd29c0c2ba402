// A worker process from the inside: its start, its walls, and its loop of requests.
#pragma once

#include <string>
#include <string_view>

#include "ingest/image_cut.h"
#include "ingest/reading.h"

namespace diwan {

// What reads pages behind the walls. One thread.
class PageService {
 public:
  virtual ~PageService() = default;
  // Called once, before the walls go up: loads what could not be loaded later. Of `options` the models are set.
  virtual void Prepare(const ReadOptions& options) = 0;
  // Each throws Error, which goes to the parent. `bytes` stay until the next call of Open returns.
  virtual SourceProbe Open(std::string_view bytes, const ReadLimits& limits) = 0;
  virtual PageReading Read(int number, const std::string& language) = 0;
  virtual std::string Cut(const ImageCut& cut) = 0;
};

// The main function of a worker program: `[--sandbox-report] [--tessdata DIR] [--models DIR] [--numbers FILE]`. Puts up
// the walls, then answers the parent at the socket kWorkerSocket until it goes away. Returns the exit status.
int ServeParent(int argc, char** argv, PageService& service);

}  // namespace diwan
