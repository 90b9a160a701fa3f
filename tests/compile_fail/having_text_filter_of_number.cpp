// A filter of texts on a sum.
// expect(g++): Sum, db::session::field::minutes<> >::contains
// expect(clang++): no matching member function for call to 'contains'
#include "generated/client.hpp"

using namespace db;
using namespace lamina::literals;

void use(const Delegates& db) {
    (void)db.session.group_by(by(session::paid), having(max(session::title).contains("x")));
#if defined(LAMINA_BAD)
    (void)db.session.group_by(by(session::paid), having(sum(session::minutes).contains("x")));
#endif
}
