#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plan/builder.hpp"
#include "plan/link.hpp"

namespace lamina::plan {

/// One level of a read in the making: a select over one model, on which filter, cursor, distinct and paging are put one
/// after the other. Each of these may wrap what was there as a derived table; `outputs` and `order` then refer to that.
class Level {
public:
    Level(Builder& builder, meta::ModelId model);
    /// A level inside of a column of `around`.
    Level(Builder& builder, meta::ModelId model, Level& around);
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

    /// The rows that belong to keys in a register: `link` leads from the parent to this level's model. Gives one link
    /// column per key.
    void attach(const Link& link, RegisterId keys);
    /// The rows that belong to one row of the level around: `parents` are the values that `link` refers to there.
    void attach(const Link& link, std::vector<dialect::Expression> parents);
    /// Locks the rows of the level's own table. Before apply().
    void lock(dialect::RowLock::Strength strength, dialect::RowLock::Wait wait) {
        select_.lock = dialect::RowLock{strength, wait, table_};
    }
    /// Adds columns for the numbers of related rows. Their SQL comes with finish(): they are not carried through
    /// derived tables.
    void reserve_counts(std::size_t count);
    /// What these columns count; after all other outputs. `each`: calculated for each row, else for all at once.
    /// Fails with P2009 when a field leads to no list of rows, or a filter does not fit.
    Result<void> count(const std::vector<query::CountSelection>& counts, bool each);
    /// Adds a column of the result and gives its position; the same field twice has one position after `fields_end`.
    std::uint16_t output(meta::FieldId field);
    /// The positions of the link columns, after attach(); those that are no outputs yet are added.
    std::vector<std::uint16_t> output_links();
    void require(dialect::Expression condition) { conditions_.push_back(std::move(condition)); }
    /// Only rows that match. Fails with P2009 when the filter does not fit the model.
    Result<void> filter(const query::Filter& where);

    /// Filter, order, cursor, distinct, skip and take. When attached, the latter four mean the rows of each parent.
    /// `first`: only the first row is wanted. Fails with P2009 when the arguments do not fit the model.
    Result<void> apply(const query::Arguments& arguments, bool first = false);
    /// After apply(), before value() and output_rows(): rows that are skipped shall not be given related rows.
    void settle();
    /// What the output at this position is, for levels inside.
    const dialect::Expression& value(std::uint16_t position) const { return outputs_[position]; }
    /// Adds a column that holds the rows of a complete level inside of this one, and gives its position. Behind fields
    /// and numbers of related rows, unless there are link columns, and in place of what else was put out.
    std::uint16_t output_rows(Level& inside);
    /// The select is complete.
    StatementId finish();
    /// The select is complete, but gives calculations over its rows instead of the rows.
    /// Fails with P2009 when a field has no such aggregate.
    Result<StatementId> finish_aggregates(const std::vector<query::AggregateValue>& values);

    Scope& scope() noexcept { return scope_; }
    dialect::TableId table() const noexcept { return table_; }

private:
    Result<void> check(const query::Arguments& arguments) const;
    Result<void> add_cursor(const query::Arguments& arguments, bool stable);
    Result<void> simple_cursor(const query::FieldValue& cursor);
    Result<std::vector<dialect::Expression>> cursor_conditions(const query::Arguments& arguments,
                                                               dialect::TableId table);
    void keep_distinct(const query::Arguments& arguments);
    void page(const query::Arguments& arguments, bool first);
    void page_per_parent(const query::Arguments& arguments);
    /// Makes a derived table of the select, with `extra` as a further column; gives that column.
    dialect::Expression wrap(std::optional<dialect::Expression> extra = {});
    std::vector<dialect::Expression> link_expressions() const;
    /// Whether it gives the rows of several parents, told apart by link columns.
    bool is_keyed() const noexcept { return link_ != nullptr && parents_.empty(); }
    void close(dialect::Select& select);
    dialect::Select complete();
    /// A number of related rows, in the making.
    struct Count {
        std::size_t position = 0;                       ///< of its column
        std::vector<std::uint16_t> keys;                ///< positions of the columns that the related rows refer to …
        std::vector<dialect::Expression> related_keys;  ///< … by these
        dialect::Select select;                         ///< of the related rows
        bool each = false;
    };
    void finish_counts();

    Builder& builder_;
    meta::ModelId model_;
    Scope own_scope_;
    Scope& scope_;  ///< its own, or that of the statement around
    dialect::TableId table_;
    dialect::Select select_;
    std::vector<dialect::Expression> conditions_;
    std::vector<dialect::Expression> outputs_;
    std::vector<meta::FieldId> output_fields_;  ///< which field an output is; kNone: none
    std::vector<dialect::OrderTerm> order_;
    std::vector<dialect::Expression> links_;  ///< until they are outputs
    std::vector<std::uint16_t> link_positions_;
    std::size_t first_count_ = 0;
    std::size_t asked_outputs_ = 0;  ///< those before the ones that counting added
    std::vector<Count> counts_;
    std::size_t row_outputs_ = 0;               ///< the fields and numbers of related rows
    std::vector<dialect::Expression> rows_;     ///< columns that hold rows; behind the other outputs
    std::vector<dialect::Expression> parents_;  ///< attached to these values of the level around
    const Link* link_ = nullptr;                ///< how it is attached; null for a root
    bool single_ = false;                       ///< attached over a to-one relation
};

}  // namespace lamina::plan
