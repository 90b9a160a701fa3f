#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <lamina/client/session.hpp>

#include "json/response.hpp"

namespace lamina::json {

/// Reads of one row each that stand side by side in a batch, which one statement can do: findUnique of one model with
/// the same selection, by the same unique key of one field.
class Neighbours {
public:
    explicit Neighbours(const Context& context) noexcept : context_(context) {}

    /// Takes requests from the front, as many as fit together. Gives their number; less than two are not worth it.
    std::size_t take(std::span<const JsonView> requests);
    /// Reads all rows at once, and gives the value of each request: an object, or null. Fails as any of them would.
    Result<std::vector<std::string>> run(Session& session, Options options) const;
    /// The name of each answer: "findUniqueUser".
    const std::string& name() const noexcept { return request_.name; }

private:
    bool begin(JsonView json);
    bool fits(JsonView json, Value& key) const;

    const Context& context_;
    Request request_;  ///< the first one
    std::optional<JsonView> first_;
    FieldId field_ = meta::kNone;
    std::vector<Value> keys_;
};

}  // namespace lamina::json
