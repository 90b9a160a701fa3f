#include <string>

#include <lamina/client/session.hpp>
#include <lamina/client/typed/raw_rows.hpp>
#include <lamina/value/row.hpp>

namespace lamina::typed {

namespace {

/// Decodes every row into a new element of the caller's vector.
class LayoutSink final : public RowSink {
public:
    LayoutSink(const RowLayout& layout, void* rows) : layout_(layout), rows_(rows) {}

    Result<void> row(RowReader& reader) override {
        if (reader.columns() < layout_.slots.size()) {
            return Error(ErrorCode::InconsistentColumnData, "the raw query gives " + std::to_string(reader.columns()) +
                                                                " columns, but the row has " +
                                                                std::to_string(layout_.slots.size()) + " members");
        }
        return reader.read(layout_.slots, 0, layout_.append(rows_));
    }

private:
    const RowLayout& layout_;
    void* rows_;
};

}  // namespace

Result<std::uint64_t> read_raw(Session& session, const Sql& statement, const RowLayout& layout, void* rows) {
    LayoutSink sink(layout, rows);
    return session.run_raw(statement, &sink);
}

}  // namespace lamina::typed
