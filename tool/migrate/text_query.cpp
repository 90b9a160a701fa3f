#include "migrate/text_query.hpp"

#include <cstdint>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/driver/transaction_mode.hpp>

namespace lamina::migrate {
namespace {

class TextSink final : public RowSink {
public:
    explicit TextSink(std::size_t columns) {
        for (std::size_t at = 0; at < columns; ++at) {
            Slot slot;
            slot.offset = static_cast<std::uint32_t>(at * sizeof(TextRow::value_type));
            slot.type = Type::String;
            slot.optional = true;
            slots_.push_back(slot);
        }
    }

    Result<void> row(RowReader& reader) override {
        TextRow& added = rows.emplace_back(slots_.size());
        return reader.read(slots_, 0, added.data());
    }

    std::vector<TextRow> rows;

private:
    std::vector<Slot> slots_;
};

}  // namespace

Result<std::vector<TextRow>> query_texts(driver::Connection& connection, std::string_view sql, std::size_t columns) {
    TextSink sink{columns};
    driver::Call call;
    call.sql = sql;
    call.sink = &sink;
    LAMINA_TRY(driver::run(connection, {&call, 1}));
    return std::move(sink.rows);
}

Result<void> run_in_transaction(driver::Connection& connection, std::string_view script) {
    LAMINA_TRY_ASSIGN(const std::string_view begin, connection.begin_statement({}));
    LAMINA_TRY(driver::run_script(connection, begin));
    Result<void> ran = driver::run_script(connection, script);
    if (ran) ran = driver::run_script(connection, "COMMIT");
    if (!ran && connection.healthy() && connection.in_transaction()) {
        // The script's own error is the one to tell.
        const Result<void> rolled_back = driver::run_script(connection, "ROLLBACK");
        static_cast<void>(rolled_back);
    }
    return ran;
}

}  // namespace lamina::migrate
