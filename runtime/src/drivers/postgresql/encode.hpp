#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <lamina/error/error.hpp>
#include <lamina/value/value.hpp>

namespace lamina::postgresql {

/// The parameters of one statement, encoded for libpq. Reused for every statement of a connection, so that a call
/// allocates nothing once the buffers have grown.
class Parameters {
public:
    /// Encodes all parameters. A code of 0, or none, makes a parameter travel as text whose type the server infers.
    /// Fails with P2007 or P2020 when a value cannot be had in its type. Texts and bytes are not copied: the values
    /// must stay where they are until they have been sent.
    Result<void> encode(std::span<const Value* const> values, std::span<const std::uint32_t> type_codes);

    int count() const noexcept { return static_cast<int>(pointers_.size()); }
    const char* const* values() const noexcept { return pointers_.data(); }
    const int* lengths() const noexcept { return lengths_.data(); }
    const int* formats() const noexcept { return formats_.data(); }

private:
    Result<void> add(const Value& value, std::uint32_t type);
    void add_view(std::string_view bytes);
    void close(std::size_t begin, int format);

    std::string buffer_;  ///< what had to be encoded, one value behind the other
    std::vector<const char*> pointers_;
    std::vector<std::size_t> offsets_;  ///< into buffer_, for pointers that are set when it has stopped growing
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// Appends a scalar in the binary format of a type. False when the driver has no binary format for it: send its text.
Result<bool> append_binary(std::string& out, const Value& value, std::uint32_t type);
/// Appends a one-dimensional array in binary format. False as above.
Result<bool> append_binary_array(std::string& out, const Value::List& list, std::uint32_t element);
/// Appends a value as the server's input functions read it; lists as array literals.
Result<void> append_text(std::string& out, const Value& value);

}  // namespace lamina::postgresql
