// An aggregate compared with a value of another type.
// expect: db::session::field::minutes
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.group_by(by(session::paid), having(sum(session::minutes).gt(3)));
#if defined(LAMINA_BAD)
    (void)db.session.group_by(by(session::paid), having(sum(session::minutes).gt("x")));
#endif
}
