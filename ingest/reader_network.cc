// Crops of a page become the network's input exactly as in training (training/crops.py, training/evaluate.py). What the
// network was trained on is what it must be shown: every rounding here is training's.
#include "ingest/reader_network.h"

#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <span>
#include <utility>

#include "core/error.h"

namespace diwan {
namespace {

constexpr int kLeastSide = 6;     // pixels of a crop
constexpr int kMostWidth = 2000;  // columns of a crop at the network's height
constexpr int kBatch = 16;        // crops in one pass
constexpr int kWidthStep = 8;     // input widths are multiples of it

// A crop as the network sees it: ink bright, 0..1.
struct Input {
  size_t crop = 0;  // its number
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
  explicit Network(const std::filesystem::path& model) {
    TrainedReader trained = LoadReader(model);
    card_ = std::move(trained.card);
    name_ = fmt::format("{} {}", model.stem().string(), card_.digest.substr(0, 8));
    cv::setNumThreads(1);  // a worker has one, and its sandbox ends it when it starts another
    try {
      network_ = cv::dnn::readNetFromONNX(trained.network.data(), trained.network.size());
      network_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
      network_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
      Scores(Blank(1, kWidthStep * 8));  // also sets up what a sandbox would forbid later
    } catch (const cv::Exception& error) {
      throw Error(ErrorCode::kCorrupt, fmt::format("{} can't be loaded: {}", model.string(), error.err));
    }
  }

  const ReaderCard& card() const { return card_; }
  const std::string& name() const { return name_; }

  // The scores of inputs of one padded width.
  std::vector<CtcScores> Read(const std::vector<const Input*>& inputs) {
    const int width = inputs[0]->padded_width;
    cv::Mat batch = Blank(static_cast<int>(inputs.size()), width);
    for (size_t i = 0; i < inputs.size(); ++i) {
      cv::Mat plane(card_.height, width, CV_32F, batch.ptr<float>(static_cast<int>(i)));
      inputs[i]->pixels.copyTo(plane(cv::Rect({card_.margin, 0}, inputs[i]->pixels.size())));
    }
    const cv::Mat scores = Scores(batch);
    std::vector<CtcScores> read;
    for (size_t i = 0; i < inputs.size(); ++i) {
      read.emplace_back(StepsOf(scores, static_cast<int>(i)), card_.classes());
    }
    return read;
  }

  int ColumnOf(const Input& input, int step) const {
    const double column = static_cast<double>(step) * card_.frame / card_.steps_per_frame - card_.margin;
    return input.left + static_cast<int>(std::lrint(column / input.shrink));
  }

 private:
  cv::Mat Blank(int inputs, int width) const {
    return {std::vector<int>{inputs, 1, card_.height, width}, CV_32F, cv::Scalar(0)};
  }

  // inputs x (steps per frame * classes) x 1 x frames.
  cv::Mat Scores(const cv::Mat& batch) {
    network_.setInput(batch);
    cv::Mat scores = network_.forward();
    if (scores.dims != 4 || scores.size[0] != batch.size[0] ||
        scores.size[1] != card_.steps_per_frame * card_.classes() || scores.size[2] != 1 ||
        scores.size[3] != batch.size[3] / card_.frame) {
      throw Error(ErrorCode::kCorrupt, fmt::format("the model {} is not what its card says", name_));
    }
    return scores;
  }

  // The scores of one input, step by step.
  std::vector<float> StepsOf(const cv::Mat& scores, int input) const {
    const int channels = scores.size[1];
    const int frames = scores.size[3];
    std::vector<float> steps(static_cast<size_t>(channels) * static_cast<size_t>(frames));
    for (int channel = 0; channel < channels; ++channel) {
      const auto* row = scores.ptr<float>(input, channel);
      for (int frame = 0; frame < frames; ++frame) steps[static_cast<size_t>(frame) * channels + channel] = row[frame];
    }
    return steps;
  }

  ReaderCard card_;
  std::string name_;
  cv::dnn::Net network_;
};

ReaderNetwork::ReaderNetwork(const std::filesystem::path& model) : network_(std::make_unique<Network>(model)) {}
ReaderNetwork::~ReaderNetwork() = default;
const std::string& ReaderNetwork::name() const { return network_->name(); }
const std::u32string& ReaderNetwork::alphabet() const { return network_->card().alphabet; }

void ReaderNetwork::Read(Pix* gray, const std::vector<InkCrop>& crops,
                         const std::function<void(size_t, const InkScores&)>& take) {
  try {
    std::map<int, std::vector<Input>> by_width;
    for (size_t i = 0; i < crops.size(); ++i) {
      std::optional<Input> input = InputOf(gray, crops[i], network_->card());
      if (!input) continue;
      input->crop = i;
      by_width[input->padded_width].push_back(std::move(*input));
    }
    for (const auto& [width, inputs] : by_width) {
      for (size_t begin = 0; begin < inputs.size(); begin += kBatch) {
        std::vector<const Input*> batch;
        for (size_t i = begin; i < std::min(inputs.size(), begin + kBatch); ++i) batch.push_back(&inputs[i]);
        std::vector<CtcScores> read = network_->Read(batch);
        for (size_t i = 0; i < batch.size(); ++i) {
          const Input& input = *batch[i];
          take(input.crop, {std::move(read[i]), [&](int step) { return network_->ColumnOf(input, step); }});
        }
      }
    }
  } catch (const cv::Exception& error) {
    throw Error(ErrorCode::kInternal, fmt::format("the network {} failed: {}", name(), error.err));
  }
}

}  // namespace diwan
