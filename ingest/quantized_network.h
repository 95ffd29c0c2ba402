// A trained network in whole numbers of 8 bits: two to four times as fast as OpenCV runs it, with the same answers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace diwan {

// Rows x columns x channels, the channels of a place together.
struct Activations {
  int rows = 0;
  int columns = 0;
  int channels = 0;
  std::vector<float> values;

  void Resize(int new_rows, int new_columns, int new_channels);
};

// Convolutions with ReLU and residual additions (training/network.py). Weights are rounded to 8 bits, a scale for each
// channel; what goes into a convolution to 7 bits, a scale for each picture, so that no processor's products overflow.
// One thread: it keeps its buffers, about 12 MB for a line of 1,000 columns.
class QuantizedNetwork {
 public:
  // `onnx` is the bytes of a model; `name` is said where it is wrong. Throws kCorrupt when it can't be loaded, or has
  // an operation or an order of operations that no reader of ours has.
  QuantizedNetwork(const std::string& onnx, const std::string& name);

  // The output for `input`, values of 0 and more, as channels of one row. Stays valid until the next call. Throws
  // kInternal when a convolution is larger than the input or memory is short.
  const Activations& Run(const Activations& input);

  int input_channels() const { return steps_.front().input_channels; }

 private:
  static constexpr int kInput = -1;  // in place of a step
  static constexpr int kNone = -2;

  // One convolution with all that follows it.
  struct Step {
    int source = kInput;  // the step whose output goes in
    int added = kNone;    // the step whose output is added
    bool relu = false;
    int input_channels = 0, channels = 0;
    int kernel_rows = 0, kernel_columns = 0;
    int row_stride = 0, column_stride = 0;
    int row_pad = 0, column_pad = 0;
    int column_dilation = 0;
    std::vector<int8_t> weights;  // kernel rows x kernel columns x input channels, each with all channels
    std::vector<float> scales;    // of each channel's weights
    std::vector<float> biases;
  };
  class Loader;

  void Convolve(const Step& step, const Activations& from, Activations& to);
  float Quantize(const Activations& from);
  void Scale(const Step& step, float scale, Activations& to) const;
  void Unfold(const Step& step, const Activations& from, const Activations& to);

  std::vector<Step> steps_;
  std::vector<Activations> outputs_;  // of each step
  std::vector<uint8_t> quantized_;    // what goes into a convolution
  std::vector<uint8_t> unfolded_;     // the same, a row of it for each place of the output
  std::vector<int32_t> sums_;
};

}  // namespace diwan
