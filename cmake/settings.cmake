set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  # Without these two, ccache passes by whatever uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

# Results must not depend on how a compiler fuses multiplications and additions.
add_compile_options(-ffp-contract=off)

# Everywhere, as what shares a precompiled header must have the same flags, and gRPC has it.
add_compile_options(-pthread)

# No absolute path of the building machine gets into a binary.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)

set(SUANWANG_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wmissing-declarations -Werror
    -Wno-missing-field-initializers)  # designated initializers leave out what has a default
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 reports these falsely in inlined std::string and std::vector code (GCC bugs 105651, 104475).
  list(APPEND SUANWANG_WARNINGS -Wno-restrict -Wno-free-nonheap-object -Wno-stringop-overflow -Wno-array-bounds)
endif()

set(SUANWANG_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")
if(SUANWANG_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND SUANWANG_WARNINGS -Wno-maybe-uninitialized)  # false alarms in instrumented code (GCC bug 105562)
  endif()
  add_compile_options(-fsanitize=${SUANWANG_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SUANWANG_SANITIZE})
endif()

option(SUANWANG_FUZZ "Build the fuzz targets with libFuzzer (clang)" OFF)
if(SUANWANG_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # the fuzzer is guided by what runs in every room
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# suanwang_precompile(TARGET PRIVATE <header>... | REUSE_FROM OTHER): outside headers that cost more to read than the sources that include them, read
# once (CLI11 5 s, GoogleTest and GoogleMock 1.5 s each time). With clang they are read where they stand, so that a missing
# #include shows.
function(suanwang_precompile name)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_precompile_headers(${name} ${ARGN})
    target_compile_options(${name} PRIVATE -fpch-preprocess)  # for ccache
  endif()
endfunction()

# suanwang_room(NAME SOURCES a.cc b.cc ROOMS base model LIBRARIES Boost::boost)
# A room of the house (DESIGN §2) is one static library `suanwang_NAME`. ROOMS repeats the staircase, which
# tools/check_layers.py holds the includes to.
function(suanwang_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  add_library(suanwang_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(suanwang_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(suanwang_${name} PRIVATE ${SUANWANG_WARNINGS})
  list(TRANSFORM ROOM_ROOMS PREPEND suanwang_)
  target_link_libraries(suanwang_${name} PUBLIC ${ROOM_ROOMS} ${ROOM_LIBRARIES})
endfunction()
