// A comparison without regard to letter case is no unique key.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_unique(mentor::email.equals("a"));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_unique(mentor::email.equals("a", lamina::insensitive));
#endif
}
