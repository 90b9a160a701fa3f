#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include <lamina/client/session.hpp>
#include <lamina/json/options.hpp>
#include <lamina/value/json_writer.hpp>

#include "json/request.hpp"

namespace lamina::json {

/// The requests of a batch, each lowered once.
class Batch {
public:
    Batch(const Context& context, Options options) noexcept : context_(context), options_(options) {}
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    /// Lowers a further request, or keeps why it cannot be: running it fails then.
    void add(JsonView json);
    /// Fails as lower_request() has failed for the last request.
    Result<void> check() const;
    std::size_t size() const noexcept { return requests_.size(); }

    /// How many requests from `first` on one statement can read (findUnique of neighbours); at least 1.
    std::size_t together(std::size_t first) const;
    /// Runs one request, or as many as together() has said, and writes the answers: {"data":{…}}.
    /// Fails, having written nothing, as any of the requests does.
    Result<void> run(Session& session, std::size_t first, std::size_t count, JsonWriter& out) const;

private:
    Result<void> run_joined(Session& session, std::size_t first, std::size_t count, JsonWriter& out) const;

    const Context& context_;
    Options options_;
    std::deque<Result<Request>> requests_;
    std::vector<const query::Operation*> reads_;  ///< of the requests that are findUnique; of the others `other_`
    query::Operation other_;
};

}  // namespace lamina::json
