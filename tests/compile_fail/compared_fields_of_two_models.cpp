// A comparison of fields of two models.
// expect: db::session::field::title
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.find_many(where(session::title == session::title));
#if defined(LAMINA_BAD)
    (void)db.session.find_many(where(session::title == mentor::email));
#endif
}
