#pragma once

#include <optional>

#include "simulator/workload/catalog.h"

// One function per trace format, each in a .cc of the format's name, which says what it reads and how it decides.
// Reached through the catalog.
namespace suanwang::workload {

std::optional<Trace> ReadNormalized(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadSwf(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadPhilly(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadChronus(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadPai(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadPaiSeconds(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadMustang(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadOpenb(const TextFile& file, const ReadOptions& options, Problems& problems);
std::optional<Trace> ReadTiresias(const TextFile& file, const ReadOptions& options, Problems& problems);

}  // namespace suanwang::workload
