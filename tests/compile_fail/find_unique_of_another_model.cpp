// find_unique by another model's key.
// expect: db::session::field::id
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_unique(mentor::id == 3);
#if defined(LAMINA_BAD)
    (void)db.mentor.find_unique(session::id == 3);
#endif
}
