#pragma once

namespace lamina::json {

/// How answers are written.
struct Options {
    /// Values that JSON cannot say exactly are plain texts ("1.5") instead of tagged
    /// ({"$type":"Decimal","value":"1.5"}).
    bool plain = false;
};

}  // namespace lamina::json
