#include <optional>
#include <string>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/client/batch.hpp>
#include <lamina/client/typed/batch.hpp>

namespace lamina::typed {

struct AnyCall::Content {
    query::Operation operation;
    std::optional<Error> error;  ///< why it cannot run
    const Session* session;      ///< only to be compared
};

AnyCall::AnyCall(Session& session, Request& request) : content_(new Content{{}, {}, &session}) {
    if (auto ready = request.ready(); !ready) content_->error = std::move(ready).error();
    content_->operation = std::move(request.operation());
}

AnyCall::AnyCall(const AnyCall& other) : content_(other.content_ == nullptr ? nullptr : new Content(*other.content_)) {}

AnyCall::~AnyCall() { delete content_; }

void* at_its_place(void* row) noexcept { return row; }

namespace {

Error in_call(Error error, std::size_t index, std::size_t count) {
    error.with_detail("batch_index", std::to_string(index));
    return error.with_message(error.message() + " (call " + std::to_string(index + 1) + " of " + std::to_string(count) +
                              " of the batch)");
}

}  // namespace

/// The part of run_calls() that may look into calls.
struct Batch {
    static Result<void> add(const Session& session, const Pending& pending, std::vector<BatchCall>& calls) {
        const AnyCall::Content* content = pending.call->content_;
        if (content == nullptr) return Error(ErrorCode::InputError, "The call was moved away");
        if (content->session != &session)
            return Error(ErrorCode::InputError, "The call was made for another client or transaction");
        if (content->error) return *content->error;
        BatchCall& call = calls.emplace_back();
        call.operation = &content->operation;
        call.kind = pending.kind;
        call.clear = pending.clear;
        if (!pending.has_rows) return {};
        call.layout = &pending.layout;
        call.rows = pending.result;
        return {};
    }
};

Result<void> run_calls(Session& session, const BatchOptions& options, const Pending* first, std::size_t count) {
    std::vector<BatchCall> calls;
    calls.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (auto added = Batch::add(session, first[i], calls); !added)
            return in_call(std::move(added).error(), i, count);
    }
    if (auto ran = session.batch(calls, options); !ran) {
        Error error = std::move(ran).error();
        const std::string index(error.detail("batch_index"));
        return index.empty() ? error : in_call(std::move(error), std::stoul(index), count);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (!first[i].has_rows) *static_cast<std::uint64_t*>(first[i].result) = calls[i].count;
    }
    return {};
}

}  // namespace lamina::typed
