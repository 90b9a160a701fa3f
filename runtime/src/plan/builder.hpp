#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <lamina/error/error.hpp>
#include <lamina/plan/plan.hpp>
#include <lamina/plan/shape.hpp>
#include <lamina/query/operation.hpp>
#include <lamina/sql/dialect.hpp>
#include <lamina/sql/writer.hpp>

namespace lamina::plan {

/// The tables of one statement: numbers for their aliases.
struct Scope {
    dialect::TableId next = 0;
    dialect::TableId table() noexcept { return next++; }
    /// Whether columns need to say of which table they are.
    bool qualified() const noexcept { return next > 1; }
};

/// A plan in the making. The functions bind_… give the numbers that dialect::Parameter::bind carries.
class Builder {
public:
    Builder(const query::Operation& operation, const meta::Schema& schema, const dialect::Dialect& dialect);

    const meta::Schema& schema() const noexcept { return schema_; }
    const dialect::Dialect& dialect() const noexcept { return dialect_; }
    const meta::Model& model(meta::ModelId id) const { return schema_.models[id]; }
    Plan& plan() noexcept { return plan_; }
    /// Whether relations are columns of the rows that they belong to, where a select gives these.
    bool joins() const noexcept { return joins_; }

    /// A value that belongs to the operation (by its address).
    std::uint32_t bind_argument(const Value& value, Bind::Transform transform = Bind::Transform::None,
                                const EnumLabels* labels = nullptr);
    /// How many rows to take (without its sign) or to skip.
    std::uint32_t bind_take(const query::Arguments& arguments);
    std::uint32_t bind_skip(const query::Arguments& arguments);
    /// How many rows a *_many may write.
    std::uint32_t bind_limit(const query::Operation& operation);
    std::uint32_t bind_constant(Value value);
    std::uint32_t bind_cell(RegisterId source, std::uint16_t column);
    std::uint32_t bind_list(RegisterId source, std::uint16_t column);
    /// A value made for every execution. The same bind used twice gives the same value.
    std::uint32_t bind_generated(Generator generator);
    /// The number of a generator of the plan. All that ask for Now share one.
    std::uint32_t add_generator(Generator generator);
    /// A bind of a kind that has no function of its own.
    std::uint32_t add_bind(Bind bind);

    /// The number of the table (Shape::tables) that stands for a part of the operation.
    std::uint16_t table_number(const void* owner) const;

    RegisterId new_register() {
        register_levels_.push_back(level_);
        return plan_.registers++;
    }

    /// Begins the instructions that are carried out for each element of a list (Shape::lists), which is told by its
    /// first element. They are planned for that one.
    Result<void> begin_each(const void* owner);
    /// Ends them, the innermost first.
    void end_each();
    /// Whether this is planned for the elements of a list.
    bool in_each() const noexcept { return level_ > 0; }
    std::uint8_t level() const noexcept { return level_; }
    /// Elements of the innermost list that have the same values here must not be carried out together.
    void add_exclusive(const std::vector<std::uint32_t>& binds);
    /// The bind of that number.
    const Bind& bind(std::uint32_t number) const { return binds_[number]; }
    /// Adds a statement, whose text's binds are numbers of this builder.
    StatementId add_statement(dialect::Text text);
    StatementId add_statement(const dialect::Select& select, const Scope& scope);
    void add(Instruction instruction) { plan_.instructions.push_back(std::move(instruction)); }

    // Pieces of SQL trees.

    dialect::ValueType type_of(const meta::Field& field) const { return dialect::value_type(schema_, field); }
    dialect::Expression column(dialect::TableId table, meta::ModelId model, meta::FieldId field) const;
    dialect::Table table(meta::ModelId model, dialect::TableId id) const;
    /// A parameter for a scalar value of a field.
    dialect::Expression argument(const meta::Field& field, const Value& value);
    /// The labels of an enum field when some are called otherwise in the database, else null (Bind::labels).
    const EnumLabels* labels(const meta::Field& field) const;

    /// Ends the building.
    Plan take() && { return std::move(plan_); }

private:
    /// A part of the operation, and its number among those of its level.
    struct Numbered {
        const void* address = nullptr;
        std::uint32_t index = 0;
        std::uint8_t level = 0;
    };
    void number(std::span<const Argument> arguments, std::span<const Table> tables, std::span<const Lanes> lists,
                std::uint8_t level);
    Bind bind_address(const void* address, Bind::Transform transform, const EnumLabels* labels) const;

    const meta::Schema& schema_;
    const dialect::Dialect& dialect_;
    Plan plan_;
    std::vector<Bind> binds_;
    std::vector<Numbered> addresses_;  ///< of the operation's values, sorted by address
    std::vector<Numbered> tables_;     ///< by their owners
    std::vector<Numbered> lists_;      ///< by their owners
    std::vector<std::size_t> each_;    ///< the instructions that have been begun, the outermost first
    std::vector<std::uint8_t> register_levels_;
    std::uint8_t level_ = 0;
    bool joins_ = false;
};

}  // namespace lamina::plan
