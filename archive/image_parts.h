// Parts of page images, made by a worker process: the one that holds the archive decodes nothing.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "ingest/image_cut.h"
#include "ingest/worker.h"

namespace diwan {

// Has one worker process, from the first part asked for on, and gives one part after the other. Any thread may call.
class ImageParts {
 public:
  explicit ImageParts(WorkerOptions options);

  // The part of `image`, which has `digest`, as JPEG or PNG. Throws kInvalid when no pixel of the image lies there,
  // kUnavailable when the worker was lost or can't be started.
  std::string Cut(const std::string& digest, std::string_view image, const ImageCut& cut);

 private:
  std::mutex mutex_;  // guards what follows
  Worker worker_;
  std::string open_;  // digest of the image that the worker has
};

}  // namespace diwan
