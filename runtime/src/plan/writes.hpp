#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <lamina/base/function_ref.hpp>
#include <lamina/plan/table.hpp>
#include <lamina/sql/write.hpp>

#include "plan/builder.hpp"
#include "plan/link.hpp"
#include "plan/write_messages.hpp"
#include "plan/write_shape.hpp"

namespace lamina::plan {

using dialect::Expression;
using meta::FieldId;
using meta::ModelId;

/// A field of a row whose value is at hand for the statements to come: `bind` is a number of the builder.
struct Known {
    FieldId field = meta::kNone;
    std::uint32_t bind = 0;
};
using Knowns = std::vector<Known>;

/// A relation field of the row that is written.
struct Relation {
    Link link;
    messages::RelationName name;
    bool key_required = false;       ///< the foreign key, on whichever side, cannot be null
    bool before = false;             ///< what is written comes before the row, or with it: the row holds the key
    std::vector<FieldId> own_needs;  ///< fields of the row that writes after it are bound to
};

/// The rows that a relation leads to from one row, whose fields are at hand.
struct RelatedTo {
    const Relation* relation = nullptr;
    ModelId own = meta::kNone;
    const Knowns* self = nullptr;
};

/// How a statement finds the row that it writes: by a filter, or by its identity in columns 0, 1, … of a register.
struct Locator {
    const query::Filter* filter = nullptr;
    RegisterId row = kNoRegister;
    const RelatedTo* related = nullptr;  ///< a further condition, to the filter
};

/// Rows that were read before they are written: these fields are columns 0, 1, … of the register, the identity first.
struct ReadRows {
    ModelId model = meta::kNone;
    RegisterId rows = kNoRegister;
    std::vector<FieldId> fields;
};

/// A field that gets another value: what a write says, a value at hand, or null.
struct Changed {
    FieldId field = meta::kNone;
    const query::FieldWrite* write = nullptr;
    std::optional<std::uint32_t> bind;
};

/// A related row whose key is read by the writing statement itself instead of by one before it.
struct InlineParent {
    const query::Filter* where = nullptr;
    Link link;
    std::optional<Error> missing;
};

/// A row that is going to be written, after the rows that it refers to: its columns, and the writes that follow it.
struct Pending {
    ModelId model = meta::kNone;
    const query::Data* data = nullptr;
    std::vector<NestedRun> runs;
    std::vector<Relation> relations;  ///< one per run
    std::vector<FieldId> fields;
    std::vector<Expression> values;
    Knowns known;
    std::optional<InlineParent> parent;
    std::optional<Error> missing;  ///< of an update: what is said when the row is not there
    std::vector<FieldId> cleared;  ///< of an update: foreign keys that become null

    /// Whether writes follow that need the row to be there.
    bool has_children() const;
    /// `needed`, and after them what the writes that follow need of the row.
    std::vector<FieldId> with_children_keys(std::span<const FieldId> needed) const;
};

/// Plans one writing operation: the planner's part that knows the order of things.
///
/// Rows that a row refers to come before it, rows that refer to it after it. Values flow between statements as binds:
/// an argument or a generated value where it is known before, else a cell of a register that RETURNING fills.
class Writes {
public:
    explicit Writes(Builder& builder) : builder_(builder) {}

    Result<void> plan(const query::Operation& operation);

private:
    // The operations (write_planner.cpp, write_upsert.cpp).
    Result<void> plan_create(const query::Operation& operation);
    Result<void> plan_update(const query::Operation& operation);
    Result<void> plan_update_many(const query::Operation& operation);
    Result<void> plan_delete(const query::Operation& operation);
    Result<void> plan_delete_many(const query::Operation& operation);
    Result<void> plan_create_many(const query::Operation& operation);
    Result<void> plan_upsert_many(const query::Operation& operation);
    Result<void> plan_upsert(const query::Operation& operation);
    Result<void> plan_native_upsert(const query::Operation& operation, std::vector<std::string_view> key);
    /// The condition of a *_many, limited to `take` rows if there is one.
    Result<Expression> many_condition(const query::Operation& operation, Scope& scope, dialect::TableId table);
    /// Reads the row whose identity is in a register into the caller's row.
    Result<void> read_result(const query::Operation& operation, RegisterId row);
    /// Reads the rows that a statement gives back, which are result_columns(), into the caller's rows; gives the
    /// register of their number.
    Result<RegisterId> read_returned(const query::Operation& operation, StatementId statement);
    Result<std::vector<FieldId>> result_columns(const query::Operation& operation) const;

    // One row (write_row.cpp).
    /// Plans the rows that the new row refers to, and its columns.
    Result<Pending> begin_create(ModelId model, const query::Data& data, const Knowns& links);
    Result<StatementId> insert(const Pending& pending, std::span<const FieldId> returning,
                               std::optional<dialect::Conflict> conflict = std::nullopt);
    /// Inserts the row, and the rows that refer to it. Gives at least the fields `needed`, in this order in register
    /// `into` if there is one.
    Result<Knowns> finish_create(const Pending& pending, std::span<const FieldId> needed, RegisterId into);
    Result<Knowns> create_row(ModelId model, const query::Data& data, const Knowns& links,
                              std::span<const FieldId> needed, RegisterId into = kNoRegister);
    /// Plans the rows that an updated row refers to, and what is set.
    Result<Pending> begin_update(ModelId model, const query::Data& data, Locator& locator,
                                 std::optional<Error> missing = std::nullopt);
    Result<StatementId> update(const Pending& pending, const Locator& locator, std::span<const FieldId> returning);
    /// Fails when register `row`, which the update has filled, is empty; says which row is missing.
    Result<void> require_updated(const Pending& pending, RegisterId row);
    Error missing_row(const Pending& pending) const;
    /// Updates the row, and the rows that refer to it. The fields `needed` are then in register `row`.
    Result<void> finish_update(const Pending& pending, const Locator& locator, std::span<const FieldId> needed,
                               RegisterId row);
    /// Adds the assignments of an update to `pending`: its data, its known foreign keys, those that become null.
    Result<void> add_assignments(Pending& pending);
    /// What a write gives a field of a row that is there.
    Result<Expression> written_value(ModelId model, FieldId field, const query::FieldWrite& write);
    Result<Expression> pushed(ModelId model, FieldId field, const Value& value);
    Result<void> begin(Pending& pending, ModelId model, const query::Data& data);
    std::optional<InlineParent> inline_parent(const Pending& pending) const;
    Result<void> check_scalar(const meta::Model& model, const query::FieldWrite& write) const;

    // Rows at once (write_bulk.cpp).
    struct Bulk {
        ModelId model = meta::kNone;
        const Table* table = nullptr;     ///< its content, of which only the shape matters
        std::uint16_t number = 0;         ///< of the table
        std::span<const FieldId> fields;  ///< its columns
        const Knowns* links = nullptr;    ///< fields that are the same in all rows
        std::span<const FieldId> returning;
        bool skip_duplicates = false;
        std::span<const FieldId> conflict = {};  ///< rows that are there with the same values get the others
    };
    /// One INSERT for all rows, or, where rows leave different columns to the database, a few.
    Result<std::vector<StatementId>> insert_rows(const Bulk& bulk);
    struct BulkColumn;
    Result<std::vector<BulkColumn>> bulk_columns(const Bulk& bulk, RowSetId rows,
                                                 const std::vector<std::uint16_t>& omitted);
    dialect::Conflict overwriting(const Bulk& bulk) const;
    StatementId insert_set(const Bulk& bulk, RowSetId rows, const std::vector<BulkColumn>& columns);
    dialect::Select rows_together(const Bulk& bulk, RowSetId rows, const std::vector<BulkColumn>& columns);
    RowSetId row_set(RowSet set);
    std::uint32_t add_input(const InputColumn& input);
    std::uint32_t bind_list(const InputColumn& input, const EnumLabels* labels);
    /// A value of an INSERT's row that is another one in every row.
    struct Cell {
        std::size_t position = 0;
        Bind bind;
    };
    void add_block(StatementId single, dialect::Insert insert, const std::vector<Cell>& cells);

    // What is related (write_nested.cpp, write_children.cpp).
    /// Gives the foreign key of the pending row; `self` holds the identity of a row that is there already.
    Result<Knowns> parent(const Pending& pending, std::size_t run, bool fresh, RegisterId self);
    /// Takes a one-to-one relation away from the row of `child` whose foreign key is `key`, but for the row `except`.
    Result<void> displace(ModelId child, ModelId parent, const Relation& relation, const Knowns& key,
                          RegisterId except);
    Result<void> children(const Pending& pending, const Knowns& self, bool fresh);
    Result<void> many_children(const Pending& pending, std::size_t run, const Knowns& links);
    Result<void> only_child(const Pending& pending, std::size_t run, const Knowns& links, bool fresh);
    Result<void> joined_rows(const Pending& pending, std::size_t run, const Knowns& self, bool fresh);
    Result<void> connect_or_create(const query::NestedWrite& write, const Relation& relation, const Knowns& links);
    /// Plans the lists of a run: `plan(write)` for one element of each.
    Result<void> each_of(const Pending& pending, std::size_t run,
                         base::FunctionRef<Result<void>(const query::NestedWrite&)> plan);
    /// In a list: lets an INSERT of one row, which is a statement of the plan, be one of all elements' rows too.
    void insert_together(StatementId single, dialect::Insert insert);
    /// A value that each element of a list gives to a statement for all of them: one column of `lists`.
    dialect::Expression together(dialect::ListTable& lists, Bind bind, const dialect::ValueType& type);
    /// In a list: of elements that seek the same row, the first may create it, the others find it. Gives what has to be
    /// ended by land_once().
    std::optional<std::size_t> once(const query::NestedWrite& write);
    void land_once(std::optional<std::size_t> once);
    /// In a list: elements that name the same row by this filter cannot be carried out together.
    void exclude(ModelId model, const query::Filter& where);
    /// UPDATE of the related rows' foreign key; gives the register of the number of rows.
    RegisterId set_links(ModelId model, const Knowns& links, Scope& scope, dialect::TableId table, Expression where);
    Result<RegisterId> set_links(ModelId model, const Knowns& links, const query::Filter& where);
    Result<void> connect_joined(const Pending& pending, std::size_t run, std::uint32_t own, bool fresh);
    void join(const Relation& relation, ModelId own_model, std::uint32_t own, std::uint32_t other, bool list);
    /// The rows that a run of unique filters names, and how many there must be.
    Result<Expression> run_condition(const Pending& pending, const NestedRun& run, ModelId related, Scope& scope,
                                     dialect::TableId table, Require& require);
    Result<Expression> group_condition(const Pending& pending, const NestedRun& run, const NestedRun::Group& group,
                                       ModelId related, Scope& scope, dialect::TableId table, Require& require);

    // Rows that are related already (write_related.cpp).
    Result<void> change_related(const Pending& pending, std::size_t run, const Knowns& self);
    Result<void> create_many_children(const query::NestedWrite& write, const Relation& relation, const Knowns& links);
    Result<void> set_related(const Pending& pending, std::size_t run, const RelatedTo& to);
    Result<void> set_joined(const Pending& pending, std::size_t run, const RelatedTo& to);
    Result<void> disconnect(const Pending& pending, std::size_t run, const RelatedTo& to);
    Result<void> delete_related(const Pending& pending, std::size_t run, const RelatedTo& to);
    Result<void> delete_many_related(const Pending& pending, std::size_t run, const RelatedTo& to);
    Result<void> update_related(const query::NestedWrite& write, const RelatedTo& to);
    Result<void> update_many_related(const query::NestedWrite& write, const RelatedTo& to);
    Result<void> upsert_related(const query::NestedWrite& write, const RelatedTo& to);
    /// The fields of a foreign key that can become null; P2014 when there are none.
    Result<std::vector<FieldId>> nullable_key(const Relation& relation, ModelId own) const;
    Expression related_to(const RelatedTo& to, Scope& scope, dialect::TableId table);
    /// The condition on related rows that members of a run give.
    Result<Expression> related_condition(const Pending& pending, std::size_t run, const RelatedTo& to, Scope& scope,
                                         dialect::TableId table, Require& require);
    /// DELETE of the join table's pairs of a row with the rows that match, or that do not.
    void unjoin(const RelatedTo& to, Scope& scope, dialect::TableId related, Expression where, bool negated);
    /// Sets the foreign key of the rows that match to null.
    void clear_links(ModelId model, std::span<const FieldId> key, Scope& scope, dialect::TableId table,
                     Expression where, RegisterId count = kNoRegister);
    /// Deletes the rows that match; gives the register of their number.
    Result<RegisterId> remove(ModelId model, Scope& scope, dialect::TableId table, Expression where);

    // relationMode = "prisma" (write_actions.cpp).
    std::vector<const meta::Relation*> referring(ModelId model, std::span<const FieldId> fields) const;
    Result<ReadRows> read_referred(ModelId model, Scope& scope, dialect::TableId table, Expression where);
    Expression among(const ReadRows& rows, std::span<const FieldId> read, ModelId model,
                     std::span<const FieldId> columns, Scope& scope, dialect::TableId table);
    /// The table's rows are these ones.
    Expression among(const ReadRows& rows, Scope& scope, dialect::TableId table);
    Expression referring_to(const meta::Relation& relation, const ReadRows& rows, std::span<const Changed> changes,
                            Scope& scope, dialect::TableId table);
    void refuse(const meta::Relation& relation, const Scope& scope, dialect::TableId table, Expression where);
    void restrict_rows(const meta::Relation& relation, const ReadRows& rows, std::span<const Changed> changes);
    Result<void> after_delete(const ReadRows& rows, int depth);
    /// Deletes rows, and does with those that refer to them what the schema says; gives the register of their number.
    Result<RegisterId> delete_rows(const ReadRows& rows, int depth = 0);
    void refuse_own_key(const meta::Relation& relation, const ReadRows& rows, std::span<const Changed> changes);
    Result<void> before_update(const ReadRows& rows, std::span<const Changed> changes, int depth = 0);
    Result<void> change_referring(const meta::Relation& relation, const ReadRows& rows,
                                  std::span<const Changed> changes, std::span<const Changed> given, int depth);
    Result<Expression> changed_value(ModelId model, const Changed& change);
    std::vector<Changed> changes_of(const Pending& pending) const;
    bool is_referred(const Pending& pending) const;

    // Pieces.
    const meta::Model& model(ModelId id) const { return builder_.model(id); }
    const meta::Field& field(ModelId model_id, FieldId id) const { return builder_.model(model_id).fields[id]; }
    Expression value(ModelId model_id, FieldId id, std::uint32_t bind) const;
    /// The fields of the model are equal to the values.
    Expression matches(ModelId model_id, dialect::TableId table, std::span<const FieldId> fields,
                       const Knowns& values) const;
    Expression matches_row(ModelId model_id, dialect::TableId table, RegisterId row);
    Result<Expression> located(ModelId model_id, const Locator& locator, Scope& scope, dialect::TableId table);
    /// SELECT of fields of the rows that match.
    RegisterId select(ModelId model_id, std::span<const FieldId> fields, const Scope& scope, dialect::TableId table,
                      Expression where, RegisterId into = kNoRegister);
    Result<RegisterId> select_one(ModelId model_id, std::span<const FieldId> fields, const query::Filter& where);
    Result<RegisterId> select_located(ModelId model_id, std::span<const FieldId> fields, const Locator& locator);
    void query(ModelId model_id, StatementId statement, std::span<const FieldId> fields, RegisterId into);
    std::vector<std::string_view> column_names(ModelId model_id, std::span<const FieldId> fields) const;
    Result<std::span<const FieldId>> identity_of(ModelId model_id) const;
    Knowns cells(std::span<const FieldId> fields, RegisterId row);
    void require(RegisterId source, const Error& error);
    static Require make_require(const Error& error);
    void fail(const Error& error);
    std::size_t here() const { return builder_.plan().instructions.size(); }
    std::size_t jump_if_empty(RegisterId source);
    std::size_t jump();
    void jump_to(std::size_t jump, std::size_t target);
    /// Lets a jump lead to the instruction that is added next.
    void land(std::size_t jump) { jump_to(jump, here()); }
    /// A plain value among selected columns needs its type said where the database cannot infer it.
    Expression typed(Expression parameter) const;
    void add_updated_at(ModelId model_id, std::vector<dialect::Assignment>& set);

    Builder& builder_;
    std::uint32_t diagnostics_ = 0;  ///< statements that run only to name the reason of a failure
};

/// The bind of a field; the field is known.
std::uint32_t bind_of(const Knowns& knowns, FieldId field);
bool knows(const Knowns& knowns, FieldId field);
/// The values of `from` under the names of the fields `to`, which they are equal to.
Knowns renamed(const Knowns& values, std::span<const FieldId> from, std::span<const FieldId> to);

}  // namespace lamina::plan
