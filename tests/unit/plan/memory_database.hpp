#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <lamina/plan/interpreter.hpp>
#include <lamina/plan/planner.hpp>
#include <lamina/sql/dialect.hpp>

#include "fixture.hpp"

struct sqlite3;

namespace fixture {

/// A row of any selection: its scalars, and its relations in the order of the selection. To-one relations are vectors
/// too.
struct Node {
    Value cells[8];
    std::vector<Node> children[4];
};

/// The layouts of a selection for Node; keeps them alive.
class Layouts {
public:
    const lamina::RowLayout* make(std::uint16_t model, const lamina::query::Selection& selection);

private:
    struct Made {
        std::vector<lamina::Slot> slots;
        std::vector<lamina::ChildLayout> children;
        lamina::RowLayout layout;
    };
    std::vector<std::unique_ptr<Made>> made_;
};

/// A database with the fixture's tables, as far as the planner's tests need one.
class Database {
public:
    explicit Database(const lamina::dialect::Dialect& dialect) : dialect_(dialect) {}
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    /// Runs statements that give no rows; throws std::runtime_error.
    virtual void script(const std::string& sql) = 0;
    /// Plans and runs an operation.
    lamina::Result<std::uint64_t> run(const Operation& operation, std::vector<Node>& rows);

    /// Whether a join is another plan than a batch.
    bool joins() const noexcept { return dialect_.has_row_arrays(); }

    std::size_t batches = 0;       ///< of the last run
    std::vector<std::string> sql;  ///< the statements of the last run

private:
    virtual lamina::Result<void> execute(lamina::plan::Execution& execution) = 0;

    const lamina::dialect::Dialect& dialect_;
};

/// An SQLite in memory.
class MemoryDatabase final : public Database {
public:
    MemoryDatabase();
    ~MemoryDatabase() override;

    void script(const std::string& sql) override;

private:
    lamina::Result<void> execute(lamina::plan::Execution& execution) override;

    sqlite3* database_ = nullptr;
};

}  // namespace fixture
