// Which models read, and where they lie: Debian's, or those that the administrator put into Diwan's own folder. Nothing
// is ever fetched. Any thread may call.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ingest/reading.h"

namespace diwan {

// Tesseract's model of one language.
struct LanguageModel {
  std::filesystem::path file;  // LANGUAGE.traineddata; "": there is none
  bool own = false;            // from the folder of own models
  int64_t bytes = 0;
};

// The model that reads `language` ("ara" or "fas"): one in the folder of own models goes before Debian's.
LanguageModel FindLanguageModel(const ReadOptions& options, const std::string& language);

// The SHA-256 of a model's file in hexadecimal digits. Throws kNotFound when it can't be read.
std::string ModelDigest(const std::filesystem::path& file);

// share/diwan/models beside this process's own executable: where the administrator puts own models, and where the
// readers of numbers and of lines lie. It need not be there.
std::filesystem::path InstalledModels();

// `options` with the models in it named: where nothing is given, what was installed with this program.
ReadOptions WithInstalledModels(ReadOptions options);

}  // namespace diwan
