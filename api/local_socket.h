// The archive's local socket below HTTP: `socket` in the archive's folder, open to its owner only. Inside api/ only.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace diwan {

// Where the socket of the archive in `dir` is.
std::filesystem::path LocalSocketPath(const std::filesystem::path& dir);

// Makes the socket, mode 0600 from its first moment, and listens on it; a socket that a dead process left is replaced.
// REQUIRES: the caller holds the archive, so nobody else listens there. The descriptor is the caller's. Throws
// kUnavailable when it can't be made, or something that is no socket is in its place.
int ListenOnLocalSocket(const std::filesystem::path& dir, int max_queued);

// Connects to it; the descriptor is the caller's. Throws kUnavailable when nobody listens.
int ConnectToLocalSocket(const std::filesystem::path& dir);

// Who is at the other end of a connected local socket. Throws kUnavailable when the system doesn't tell.
uid_t PeerUser(int descriptor);

// The user's name, or the number as text when the system has no name for it.
std::string UserName(uid_t user);

}  // namespace diwan
