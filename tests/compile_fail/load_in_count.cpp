// How relations are loaded, where none are.
// expect: Loading>
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(include(mentor::sessions), load(join));
#if defined(LAMINA_BAD)
    (void)db.mentor.count(load(join));
#endif
}
