// find_unique by a unique field, but not with ==.
// expect: db::mentor::field::id
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_unique(mentor::id == 3);
#if defined(LAMINA_BAD)
    (void)db.mentor.find_unique(mentor::id > 3);
#endif
}
