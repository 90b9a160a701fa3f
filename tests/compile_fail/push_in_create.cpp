// A push where there is nothing yet.
// expect: lamina::typed::Pushed<int>
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.entry.create({.numbers = {1}});
#if defined(LAMINA_BAD)
    (void)db.entry.create({.numbers = push(1)});
#endif
}
