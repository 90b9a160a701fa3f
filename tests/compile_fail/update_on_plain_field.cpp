// update by a field that is not unique.
// expect: db::mentor::field::name
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.update(mentor::id == 3, {.name = "Ann"});
#if defined(LAMINA_BAD)
    (void)db.mentor.update(mentor::name == "Bob", {.name = "Ann"});
#endif
}
