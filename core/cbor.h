// A look over CBOR bytes (RFC 8949) before a parser builds anything out of them.
#pragma once

#include <string_view>

namespace diwan {

// Whether `bytes` are one whole well-formed value as Diwan writes them: definite lengths, no tags, containers at most
// eight deep, every length within the bytes that are there. A parser of such bytes needs a bounded stack, and memory
// in proportion to their size. Any thread may call.
bool IsPlainCbor(std::string_view bytes);

}  // namespace diwan
