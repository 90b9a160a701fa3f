#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The same work as the typed client's, written by hand on the driver's own library: what the budgets compare with.
namespace bench {

/// Seven columns, as a program would declare them.
struct Account {
    std::int32_t id = 0;
    std::string email;
    std::optional<std::string> name;
    std::int64_t balance = 0;
    double score = 0;
    bool active = false;
    std::int64_t created_at = 0;  ///< microseconds since 1970
};

struct Entry {
    std::int32_t id = 0;
    std::int32_t account_id = 0;
    std::string title;
    std::int64_t amount = 0;
};

struct AccountWithEntries {
    Account account;
    std::vector<Entry> entries;
};

/// One connection with prepared statements. Every failure ends the program: a benchmark of failures says nothing.
class Raw {
public:
    virtual ~Raw() = default;
    /// Makes the tables anew and fills them: `accounts` accounts with ten entries each.
    virtual void seed(int accounts) = 0;
    virtual std::optional<Account> find_unique(std::int32_t id) = 0;
    /// The first `count` accounts by id.
    virtual std::vector<Account> find_many(int count) = 0;
    /// The first `count` accounts by id, with their entries: two statements.
    virtual std::vector<AccountWithEntries> find_many_with_entries(int count) = 0;
    /// Writes all rows in the way that is the fastest on this database.
    virtual void create_many(const std::vector<Account>& rows) = 0;
    virtual void delete_events() = 0;

protected:
    Raw() = default;
    Raw(const Raw&) = default;
    Raw& operator=(const Raw&) = default;
};

/// libpq: prepared statements, binary format both ways.
std::unique_ptr<Raw> raw_postgresql(std::string_view url);
/// sqlite3: prepared statements, write-ahead log.
std::unique_ptr<Raw> raw_sqlite(std::string_view path);

/// The n-th account (from 1): the same on every database.
Account make_account(std::int32_t n);
/// The n-th entry of an account (0 to 9).
Entry make_entry(std::int32_t account, std::int32_t n);

inline constexpr int kAccounts = 2000;
inline constexpr int kEntriesPerAccount = 10;

/// Prints the message and ends the program.
[[noreturn]] void give_up(std::string_view message);

}  // namespace bench
