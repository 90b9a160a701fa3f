// find_unique by a field that is not unique.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_unique(mentor::email == "ann@x.org");
#if defined(LAMINA_BAD)
    (void)db.mentor.find_unique(mentor::name == "Ann");
#endif
}
