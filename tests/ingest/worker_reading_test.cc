// The product's own worker from end to end: a page drawn here is recognised there, behind the walls.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ingest/models.h"
#include "ingest/worker.h"
#include "tests/ingest/reading_papers.h"
#include "tests/ingest/tiny_reader.h"
#include "tests/ingest/worker_fixture.h"

namespace diwan {
namespace {

WorkerOptions Product() {
  WorkerOptions options;
  options.program = DIWAN_WORKER;
  return options;
}

TEST(WorkerReading, ReadsAnImage) {
  const TempFile file(papers::Png(papers::Draw(papers::Arabic()).get()));
  Worker worker(Product());
  const SourceProbe probe = worker.Open(file.fd());
  EXPECT_EQ(probe.kind, MediaKind::kPng);
  EXPECT_EQ(probe.pages, 1);
  const PageReading reading = worker.Read(1, "ara");
  EXPECT_EQ(reading.page.origin, TextOrigin::kOcr);
  EXPECT_LT(papers::CharacterErrorRate(papers::Text(papers::Arabic()), reading.page.text), 0.15) << reading.page.text;
  EXPECT_FALSE(reading.image.empty());
  const PageReading image = worker.Read(1, std::string(kImageOnly));
  EXPECT_TRUE(image.page.words.empty());
  EXPECT_FALSE(image.image.empty());
}

// A born-digital PDF makes Poppler look for fonts and encodings, behind the walls as well.
TEST(WorkerReading, ReadsAPdf) {
  const TempFile file(papers::DrawPdf(papers::Persian()));
  Worker worker(Product());
  EXPECT_EQ(worker.Open(file.fd()).kind, MediaKind::kPdf);
  const PageReading reading = worker.Read(1, "fas");
  EXPECT_LT(papers::CharacterErrorRate(papers::Text(papers::Persian()), reading.page.text), 0.15) << reading.page.text;
}

// Text in fonts that the file doesn't hold: fontconfig has to find others.
TEST(WorkerReading, DrawsWithFontsOfTheMachine) {
  const std::string page = "BT /F1 24 Tf 72 700 Td (Council decision 123) Tj ET";
  const TempFile file(papers::PdfOf(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
       "<< /Length " + std::to_string(page.size()) + " >>\nstream\n" + page + "\nendstream",
       "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"}));
  Worker worker(Product());
  EXPECT_EQ(worker.Open(file.fd()).pages, 1);
  const PageReading reading = worker.Read(1, std::string(kImageOnly));
  EXPECT_GT(reading.image.size(), 1000U);
}

// The image's width, by where its pixels end.
int WidthOf(Worker& worker, const std::string& image) {
  const TempFile file(image);
  worker.Open(file.fd());
  const auto has_column = [&](int x) {
    return !ErrorOf([&] { worker.Cut({.part = {.x = x, .y = 0, .width = 1, .height = 1}, .width = 1}); });
  };
  int width = 0;
  for (int step = 512; step > 0; step /= 2) {
    if (has_column(width + step - 1)) width += step;
  }
  return width;
}

TEST(WorkerReading, CutsPartsOfAnImage) {
  const TempFile file(papers::Png(papers::Draw(papers::Arabic()).get()));
  Worker worker(Product());
  worker.Open(file.fd());
  const Box part{.x = 40, .y = 20, .width = 300, .height = 200};
  const std::string as_it_is = worker.Cut({.part = part, .width = 300});
  const std::string smaller = worker.Cut({.part = part, .width = 150});
  const std::string no_larger = worker.Cut({.part = part, .width = kMaxCutWidth});
  const Box far{.x = 100'000, .y = 0, .width = 10, .height = 10};
  const auto error = ErrorOf([&] { worker.Cut({.part = far, .width = 10}); });
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), ErrorCode::kInvalid);
  EXPECT_EQ(no_larger, as_it_is);
  EXPECT_EQ(WidthOf(worker, as_it_is), 300);
  EXPECT_EQ(WidthOf(worker, smaller), 150);
}

TEST(WorkerReading, RefusesWhatIsNoScan) {
  Worker worker(Product());
  for (const char* bytes : {"", "hello",
                            "\x7f"
                            "ELF\2\1\1"}) {
    const TempFile file(bytes);
    const auto error = ErrorOf([&] { worker.Open(file.fd()); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::kInvalid);
  }
}

TEST(WorkerReading, MissesItsModelsAloud) {
  const TempFile file(papers::Png(papers::Draw(papers::Arabic()).get()));
  WorkerOptions options = Product();
  options.read.tessdata = "/nowhere";
  Worker worker(options);
  worker.Open(file.fd());
  const auto error = ErrorOf([&] { worker.Read(1, "ara"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::kNotFound);
}

// A model that the administrator put beside the program goes before Debian's, and the page tells.
TEST(WorkerReading, ReadsWithTheAdministratorsOwnModel) {
  const TempFile file(papers::Png(papers::Draw(papers::Arabic()).get()));
  const ModelFolder folder;
  WorkerOptions options = Product();
  const std::filesystem::path debian = options.read.tessdata / "ara.traineddata";
  options.read.models = folder.model().parent_path();
  const std::filesystem::path own = folder.model().parent_path() / "ara.traineddata";
  const auto engine = [&] {
    Worker worker(options);
    worker.Open(file.fd());
    return worker.Read(1, "ara").page.engine;
  };
  const std::string name = "ara " + ModelDigest(debian).substr(0, 8);
  EXPECT_NE(engine().find(name), std::string::npos) << engine();
  EXPECT_EQ(engine().find("own"), std::string::npos);
  std::filesystem::copy_file(debian, own);
  EXPECT_NE(engine().find("own " + name), std::string::npos) << engine();
  EXPECT_EQ(FindLanguageModel(options.read, "ara").file, own);
  EXPECT_EQ(FindLanguageModel(options.read, "fas").own, false);
  std::ofstream(own) << "no model";
  Worker worker(options);
  worker.Open(file.fd());
  const auto error = ErrorOf([&] { worker.Read(1, "ara"); });
  ASSERT_TRUE(error) << "a model that is broken is told, not passed over";
  EXPECT_EQ(error->code(), ErrorCode::kUnavailable);
}

// OpenCV works behind the walls as well, and what it read with is told.
TEST(WorkerReading, TakesASecondLookAtNumbers) {
  const TempFile file(papers::Png(papers::Draw(papers::Arabic()).get()));
  const ModelFolder folder;
  WorkerOptions options = Product();
  options.read.numbers = folder.model();
  Worker worker(options);
  worker.Open(file.fd());
  const std::string engine = worker.Read(1, "ara").page.engine;
  EXPECT_NE(engine.find("tiny " + Sha256Hex(TinyNetwork()).substr(0, 8)), std::string::npos) << engine;
}

TEST(WorkerReading, MissesItsReaderOfNumbersAloud) {
  const TempFile file(papers::Png(papers::Draw(papers::Arabic()).get()));
  WorkerOptions options = Product();
  options.read.numbers = "/nowhere/numbers.onnx";
  Worker worker(options);
  worker.Open(file.fd());
  const auto error = ErrorOf([&] { worker.Read(1, "ara"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::kNotFound);
  options.read.numbers = "";
  Worker without(options);
  without.Open(file.fd());
  EXPECT_EQ(without.Read(1, "ara").page.engine.find("numbers"), std::string::npos);
}

}  // namespace
}  // namespace diwan
