// select with a field of another model.
// expect: db::session::field::title
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(select(mentor::id, mentor::email));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(select(mentor::id, session::title));
#endif
}
