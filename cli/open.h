// The way from a command to the route table: over HTTP, in this process, or through the socket of whoever holds the
// archive.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "api/client.h"
#include "archive/archive.h"
#include "cli/command.h"
#include "core/error.h"

namespace diwan {

struct OpenOptions {
  bool create = false;        // make the archive when there is none, and say so
  bool catch_up = true;       // as ArchiveOptions has it
  int workers = 0;            // processes that read waiting files, if this process comes to hold the archive
  bool tidy_uploads = false;  // look after uploads in parts even without workers, if this process comes to hold it
  std::string access;         // the level of new records of which nothing is said, if this process holds it; "": as set
  bool answer_others = false;  // for commands that take long: answer other commands meanwhile, on the socket
};

// A client that knows when what it brought in can be found.
class Connection : public Client {
 public:
  // Waits until all pages stored so far can be found. Returns whether they can: not when a signal came, or when the
  // index of another process stood still for 10 s. Throws kUnavailable when the index of this process has failed.
  virtual bool WaitSearchable() = 0;
};

// Who uses this process, as the audit trail names them: "local:USER".
std::string LocalActor();

// The connection of `call`. With --server it goes there. Else it opens the archive when it is first asked; while
// another process holds it, it asks that one; when that one ends, it opens the archive itself and goes on. Throws
// kInvalid for a bad URL; Send throws what the Archive's constructor throws, and kBusy when the holder does not answer
// for 10 s. Refers to `call`. One thread.
std::unique_ptr<Connection> Connect(const Call& call, const OpenOptions& options = {});

// Opens the archive of `call` for this process, waiting up to 10 s for another to let go of it. Throws as the Archive's
// constructor.
std::unique_ptr<Archive> Hold(const Call& call, const OpenOptions& options);

// Sends `request` and returns the answer of a status below 400. Throws the Error that a problem+json answer tells.
Response Ask(Client& client, Request request, const std::function<void(std::string_view)>* sink = nullptr);

// The Error in an answer of status 400 or more.
Error ProblemOf(const Response& response);

// The path of the routes of `record`, an id or an external id. Throws kNotFound for what would become another path: "",
// ".", ".." and names with a slash.
std::string RecordPath(const std::string& record);

// A request without a body.
Request Get(std::string path, std::map<std::string, std::string> query = {});
Request Post(std::string path, std::map<std::string, std::string> query = {});

}  // namespace diwan
