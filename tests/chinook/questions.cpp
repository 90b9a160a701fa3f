// Ten questions to the chinook database, answered through the typed client. Compiled twice: against the client of
// postgresql.prisma and against that of sqlite.prisma. compare.sh puts the answers beside those of questions.sql.
#include "generated/client.hpp"

#if defined(CHINOOK_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif

#include <concepts>
#include <cstdio>
#include <string>
#include <vector>

using namespace db;
using namespace lamina::literals;

namespace {

/// Money as a whole number of cents; every amount in the database has two decimals.
std::string cents(const lamina::Decimal& amount) {
    return std::to_string((amount * lamina::Decimal(100)).to_int64().value());
}

std::string text(const std::optional<std::string>& value) { return value.value_or(""); }

void line(std::initializer_list<std::string> columns) {
    const char* separator = "";
    for (const std::string& column : columns) {
        std::printf("%s%s", separator, column.c_str());
        separator = "|";
    }
    std::printf("\n");
}

template <std::integral Number>
std::string number(Number value) {
    return std::to_string(value);
}

template <class List>
std::string size_of(const List& list) {
    return std::to_string(list.size());
}

void revenue_of_each_genre(Client& db) {
    auto genres = db.genre.find_many(
        include(genre::tracks(select(track::invoiceLines(select(invoiceLine::unitPrice, invoiceLine::quantity))))),
        order_by(genre::genreId.asc()));
    for (const auto& g : genres) {
        lamina::Decimal revenue = "0.00"_dec;
        for (const auto& sold : g.tracks) {
            for (const auto& item : sold.invoiceLines) revenue += item.unitPrice * lamina::Decimal(item.quantity);
        }
        line({text(g.name), cents(revenue)});
    }
}

template <class Node>
void print_employee(const Node& employee, int level) {
    line({number(level), employee.lastName, employee.firstName, text(employee.title)});
    if constexpr (requires { employee.reports; }) {
        for (const auto& report : employee.reports) print_employee(report, level + 1);
    }
}

void tree_of_employees(Client& db) {
    const auto by_id = order_by(employee::employeeId.asc());
    auto roots = db.employee.find_many(
        where(employee::manager.is(lamina::null)),
        include(employee::reports(include(employee::reports(include(employee::reports(by_id)), by_id)), by_id)), by_id);
    for (const auto& root : roots) print_employee(root, 0);
}

void playlists_with_their_tracks(Client& db) {
    auto playlists = db.playlist.find_many(
        include(playlist::tracks(
            include(playlistTrack::track(select(track::name, track::milliseconds, track::album(select(album::title))))),
            order_by(playlistTrack::trackId.asc()))),
        order_by(playlist::playlistId.asc()));
    for (const auto& list : playlists) {
        std::int64_t milliseconds = 0;
        for (const auto& entry : list.tracks) milliseconds += entry.track.milliseconds;
        line({number(list.playlistId), text(list.name), size_of(list.tracks), number(milliseconds)});
    }
    for (const auto& list : playlists) {
        for (std::size_t i = 0; i < list.tracks.size() && i < 3; ++i) {
            const auto& track = list.tracks[i].track;
            line({number(list.playlistId), number(static_cast<std::int64_t>(i + 1)), track.name,
                  track.album ? track.album->title : ""});
        }
    }
}

void customers_whose_every_invoice_exceeds(Client& db) {
    for (const lamina::Decimal& limit : {"0.98"_dec, "1.00"_dec, "5"_dec}) {
        auto customers = db.customer.find_many(
            where(customer::invoices.every(invoice::total > limit) && customer::invoices.some()),
            select(customer::customerId, customer::lastName), order_by(customer::customerId.asc()));
        line({"above", cents(limit), size_of(customers)});
        for (const auto& c : customers) line({number(c.customerId), c.lastName});
    }
    auto big = db.customer.find_many(
        where(customer::invoices.every(invoice::total > "5"_dec ||
                                       invoice::invoiceDate < lamina::DateTime::parse("2025-06-01").value())),
        order_by(customer::customerId.asc()));
    for (const auto& c : big) line({number(c.customerId), c.lastName});
}

void artists_without_albums(Client& db) {
    for (const auto& a : db.artist.find_many(where(artist::albums.none()), order_by(artist::artistId.asc()))) {
        line({number(a.artistId), text(a.name)});
    }
}

void newest_five_invoices_of_each_customer(Client& db) {
    auto customers = db.customer.find_many(
        include(customer::invoices(order_by(invoice::invoiceDate.desc(), invoice::invoiceId.desc()), take(5))),
        order_by(customer::lastName.asc(), customer::customerId.asc()));
    for (const auto& c : customers) {
        for (const auto& i : c.invoices) {
            line({number(c.customerId), number(i.invoiceId), i.invoiceDate.to_string().substr(0, 10), cents(i.total)});
        }
    }
}

void albums_with_the_most_tracks(Client& db) {
    auto albums = db.album.find_many(include(album::artist(), album::tracks(select(track::trackId))),
                                     order_by(album::tracks.count().desc(), album::albumId.asc()), take(12));
    for (const auto& a : albums) {
        line({a.title, text(a.artist.name), size_of(a.tracks)});
    }
}

void customers_with_their_chain_of_support(Client& db) {
    auto customers = db.customer.find_many(
        select(customer::firstName, customer::country, customer::company,
               customer::supportRep(select(employee::firstName, employee::manager(select(employee::firstName))))),
        order_by(customer::supportRep(employee::lastName.asc()), customer::country.desc(), customer::customerId.asc()));
    for (const auto& c : customers) {
        line({c.firstName, text(c.country), text(c.company), c.supportRep ? c.supportRep->firstName : "",
              c.supportRep && c.supportRep->manager ? c.supportRep->manager->firstName : ""});
    }
}

void long_tracks_that_nobody_bought(Client& db) {
    const lamina::Filter<Track> unsold = track::invoiceLines.none() && track::milliseconds >= 300000;
    const lamina::Filter<Track> by_whom = track::composer.contains("PAGE", lamina::insensitive) ||
                                          track::composer == lamina::null ||
                                          track::genre.is(genre::name.in({"Jazz", "Blues"}));
    auto tracks =
        db.track.find_many(where(unsold && by_whom && !track::name.starts_with("The ") &&
                                 track::album.is(album::title.not_in({"Unplugged"}))),
                           order_by(track::name.asc(), track::trackId.asc()), select(track::trackId, track::genreId));
    line({size_of(tracks), std::to_string(db.track.count(where(unsold)))});
    std::int64_t sum = 0;
    for (const auto& t : tracks) sum += t.trackId;
    line({number(sum)});
}

void playlists_with_both_rock_and_metal(Client& db) {
    const auto has = [](const char* name) {
        return playlist::tracks.some(playlistTrack::track.is(track::genre.is(genre::name == name)));
    };
    auto lists = db.playlist.find_many(where(has("Rock") && has("Metal")), order_by(playlist::playlistId.asc()));
    for (const auto& list : lists) line({number(list.playlistId), text(list.name)});
}

void pages_of_invoices(Client& db) {
    auto page = db.invoice.find_many(order_by(invoice::total.desc(), invoice::invoiceId.asc()), take(10));
    for (int pages = 0; pages < 4 && !page.empty(); ++pages) {
        for (const auto& i : page) line({number(i.invoiceId), cents(i.total)});
        page = db.invoice.find_many(order_by(invoice::total.desc(), invoice::invoiceId.asc()),
                                    cursor(invoice::invoiceId == page.back().invoiceId), skip(1), take(10));
    }
    auto countries = db.invoice.find_many(distinct(invoice::billingCountry), order_by(invoice::billingCountry.asc()),
                                          select(invoice::billingCountry));
    for (const auto& c : countries) line({text(c.billingCountry)});
}

struct Question {
    const char* title;
    void (*ask)(Client&);
};

constexpr Question kQuestions[] = {
    {"revenue of each genre", revenue_of_each_genre},
    {"tree of employees", tree_of_employees},
    {"playlists with their tracks", playlists_with_their_tracks},
    {"customers whose every invoice exceeds", customers_whose_every_invoice_exceeds},
    {"artists without albums", artists_without_albums},
    {"newest five invoices of each customer", newest_five_invoices_of_each_customer},
    {"albums with the most tracks", albums_with_the_most_tracks},
    {"customers with their chain of support", customers_with_their_chain_of_support},
    {"long tracks that nobody bought", long_tracks_that_nobody_bought},
    {"playlists with both rock and metal", playlists_with_both_rock_and_metal},
    {"pages of invoices", pages_of_invoices},
};

}  // namespace

int main(int, char** arguments) {
    try {
#if defined(CHINOOK_POSTGRESQL)
        lamina::postgresql::Pool pool{arguments[1]};
#else
        lamina::sqlite::Database pool{arguments[1]};
#endif
        Client db{pool};
        for (const Question& question : kQuestions) {
            std::printf("# %s\n", question.title);
            question.ask(db);
        }
    } catch (const lamina::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
