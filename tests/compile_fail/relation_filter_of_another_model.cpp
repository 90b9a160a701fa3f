// A relation filter on a model that the relation does not lead to.
// expect(g++): db::topic::field::name
// expect(clang++): no matching member function for call to 'some'
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.mentor.find_many(where(mentor::topics.some(topic::name == "C++")));
#if defined(LAMINA_BAD)
    (void)db.mentor.find_many(where(mentor::sessions.some(topic::name == "C++")));
#endif
}
