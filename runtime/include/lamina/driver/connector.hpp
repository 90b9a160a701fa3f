#pragma once

#include <lamina/base/owned.hpp>
#include <lamina/base/time.hpp>
#include <lamina/driver/connection.hpp>
#include <lamina/error/error.hpp>

namespace lamina::driver {

/// Opens connections to one database. Thread-safe.
class Connector {
public:
    virtual ~Connector() = default;

    /// Opens a connection, giving up at the deadline. Fails with P1000, P1001, P1002, P1003, P1010, P1011 or P1013;
    /// messages never hold the password.
    virtual Result<base::Owned<Connection>> connect(Deadline deadline) = 0;

protected:
    Connector() = default;
    Connector(const Connector&) = default;
    Connector& operator=(const Connector&) = default;
};

}  // namespace lamina::driver
