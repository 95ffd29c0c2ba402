// A network small enough to be written by hand, with its card: it reads ink in the upper half of a line as 1, in the
// lower half as 2.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "core/id.h"

namespace diwan {

// The wire format of protocol buffers, as far as ONNX needs it here.
class Message {
 public:
  Message& Number(int field, uint64_t value) {
    Varint(static_cast<uint64_t>(field) << 3);
    Varint(value);
    return *this;
  }
  Message& Bytes(int field, std::string_view value) {
    Varint(static_cast<uint64_t>(field) << 3 | 2);
    Varint(value.size());
    bytes_ += value;
    return *this;
  }
  Message& Add(int field, const Message& message) { return Bytes(field, message.bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  std::string bytes_;
};

// One convolution over 40 rows and 4 columns, with three outputs: blank, 1 and 2.
inline std::string TinyNetwork() {
  constexpr int kClasses = 3;
  constexpr int kRows = 40;
  constexpr int kColumns = 4;
  constexpr uint64_t kFloat = 1;
  const auto floats = [](const std::vector<float>& values) {
    return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  };
  std::vector<float> weights;
  for (const float upper : {0.0F, 1.0F, -1.0F}) {
    for (int i = 0; i < kRows * kColumns; ++i) weights.push_back(i < kRows * kColumns / 2 ? upper : -upper);
  }
  const auto ints = [](std::string_view name, const std::vector<uint64_t>& values) {
    Message attribute;
    attribute.Bytes(1, name).Number(20, 7);
    for (const uint64_t value : values) attribute.Number(8, value);
    return attribute;
  };
  const auto value_info = [](std::string_view name, const std::vector<uint64_t>& sizes) {
    Message shape;
    for (const uint64_t size : sizes) shape.Add(1, Message().Number(1, size));
    return Message().Bytes(1, name).Add(2, Message().Add(1, Message().Number(1, kFloat).Add(2, shape)));
  };
  const Message weight_tensor =
      Message().Number(1, kClasses).Number(1, 1).Number(1, kRows).Number(1, kColumns).Number(2, kFloat).Bytes(8, "w");
  const Message bias_tensor = Message().Number(1, kClasses).Number(2, kFloat).Bytes(8, "b");
  Message node;
  node.Bytes(1, "crop").Bytes(1, "w").Bytes(1, "b").Bytes(2, "scores").Bytes(3, "conv").Bytes(4, "Conv");
  node.Add(5, ints("kernel_shape", {kRows, kColumns})).Add(5, ints("strides", {kRows, kColumns}));
  node.Add(5, ints("pads", {0, 0, 0, 0})).Add(5, ints("dilations", {1, 1}));
  Message graph;
  graph.Add(1, node).Bytes(2, "tiny");
  graph.Add(5, Message(weight_tensor).Bytes(9, floats(weights)));
  graph.Add(5, Message(bias_tensor).Bytes(9, floats({40, 0, 0})));
  graph.Add(11, value_info("crop", {1, 1, kRows, 64})).Add(12, value_info("scores", {1, kClasses, 1, 16}));
  return Message().Number(1, 6).Add(7, graph).Add(8, Message().Bytes(1, "").Number(2, 11)).bytes();
}

inline std::string TinyCard(std::string_view network, std::string_view alphabet = R"(["1", "2"])") {
  return R"({"sha256": ")" + Sha256Hex(network) + R"(", "alphabet": )" + std::string(alphabet) +
         R"(, "height": 40, "side_padding": 0.1, "margin": 8, "frame": 4, "steps_per_frame": 1})";
}

// A model and its card in a folder that is gone when this is.
class ModelFolder {
 public:
  ModelFolder(std::string_view network, std::string_view card)
      : folder_(std::filesystem::temp_directory_path() / ("diwan-model-test-" + NewId())) {
    std::filesystem::create_directory(folder_);
    std::ofstream(model(), std::ios::binary) << network;
    std::ofstream(folder_ / "tiny.json", std::ios::binary) << card;
  }
  ModelFolder() : ModelFolder(TinyNetwork(), TinyCard(TinyNetwork())) {}
  ~ModelFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  ModelFolder(const ModelFolder&) = delete;
  ModelFolder& operator=(const ModelFolder&) = delete;

  std::filesystem::path model() const { return folder_ / "tiny.onnx"; }

 private:
  std::filesystem::path folder_;
};

}  // namespace diwan
