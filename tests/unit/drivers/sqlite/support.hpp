#pragma once

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <string>
#include <type_traits>
#include <vector>

#include <lamina/driver/run.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/value/value.hpp>

/// Shared by the tests of this driver.
namespace lamina::sqlite::test {

/// A folder that is deleted afterwards.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "lamina-sqlite-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(const std::string& name = "test.db") const { return path_ + "/" + name; }

private:
    std::string path_;
};

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

inline base::Owned<driver::Connection> open(const std::string& path, const Options& options = {}) {
    return make_connector(path, options)->connect(Deadline::never()).value();
}

inline Result<std::uint64_t> execute(driver::Connection& connection, std::string_view sql,
                                     const std::vector<Value>& values = {}, RowSink* sink = nullptr,
                                     std::uint64_t id = 0) {
    std::vector<const Value*> parameters;
    for (const Value& value : values) parameters.push_back(&value);
    driver::Call call;
    call.id = id;
    call.sql = sql;
    call.parameters = parameters;
    call.sink = sink;
    auto done = driver::run(connection, {&call, 1});
    if (!done) return std::move(done).error();
    return call.affected;
}

inline std::vector<std::vector<Value>> query(driver::Connection& connection, std::string_view sql,
                                             const std::vector<Value>& values = {}) {
    Cells cells;
    execute(connection, sql, values, &cells).value();
    return cells.rows;
}

}  // namespace lamina::sqlite::test
