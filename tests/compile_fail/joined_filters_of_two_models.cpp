// Filters of two models joined by &&.
// expect: db::session::field::paid
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.find_many(where(session::paid == true && session::id > 3));
#if defined(LAMINA_BAD)
    (void)db.session.find_many(where(session::paid == true && mentor::id > 3));
#endif
}
