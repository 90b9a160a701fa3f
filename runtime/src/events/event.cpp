#include <lamina/events/event.hpp>

namespace lamina {

std::string_view to_string(TransactionEvent::Kind kind) noexcept {
    using Kind = TransactionEvent::Kind;
    switch (kind) {
        case Kind::Begin: return "begin";
        case Kind::Commit: return "commit";
        case Kind::Rollback: return "rollback";
        case Kind::Savepoint: return "savepoint";
        case Kind::ReleaseSavepoint: return "release_savepoint";
        case Kind::RollbackToSavepoint: return "rollback_to_savepoint";
        case Kind::Retry: return "retry";
    }
    return "unknown";
}

std::string_view to_string(PoolEvent::Kind kind) noexcept {
    using Kind = PoolEvent::Kind;
    switch (kind) {
        case Kind::Opened: return "opened";
        case Kind::OpenFailed: return "open_failed";
        case Kind::Acquired: return "acquired";
        case Kind::Released: return "released";
        case Kind::Discarded: return "discarded";
        case Kind::Closed: return "closed";
        case Kind::AcquireTimeout: return "acquire_timeout";
        case Kind::HealthCheckFailed: return "health_check_failed";
        case Kind::Shutdown: return "shutdown";
    }
    return "unknown";
}

}  // namespace lamina
