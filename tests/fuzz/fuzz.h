#pragma once

#include <cstddef>
#include <cstdint>

// What a fuzz target defines: takes any bytes; ends the process where something is wrong; returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
