// The plain types of the archive: what a reader looks up, one side of paper, and how they came in.
// All are values; none owns anything outside itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/access.h"

namespace diwan {

// A rectangle in pixels of the page's access image; the origin is the top left corner.
struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const Box&) const = default;
};

// What is known of a word as a number, where a second reader of numbers looked.
enum class NumberState {
  kNone,    // no number, or not looked at
  kSure,    // both readings, or the second and what is possible there, leave little doubt
  kUnsure,  // a number, but perhaps another one
};

// Readings of a word that are longer than this, and more alternatives, are not kept.
constexpr size_t kMaxReadingBytes = 1'000;
constexpr size_t kMaxAlternatives = 8;

// One word of a page, as read.
struct Word {
  std::string text;      // UTF-8, logical order, no white space, no bidi marks
  Box box;               // pixels of the access image
  float confidence = 0;  // 0..100: so many in a hundred such words are right; 100 for a trusted text layer
  int line = 0;          // number of its line on the page, from 0, in reading order
  int block = 0;         // number of its block on the page, from 0, in reading order
  uint32_t offset = 0;   // where it begins in Page::text, in bytes
  NumberState number = NumberState::kNone;
  std::string first_reading;  // what was read here before, without spaces; "" where it is the text, or was nothing
  std::vector<std::string> alternatives;  // other readings of a number, best first, without the text
  bool corrected = false;  // a person gave the text, or found it right; it stays when the page is read again
  bool operator==(const Word&) const = default;
};

// Where a page's text came from.
enum class TextOrigin { kNone, kOcr, kTextLayer, kImport };

// One side of paper.
struct Page {
  std::string record_id;
  int number = 0;        // from 1
  int width = 0;         // of the access image, in pixels; 0 when there is none
  int height = 0;        // the same
  int dpi = 0;           // of the access image; 0 when not known
  int rotation = 0;      // clockwise degrees by which the scan was turned: 0, 90, 180, 270
  double skew = 0;       // degrees by which the scan was straightened
  std::string language;  // "ara", "fas", or "" when not known
  TextOrigin origin = TextOrigin::kNone;
  std::string engine;       // engine, model and settings of the reading, for people
  double confidence = 0;    // 0..100, mean over characters; 0 when there is no text
  std::string text;         // UTF-8; lines end with '\n', blocks with one more
  std::vector<Word> words;  // in reading order; empty for imported text
  std::string image_type;   // media type of the access image; "" when there is none
  std::string failure;      // why the page has no text; "" when it was read
  int cpu_ms = 0;           // CPU time that reading the page took
  int recognition_ms = 0;   // of this, the recognition engine's own
  int64_t read_at = 0;      // milliseconds since 1970
  int version = 1;          // counts from 1 with each change; set by the store
  bool operator==(const Page&) const = default;
};

// Puts the words' texts together: a space between words of a line, '\n' after a line, one more after a block. Sets
// each word's offset. The one way in which a page's text is made from its words.
std::string JoinWords(std::vector<Word>& words);

// A word with less confidence than this is doubtful: on drawn pages one word in 13, among them 58 % of the wrong ones.
constexpr float kDoubtfulConfidence = 80;

// The words of `page`, by index, that a person should look at: numbers that are unsure, and words with less than
// kDoubtfulConfidence. The one definition of it.
std::vector<size_t> DoubtfulWords(const Page& page);

enum class FieldOrigin { kOcr, kManifest, kPerson };
enum class FieldState { kProposed, kConfirmed };

// A value, with where it came from. The printed form is kept beside the normal form.
struct Field {
  std::string name;     // a name of KnownFieldNames()
  std::string value;    // normal form: Latin digits, dates as ISO 8601 where one calendar day is meant
  std::string printed;  // as it stands on the paper or in the manifest
  FieldOrigin origin = FieldOrigin::kManifest;
  FieldState state = FieldState::kProposed;
  float confidence = 0;  // 0..100
  int page = 0;          // where it was read, from 1; 0 when it was not read from a page
  uint32_t begin = 0;    // the same: bytes of that page's text; both 0 when it was read from no place in it
  uint32_t end = 0;
  bool operator==(const Field&) const = default;
};

// A value read from paper with less confidence than this may be another one: it is never taken for certain.
constexpr float kSureConfidence = 70;

// Whether a field's value can be relied on: confirmed, or read with kSureConfidence at least.
bool IsSure(const Field& field);

// Names of the fields that a record may have today; docs/fields.md has their table.
const std::vector<std::string_view>& KnownFieldNames();

// Whether a record may have several fields of that name, as a paper has several signatories.
bool HasSeveralValues(std::string_view name);

enum class RecordState {
  kReading,   // some of its pages wait to be read
  kComplete,  // every page was read, or was kept as an image with the reason why not
};

// What a person said of a whole record.
struct Mark {
  std::string why;  // one line
  std::string who;  // as AuditEntry::actor
  int64_t at = 0;   // milliseconds since 1970
  bool operator==(const Mark&) const = default;
};

// A value that a person took away: it does not come back when the text is read again.
struct RemovedValue {
  std::string name;
  std::string value;  // "" for every value of that name
  bool operator==(const RemovedValue&) const = default;
};

// What a reader looks up: a decision, minutes, a ruling, a letter, a file.
struct Record {
  std::string id;           // NewId()
  std::string external_id;  // the caller's own name for it; "" when none; unique in an archive otherwise
  RecordState state = RecordState::kReading;
  std::vector<Field> fields;
  int page_count = 0;
  std::string source;      // SHA-256 of the source file; "" for imported text
  std::string file_name;   // last component of the name it was received under
  std::string batch_id;    // the delivery that brought it
  int64_t created_at = 0;  // milliseconds since 1970
  int64_t changed_at = 0;
  int version = 1;                    // counts from 1 with each change; set by the store
  int first_page = 1;                 // of the source file, that is page 1 of the record; more than 1 after a split
  std::vector<RemovedValue> removed;  // in no order
  std::optional<Mark> deleted;        // not found, counted or listed until it is restored
  std::string merged_into;            // the record that it turned out to be; `deleted` says why; "" when it is none
  std::vector<std::string> merged;    // records that turned out to be this one
  std::optional<Mark> hold;           // may not be deleted, merged away or split: a court wants it
  AccessLevel access = AccessLevel::kInternal;
  bool operator==(const Record&) const = default;

  // The first field of that name, or nullptr. The pointer lives as long as the record is not changed.
  const Field* Find(std::string_view name) const;
  // The normal form of the first field of that name, or "".
  std::string_view Value(std::string_view name) const;
};

// Whom the record is for. Of its body only what a manifest or a person said counts: what was read from paper opens
// nothing to anybody.
Audience AudienceOf(const Record& record);

// The bytes as received.
struct SourceFile {
  std::string digest;      // SHA-256, hex; its name
  uint64_t size = 0;       // bytes
  std::string media_type;  // told from the content
  std::string file_name;   // last component of the first name it came under
  std::string record_id;   // the record made from it, or that will be made
  bool quarantined = false;
  int failed_pages = 0;  // of its record, when it was read
  std::string reason;    // why quarantined, or why the first of the failed pages failed
  int64_t received_at = 0;
  AccessLevel access = AccessLevel::kInternal;  // while there is no record of it
  std::vector<std::string> parts;               // further records with pages of it, by splits
  bool operator==(const SourceFile&) const = default;
};

// What became of one file of a batch. `kWaiting` becomes `kStored` or `kQuarantined` when its pages were read.
enum class Outcome { kWaiting, kStored, kDuplicate, kQuarantined };

struct BatchEntry {
  std::string batch_id;
  uint32_t number = 0;    // place in the batch, from 1
  std::string file_name;  // as the sender names it; may have folders in it
  std::string digest;     // "" when the bytes were refused before they were stored
  std::string record_id;  // "" when there is none
  Outcome outcome = Outcome::kWaiting;
  std::string reason;     // of a quarantine or a duplicate; one line
  int pages = 0;          // of its record, when the outcome is kStored
  int failed_pages = 0;   // pages kept as an image only, because they could not be read
  bool row_left = false;  // what a manifest says of it was not taken, or not whole; the reason says why
  int64_t received_at = 0;
  AccessLevel access = AccessLevel::kInternal;  // while there is no record of it
  bool operator==(const BatchEntry&) const = default;
};

// One delivery.
struct Batch {
  std::string id;
  std::string label;
  int64_t opened_at = 0;
  std::string owner = {};  // the account that opened it, or an actor "local:USER"; "" where that is not known
  bool operator==(const Batch&) const = default;
};

// A source file that waits to be read. Its pages that are stored already need not be read again.
struct Job {
  std::string record_id;
  std::string digest;
  std::string batch_id;
  uint32_t entry = 0;    // the batch entry to settle when the job ends
  std::string language;  // "ara", "fas" or "auto"
  int64_t queued_at = 0;
  std::string external_id;                      // that its record gets; "" for none
  std::vector<Field> fields;                    // the same
  AccessLevel access = AccessLevel::kInternal;  // the same
  bool again = false;                           // the record is there, and its pages are read anew
  int page = 0;                                 // of these the one to read; 0 for all
  bool operator==(const Job&) const = default;
};

// One entry of the change feed: the thing changed, not how.
enum class ChangeKind { kRecord, kPage };
struct Change {
  uint64_t sequence = 0;
  ChangeKind kind = ChangeKind::kRecord;
  std::string record_id;
  int page = 0;  // of a kPage change
  bool operator==(const Change&) const = default;
};

// Who did what, when.
struct AuditEntry {
  int64_t at = 0;
  std::string actor;    // "cli:USER", "http:ADDRESS", "worker"
  std::string action;   // "record.create", "page.read", "record.import", "source.quarantine", ...
  std::string subject;  // record id, or digest
  std::string detail;   // one line, may be empty
  std::string why;      // the reason that a person gave; may be empty
  bool operator==(const AuditEntry&) const = default;
};

// A record or page as it was until it was changed.
struct PastVersion {
  std::string record_id;
  int page = 0;  // 0 for the record itself
  int version = 0;
  AuditEntry replaced_by;  // the change that ended it
  std::string value;       // Encode(Record) or Encode(Page) of it; empty where only the change was asked for
  bool operator==(const PastVersion&) const = default;
};

// Stable names of the enumerations, as the API and the stored values write them.
std::string_view NameOf(NumberState value);
std::string_view NameOf(TextOrigin value);
std::string_view NameOf(FieldOrigin value);
std::string_view NameOf(FieldState value);
std::string_view NameOf(RecordState value);
std::string_view NameOf(Outcome value);

}  // namespace diwan
