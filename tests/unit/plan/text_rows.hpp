#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/value/row.hpp>
#include <lamina/value/value.hpp>

namespace fixture {

/// Reads a row whose columns are in PostgreSQL's text format; rows in a column as the text of an array of records.
class TextReader final : public lamina::RowReader {
public:
    explicit TextReader(std::vector<std::optional<std::string>> columns) : columns_(std::move(columns)) {}

    lamina::Result<void> read(std::span<const lamina::Slot> slots, std::size_t first_column, void* base) override;
    lamina::Result<void> rows(std::size_t column, lamina::RowSink& sink) override;

private:
    std::vector<std::optional<std::string>> columns_;
};

/// A value as a parameter in text format.
std::string to_text_format(const lamina::Value& value);

}  // namespace fixture
