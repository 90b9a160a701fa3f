// The smallest program with the typed client on SQLite: its size, and what it links.
#include <cstdio>

#include <lamina/sqlite.hpp>

#include "generated/client.hpp"

int main(int count, char** arguments) {
    if (count < 2) return 2;
    lamina::sqlite::Database database{arguments[1]};
    db::Client db{database};
    const auto account = db.account.try_find_unique(db::account::id == 7);
    if (!account || !*account) return 1;
    std::printf("%s\n", (*account)->email.c_str());
}
