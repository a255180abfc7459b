# Writes OUTPUT, a C++ file that holds the text of every migration in DIRECTORY, in order.
# Run at build time: cmake -D DIRECTORY=... -D OUTPUT=... -P embed_migrations.cmake
file(GLOB files "${DIRECTORY}/*.sql")
list(SORT files)

set(entries "")
set(expected 1)
foreach(path IN LISTS files)
  get_filename_component(name "${path}" NAME)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+\\.sql$")
    message(FATAL_ERROR "${path}: migrations are named NNNN_what.sql")
  endif()
  math(EXPR number "1${CMAKE_MATCH_1} - 10000")
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${path}: number ${expected} was expected; migrations are numbered without gaps")
  endif()
  file(READ "${path}" text)
  string(APPEND entries "    {${number}, \"${name}\", R\"sql(${text})sql\"},\n")
  math(EXPR expected "${expected} + 1")
endforeach()

file(WRITE "${OUTPUT}" "// Made by persistence/sqlite/embed_migrations.cmake from persistence/sqlite/migrations/. Do not edit.
#include \"persistence/sqlite/migrations.hpp\"

namespace azrestored {
namespace {
constexpr Migration all[] = {
${entries}};
}  // namespace

std::span<const Migration> migrations() { return all; }

}  // namespace azrestored
")
