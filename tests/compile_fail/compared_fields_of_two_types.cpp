// A comparison of fields of two types.
// expect: db::session::field::minutes
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.find_many(where(session::minutes > session::mentorId));
#if defined(LAMINA_BAD)
    (void)db.session.find_many(where(session::minutes == session::title));
#endif
}
