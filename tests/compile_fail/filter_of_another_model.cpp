// A filter on another model than the query's.
// expect: db::session::field::paid
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.find_many(where(session::paid == true));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(where(session::paid == true));
#endif
}
