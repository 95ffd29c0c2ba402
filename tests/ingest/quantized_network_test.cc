// Networks made by hand, run in whole numbers, beside what they compute on paper.
#include "ingest/quantized_network.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/ingest/tiny_reader.h"

namespace diwan {
namespace {

// A picture of 40 rows; its columns `from` to `to` are ink in the upper half.
Activations Picture(int columns, int from, int to) {
  Activations picture;
  picture.Resize(40, columns, 1);
  for (int row = 0; row < 20; ++row) {
    for (int column = from; column < to; ++column) picture.values[static_cast<size_t>(row * columns + column)] = 1;
  }
  return picture;
}

TEST(QuantizedNetwork, AConvolutionIsItsSum) {
  QuantizedNetwork network(TinyNetwork(), "tiny");
  const Activations& out = network.Run(Picture(16, 4, 8));
  ASSERT_EQ(out.rows, 1);
  ASSERT_EQ(out.columns, 4);
  ASSERT_EQ(out.channels, 3);
  // 20 rows x 4 columns of ink under weights of 1 and -1; nothing but the biases elsewhere.
  const std::vector<float> wanted = {40, 0, 0, 40, 80, -80, 40, 0, 0, 40, 0, 0};
  for (size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(out.values[i], wanted[i], 0.01) << i;
}

TEST(QuantizedNetwork, WidthsMayChangeFromCallToCall) {
  QuantizedNetwork network(TinyNetwork(), "tiny");
  for (const int columns : {8, 400, 4, 64}) {
    const Activations& out = network.Run(Picture(columns, 0, 4));
    ASSERT_EQ(out.columns, columns / 4);
    EXPECT_NEAR(out.values[1], 80, 0.01);
    EXPECT_NEAR(out.values[out.values.size() - 3], 40, 0.01);
  }
}

TEST(QuantizedNetwork, APictureThatIsTooSmallIsRefused) {
  QuantizedNetwork network(TinyNetwork(), "tiny");
  EXPECT_THROW(network.Run(Picture(3, 0, 1)), Error);
}

TEST(QuantizedNetwork, WhatIsNoNetworkIsRefused) {
  for (const std::string& bytes : {std::string("no network"), std::string(), TinyNetwork().substr(0, 300)}) {
    try {
      QuantizedNetwork network(bytes, "models/tiny.onnx");
      FAIL() << bytes.size();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kCorrupt);
      EXPECT_NE(std::string(error.what()).find("models/tiny.onnx"), std::string::npos) << error.what();
    }
  }
}

TEST(QuantizedNetwork, AnOperationThatNoReaderHasIsNamed) {
  std::string bytes = TinyNetwork();
  const size_t at = bytes.rfind("Conv");
  bytes.replace(at, 4, "Tanh");
  try {
    QuantizedNetwork network(bytes, "tiny");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCorrupt) << error.what();
  }
}

}  // namespace
}  // namespace diwan
