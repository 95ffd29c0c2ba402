# Writes OUTPUT, a header with the rules files as texts: cmake -DARABIC=FILE -DPERSIAN=FILE -DOUTPUT=FILE -P embed_rules.cmake
# Compilers bound the length of one literal, so a text is given line by line.
set(header "// Made by ingest/embed_rules.cmake; not to be edited.\n#pragma once\n#include <string_view>\nnamespace diwan {\n")
foreach(language Arabic Persian)
  string(TOUPPER ${language} upper)
  file(READ ${${upper}} text)
  string(REPLACE "\n" ")rules\"\n\"\\n\"\nR\"rules(" text "${text}")
  string(APPEND header "inline constexpr std::string_view k${language}Rules =\nR\"rules(${text})rules\";\n")
endforeach()
file(WRITE ${OUTPUT} "${header}}  // namespace diwan\n")
