#pragma once

namespace lamina::gen {

/// The version of the interface between generated code and the run time. Generated code says which one it was made for,
/// so that a client that is out of date fails with one clear message.
inline constexpr int kVersion = 2;

}  // namespace lamina::gen
