// The stored and transmitted form of the types of core/record.h: CBOR (RFC 8949) maps with short keys, each with the
// format version of its type under "v". docs/on_disk_format.md lists the keys. A reader skips keys that it does not
// know, so that a newer minor format stays readable.
#pragma once

#include <string>
#include <string_view>

#include "core/citation.h"
#include "core/record.h"

namespace diwan {

std::string Encode(const Page& page);
std::string Encode(const Record& record);
std::string Encode(const SourceFile& source);
std::string Encode(const BatchEntry& entry);
std::string Encode(const Batch& batch);
std::string Encode(const Job& job);
std::string Encode(const Change& change);
std::string Encode(const AuditEntry& entry);
std::string Encode(const RecordCitations& citations);
// Of what its key does not say: the change, and the value.
std::string Encode(const PastVersion& past);

// Each throws kCorrupt when `bytes` are damaged, of another type, or of a newer format; `what` names the thing in
// the message. Safe for hostile bytes.
Page DecodePage(std::string_view bytes, std::string_view what);
// The text of the page that DecodePage gives, in a small part of its time: words are stepped over. Of what is refused
// there for a member's value, only the type, the version and the text are refused here.
std::string DecodePageText(std::string_view bytes, std::string_view what);
// The version of the page that DecodePage gives, as cheaply.
int DecodePageVersion(std::string_view bytes, std::string_view what);
Record DecodeRecord(std::string_view bytes, std::string_view what);
// Of that record what decides who sees it, in a small part of the time.
struct RecordSight {
  Audience audience;
  std::string merged_into;
};
RecordSight DecodeRecordSight(std::string_view bytes, std::string_view what);
SourceFile DecodeSourceFile(std::string_view bytes, std::string_view what);
BatchEntry DecodeBatchEntry(std::string_view bytes, std::string_view what);
Batch DecodeBatch(std::string_view bytes, std::string_view what);
Job DecodeJob(std::string_view bytes, std::string_view what);
Change DecodeChange(std::string_view bytes, std::string_view what);
AuditEntry DecodeAuditEntry(std::string_view bytes, std::string_view what);
RecordCitations DecodeRecordCitations(std::string_view bytes, std::string_view what);
PastVersion DecodePastVersion(std::string_view bytes, std::string_view what);
// The same without the value, in a small part of its time.
PastVersion DecodePastChange(std::string_view bytes, std::string_view what);

}  // namespace diwan
