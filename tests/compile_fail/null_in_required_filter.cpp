// A field that is never null compared with null.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(where(mentor::name == null));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(where(mentor::email == null));
#endif
}
