// The second walk over an import, over those records alone of which persons said something.
#include "archive/import_links.h"

#include <fmt/core.h>

#include <set>

#include "archive/edit.h"
#include "archive/fetch.h"
#include "archive/merge.h"
#include "core/error.h"

namespace diwan {
namespace {

// The record that is meant; tells when there is none.
class Targets {
 public:
  Targets(const Store& store, std::set<std::string>& problems) : store_(store), problems_(problems) {}

  std::optional<Record> Find(const std::string& name, std::string_view left_out) {
    auto record = FindRecord(store_, name);
    if (!record) problems_.insert(fmt::format("came in, but not {}: there is no record {}", left_out, Quoted(name)));
    return record;
  }

 private:
  const Store& store_;
  std::set<std::string>& problems_;
};

void PutRelations(const Store& store, const RecordChange& change, const std::vector<NewRelation>& relations,
                  std::set<std::string>& problems) {
  if (relations.empty()) return;
  Targets targets(store, problems);
  RecordCitations citations =
      store.GetCitations(change.record.id).value_or(RecordCitations{.record_id = change.record.id, .citations = {}});
  for (const NewRelation& relation : relations) {
    const auto other = targets.Find(relation.to, fmt::format("that it {} another", NameOf(relation.relation)));
    if (other && other->id != change.record.id) PutRelation(citations, *other, relation);
    if (other && other->id == change.record.id) problems.insert("came in, but not its relation to itself");
  }
  change.changes.citations.push_back(std::move(citations));
}

void PutMarks(const Store& store, const RecordChange& change, const Said& said, std::set<std::string>& problems) {
  if (said.hold) change.record.hold = said.hold;
  if (!said.deleted || change.record.deleted) return;
  if (!said.merged_into.empty()) {
    const auto into = Targets(store, problems).Find(said.merged_into, "that it was merged");
    if (!into) return;
    Absorb(store, change, into->id);
    change.record.merged_into = into->id;
  }
  change.record.deleted = said.deleted;
}

}  // namespace

void ImportLinks::Add(uint64_t line, const std::string& record_id, const Said& said) {
  if (said.relations.empty() && !said.hold && !said.deleted) return;
  if (links_.size() >= kMostLinkedRecords) {
    throw Error(ErrorCode::kInvalid, fmt::format("more than {} records with relations or marks at one time; bring the "
                                                 "others in by another import",
                                                 kMostLinkedRecords));
  }
  links_.push_back({.line = line, .record_id = record_id, .said = said});
}

void ImportLinks::Apply(const Tell& tell) {
  for (const Links& links : links_) Apply(links, tell);
  links_.clear();
}

void ImportLinks::Apply(const Links& links, const Tell& tell) {
  std::set<std::string> problems;
  try {
    ChangeInRecord(archive_, {.record = links.record_id, .version = 0, .actor = actor_, .why = {}},
                   [&](const RecordChange& change) {
                     problems.clear();
                     change.audit.action = "record.import";
                     change.audit.detail = "what persons said of it";
                     PutRelations(archive_.store(), change, links.said.relations, problems);
                     PutMarks(archive_.store(), change, links.said, problems);
                   });
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalid && error.code() != ErrorCode::kTooLarge) throw;
    problems = {fmt::format("came in, but not what persons said of it: {}", error.what())};
  }
  for (const std::string& problem : problems) tell(links.line, problem);
}

}  // namespace diwan
