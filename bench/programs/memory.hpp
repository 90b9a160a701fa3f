#pragma once

#include <cstdio>

/// Resident memory of this process in kB; 0 where the system does not say.
inline long resident_kilobytes() {
    long pages = 0;
    long ignored = 0;
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr) return 0;
    if (std::fscanf(file, "%ld %ld", &ignored, &pages) != 2) pages = 0;
    std::fclose(file);
    return pages * 4;
}
