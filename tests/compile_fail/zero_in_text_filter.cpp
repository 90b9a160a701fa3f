// The literal 0 is no text, although it converts to a null pointer.
// expect: db::mentor::field::email
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(where(mentor::email == "0"));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(where(mentor::email == 0));
#endif
}
