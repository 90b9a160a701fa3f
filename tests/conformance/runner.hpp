#pragma once

#include <string>

#include "case.hpp"

namespace conformance {

/// Where and with what the cases run.
struct Setting {
    std::string command;         ///< the `lamina` program
    std::string postgresql_url;  ///< of a superuser; empty: no such database
    std::string folder;          ///< for temporary files
    bool verbose = false;        ///< print requests, answers and statements
    std::string load;            ///< how relations are loaded where a case does not say; empty: not said
};

/// Runs cases one by one on a database of its own. One thread.
class Runner {
public:
    /// `number` tells the runners of a process apart.
    Runner(const Setting& setting, const Suite& suite, std::string database, int number);
    Outcome run(const Case& test);

private:
    void prepare();
    std::string url() const;
    std::string fresh_script(const Case& test) const;

    const Setting& setting_;
    const Suite& suite_;
    std::string database_;
    std::string name_;
    bool prepared_ = false;
    std::string problem_;
};

}  // namespace conformance
