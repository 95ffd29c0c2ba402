#include "archive/image_parts.h"

#include <chrono>
#include <utility>

#include "archive/spool.h"

namespace diwan {
namespace {

// Somebody is waiting; and no image that was stored takes a second to decode.
constexpr std::chrono::seconds kDeadline(10);

WorkerOptions WithoutModels(WorkerOptions options) {
  options.page_deadline = kDeadline;
  options.read.numbers = "";
  options.read.models = "";
  return options;
}

}  // namespace

ImageParts::ImageParts(WorkerOptions options) : worker_(WithoutModels(std::move(options))) {}

std::string ImageParts::Cut(const std::string& digest, std::string_view image, const ImageCut& cut) {
  const std::lock_guard lock(mutex_);
  if (open_ != digest) {
    open_.clear();
    worker_.Open(SpoolBytes(image).get());
    open_ = digest;
  }
  return worker_.Cut(cut);
}

}  // namespace diwan
