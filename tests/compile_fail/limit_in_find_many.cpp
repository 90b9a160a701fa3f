// A limit where take() is meant.
// expect: lamina::typed::Limit
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.delete_many(limit(3));
#if defined(LAMINA_BAD)
    (void)db.session.find_many(limit(3));
#endif
}
