// Samples of each stored type and their golden bytes, for the tests of core/encoding.h.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/delivery.h"
#include "core/encoding.h"

namespace diwan {

using Json = nlohmann::json;

Page SamplePage();
// Numbers as a second reader leaves them, and what of them is left out.
Page PageWithNumbers();
Record SampleRecord();
SourceFile SampleSource();
BatchEntry SampleEntry();
Batch SampleBatch();
Job SampleJob();
BatchEntry EntryWithRowLeft();
Job JobWithFields();
Change SampleChange();
AuditEntry SampleAudit();
RecordCitations SampleCitations();
Parcel SampleParcel();
Receipt SampleReceipt();

// One stored type: a value of it, and how it is read back. `again` decodes and encodes.
struct Type {
  const char* name;
  std::string bytes;
  std::string golden;
  std::function<std::string(std::string_view)> again;
};

// The golden bytes are on people's disks. A row may change only together with the format version of its type, and then
// the old bytes stay here to be read. docs/on_disk_format.md tells the keys.
const std::vector<Type>& Types();

// Everything that reads bytes: the types, and the reader of a page's text alone.
std::vector<Type> Readers();

// "ok", or the code of the error.
std::string Outcomes(const Type& type, std::string_view bytes);

void Append(Json& row, const std::vector<Json>& values);

// The bytes of the type's sample after `change`.
std::string Changed(const Type& type, const std::function<void(Json&)>& change);

}  // namespace diwan
