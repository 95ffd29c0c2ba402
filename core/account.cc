// The tables of roles and names, and accounts as stored bytes.
#include "core/account.h"

#include <array>
#include <utility>

#include "core/stored_value.h"

namespace diwan {
namespace {

using stored::Json;
using stored::Pack;
using stored::Reader;

struct RoleRow {
  Role role;
  std::string_view name;
  Rights rights;
};
constexpr Rights kReaderRights = SetOf(Right::kRead);
constexpr Rights kArchivistRights = kReaderRights | SetOf(Right::kDeliver);
constexpr Rights kEditorRights = kArchivistRights | SetOf(Right::kEdit);
constexpr Rights kAdministratorRights = kEditorRights | SetOf(Right::kAdminister);
constexpr std::array<RoleRow, 4> kRoles = {{
    {Role::kReader, "reader", kReaderRights},
    {Role::kArchivist, "archivist", kArchivistRights},
    {Role::kEditor, "editor", kEditorRights},
    {Role::kAdministrator, "administrator", kAdministratorRights},
}};

constexpr std::array<std::pair<Right, std::string_view>, 4> kRights = {{
    {Right::kRead, "read"},
    {Right::kDeliver, "deliver"},
    {Right::kEdit, "edit"},
    {Right::kAdminister, "administer"},
}};

// What rights or a level are is told by name, so that a number never comes to mean another one.
Rights ReadRights(const Reader& in) {
  Rights rights = 0;
  for (const Json& name : in.Array("may")) {
    const auto right = RightOfName(in.TextOf(name));
    if (!right) in.Fail("has a right that is not known");
    rights |= SetOf(*right);
  }
  return rights;
}

Viewer ReadClearance(const Reader& in) {
  const auto level = AccessLevelNamed(in.Text("level"));
  if (!level) in.Fail("has a level that is not known");
  Viewer clearance{.level = *level, .bodies = {}};
  for (const Json& body : in.Array("bodies")) clearance.bodies.push_back(in.TextOf(body));
  return clearance;
}

}  // namespace

Rights RightsOf(Role role) {
  for (const RoleRow& row : kRoles) {
    if (row.role == role) return row.rights;
  }
  return 0;
}

std::string_view NameOf(Role role) {
  for (const RoleRow& row : kRoles) {
    if (row.role == role) return row.name;
  }
  return "";
}

std::string_view NameOf(Right right) {
  for (const auto& [known, name] : kRights) {
    if (known == right) return name;
  }
  return "none";
}

std::optional<Role> RoleOfName(std::string_view name) {
  for (const RoleRow& row : kRoles) {
    if (row.name == name) return row.role;
  }
  return std::nullopt;
}

std::optional<Right> RightOfName(std::string_view name) {
  for (const auto& [right, known] : kRights) {
    if (known == name) return right;
  }
  return std::nullopt;
}

std::vector<std::string> NamesOf(Rights rights) {
  std::vector<std::string> names;
  for (const auto& [right, name] : kRights) {
    if ((rights & SetOf(right)) != 0) names.emplace_back(name);
  }
  return names;
}

std::string Encode(const Account& a) {
  return Pack('u', {{"name", a.name},
                    {"shown", a.display_name},
                    {"hash", a.password_hash},
                    {"role", NameOf(a.role)},
                    {"level", NameOf(a.clearance.level)},
                    {"bodies", a.clearance.bodies},
                    {"off", a.disabled},
                    {"must", a.must_change},
                    {"made", a.created_at},
                    {"changed", a.changed_at}});
}

Account DecodeAccount(std::string_view bytes, std::string_view what) {
  const Reader in('u', bytes, what);
  const auto role = RoleOfName(in.Text("role"));
  if (!role) in.Fail("has a role that is not known");
  return {.name = in.Text("name"),
          .display_name = in.Text("shown"),
          .password_hash = in.Text("hash"),
          .role = *role,
          .clearance = ReadClearance(in),
          .disabled = in.Number<bool>("off"),
          .must_change = in.Number<bool>("must"),
          .created_at = in.Number<int64_t>("made"),
          .changed_at = in.Number<int64_t>("changed")};
}

std::string Encode(const Token& t) {
  return Pack('k', {{"sha", t.digest},
                    {"id", t.id},
                    {"name", t.name},
                    {"of", t.account},
                    {"may", NamesOf(t.rights)},
                    {"made", t.created_at},
                    {"until", t.expires_at},
                    {"used", t.used_at}});
}

Token DecodeToken(std::string_view bytes, std::string_view what) {
  const Reader in('k', bytes, what);
  return {.digest = in.Text("sha"),
          .id = in.Text("id"),
          .name = in.Text("name"),
          .account = in.Text("of"),
          .rights = ReadRights(in),
          .created_at = in.Number<int64_t>("made"),
          .expires_at = in.Number<int64_t>("until"),
          .used_at = in.Number<int64_t>("used")};
}

std::string Encode(const Session& s) {
  return Pack('z', {{"sha", s.digest}, {"of", s.account}, {"made", s.created_at}, {"used", s.used_at}});
}

Session DecodeSession(std::string_view bytes, std::string_view what) {
  const Reader in('z', bytes, what);
  return {.digest = in.Text("sha"),
          .account = in.Text("of"),
          .created_at = in.Number<int64_t>("made"),
          .used_at = in.Number<int64_t>("used")};
}

}  // namespace diwan
