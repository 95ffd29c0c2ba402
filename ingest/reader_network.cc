// Crops of a page become the network's input exactly as in training (training/crops.py, training/evaluate.py). What the
// network was trained on is what it must be shown: every rounding here is training's.
#include "ingest/reader_network.h"

#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <span>
#include <utility>

#include "core/error.h"
#include "ingest/quantized_network.h"

namespace diwan {
namespace {

constexpr int kLeastSide = 6;     // pixels of a crop
constexpr int kMostWidth = 2000;  // columns of a crop at the network's height
constexpr int kWidthStep = 8;     // input widths are multiples of it

// A crop as the network sees it: ink bright, 0..1.
struct Input {
  cv::Mat pixels;
  int left = 0;          // column of the image at which the pixels begin
  double shrink = 1;     // rows of the input for one row of the image
  int padded_width = 0;  // with margins
};

// The grey level below which `share` of the pixels lie.
int Level(const std::array<int, 256>& histogram, int pixels, double share) {
  int rank = static_cast<int>(share * (pixels - 1));
  int level = 0;
  while (rank >= histogram.at(static_cast<size_t>(level))) rank -= histogram.at(static_cast<size_t>(level++));
  return level;
}

// Stretched so that paper is 0 and ink is 1. REQUIRES: `gray` is no part of another picture.
cv::Mat Stretched(const cv::Mat& gray) {
  const std::span<const uchar> levels(gray.data, gray.total());
  std::array<int, 256> histogram{};
  for (const uchar level : levels) ++histogram.at(level);
  const int pixels = static_cast<int>(levels.size());
  constexpr int kLeastContrast = 24;
  const int paper = Level(histogram, pixels, 0.80);
  const int ink = std::min(Level(histogram, pixels, 0.02), paper - kLeastContrast);
  const auto factor = static_cast<float>(255.0 / (paper - ink));
  cv::Mat stretched(gray.size(), CV_32F);
  std::ranges::transform(levels, stretched.ptr<float>(), [&](uchar level) {
    return std::floor(std::clamp(static_cast<float>(paper - level) * factor, 0.0F, 255.0F)) / 255.0F;
  });
  return stretched;
}

cv::Mat Pixels(Pix* gray, const cv::Rect& area) {
  cv::Mat pixels(area.size(), CV_8U);
  for (int y = 0; y < area.height; ++y) {
    l_uint32* line = pixGetData(gray) + static_cast<int64_t>(area.y + y) * pixGetWpl(gray);
    for (int x = 0; x < area.width; ++x) pixels.at<uchar>(y, x) = GET_DATA_BYTE(line, area.x + x);
  }
  return pixels;
}

// Nothing where there is too little or too much to read.
std::optional<Input> InputOf(Pix* gray, const InkCrop& crop, const ReaderCard& card) {
  const double padding = card.side_padding * (crop.bottom - crop.top);
  const int left = std::max(0, static_cast<int>(std::lrint(crop.box.x - padding)));
  const int right = std::min(pixGetWidth(gray), static_cast<int>(std::lrint(crop.box.x + crop.box.width + padding)));
  const int top = std::max(0, crop.top);
  const int bottom = std::min(pixGetHeight(gray), crop.bottom);
  if (right - left < kLeastSide || bottom - top < kLeastSide) return std::nullopt;
  Input input;
  input.left = left;
  input.shrink = static_cast<double>(card.height) / (bottom - top);
  const int width = std::max(8, static_cast<int>(std::lrint((right - left) * input.shrink)));
  if (width > kMostWidth) return std::nullopt;
  cv::Mat resized;
  cv::resize(Pixels(gray, {left, top, right - left, bottom - top}), resized, {width, card.height}, 0, 0,
             bottom - top > card.height ? cv::INTER_AREA : cv::INTER_LINEAR);
  input.pixels = Stretched(resized);
  input.padded_width = (width + 2 * card.margin + kWidthStep - 1) / kWidthStep * kWidthStep;
  return input;
}

}  // namespace

class ReaderNetwork::Network {
 public:
  explicit Network(TrainedReader trained, const std::string& file)
      : card_(std::move(trained.card)),
        name_(fmt::format("{} {}", std::filesystem::path(file).stem().string(), card_.digest.substr(0, 8))),
        network_(trained.network, file) {
    Activations blank;
    blank.Resize(card_.height, kWidthStep * 8, network_.input_channels());
    Scores(blank);  // also sets up what a sandbox would forbid later
  }

  const ReaderCard& card() const { return card_; }
  const std::string& name() const { return name_; }

  CtcScores Read(const Input& input) {
    shown_.Resize(card_.height, input.padded_width, 1);
    std::fill(shown_.values.begin(), shown_.values.end(), 0);
    for (int row = 0; row < card_.height; ++row) {
      const auto* pixels = input.pixels.ptr<float>(row);
      std::copy(pixels, pixels + input.pixels.cols,
                shown_.values.begin() + static_cast<std::ptrdiff_t>(row) * input.padded_width + card_.margin);
    }
    return {Scores(shown_).values, card_.classes()};
  }

  int ColumnOf(const Input& input, int step) const {
    const double column = static_cast<double>(step) * card_.frame / card_.steps_per_frame - card_.margin;
    return input.left + static_cast<int>(std::lrint(column / input.shrink));
  }

 private:
  // The channels of a frame are its steps, one after the other.
  const Activations& Scores(const Activations& shown) {
    const Activations& scores = network_.Run(shown);
    if (scores.rows != 1 || scores.columns != shown.columns / card_.frame ||
        scores.channels != card_.steps_per_frame * card_.classes()) {
      throw Error(ErrorCode::kCorrupt, fmt::format("the model {} is not what its card says", name_));
    }
    return scores;
  }

  ReaderCard card_;
  std::string name_;
  QuantizedNetwork network_;
  Activations shown_;
};

ReaderNetwork::ReaderNetwork(const std::filesystem::path& model)
    : network_(std::make_unique<Network>(LoadReader(model), model.string())) {}
ReaderNetwork::~ReaderNetwork() = default;
const std::string& ReaderNetwork::name() const { return network_->name(); }
const std::u32string& ReaderNetwork::alphabet() const { return network_->card().alphabet; }

void ReaderNetwork::Read(Pix* gray, const std::vector<InkCrop>& crops,
                         const std::function<void(size_t, const InkScores&)>& take) {
  try {
    for (size_t i = 0; i < crops.size(); ++i) {
      const std::optional<Input> input = InputOf(gray, crops[i], network_->card());
      if (!input) continue;
      take(i, {network_->Read(*input), [&](int step) { return network_->ColumnOf(*input, step); }});
    }
  } catch (const cv::Exception& error) {
    throw Error(ErrorCode::kInternal, fmt::format("a crop for {} failed: {}", name(), error.err));
  }
}

}  // namespace diwan
