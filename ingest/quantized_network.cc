// A convolution is a product of matrices here: the picture unfolded into a row for each place, times the weights.
#include "ingest/quantized_network.h"

#include <dnnl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <opencv2/dnn.hpp>
#include <opencv2/dnn/all_layers.hpp>
#include <span>

#include "core/error.h"

namespace diwan {
namespace {

constexpr float kMostInput = 127;  // two products of 127 x 127 fit into the 16 bits that some processors add them in
constexpr float kMostWeight = 127;

}  // namespace

void Activations::Resize(int new_rows, int new_columns, int new_channels) {
  rows = new_rows;
  columns = new_columns;
  channels = new_channels;
  values.resize(static_cast<size_t>(rows) * static_cast<size_t>(columns) * static_cast<size_t>(channels));
}

// From the layers that OpenCV finds in the file to steps.
class QuantizedNetwork::Loader {
 public:
  Loader(const std::string& onnx, const std::string& name) : name_(name) {
    try {
      network_ = cv::dnn::readNetFromONNX(onnx.data(), onnx.size());
      for (const std::string& layer : network_.getLayerNames()) Add(network_.getLayerId(layer));
    } catch (const cv::Exception& error) {
      throw Error(ErrorCode::kCorrupt, fmt::format("{} can't be loaded: {}", name_, error.err));
    }
    if (steps_.empty()) Refuse("has no convolution");
  }

  std::vector<Step> steps() && { return std::move(steps_); }

 private:
  [[noreturn]] void Refuse(const std::string& why) const {
    throw Error(ErrorCode::kCorrupt, fmt::format("{} can't be used: it {}", name_, why));
  }

  void Add(int id) {
    const cv::Ptr<cv::dnn::Layer> layer = network_.getLayer(id);
    std::vector<int> sources;
    for (const auto& input : network_.getLayerInputs(id)) sources.push_back(Source(input->name));
    if (sources.empty()) Refuse("has a layer without input");
    if (layer->type == "Convolution") {
      AddConvolution(*layer, sources[0]);
    } else if (layer->type == "ReLU") {
      StepAt(sources[0]).relu = true;
      step_of_[layer->name] = sources[0];
    } else if (layer->type == "Eltwise" && sources.size() == 2) {
      const auto [earlier, later] = std::minmax(sources[0], sources[1]);
      if (StepAt(later).relu || earlier == kInput) Refuse("adds what can't be added");
      StepAt(later).added = earlier;
      step_of_[layer->name] = later;
    } else if (layer->type == "Identity") {
      step_of_[layer->name] = sources[0];
    } else {
      Refuse(fmt::format("has the operation {}", layer->type));
    }
  }

  int Source(const std::string& name) const {
    const auto found = step_of_.find(name);
    return found == step_of_.end() ? kInput : found->second;
  }

  // Only the newest: what follows an earlier one would change what has been made of it.
  Step& StepAt(int step) {
    if (step == kInput || step + 1 != static_cast<int>(steps_.size())) Refuse("has operations in an unknown order");
    return steps_.back();
  }

  void AddConvolution(cv::dnn::Layer& layer, int source) {
    const auto* shape = dynamic_cast<const cv::dnn::BaseConvolutionLayer*>(&layer);
    const bool plane = shape != nullptr && shape->kernel_size.size() == 2 && shape->dilations[0] == 1 &&
                       shape->pads_begin == shape->pads_end && layer.blobs.size() == 2 && layer.blobs[0].dims == 4 &&
                       layer.blobs[0].type() == CV_32F && layer.blobs[1].type() == CV_32F &&
                       layer.blobs[1].total() == static_cast<size_t>(layer.blobs[0].size[0]);
    if (!plane) Refuse("has a convolution of an unknown kind");
    if (source != kInput && !steps_[static_cast<size_t>(source)].relu) Refuse("has a convolution of negative values");
    Step step;
    step.source = source;
    step.added = kNone;
    step.kernel_rows = static_cast<int>(shape->kernel_size[0]);
    step.kernel_columns = static_cast<int>(shape->kernel_size[1]);
    step.row_stride = static_cast<int>(shape->strides[0]);
    step.column_stride = static_cast<int>(shape->strides[1]);
    step.row_pad = static_cast<int>(shape->pads_begin[0]);
    step.column_pad = static_cast<int>(shape->pads_begin[1]);
    step.column_dilation = static_cast<int>(shape->dilations[1]);
    TakeWeights(layer.blobs[0], layer.blobs[1], step);
    const int wanted = source == kInput ? step.input_channels : steps_[static_cast<size_t>(source)].channels;
    if (wanted != step.input_channels) Refuse("has convolutions that don't fit each other");
    step_of_[layer.name] = static_cast<int>(steps_.size());
    steps_.push_back(std::move(step));
  }

  // OpenCV has them by channel, input channel, row and column.
  static void TakeWeights(const cv::Mat& weights, const cv::Mat& biases, Step& step) {
    step.channels = weights.size[0];
    step.input_channels = weights.size[1];
    const auto area = static_cast<size_t>(weights.size[2]) * static_cast<size_t>(weights.size[3]);
    const auto inputs = static_cast<size_t>(step.input_channels);
    const auto channels = static_cast<size_t>(step.channels);
    step.weights.resize(area * inputs * channels);
    step.biases.assign(biases.ptr<float>(), biases.ptr<float>() + channels);
    for (size_t channel = 0; channel < channels; ++channel) {
      const std::span<const float> all(weights.ptr<float>(static_cast<int>(channel)), inputs * area);
      float most = 0;
      for (const float weight : all) most = std::max(most, std::abs(weight));
      const float scale = most > 0 ? most / kMostWeight : 1;
      step.scales.push_back(scale);
      for (size_t input = 0; input < inputs; ++input) {
        for (size_t place = 0; place < area; ++place) {
          step.weights[(place * inputs + input) * channels + channel] =
              static_cast<int8_t>(std::lrint(all[input * area + place] / scale));
        }
      }
    }
  }

  const std::string& name_;
  cv::dnn::Net network_;
  std::map<std::string, int> step_of_;  // whose output a layer's is
  std::vector<Step> steps_;
};

QuantizedNetwork::QuantizedNetwork(const std::string& onnx, const std::string& name)
    : steps_(Loader(onnx, name).steps()), outputs_(steps_.size()) {}

const Activations& QuantizedNetwork::Run(const Activations& input) {
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    Convolve(step, step.source == kInput ? input : outputs_[static_cast<size_t>(step.source)], outputs_[i]);
  }
  return outputs_.back();
}

void QuantizedNetwork::Convolve(const Step& step, const Activations& from, Activations& to) {
  const auto size = [](int length, int kernel, int stride, int pad) {
    return (length + 2 * pad - kernel) / stride + 1;
  };
  const int reach = (step.kernel_columns - 1) * step.column_dilation + 1;
  if (from.rows + 2 * step.row_pad < step.kernel_rows || from.columns + 2 * step.column_pad < reach) {
    throw Error(ErrorCode::kInternal, "the picture is smaller than a network can see");
  }
  to.Resize(size(from.rows, step.kernel_rows, step.row_stride, step.row_pad),
            size(from.columns, reach, step.column_stride, step.column_pad), step.channels);
  const float scale = Quantize(from);
  Unfold(step, from, to);
  const int places = to.rows * to.columns;
  const int inputs = step.kernel_rows * step.kernel_columns * step.input_channels;
  const int32_t none = 0;
  sums_.resize(to.values.size());
  if (dnnl_gemm_u8s8s32('N', 'N', 'F', places, step.channels, inputs, 1, unfolded_.data(), inputs, 0,
                        step.weights.data(), step.channels, 0, 0, sums_.data(), step.channels, &none) != dnnl_success) {
    throw Error(ErrorCode::kInternal, "a product of matrices failed: memory is short");
  }
  Scale(step, scale, to);
}

// Returns what a unit of the whole numbers is worth.
float QuantizedNetwork::Quantize(const Activations& from) {
  const float most = *std::max_element(from.values.begin(), from.values.end());
  const float scale = most > 0 ? most / kMostInput : 1;
  const float factor = 1 / scale;
  quantized_.resize(from.values.size());
  std::transform(from.values.begin(), from.values.end(), quantized_.begin(),
                 // None is negative, and a call for each would not be vectorised.
                 // NOLINTNEXTLINE(bugprone-incorrect-roundings)
                 [factor](float value) { return static_cast<uint8_t>(value * factor + 0.5F); });
  return scale;
}

// From sums to values.
void QuantizedNetwork::Scale(const Step& step, float scale, Activations& to) const {
  const float least = step.relu ? 0 : std::numeric_limits<float>::lowest();
  const auto channels = static_cast<size_t>(step.channels);
  std::vector<float> scales = step.scales;
  for (float& channel : scales) channel *= scale;
  if (step.added == kNone) {
    std::fill(to.values.begin(), to.values.end(), 0);
  } else {
    to.values = outputs_[static_cast<size_t>(step.added)].values;
  }
  for (size_t at = 0; at < sums_.size(); at += channels) {
    for (size_t channel = 0; channel < channels; ++channel) {
      const float value = static_cast<float>(sums_[at + channel]) * scales[channel] + step.biases[channel];
      to.values[at + channel] = std::max(to.values[at + channel] + value, least);
    }
  }
}

// The rows of the matrix: for each place of the output what its convolution sees, 0 beyond the picture's edges.
void QuantizedNetwork::Unfold(const Step& step, const Activations& from, const Activations& to) {
  const auto inputs = static_cast<size_t>(step.input_channels);
  const auto line = static_cast<size_t>(from.columns) * inputs;
  const int pieces = step.column_dilation == 1 ? 1 : step.kernel_columns;  // neighbours lie side by side
  const int piece = step.kernel_columns / pieces;                          // columns
  unfolded_.resize(static_cast<size_t>(to.rows) * static_cast<size_t>(to.columns) *
                   static_cast<size_t>(step.kernel_rows * step.kernel_columns) * inputs);
  uint8_t* out = unfolded_.data();
  for (int row = 0; row < to.rows; ++row) {
    for (int column = 0; column < to.columns; ++column) {
      for (int y = 0; y < step.kernel_rows; ++y) {
        const int from_row = row * step.row_stride - step.row_pad + y;
        const bool within = from_row >= 0 && from_row < from.rows;
        const uint8_t* in = quantized_.data() + (within ? static_cast<size_t>(from_row) * line : 0);
        for (int x = 0; x < pieces; ++x, out += static_cast<size_t>(piece) * inputs) {
          const int begin = column * step.column_stride - step.column_pad + x * step.column_dilation;
          const int left = std::clamp(begin, 0, from.columns);
          const int right = std::clamp(begin + piece, 0, from.columns);
          if (!within || left == right) {
            std::fill_n(out, static_cast<size_t>(piece) * inputs, 0);
            continue;
          }
          uint8_t* end = std::fill_n(out, static_cast<size_t>(left - begin) * inputs, 0);
          end = std::copy(in + static_cast<size_t>(left) * inputs, in + static_cast<size_t>(right) * inputs, end);
          std::fill_n(end, static_cast<size_t>(begin + piece - right) * inputs, 0);
        }
      }
    }
  }
}

}  // namespace diwan
