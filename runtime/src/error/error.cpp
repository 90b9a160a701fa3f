#include <atomic>

#include <lamina/error/error.hpp>

namespace lamina {

struct Error::Data {
    explicit Data(ErrorCode error_code, std::string text)
        : code(error_code), message(std::move(text)), retryable(is_retryable(error_code)) {
        describe();
    }
    Data(const Data& other)
        : code(other.code),
          message(other.message),
          what(other.what),
          model(other.model),
          fields(other.fields),
          constraint(other.constraint),
          sqlstate(other.sqlstate),
          sql(other.sql),
          details(other.details),
          retryable(other.retryable),
          poisons_connection(other.poisons_connection),
          poisons_transaction(other.poisons_transaction) {}
    Data& operator=(const Data&) = delete;
    ~Data() = default;

    void describe() {
        what.assign(to_string(code));
        what += ": ";
        what += message;
    }

    // Errors are thrown, stored and sent across threads: copies share this, as std::exception_ptr would.
    std::atomic<std::uint32_t> references{1};
    ErrorCode code;
    std::string message;
    std::string what;
    std::string model;
    std::vector<std::string> fields;
    std::string constraint;
    std::string sqlstate;
    std::string sql;
    std::vector<Detail> details;
    bool retryable;
    bool poisons_connection = false;
    bool poisons_transaction = false;
};

Error::Error(ErrorCode code) : Error(code, std::string(meaning(code))) {}
Error::Error(ErrorCode code, std::string message) : data_(new Data(code, std::move(message))) {}
Error::Error(const Error& other) noexcept : std::exception(other), data_(other.data_) {
    if (data_) data_->references.fetch_add(1, std::memory_order_relaxed);
}
Error::Error(Error&& other) noexcept : std::exception(std::move(other)), data_(std::exchange(other.data_, nullptr)) {}
Error& Error::operator=(const Error& other) noexcept {
    Error copy(other);
    std::swap(data_, copy.data_);
    return *this;
}
Error& Error::operator=(Error&& other) noexcept {
    Error taken(std::move(other));
    std::swap(data_, taken.data_);
    return *this;
}
Error::~Error() {
    if (data_ && data_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete data_;
}

const Error::Data& Error::data() const noexcept {
    static const Data kMovedFrom(ErrorCode::Internal, "moved-from error");
    return data_ ? *data_ : kMovedFrom;
}

Error::Data& Error::own() {
    if (!data_ || data_->references.load(std::memory_order_acquire) != 1) {
        Error alone;
        alone.data_ = new Data(data());
        std::swap(alone.data_, data_);
    }
    return *data_;
}

ErrorCode Error::code() const noexcept { return data().code; }
std::string_view Error::code_text() const noexcept { return to_string(code()); }
const std::string& Error::message() const noexcept { return data().message; }
const char* Error::what() const noexcept { return data().what.c_str(); }
const std::string& Error::model() const noexcept { return data().model; }
const std::vector<std::string>& Error::fields() const noexcept { return data().fields; }
const std::string& Error::constraint() const noexcept { return data().constraint; }
const std::string& Error::sqlstate() const noexcept { return data().sqlstate; }
const std::string& Error::sql() const noexcept { return data().sql; }
const std::vector<Error::Detail>& Error::details() const noexcept { return data().details; }
std::string_view Error::detail(std::string_view name) const noexcept {
    for (const Detail& detail : details()) {
        if (detail.first == name) return detail.second;
    }
    return {};
}
bool Error::retryable() const noexcept { return data().retryable; }
bool Error::poisons_connection() const noexcept { return data().poisons_connection; }
bool Error::poisons_transaction() const noexcept { return data().poisons_transaction; }

Error& Error::with_message(std::string message) & {
    Data& mine = own();
    mine.message = std::move(message);
    mine.describe();
    return *this;
}
Error& Error::with_code(ErrorCode code) & {
    Data& mine = own();
    mine.code = code;
    mine.retryable = is_retryable(code);
    mine.describe();
    return *this;
}
Error& Error::with_model(std::string_view model) & {
    own().model = model;
    return *this;
}
Error& Error::with_fields(std::vector<std::string> fields) & {
    own().fields = std::move(fields);
    return *this;
}
Error& Error::with_constraint(std::string_view constraint) & {
    own().constraint = constraint;
    return *this;
}
Error& Error::with_sqlstate(std::string_view sqlstate) & {
    own().sqlstate = sqlstate;
    return *this;
}
Error& Error::with_sql(std::string_view sql) & {
    own().sql = sql;
    return *this;
}
Error& Error::with_detail(std::string_view name, std::string_view value) & {
    Data& mine = own();
    for (Detail& detail : mine.details) {
        if (detail.first == name) {
            detail.second = value;
            return *this;
        }
    }
    mine.details.emplace_back(name, value);
    return *this;
}
Error& Error::with_retryable(bool retryable) & {
    own().retryable = retryable;
    return *this;
}
Error& Error::with_poisoned_connection(bool poisoned) & {
    own().poisons_connection = poisoned;
    return *this;
}
Error& Error::with_poisoned_transaction(bool poisoned) & {
    own().poisons_transaction = poisoned;
    return *this;
}

}  // namespace lamina
