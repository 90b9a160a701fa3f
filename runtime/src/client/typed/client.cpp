#include <lamina/client/executor.hpp>
#include <lamina/client/typed/client.hpp>

namespace lamina::typed {

OwnedSession::OwnedSession(const meta::Schema& schema, Adapter& adapter)
    : session_(base::Owned<client::Executor>::make(adapter, schema)) {}

OwnedSession::~OwnedSession() = default;

void run_transaction(Session& session, const TransactionOptions& options,
                     base::FunctionRef<Result<void>(Session&)> body) {
    session.transaction(options, body).value();
}

}  // namespace lamina::typed
