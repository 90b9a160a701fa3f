// An aggregate of another model's field.
// expect: db::session::field::minutes
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.aggregate(max(session::minutes));
#if defined(LAMINA_BAD)
    (void)db.mentor.aggregate(max(session::minutes));
#endif
}
