#pragma once

#include <cstdint>

namespace lamina {

/// How far a transaction is kept from the effects of others. Default: the database's own default.
enum class IsolationLevel : std::uint8_t {
    Default,
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Snapshot,
    Serializable
};

}  // namespace lamina

namespace lamina::driver {

/// What a transaction is opened with.
struct TransactionMode {
    IsolationLevel isolation_level = IsolationLevel::Default;
    bool read_only = false;
};

}  // namespace lamina::driver
