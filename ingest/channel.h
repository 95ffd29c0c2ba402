// Frames over the socket between a worker process and its parent: length of the payload (4 bytes, little-endian), type
// (1 byte), payload. A request may carry one file descriptor. Neither side trusts the other's bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/owned_fd.h"

namespace diwan {

// The parent sends kOpen, answered by kProbe, kRead, answered by kPage and then kImage, and kCut, answered by kImage;
// kError is the other answer to each.
enum class FrameType : uint8_t { kOpen = 1, kRead, kProbe, kPage, kImage, kError, kCut };

// The longest payload of a frame of `type`, in bytes; 0 when there is no such type.
uint32_t FrameLimit(FrameType type);

struct FrameHeader {
  FrameType type = FrameType::kError;
  uint32_t size = 0;  // of the payload, in bytes; at most FrameLimit(type)
};
constexpr size_t kFrameHeaderSize = 5;

// Nothing when `bytes` are no header: wrong length, unknown type, or a payload beyond its limit.
std::optional<FrameHeader> ParseFrameHeader(std::string_view bytes);

struct Frame {
  FrameType type = FrameType::kError;
  std::string payload;
  OwnedFd file;  // the descriptor that came with it, when TakeFile::kYes was asked for and one came
};

enum class Arrival {
  kFrame,
  kClosed,     // the other side is gone
  kLate,       // the deadline passed
  kMalformed,  // not a frame
};
struct Received {
  Arrival arrival = Arrival::kClosed;
  Frame frame;
};

using Deadline = std::optional<std::chrono::steady_clock::time_point>;  // nothing: wait for ever
enum class TakeFile { kNo, kYes };

// Waits for one frame. With TakeFile::kNo descriptors sent along are closed by the kernel. One thread per socket.
Received ReceiveFrame(int socket, const Deadline& deadline, TakeFile take_file);

// Sends one frame, with `file` when it is not -1. False when the other side is gone. REQUIRES: payload.size() is at
// most FrameLimit(type).
bool SendFrame(int socket, FrameType type, std::string_view payload, int file = -1);

}  // namespace diwan
