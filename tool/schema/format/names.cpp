#include "schema/format/names.hpp"

#include <algorithm>
#include <array>

#include <lamina/base/utf8.hpp>

namespace lamina::schema::format {
namespace {

// ---- letters ----
// ASCII and the alphabets whose two cases lie in rows. An exact table of Unicode would be 10 KB for names that nobody
// writes.

char32_t to_lower(char32_t c) noexcept {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    if (c >= 0x100 && c <= 0x137) return c | 1U;
    if (c >= 0x14A && c <= 0x177) return c | 1U;
    if (c >= 0x391 && c <= 0x3A9) return c + 32;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    return c;
}

char32_t to_upper(char32_t c) noexcept {
    if (c >= U'a' && c <= U'z') return c - 32;
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 32;
    if (c >= 0x100 && c <= 0x137) return c & ~char32_t{1};
    if (c >= 0x14A && c <= 0x177) return c & ~char32_t{1};
    if (c >= 0x3B1 && c <= 0x3C9) return c - 32;
    if (c >= 0x430 && c <= 0x44F) return c - 32;
    if (c >= 0x450 && c <= 0x45F) return c - 80;
    return c;
}

bool is_upper(char32_t c) noexcept { return to_lower(c) != c; }
bool is_lower(char32_t c) noexcept { return to_upper(c) != c; }
bool is_ascii(char32_t c) noexcept { return c < 0x80; }

std::string change_first(std::string_view name, char32_t (*change)(char32_t) noexcept) {
    if (name.empty()) return {};
    std::size_t at = 0;
    std::string out;
    base::append_utf8(out, change(base::decode_utf8(name, at)));
    out += name.substr(at);
    return out;
}

// ---- plurals ----

// What a word ends with, what its plural ends with. A stem stays; [ab] is one of these letters, [^ab] any other.
struct PluralRule {
    std::string_view stems;    // alternatives, separated by blanks; empty: any
    std::string_view endings;  // alternatives; - is none
    std::string_view plural;   // instead of the ending
};

// The first one that fits is taken.
constexpr std::array<PluralRule, 24> kRules{{
    {"eaux", "-", ""},
    {"child", "ren -", "ren"},
    {"pe", "rson ople", "ople"},
    {"m l", "ice ouse", "ice"},
    {"matr cod mur sil vert ind append", "ix ex", "ices"},
    {"x ch ss sh zz", "-", "es"},
    {"xes ches sses shes zzes", "-", ""},
    {"[^ch][ieo][ln]", "ey", "ies"},
    {"[^aeiouy] qu", "y", "ies"},
    {"ar l ea eo oa hoo", "f", "ves"},
    {"kni wi li", "fe", "ves"},
    {"", "sis", "ses"},
    {"apheli hyperbat periheli asyndet noumen phenomen criteri organ prolegomen hedr automat", "a on", "a"},
    {"agend addend millenni dat extrem bacteri desiderat strat candelabr errat ov symposi curricul automat quor",
     "a um", "a"},
    {"her at gr", "o", "oes"},
    {"seraph cherub", "im -", "im"},
    {"alumn alg vertebr", "a ae", "ae"},
    {"alumn syllab octop vir radi nucle fung cact stimul termin bacill foc uter loc strat", "us i", "i"},
    {"[^l]ias [aeiou]las [emjzr]as [iu]am", "-", ""},
    {"e[mn]u", "s -", "s"},
    {"alias [^aou]us tlas gas ris", "-", "es"},
    {"ax test", "is", "es"},
    {"[^aeiou]ese", "-", ""},
    {"", "s", "s"},
}};

struct Irregular {
    std::string_view word, plural;
};
constexpr std::array<Irregular, 10> kIrregular{{{"ox", "oxen"},
                                                {"man", "men"},
                                                {"woman", "women"},
                                                {"die", "dice"},
                                                {"yes", "yeses"},
                                                {"foot", "feet"},
                                                {"eave", "eaves"},
                                                {"goose", "geese"},
                                                {"tooth", "teeth"},
                                                {"quiz", "quizzes"}}};

// Words without a plural, between blanks.
constexpr std::string_view kUncountable =
    " accommodation adulthood advertising advice aggression aid air aircraft alcohol anger applause arithmetic "
    "assistance athletics bacon baggage beef biology blood botany bread butter carbon cardboard cash chalk chaos chess "
    "crossroads countryside dancing deer dignity dirt dust economics education electricity engineering enjoyment envy "
    "equipment ethics evidence evolution fame fiction flour flu food fuel fun furniture gallows garbage garlic "
    "genetics gold golf gossip grammar gratitude grief guilt gymnastics happiness hardware harm hate hatred health "
    "heat help homework honesty honey hospitality housework humour hunger hydrogen ice importance inflation "
    "information innocence iron irony jam jewelry judo karate knowledge lack laughter lava leather leisure lightning "
    "linguine linguini linguistics literature litter livestock logic loneliness luck luggage macaroni machinery magic "
    "management mankind marble mathematics mayonnaise measles methane milk money mud music mumps nature news nitrogen "
    "nonsense nurture nutrition obedience obesity oxygen pasta patience physics poetry pollution poverty pride "
    "psychology publicity punctuation quartz racism relaxation reliability research respect revenge rice rubbish rum "
    "safety scenery seafood seaside series shame sheep shopping sleep smoke smoking snow soap software soil spaghetti "
    "species steam stuff stupidity sunshine symmetry tennis thirst thunder timber traffic transportation trust "
    "underwear unemployment unity validity veal vegetation vegetarianism vengeance violence vitality warmth wealth "
    "weather welfare wheat wildlife wisdom yoga zinc zoology ";

bool is_uncountable(std::string_view word) {
    return kUncountable.find(" " + std::string{word} + " ") != std::string_view::npos;
}

// Takes the next alternative off the list.
std::string_view next_alternative(std::string_view& list) {
    const std::size_t end = std::min(list.find(' '), list.size());
    const std::string_view out = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    return out;
}

// Does the word end with a stem's pattern?
bool ends_with_pattern(std::string_view word, std::string_view pattern) {
    while (!pattern.empty()) {
        if (word.empty()) return false;
        const char letter = word.back();
        word.remove_suffix(1);
        if (pattern.back() != ']') {
            if (pattern.back() != letter) return false;
            pattern.remove_suffix(1);
            continue;
        }
        const std::size_t open = pattern.rfind('[');
        std::string_view letters = pattern.substr(open + 1, pattern.size() - open - 2);
        const bool others = letters.starts_with('^');
        if (others) letters.remove_prefix(1);
        if ((letters.find(letter) != std::string_view::npos) == others) return false;
        pattern.remove_suffix(pattern.size() - open);
    }
    return true;
}

bool has_stem(std::string_view word, std::string_view stems) {
    if (stems.empty()) return true;
    while (!stems.empty()) {
        if (ends_with_pattern(word, next_alternative(stems))) return true;
    }
    return false;
}

}  // namespace

std::string camel_case(std::string_view name) {
    std::string out;
    bool begun = false;     // a letter or digit was found
    bool new_word = false;  // a separator or digit was last
    char32_t last = U' ';   // the last letter that was not the first of a word
    for (std::size_t at = 0; at < name.size();) {
        const char32_t c = base::decode_utf8(name, at);
        if (c == U'_' || c == U'-') {
            new_word = new_word || begun;
            continue;
        }
        begun = true;
        if (c >= U'0' && c <= U'9') {
            new_word = true;
            base::append_utf8(out, c);
        } else if (new_word || (is_lower(last) && is_upper(c))) {
            new_word = false;
            base::append_utf8(out, is_ascii(c) ? to_upper(c) : c);
        } else {
            last = c;
            base::append_utf8(out, is_ascii(c) ? to_lower(c) : c);
        }
    }
    return out;
}

std::string plural(std::string_view word) {
    if (is_uncountable(word)) return std::string{word};
    for (const Irregular& irregular : kIrregular) {
        if (irregular.word == word) return std::string{irregular.plural};
    }
    for (const PluralRule& rule : kRules) {
        for (std::string_view endings = rule.endings; !endings.empty();) {
            std::string_view ending = next_alternative(endings);
            if (ending == "-") ending = {};
            if (!word.ends_with(ending)) continue;
            const std::string_view stem = word.substr(0, word.size() - ending.size());
            if (has_stem(stem, rule.stems)) return std::string{stem} + std::string{rule.plural};
        }
    }
    return std::string{word} + "s";
}

std::string lower_first(std::string_view name) { return change_first(name, to_lower); }

std::string upper_first(std::string_view name) { return change_first(name, to_upper); }

}  // namespace lamina::schema::format
