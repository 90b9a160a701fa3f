#pragma once

#include <string>
#include <string_view>

#include <lamina/client/session.hpp>
#include <lamina/json/options.hpp>
#include <lamina/meta/meta.hpp>

namespace lamina::json {

/// Answers requests of Prisma's JSON protocol: {"modelName": "User", "action": "findMany", "query": {"arguments": …,
/// "selection": …}}. They are checked against the schema and lowered to the same operations as typed calls.
///
/// The schema must outlive the face. Thread-safe, as far as the session is.
class Face {
public:
    explicit Face(const meta::Schema& schema, Options options = {}) noexcept : schema_(schema), options_(options) {}

    /// Runs one request. Gives {"data":{"findManyUser":…}}, or {"errors":[{"code":"P2025","message":…,"meta":…}]}:
    /// never fails otherwise, whatever the text is.
    std::string answer(Session& session, std::string_view request) const;

    /// Runs one request. Gives the value alone: rows as objects, {"count": n}, null.
    /// Fails with P2008 for text that is no request, P2009, P2012, P2019 for what the schema does not allow (the detail
    /// "meta" is JSON that says where), and whatever the session fails with. `name` receives the answer's name
    /// ("findManyUser").
    Result<std::string> run(Session& session, std::string_view request, std::string& name) const;

    /// The statements that a request would send.
    Result<std::vector<std::string>> sql(Session& session, std::string_view request) const;

    const meta::Schema& schema() const noexcept { return schema_; }
    Options options() const noexcept { return options_; }

private:
    const meta::Schema& schema_;
    Options options_;
};

/// {"code": …, "message": …, "meta": …}, as it stands in an answer's `errors`.
std::string error_text(const Error& error);

}  // namespace lamina::json
