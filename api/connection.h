// A connection between its requests, and what has come of the next one. Inside api/ only.
#pragma once

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace diwan {

struct Connection {
  Poco::Net::StreamSocket socket;  // not blocking
  std::string received;            // came in and was not taken yet: the next request, or its beginning
  Poco::Net::SocketAddress here;   // what the system is asked once
  Poco::Net::SocketAddress peer;
  bool leaving = false;  // the last answer was sent: what still comes is thrown away, until the client has seen it
};

// A request's head may have so many bytes at most; a body of at most so many is waited for before a thread is given to
// it.
constexpr size_t kMaxHeadBytes = 64U << 10;
constexpr size_t kSmallBodyBytes = 64U << 10;

// Of a head within that: its address, each other line, and how many of these.
constexpr size_t kMaxTargetBytes = 16U << 10;
constexpr size_t kMaxHeaderBytes = 8U << 10;
constexpr size_t kMaxHeaders = 100;

enum class Arrival {
  kPart,        // its head, or its small body, has not come whole
  kWhole,       // it can be answered without waiting for the client
  kBodyOnly,    // its head is there; its body is large, or waits for a word from us
  kLongHead,    // its head has more than `head_bytes`, a line that is too long, or too many
  kLongTarget,  // its address is too long
};

// How much of a request `received` begins with. What is no HTTP counts as whole once its lines end. Pure.
Arrival ArrivalOf(std::string_view received, size_t head_bytes = kMaxHeadBytes);

}  // namespace diwan
