// Files that come in parts, as tus 1.0 wants it: headers in, headers out, and every answer says which tus it is.
#include <fmt/core.h>

#include <sstream>

#include "api/accept.h"
#include "api/delivery_json.h"
#include "api/handlers.h"
#include "api/problem.h"
#include "api/tus.h"
#include "archive/jobs.h"
#include "archive/parcels.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr int kConflict = 409, kVersion = 412, kMediaType = 415, kLocked = 423;

Response Refused(const Request& request, const Error& error, int status = 0) {
  return ProblemResponse({.code = error.code(), .detail = error.what(), .status = status}, LanguageOf(request));
}

Response Answered(const Archive& archive, const Request& request, const std::function<Response()>& answer) {
  if (HeaderOf(request, "tus-resumable") != kTusVersion && request.method != "GET" && request.method != "OPTIONS") {
    return Refused(request,
                   Error(ErrorCode::kInvalid, fmt::format("this needs the header Tus-Resumable: {}", kTusVersion)),
                   kVersion);
  }
  try {
    return Storing(archive, request, answer);
  } catch (const WrongOffset& error) {
    Response response = Refused(request, error, kConflict);
    response.headers["Upload-Offset"] = std::to_string(error.offset());
    return response;
  } catch (const ParcelInUse& error) {
    return Refused(request, error, kLocked);
  } catch (const Error& error) {
    return Refused(request, error);
  }
}

Response Tus(const Archive& archive, const Request& request, const std::function<Response()>& answer) {
  Response response = Answered(archive, request, answer);
  response.headers["Tus-Resumable"] = kTusVersion;
  if (response.status == kVersion) response.headers["Tus-Version"] = kTusVersion;
  return response;
}

uint64_t NumberOf(const Request& request, const std::string& header, std::string_view name) {
  const auto number = ReadTusNumber(HeaderOf(request, header));
  if (!number) throw Error(ErrorCode::kInvalid, fmt::format("{} must be a number of bytes", name));
  return *number;
}

Response Headed(const Parcel& parcel, Response response) {
  response.headers["Upload-Offset"] = std::to_string(parcel.received);
  response.headers["Upload-Expires"] = HttpDate(parcel.expires_at);
  if (parcel.entry != 0) response.headers["Diwan-Job"] = JobUrl({.batch_id = parcel.batch_id, .number = parcel.entry});
  return response;
}

Parcel WantedIn(const Request& request) {
  if (!HeaderOf(request, "upload-defer-length").empty()) {
    throw Error(ErrorCode::kInvalid, "say how many bytes the file has: Upload-Length");
  }
  auto metadata = ReadTusMetadata(HeaderOf(request, "upload-metadata"));
  const auto said = [&](std::string_view name) {
    const auto found = metadata.find(name);
    return found == metadata.end() ? std::string() : found->second;
  };
  Parcel wanted;
  wanted.owner = OwnerOf(request.caller);
  wanted.batch_id = said("batch");
  wanted.file_name = said(metadata.contains("filename") ? "filename" : "name");
  wanted.language = metadata.contains("language") ? said("language") : "auto";
  wanted.row = said("row");
  wanted.said = SaidJson(said("access"), said("body"));
  wanted.size = NumberOf(request, "upload-length", "Upload-Length");
  if (!wanted.row.empty() && !wanted.said.empty()) {
    throw Error(ErrorCode::kInvalid, "with a row, 'access' and 'body' stand in it");
  }
  return wanted;
}

}  // namespace

Response ShowTus(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  return Tus(archive, request, [&] {
    Response response{.status = 204};
    response.headers["Tus-Version"] = kTusVersion;
    response.headers["Tus-Extension"] = kTusExtensions;
    response.headers["Tus-Max-Size"] = std::to_string(archive.limits().max_file_bytes);
    return response;
  });
}

Response NewUpload(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  return Tus(archive, request, [&] {
    if (request.body_size > 0) {
      throw Error(ErrorCode::kInvalid, "an upload begins without bytes; send them with PATCH to its Location");
    }
    Parcel wanted = WantedIn(request);
    if (!wanted.batch_id.empty()) FindBatch(archive, wanted.batch_id, OwnerSeenBy(request.caller));
    const Parcel parcel = archive.parcels().Begin(archive, std::move(wanted), !request.caller.account.empty());
    Response response = Headed(parcel, {.status = 201});
    response.headers["Location"] = "/v1/uploads/" + parcel.id;
    return response;
  });
}

Response ShowUpload(Archive& archive, const Request& request, const PathParameters& path) {
  return Tus(archive, request, [&] {
    const Parcel parcel = archive.parcels().Find(archive, path.id, OwnerOf(request.caller));
    Response response = Headed(parcel, JsonResponse(UploadJson(parcel)));
    response.headers["Upload-Length"] = std::to_string(parcel.size);
    return response;
  });
}

Response AppendToUpload(Archive& archive, const Request& request, const PathParameters& path) {
  return Tus(archive, request, [&] {
    if (HeaderOf(request, "content-type") != kTusBody) {
      return Refused(request, Error(ErrorCode::kInvalid, fmt::format("send the bytes as Content-Type: {}", kTusBody)),
                     kMediaType);
    }
    std::istringstream nothing;
    const Parcels::Part part{.id = path.id,
                             .owner = OwnerOf(request.caller),
                             .actor = request.caller.actor,
                             .offset = NumberOf(request, "upload-offset", "Upload-Offset"),
                             .size = request.body_size};
    return Headed(archive.parcels().Append(archive, part, request.body == nullptr ? nothing : *request.body),
                  {.status = 204});
  });
}

Response EndUpload(Archive& archive, const Request& request, const PathParameters& path) {
  return Tus(archive, request, [&] {
    archive.parcels().End(archive, path.id, OwnerOf(request.caller), request.caller.actor);
    return Response{.status = 204};
  });
}

}  // namespace diwan
