#include <string>

#include <lamina/base/try.hpp>
#include <lamina/client/session.hpp>
#include <lamina/client/typed/request.hpp>
#include <lamina/query/operation.hpp>

#include "client/typed/lower.hpp"
#include "client/typed/room.hpp"

namespace lamina::typed {

using query::Operation;

static_assert(static_cast<int>(Action::Count) == static_cast<int>(query::Action::Count));
static_assert(static_cast<int>(Action::Upsert) == static_cast<int>(query::Action::Upsert));
static_assert(static_cast<int>(Action::UpsertMany) == static_cast<int>(query::Action::UpsertMany));

Request::Request(Action action, ModelId model) {
    Operation& operation = make<Operation>(room_);
    operation.action = static_cast<query::Action>(action);
    operation.model = model;
}

Request::~Request() {
    unmake<Operation>(room_);
    delete error_;
}

Operation& Request::operation() noexcept { return in<Operation>(room_); }

Parts Request::parts() noexcept {
    Operation& operation = this->operation();
    return {operation.arguments, operation.selection, &operation.skip_duplicates, &operation};
}

void Request::where(AnyFilter&& filter) { operation().arguments.where = std::move(filter.data()); }

void Request::keep(Error&& error) {
    if (error_ == nullptr) error_ = new Error(std::move(error));
}

void Request::create(const InputLayout& layout, void* input) {
    operation().data = lower_moving(layout, input);
    if (auto checked = check(layout, operation().data, true); !checked) keep(std::move(checked).error());
}

void Request::update(const InputLayout& layout, void* input) {
    operation().data = lower_moving(layout, input);
    if (auto checked = check(layout, operation().data, false); !checked) keep(std::move(checked).error());
}

void Request::upsert(const InputLayout& create_layout, void* create, const InputLayout& update_layout, void* update) {
    this->create(create_layout, create);
    operation().update = lower_moving(update_layout, update);
    if (auto checked = check(update_layout, operation().update, false); !checked) keep(std::move(checked).error());
}

void Request::rows(const InputLayout& layout, const void* inputs, std::size_t count, bool may_move) {
    if (auto rows = lower_rows(layout, inputs, count, may_move); rows) {
        operation().rows = *std::move(rows);
    } else {
        keep(std::move(rows).error());
    }
}

namespace {

void* same(void* row) { return row; }

/// The layout for a single row that is not in a vector: wherever rows are asked for, it is this one.
RowLayout for_one(const RowLayout& layout) {
    RowLayout one = layout;
    one.append = same;
    one.data = same;
    return one;
}

}  // namespace

Result<void> Request::ready() {
    if (error_ != nullptr) return *error_;
    if (const auto limit = operation().limit; limit && *limit < 0)
        return Error(ErrorCode::InputError, "limit(" + std::to_string(*limit) + "): a limit is not negative");
    return {};
}

Result<std::uint64_t> Request::try_run(Session& session, const RowLayout* layout, void* rows) {
    LAMINA_TRY(ready());
    return session.run(operation(), layout, rows);
}

Result<std::uint64_t> Request::try_run_one(Session& session, const RowLayout& layout, void* row) {
    const RowLayout one = for_one(layout);
    return try_run(session, &one, row);
}

std::uint64_t Request::run(Session& session, const RowLayout* layout, void* rows) {
    return try_run(session, layout, rows).value();
}

std::uint64_t Request::run_one(Session& session, const RowLayout& layout, void* row) {
    return try_run_one(session, layout, row).value();
}

std::vector<std::string> Request::sql(Session& session) {
    ready().value();
    return session.sql(operation()).value();
}

}  // namespace lamina::typed
