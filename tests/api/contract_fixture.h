// The archive that the contract's tests ask, requests for every operation, and what the API's own document says of
// their answers.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api_fixture.h"

namespace diwan {

using QueryMap = std::map<std::string, std::string>;

inline constexpr const char* kExample = "the document's";
inline constexpr const char* kLatest = "the present one";

// A request, and the status that it must be answered with.
struct Drive {
  std::string method;
  std::string path;
  QueryMap query = {};
  int status = 200;
  std::string accept = "";
  std::string body = "";      // kExample: what the document gives as example
  std::string if_match = "";  // kLatest: the ETag of the record or page
  bool in_session = false;    // by a person who is signed in
  std::map<std::string, std::string> headers = {};
};

std::string MediaTypeOf(const Response& response);  // without its parameters
std::string LowerCase(std::string_view text);

class ContractTest : public ApiTest {
 protected:
  using Json = nlohmann::ordered_json;

  ContractTest();

  Response Send(const Drive& drive, const std::map<std::string, std::string>& headers = {}, unsigned rights = ~0U);

  // The document's words on what answers `method` and `path`.
  const Json& OperationOf(const std::string& method, const std::string& path) const;

  // Fails when the document doesn't allow the answer; notes which of its answers was seen.
  void ExpectDocumented(const Json& operation, const Response& response);
  // Fails for anything but a problem with that status and a `type` that leads somewhere.
  void ExpectProblem(const Response& response, int status);

  // What the document promises and no answer was, but for problems.
  std::vector<std::string> NotSeen() const;

  // Operations that give lists in parts.
  std::set<std::string> ListIds() const;

  std::vector<Drive> Reading() const;
  std::vector<Drive> Changing() const;  // in this order, since each changes what the next one meets
  std::vector<Drive> Delivering();
  std::vector<Drive> Administering();
  std::vector<std::vector<Drive>> Every();
  std::vector<Drive> OneOfEach();  // of each operation the first

  Json api_;                      // the document
  std::set<std::string> seen_;    // "OPERATION STATUS MEDIATYPE"
  std::set<std::string> linked_;  // operations with a Link

 private:
  void AddJpeg();
  // Signs the person of the document's examples in, with the password that stands there.
  void SignIn(Request& request);
  static std::string ExampleBody(const Json& operation);
  // Headers that the operation can't do without, as its examples have them.
  void AddRequired(const Drive& drive, Request& request) const;
  std::string LatestEtag(const std::string& path);

  std::string secret_;  // of the session
};

}  // namespace diwan
