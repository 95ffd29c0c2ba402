// Answers made smaller on their way over the network. Inside api/ only.
#pragma once

#include "api/message.h"

namespace diwan {

// Takes from the conditions of `request` the mark that Compress put on an ETag, so that they compare with ours.
void UnmarkConditions(Request& request);

// Where `request` accepts gzip and the body is text worth it, makes it gzip; its ETag is marked, since the bytes
// differ. Says of every text that it depends on Accept-Encoding. Failures stay as they are.
void Compress(const Request& request, Response& response);

// Gives what `packed`, a gzip of ours, holds: as it is where `request` accepts that, else unpacked.
void GivePacked(const Request& request, const std::string& packed, Response& response);

}  // namespace diwan
