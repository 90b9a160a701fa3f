#pragma once

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>
#include <type_traits>
#include <vector>

#include <lamina/driver/run.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>
#include <lamina/value/value.hpp>

/// Shared by the tests of this driver, which need a server: LAMINA_TEST_POSTGRESQL_URL names one.
namespace lamina::postgresql::test {

inline std::string url() {
    const char* text = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (text == nullptr) {
        std::puts("LAMINA_TEST_POSTGRESQL_URL is not set");
        std::exit(0);
    }
    return text;
}

/// Collects cells as the database types them.
struct Cells final : RowSink {
    Result<void> row(RowReader& reader) override {
        auto& cells = rows.emplace_back();
        for (std::size_t i = 0; i < reader.columns(); ++i) {
            if (auto read = reader.read_value(i, cells.emplace_back()); !read) return read;
        }
        return {};
    }
    std::vector<std::vector<Value>> rows;
};

/// Reads the first column of each row as a slot says, into a T.
template <class T>
struct Typed final : RowSink {
    explicit Typed(Slot with) : slot(with) {}
    Result<void> row(RowReader& reader) override { return reader.read({&slot, 1}, 0, &rows.emplace_back()); }
    Slot slot;
    std::conditional_t<std::is_same_v<T, bool>, std::deque<T>, std::vector<T>> rows;
};

inline base::Owned<driver::Connection> open(const Options& options = {}) {
    return make_connector(url(), options)->connect(Deadline::never()).value();
}

struct Request {
    std::string_view sql;
    std::vector<Value> values = {};
    std::vector<std::uint32_t> types = {};
    std::uint64_t id = 0;
    RowSink* sink = nullptr;
};

inline Result<driver::Call> execute(driver::Connection& connection, const Request& request,
                                    Deadline deadline = Deadline::never()) {
    std::vector<const Value*> parameters;
    for (const Value& value : request.values) parameters.push_back(&value);
    driver::Call call;
    call.id = request.id;
    call.sql = request.sql;
    call.parameters = parameters;
    call.type_codes = request.types;
    call.sink = request.sink;
    auto done = driver::run(connection, {&call, 1}, deadline);
    if (!done) return std::move(done).error();
    return call;
}

inline std::vector<std::vector<Value>> query(driver::Connection& connection, const Request& request) {
    Cells cells;
    Request with = request;
    with.sink = &cells;
    execute(connection, with).value();
    return cells.rows;
}

}  // namespace lamina::postgresql::test
