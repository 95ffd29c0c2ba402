// How the members of a stored value are read out of its CBOR (core/encoding.h). Each is checked for its kind and its
// range; every failure is kCorrupt and names the value. Inside core/ only. Any thread may call.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diwan::stored {

using Json = nlohmann::json;

// Format version of each value. A change that old programs can't read raises it.
constexpr int kVersion = 1;

// A value's bytes: its members, its type and the version.
std::string Pack(char type, Json members);

// What an item of CBOR begins with.
struct Head {
  int major = 0;
  uint64_t number = 0;
  size_t size = 0;  // in bytes
};
constexpr int kUnsignedMajor = 0;
constexpr int kBytesMajor = 2;
constexpr int kTextMajor = 3;
constexpr int kArrayMajor = 4;
constexpr int kMapMajor = 5;
constexpr int kFloatMajor = 7;

// REQUIRES, of these three: IsPlainCbor took the bytes, or those that they are a part of.
Head HeadOf(std::string_view bytes);
// The size of the item that `bytes` begin with, and of all in it.
size_t ItemSize(std::string_view bytes);
// The map that `bytes` are, without each member of this key; what is no map, as it is.
std::string WithoutMember(std::string_view bytes, std::string_view key);

// What a member must be; every failure is kCorrupt and names the value.
class Checks {
 public:
  explicit Checks(std::string_view what) : what_(what) {}

  // Its type and version, as every value has them.
  void CheckKind(std::string_view found, char type, int version) const;

  template <typename T>
  T As(const Json& value) const {
    if constexpr (std::is_same_v<T, bool>) {
      if (!value.is_boolean()) Fail("is damaged");
      return value.get<bool>();
    } else if constexpr (std::is_floating_point_v<T>) {
      if (!value.is_number()) Fail("is damaged");
      return value.get<T>();
    } else if constexpr (std::is_same_v<T, uint64_t>) {
      if (!value.is_number_unsigned()) Fail("is damaged");
      return value.get<T>();
    } else {
      if (!value.is_number_integer()) Fail("is damaged");
      const auto wide = value.get<int64_t>();
      if (value.is_number_unsigned() && wide < 0) Fail("has a number out of its range");
      if (wide < static_cast<int64_t>(std::numeric_limits<T>::min()) ||
          wide > static_cast<int64_t>(std::numeric_limits<T>::max())) {
        Fail("has a number out of its range");
      }
      return static_cast<T>(wide);
    }
  }

  // Element `i` of an array that holds at least `least` of them.
  const Json& At(const Json& array, size_t i, size_t least) const {
    if (!array.is_array() || array.size() < least) Fail("is damaged");
    return array[i];
  }

  std::string TextOf(const Json& value) const {
    if (!value.is_string()) Fail("is damaged");
    return value.get<std::string>();
  }

  [[noreturn]] void Fail(const char* why) const;

 private:
  std::string what_;
};

// Reads the members of one decoded value.
class Reader : public Checks {
 public:
  Reader(char type, std::string_view bytes, std::string_view what);

  std::string Text(const char* key) const {
    const auto found = value_.find(key);
    if (found == value_.end()) return {};
    if (!found->is_string()) Fail("is damaged");
    return found->get<std::string>();
  }

  template <typename T>
  T Number(const char* key) const {
    const auto found = value_.find(key);
    return found == value_.end() ? T{} : As<T>(*found);
  }

  template <typename T>
  T Enum(const char* key, T last) const {
    const int number = Number<int>(key);
    if (number < 0 || number > static_cast<int>(last)) Fail("has a value out of its range");
    return static_cast<T>(number);
  }

  // The array under `key`; an empty one when there is none.
  const Json& Array(const char* key) const {
    static const Json empty = Json::array();
    const auto found = value_.find(key);
    if (found == value_.end()) return empty;
    if (!found->is_array()) Fail("is damaged");
    return *found;
  }

 private:
  Json value_;
};

// Takes items off plain CBOR, without a tree of values: records are read by the hundred thousand.
class Items {
 public:
  Items(const Checks& in, std::string_view bytes) : in_(in), bytes_(bytes) {}

  // The number of items that follow.
  uint64_t Array() { return Take(kArrayMajor).number; }
  uint64_t Map() { return Take(kMapMajor).number; }

  std::string_view Text();
  std::string_view Bytes();

  // A number or truth value.
  template <typename T>
  T Number() {
    constexpr size_t kFloatSize = 5;
    const std::string_view item = Skip();
    const Head head = HeadOf(item);
    if (head.major == kUnsignedMajor) return in_.As<T>(Json(head.number));
    if (head.major == kFloatMajor && item.size() == kFloatSize) {
      return in_.As<T>(Json(std::bit_cast<float>(static_cast<uint32_t>(head.number))));
    }
    return in_.As<T>(Json::from_cbor(item.begin(), item.end(), /*strict=*/true, /*allow_exceptions=*/false));
  }

  // Any item, with all in it.
  std::string_view Skip();

 private:
  Head Take(int major);
  std::string_view TakeString(int major);

  const Checks& in_;
  std::string_view bytes_;
};

// The members of a value that is read without a tree, as Reader gives them.
class Members : public Checks {
 public:
  Members(char type, std::string_view bytes, std::string_view what);

  // The item under `key`; "" when there is none.
  std::string_view Item(std::string_view key) const;

  std::string Text(std::string_view key) const {
    const std::string_view item = Item(key);
    return item.empty() ? std::string() : std::string(Items(*this, item).Text());
  }

  template <typename T>
  T Number(std::string_view key) const {
    const std::string_view item = Item(key);
    return item.empty() ? T{} : Items(*this, item).Number<T>();
  }

  template <typename T>
  T Enum(std::string_view key, T last) const {
    const int number = Number<int>(key);
    if (number < 0 || number > static_cast<int>(last)) Fail("has a value out of its range");
    return static_cast<T>(number);
  }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> items_;
};

}  // namespace diwan::stored
