#include <lamina/client/executor.hpp>
#include <lamina/client/typed/client.hpp>

namespace lamina::typed {

OwnedSession::OwnedSession(const meta::Schema& schema, Adapter& adapter)
    : session_(base::Owned<client::Executor>::make(adapter, schema)) {}

OwnedSession::~OwnedSession() = default;

DynamicRows SessionFace::query_raw(const Sql& statement) const {
    return lamina::query_raw(*session_, statement).value();
}
std::uint64_t SessionFace::execute_raw(const Sql& statement) const {
    return lamina::execute_raw(*session_, statement).value();
}
Result<DynamicRows> SessionFace::try_query_raw(const Sql& statement) const {
    return lamina::query_raw(*session_, statement);
}
Result<std::uint64_t> SessionFace::try_execute_raw(const Sql& statement) const {
    return lamina::execute_raw(*session_, statement);
}

void run_transaction(Session& session, const TransactionOptions& options,
                     base::FunctionRef<Result<void>(Session&)> body) {
    session.transaction(options, body).value();
}

}  // namespace lamina::typed
